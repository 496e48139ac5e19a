"""Who plays: threads of this process, or the workers of a Dask cluster. Either is a ``concurrent.futures.Executor``."""

import contextlib
from concurrent.futures import ThreadPoolExecutor

from sim.clock import batch
from sim.study import cluster, slurm


@contextlib.contextmanager
def team(kind, threads=0, scheduler="", workers=0, retries=2, jobs=None, folder=""):
    """An executor, and how many tasks it should have at hand: a number, or a function where workers come and go.

    ``scheduler`` is the address of a Dask scheduler; without one, ``workers`` processes of one thread are started here; with
    ``kind`` "slurm", as many jobs as ``jobs`` says (a ``SlurmRequest``), whose output goes to ``folder``.
    ``retries`` is how often a task is tried again after an error; one whose worker dies is played elsewhere in any case.
    """
    if kind == "local":
        threads = threads or batch.threads()
        with ThreadPoolExecutor(threads) as pool:
            yield pool, 2 * threads
        return
    with _hired(kind, scheduler, workers, jobs, folder) as client, client.get_executor(retries=retries, pure=False) as pool:
        yield pool, lambda: 2 + 2 * sum(client.nthreads().values())


def _hired(kind, scheduler, workers, jobs, folder):
    """A Dask client with at least one worker, as a context."""
    if kind == "slurm":
        if scheduler:
            raise cluster.Unreachable(f"scheduler has no meaning with executor=slurm, which has its own; got {scheduler!r}")
        return slurm.queued(workers, jobs, folder)
    return cluster.found(scheduler) if scheduler else cluster.started(workers or batch.threads())
