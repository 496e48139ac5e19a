"""Who plays: threads of this process, or the workers of a Dask cluster. Either is a ``concurrent.futures.Executor``.

Dask starts workers on this machine, or is found by the address of a scheduler, whatever has started it: by hand, a batch
system (``srun dask worker ADDRESS``, dask-jobqueue), Kubernetes. Workers need this package; they share no files with us.
"""

import contextlib
import logging
from concurrent.futures import ThreadPoolExecutor

from sim.clock import batch
from sim.game.jit import cold
from sim.game.parameter import records
from sim.game.setting.crisis import Crisis
from sim.study.task import Tasks, played

KINDS = ("local", "dask")
CALL, PATIENCE = 10, 60  # seconds to wait for a scheduler, and for its first worker


class Unreachable(ValueError):
    """Workers that cannot be had; the message says why."""


@contextlib.contextmanager
def team(kind, threads=0, scheduler="", workers=0, retries=2):
    """An executor, and how many tasks it should have at hand.

    ``scheduler`` is the address of a Dask scheduler; without one, ``workers`` processes of one thread are started here.
    ``retries`` is how often a task is tried again after an error; one whose worker dies is played elsewhere in any case.
    """
    if kind == "local":
        threads = threads or batch.threads()
        with ThreadPoolExecutor(threads) as pool:
            yield pool, 2 * threads
        return
    with _client(scheduler, workers or batch.threads()) as client:
        hands = sum(client.nthreads().values())
        with client.get_executor(retries=retries, pure=False) as pool:
            yield pool, 2 + 2 * hands


@contextlib.contextmanager
def _client(scheduler, workers):
    """A Dask client with at least one worker."""
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise Unreachable("executor=dask needs Dask: pip install 'escalation-game[cluster]'") from None
    logging.getLogger("distributed").setLevel(logging.ERROR)
    with contextlib.ExitStack() as stack:
        if scheduler:
            try:
                client = stack.enter_context(Client(scheduler, timeout=CALL, set_as_default=False))
                client.wait_for_workers(1, timeout=PATIENCE)
            except (OSError, ValueError, TimeoutError) as error:
                why = str(error).split("\n")[0] or "no answer in time"
                line = f"scheduler must be the address of a Dask scheduler with workers, got {scheduler!r}: {why}"
                raise Unreachable(line) from None
        else:
            _compile()
            options = {"n_workers": workers, "threads_per_worker": 1, "silence_logs": logging.ERROR}
            page = "127.0.0.1:0"  # at any free port: Dask serves it in any case, and complains of one that is taken
            cluster = stack.enter_context(LocalCluster(dashboard_address=page, **options))
            client = stack.enter_context(Client(cluster, set_as_default=False))
        yield client


def _compile():
    """Compile the game before workers start, so that they find it compiled instead of each doing the same."""
    if cold():
        settings = records([Crisis()])
        played(Tasks(lambda *_: settings, 1, 0, 1)[0])
