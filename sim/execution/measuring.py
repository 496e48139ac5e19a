"""Cells played and measured: from tasks to the numbers of each cell."""

import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future

import numpy as np

from sim.engine.thread_pool import processors, thread_pool
from sim.execution.progress import Progress
from sim.execution.schedule import keep_chunks, read
from sim.execution.tasks import Task, Tasks, expected, expected_rows, played, result_of, rows_of
from sim.model.parameter import records
from sim.model.setting.crisis import Crisis
from sim.runs.summary import Count, combined_counts, numbers
from sim.storage import arrays
from sim.storage.cell_table import Measured
from sim.storage.chunk_store import Chunks, MemoryStore, Store

Answer = tuple[Task, np.ndarray | Count]  # what a task's chunk says


def measured_cells(crises: Sequence[Crisis], seed: int, runs: int, threads: int = 0, label: str = "runs") -> list[Measured]:
    """Every one of some crises ``Measured``: a list. Nothing is written."""
    settings = records(crises)
    return measured_tasks(Tasks(lambda start, stop: settings[start:stop], len(crises), seed, runs), threads, label)


def measured_tasks(
    tasks: Tasks, threads: int = 0, label: str = "runs", keep: Callable[[str, bytes], None] | None = None
) -> list[Measured]:
    """Every cell of some tasks ``Measured``, played here; ``keep`` is given the name of each chunk and its bytes."""
    workers = threads or processors()
    with Progress(tasks, label=label) as watch, thread_pool(workers) as pool:
        return list(assembled(_in_order(tasks, pool, 2 * workers, watch, keep or (lambda *_: None))))


def play_all(tasks: Tasks, store: Store | MemoryStore, threads: int = 0) -> None:
    """Play some tasks here, and put their chunks into the store."""
    workers = threads or processors()
    with Progress(tasks, label="what is not known") as watch, thread_pool(workers) as pool:
        for _ in _in_order(tasks, pool, 2 * workers, watch, store.put):
            pass


def _in_order(
    tasks: Tasks, pool: Executor, ahead: int, watch: Progress, keep: Callable[[str, bytes], None]
) -> Iterator[Answer]:
    """Pairs of task and result, a few of them played ahead."""
    waiting, coming = deque[tuple[Task, Future[tuple[bytes, bytes | None]]]](), iter(tasks)
    while True:
        for task in itertools.islice(coming, ahead - len(waiting)):
            waiting.append((task, pool.submit(played, task)))
        if not waiting:
            return
        task, future = waiting.popleft()
        content = future.result()[0]
        keep(task.name, content)
        result = result_of(task, arrays.unpacked(content, expected(task), task.name))
        watch.done(task)
        yield task, result


def stored(tasks: Tasks, store: Store) -> Iterator[Answer]:
    """Pairs of task and result from a store that has been filled; what has come to harm since is played again."""
    for task in tasks:
        result = read(store, task)
        if result is None:
            content, _ = played(task)
            keep_chunks(store, task, content, None)
            result = result_of(task, arrays.unpacked(content, expected(task), task.name))
        yield task, result


def runs_of(tasks: Tasks, store: Chunks) -> Iterator[tuple[int, int, np.ndarray]]:
    """The runs of every cell, in order: the cell, the number of the first, and rows. What a store lacks is played again."""
    for task in tasks:
        rows = store.get(rows_of(task), expected_rows(task))
        if rows is None:
            _, kept = played(task, True)
            rows = arrays.unpacked(kept or b"", expected_rows(task), rows_of(task))
        for i, some in enumerate(np.split(rows["rows"], len(task.settings))):
            yield task.cell + i, task.first, some


def assembled(results: Iterable[Answer]) -> Iterator[Measured]:
    """Every cell ``Measured``, in order, from pairs of task and result."""
    count: Count | None = None
    for task, result in results:
        if not isinstance(result, Count):
            yield from (Measured(task.cell + i, values, task.of) for i, values in enumerate(result))
            continue
        count = result if count is None else combined_counts(count, result)
        if count.n == task.of:
            yield Measured(task.cell, numbers(count), task.of)
            count = None
