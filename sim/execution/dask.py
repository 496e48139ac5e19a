"""Dask's workers: started on this machine, or found by the address of a scheduler, whatever has started it.

A batch system may have (``srun dask worker ADDRESS``), Kubernetes, or a hand. Workers need this package; they share no files
with us.
"""

import contextlib
import logging
import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from types import ModuleType
from typing import Any, TypeVar

from sim.execution.tasks import Tasks, played
from sim.model.numerics.jit import cold
from sim.model.parameter import records
from sim.model.setting.crisis import Crisis

T = TypeVar("T")
LOG = logging.getLogger(__name__)
CALL, PATIENCE = 10, 60  # seconds to wait for a scheduler, and for its first worker


class Unreachable(ValueError):
    """Workers that cannot be had; the message says why."""


@contextlib.contextmanager
def found(scheduler: str) -> Iterator[Any]:
    """A client of the scheduler at an address, once it has a worker."""
    distributed = installed("dask", "distributed")
    with contextlib.ExitStack() as stack:
        try:
            client = stack.enter_context(distributed.Client(scheduler, timeout=CALL, set_as_default=False))
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, ValueError, TimeoutError) as error:
            why = str(error).split("\n")[0] or "no answer in time"
            line = f"scheduler must be the address of a Dask scheduler with workers, got {scheduler!r}: {why}"
            raise Unreachable(line) from None
        if not scheduler.startswith("tls://"):
            LOG.warning("%s is not encrypted (tls://): whoever reaches that scheduler can run programs as you", scheduler)
        yield client


@contextlib.contextmanager
def started(workers: int) -> Iterator[Any]:
    """A client of so many processes of one thread on this machine, which talk encrypted by a key made for them alone.

    Ctrl-C in a terminal goes to all of them: it is ours to hear, and then they are ended at once.
    """
    distributed = installed("dask", "distributed")
    compiled()
    page = "127.0.0.1:0"  # at any free port: Dask serves it in any case, and complains of one that is taken
    options = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": page, "silence_logs": logging.ERROR}
    options |= {"protocol": "tls://", "security": secret(distributed), "host": "127.0.0.1"}
    with tempfile.TemporaryDirectory(prefix="escalation-", ignore_cleanup_errors=True) as scratch:
        cluster, client = deaf(lambda: _pair(distributed, options | {"local_directory": scratch}))
        close: Callable[[Any, Any], None] = _close
        try:
            yield client
        except KeyboardInterrupt:
            close = _end
            raise
        finally:
            close(client, cluster)


def _pair(distributed: ModuleType, options: dict[str, Any]) -> tuple[Any, Any]:
    """A cluster here, and a client of it."""
    quiet = "ignore:resource_tracker"  # Python's, which tells of what it clears up after Ctrl-C
    os.environ["PYTHONWARNINGS"] = ",".join(filter(None, [os.environ.get("PYTHONWARNINGS"), quiet]))
    cluster = distributed.LocalCluster(**options)
    return cluster, distributed.Client(cluster, set_as_default=False)


def secret(distributed: ModuleType) -> Any:
    """A key and a certificate of this process alone. Raises ``Unreachable`` where they cannot be made."""
    try:
        return distributed.Security.temporary()
    except ImportError:
        raise Unreachable("executor=dask needs the package cryptography: pip install 'escalation-game[cluster]'") from None


def deaf(work: Callable[[], T]) -> T:
    """What ``work()`` gives, done in a thread that Ctrl-C does not reach, nor the threads and processes it starts."""
    pool = ThreadPoolExecutor(1)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if hasattr(signal, "pthread_sigmask") else None
    try:
        done = pool.submit(work)
    finally:
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    pool.shutdown(wait=False)
    return done.result()


def _close(client: Any, cluster: Any) -> None:
    """Let client and workers part in good order."""
    client.close()
    cluster.close()


def _end(_client: Any, cluster: Any) -> None:
    """End the worker processes of a cluster here at once; nobody is left to part from."""
    for nanny in cluster.workers.values():
        nanny.auto_restart = False
    for process in multiprocessing.active_children():
        process.kill()


@contextlib.contextmanager
def reached() -> Iterator[None]:
    """Raise ``Unreachable`` where the scheduler goes away under the work, or a task takes one worker after the other along."""
    from distributed import KilledWorker
    from distributed.comm import CommClosedError

    kept = "what is done is kept, and the same command goes on from there"
    try:
        yield
    except (CancelledError, CommClosedError):
        raise Unreachable(f"the scheduler does not answer any more; {kept}") from None
    except KilledWorker as error:
        raise Unreachable(f"too many workers died over one and the same task (out of memory?); {kept}") from error


def installed(kind: str, module: str) -> ModuleType:
    """The module an executor needs. Raises ``Unreachable`` where it is not installed."""
    try:
        found = __import__(module)
    except ImportError:
        raise Unreachable(f"executor={kind} needs Dask: pip install 'escalation-game[cluster]'") from None
    for name, level in (("", logging.ERROR), (".client", logging.CRITICAL), (".utils", logging.CRITICAL)):
        logging.getLogger(f"distributed{name}").setLevel(level)  # a lost connection is told by us, in a line
    return found


def compiled() -> None:
    """Compile the game before workers start, so that they find it compiled instead of each doing the same."""
    if cold():
        settings = records([Crisis()])
        played(Tasks(lambda *_: settings, 1, 0, 1)[0])
