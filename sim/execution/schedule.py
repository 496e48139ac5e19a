"""Play what a sweep still lacks: tasks to an executor, their chunks to the store, as they come.

The executor is any ``concurrent.futures.Executor``: threads here, or workers of a cluster. Only ``submit`` is used of it.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait

import numpy as np

from sim.execution.progress import Progress
from sim.execution.tasks import Task, Tasks, expected, played, result_of, rows_of
from sim.runs.summary import Count
from sim.storage.arrays import Damaged
from sim.storage.chunk_store import Store

LOOK = 5  # seconds after which a number that may change is asked for again, though no task is done


def read(store: Store, task: Task) -> np.ndarray | Count | None:
    """What a task's chunk in ``store`` says, see ``result_of``; None where it is missing, or not as it should be."""
    arrays = store.get(task.name, expected(task))
    try:
        return None if arrays is None else result_of(task, arrays)
    except Damaged as error:
        store.refuse(task.name, error)
        return None


def play_missing(
    tasks: Tasks,
    store: Store,
    executor: Executor,
    ahead: int | Callable[[], int],
    keep: bool = False,
    watch: Progress | None = None,
) -> None:
    """Play every task whose chunk is not whole in ``store``, at most ``ahead`` at a time (a number, or what gives it now).

    Where someone has been here before, tasks are taken in an order of chance: a second process on the same question is then
    seldom at the task of the first.
    """
    order = np.random.default_rng().permutation(len(tasks)) if store.found else range(len(tasks))
    missing, waiting = _missing(tasks, store, order, keep, watch), dict[Future[tuple[bytes, bytes | None]], Task]()
    try:
        while True:
            most = ahead() if callable(ahead) else ahead
            while len(waiting) < most and (task := next(missing, None)) is not None:
                waiting[executor.submit(played, task, keep)] = task
            if not waiting:
                return
            done, _ = wait(waiting, timeout=LOOK if callable(ahead) else None, return_when=FIRST_COMPLETED)
            for future in done:
                task = waiting.pop(future)
                keep_chunks(store, task, *future.result())
                if watch:
                    watch.done(task)
    finally:
        for future in waiting:
            future.cancel()


def keep_chunks(store: Store, task: Task, content: bytes, rows: bytes | None) -> None:
    """Put a task's chunks into the store; that of its runs first, so that the other says they are there."""
    if rows is not None:
        store.put(rows_of(task), rows)
    store.put(task.name, content)


def _missing(tasks: Tasks, store: Store, order: Iterable[int], keep: bool, watch: Progress | None) -> Iterator[Task]:
    """The tasks that have to be played."""
    for i in order:
        task = tasks[int(i)]
        if read(store, task) is None or (keep and not store.has(rows_of(task))):
            yield task
        elif watch:
            watch.found(task)
