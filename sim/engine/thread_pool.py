"""Threads that play: compiled runs hold no lock of the interpreter, so as many play at once as there are processors."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager


def processors() -> int:
    """How many threads to use: the processors this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def thread_pool(workers: int = 0) -> Iterator[ThreadPoolExecutor]:
    """An executor of so many threads, or of a thread a processor. Tasks that have not begun by the end of the block never will.

    Those at work are waited for; but not where Ctrl-C ends the block, nor where a generator holds it that is read no further.
    """
    pool, wait = ThreadPoolExecutor(workers or processors()), True
    try:
        yield pool
    except (KeyboardInterrupt, GeneratorExit):
        wait = False
        raise
    finally:
        pool.shutdown(wait, cancel_futures=True)
