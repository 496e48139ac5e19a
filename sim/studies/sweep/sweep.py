"""Play every cell of a design, and measure each: one tidy row a cell and quantity."""

import itertools
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.design.grid import Labels
from sim.engine import kernel
from sim.execution.progress import Watch
from sim.execution.schedule import keep_chunks, read
from sim.execution.tasks import Tasks, expected, expected_rows, played, result_of, rows_of
from sim.model.parameter import records
from sim.runs.summary import QUANTITIES, merged, numbers
from sim.storage import arrays, parquet
from sim.storage.provenance import provenance, write_listed

TIDY = (
    ("quantity", pa.string(), "", "what is measured: peak>=r, a time, or a column of the runs"),
    ("statistic", pa.string(), "", "probability (of reaching it by the horizon), mean, or median (Kaplan-Meier)"),
    ("value", pa.float64(), "as the quantity", "the estimate; null where a median is not reached"),
    ("low", pa.float64(), "as the quantity", "lower end of the 95 % interval; means of deaths and payoffs: too narrow"),
    ("high", pa.float64(), "as the quantity", "upper end of the 95 % interval"),
    ("n", pa.int64(), "runs", "runs the estimate rests on"),
)
GROUP = 1024  # cells in a row group of the table
PROBABILITIES = [i for i, (_, statistic) in enumerate(QUANTITIES) if statistic == "probability"]


class Measured(NamedTuple):
    """One cell measured."""

    cell: int
    values: np.ndarray  # [len(QUANTITIES), 3]
    n: int


def sweep(crises, seed, runs, threads=0, label="runs"):
    """Every one of some crises ``Measured``: a list. Nothing is written."""
    settings = records(crises)
    tasks, workers = Tasks(lambda start, stop: settings[start:stop], len(crises), seed, runs), threads or kernel.threads()
    with Watch(tasks, label=label) as watch, ThreadPoolExecutor(workers) as pool:
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


class CellTable:
    """The tidy table on disk: the cell, a column an axis, and the columns of ``TIDY``. It grows by cells: memory does not.

    ``cells`` holds all cells of the design; an axis is a column of numbers if all its values are.
    """

    def __init__(self, path, axes, cells):
        self.axes = parquet.axis_fields(axes, Labels(cells))
        fields = [parquet.field("cell", pa.int32(), "", "number of the cell")]
        self.schema = parquet.versioned([*fields, *self.axes, *(parquet.field(*about) for about in TIDY)])
        self.path, self.waiting = path, []

    def __enter__(self):
        self.writer = pq.ParquetWriter(self.path, self.schema, compression="zstd")
        return self

    def add(self, measured, labels):
        """Append the rows of a cell."""
        self.waiting.append((measured, labels))
        if len(self.waiting) == GROUP:
            self._write()

    def _write(self):
        k, size = len(self.waiting), len(QUANTITIES)
        values = np.concatenate([measured.values for measured, _ in self.waiting])
        columns = [pa.array(np.repeat(np.array([measured.cell for measured, _ in self.waiting], np.int32), size))]
        spread = pa.array(np.repeat(np.arange(k), size))
        columns += [parquet.axis_values(axis, [labels for _, labels in self.waiting]).take(spread) for axis in self.axes]
        names = pa.array(np.tile(np.arange(size), k))
        columns += [pa.array(texts, pa.string()).take(names) for texts in zip(*QUANTITIES, strict=True)]
        columns += [pa.array(values[:, i], from_pandas=True) for i in range(3)]
        columns.append(pa.array(np.repeat(np.array([measured.n for measured, _ in self.waiting], np.int64), size)))
        self.writer.write_table(pa.table(columns, schema=self.schema), row_group_size=k * size)
        self.waiting = []

    def __exit__(self, *problem):
        if self.waiting and problem == (None, None, None):
            self._write()
        self.writer.close()


def save(folder, experiment, request, axes, cells, measured, gaps=None):
    """Write the tidy table (``table.parquet``) and the machine-readable summary (``summary.json``) of a study.

    ``measured`` yields the ``Measured`` of every one of ``cells`` in order, and ``gaps`` are their ``differences`` where there
    are such. Returns their chances of reaching each rung, [cells, 9, 3], which is all the figures need.
    """
    climbs = np.empty((len(cells), 9, 3))
    about = {
        "experiment": experiment,
        "seed": request.seed,
        "runs": request.runs,
        "interval": "95 %",
        "case": request.case.words,
        "made by": provenance(),
    }
    with CellTable(folder / "table.parquet", axes, cells) as rows:

        def summed():
            for one, cell in zip(measured, cells, strict=True):
                rows.add(one, cell.labels)
                climbs[one.cell] = one.values[:9]
                values = one.values[PROBABILITIES].tolist()
                told = {"labels": cell.labels, "estimates": {QUANTITIES[i][0]: values[i] for i in PROBABILITIES}}
                yield told | _apart(gaps[one.cell] if gaps is not None else [])

        write_listed(folder / "summary.json", about | {"axes": axes}, "cells", summed())
    return climbs


def _apart(gaps):
    """The differences of a cell from the one it is set against, for the summary; nothing for that one itself."""
    if not np.isfinite(gaps).any():
        return {}
    return {"differences": {f"peak>={rung}": triple for rung, triple in enumerate(np.asarray(gaps).tolist(), 1)}}
