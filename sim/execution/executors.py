"""Who plays: threads of this process, or the workers of a Dask cluster. Either is a ``concurrent.futures.Executor``."""

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from sim.design.options import SlurmOptions
from sim.engine.thread_pool import processors, thread_pool
from sim.execution import dask, slurm
from sim.execution.progress import clock

LOG = logging.getLogger(__name__)
SAY = 60  # seconds between words about there being no worker


@contextlib.contextmanager
def hired_executor(
    kind: str,
    threads: int = 0,
    scheduler: str = "",
    workers: int = 0,
    retries: int = 2,
    jobs: SlurmOptions | None = None,
    folder: str | Path = "",
) -> Iterator[tuple[Executor, int | Callable[[], int]]]:
    """An executor, and how many tasks it should have at hand: a number, or a function where workers come and go.

    ``scheduler`` is the address of a Dask scheduler; without one, ``workers`` processes of one thread are started here; with
    ``kind`` "slurm", as many jobs as ``jobs`` says (a ``SlurmOptions``), whose output goes to ``folder``.
    ``retries`` is how often a task is tried again after an error; one whose worker dies is played elsewhere in any case.
    """
    if kind == "local":
        threads = threads or processors()
        with thread_pool(threads) as pool:
            yield pool, 2 * threads
        return
    with (
        _hired(kind, scheduler, workers, jobs, folder) as client,
        until_interrupted(client.get_executor(retries=retries, pure=False)) as pool,
        dask.reached(),
    ):
        yield pool, TasksAtHand(lambda: sum(client.nthreads().values()))


@contextlib.contextmanager
def until_interrupted(pool: Executor) -> Iterator[Executor]:
    """An executor whose tasks are waited for at the end of a block, but not where Ctrl-C ends it."""
    wait = True
    try:
        yield pool
    except KeyboardInterrupt:
        wait = False
        raise
    finally:
        pool.shutdown(wait=wait)


class TasksAtHand:
    """How many tasks workers should have at hand, of whom there are more or fewer; while there is none, it says so.

    ``threads`` gives the threads of all workers at present, ``now`` the seconds of a clock.
    """

    def __init__(self, threads: Callable[[], int], now: Callable[[], float] = time.monotonic) -> None:
        self.threads, self.now = threads, now
        self.lost: float | None = None  # when there was a worker last
        self.said = 0.0  # when that was told

    def __call__(self) -> int:
        threads = self.threads()
        self._heed(threads > 0, self.now())
        return 2 + 2 * threads

    def _heed(self, manned: bool, now: float) -> None:
        """Tell people that the last worker has gone, that there is still none, and that one is back."""
        if manned and self.lost is not None:
            LOG.warning("there is a worker again, after %s without one", clock(now - self.lost))
            self.lost = None
        elif self.lost is None and not manned:
            self.lost = self.said = now
            LOG.warning("no worker is left; play goes on once there is one (Ctrl-C stops, and keeps what is done)")
        elif self.lost is not None and now - self.said >= SAY:
            self.said = now
            LOG.warning("no worker for %s (Ctrl-C stops, and keeps what is done)", clock(now - self.lost))


def _hired(
    kind: str, scheduler: str, workers: int, jobs: SlurmOptions | None, folder: str | Path
) -> contextlib.AbstractContextManager[Any]:
    """A Dask client with at least one worker, as a context."""
    if kind == "slurm":
        if scheduler:
            raise dask.Unreachable(f"scheduler has no meaning with executor=slurm, which has its own; got {scheduler!r}")
        return slurm.queued(workers, jobs or SlurmOptions(), folder)
    return dask.found(scheduler) if scheduler else dask.started(workers or processors())
