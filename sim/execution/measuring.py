"""Cells played and measured: from tasks to the numbers of each cell."""

import itertools
from collections import deque

import numpy as np

from sim.engine.thread_pool import processors, thread_pool
from sim.execution.progress import Watch
from sim.execution.schedule import keep_chunks, read
from sim.execution.tasks import Tasks, expected, expected_rows, played, result_of, rows_of
from sim.model.parameter import records
from sim.runs.summary import merged, numbers
from sim.storage import arrays
from sim.storage.cell_table import Measured


def measured_cells(crises, seed, runs, threads=0, label="runs"):
    """Every one of some crises ``Measured``: a list. Nothing is written."""
    settings = records(crises)
    tasks, workers = Tasks(lambda start, stop: settings[start:stop], len(crises), seed, runs), threads or processors()
    with Watch(tasks, label=label) as watch, thread_pool(workers) as pool:
        return list(assembled(_in_order(tasks, pool, 2 * workers, watch)))


def _in_order(tasks, pool, ahead, watch):
    """Pairs of task and result, a few of them played ahead."""
    waiting, coming = deque(), iter(tasks)
    while True:
        for task in itertools.islice(coming, ahead - len(waiting)):
            waiting.append((task, pool.submit(played, task)))
        if not waiting:
            return
        task, future = waiting.popleft()
        result = result_of(task, arrays.unpacked(future.result()[0], expected(task), task.name))
        watch.done(task)
        yield task, result


def stored(tasks, store, keep=None):
    """Pairs of task and result from a store that has been filled; ``keep`` is given the runs (cell, first, rows) on the way.

    What has come to harm since is played again.
    """
    for task in tasks:
        result = read(store, task)
        rows = store.get(rows_of(task), expected_rows(task)) if keep else None
        if result is None or (keep and rows is None):
            content, kept = played(task, bool(keep))
            keep_chunks(store, task, content, kept)
            result = result_of(task, arrays.unpacked(content, expected(task), task.name))
            rows = arrays.unpacked(kept, expected_rows(task), rows_of(task)) if keep else None
        if keep:
            for i, some in enumerate(np.split(rows["rows"], len(task.settings))):
                keep(task.cell + i, task.first, some)
        yield task, result


def assembled(results):
    """Every cell ``Measured``, in order, from pairs of task and result."""
    count = None
    for task, result in results:
        if task.runs == task.of:
            yield from (Measured(task.cell + i, values, task.of) for i, values in enumerate(result))
            continue
        count = result if count is None else merged(count, result)
        if count.n == task.of:
            yield Measured(task.cell, numbers(count), task.of)
            count = None
