"""The tidy table of measured cells: one row a cell and quantity."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.design.grid import Cell, Labels, Listed
from sim.runs.summary import QUANTITIES
from sim.storage import parquet
from sim.storage.provenance import provenance

TIDY = (
    ("quantity", pa.string(), "", "what is measured: peak>=r, a time, or a column of the runs"),
    ("statistic", pa.string(), "", "probability (of reaching it by the horizon), mean, or median (Kaplan-Meier)"),
    ("value", pa.float64(), "as the quantity", "the estimate; null where a median is not reached"),
    (
        "low",
        pa.float64(),
        "as the quantity",
        "lower end of the 95 % interval; means of deaths and payoffs: too narrow below 1,000 runs",
    ),
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


class Cells:
    """How the measured cells of a design stand in a table: the cell, a column an axis, and the columns of ``TIDY``.

    ``labels`` holds what each cell sets, by axis; an axis is a column of numbers if all its values are.
    """

    def __init__(self, axes: Sequence[str], labels: Sequence[dict]) -> None:
        self.axes = parquet.axis_fields(axes, labels)
        fields = [parquet.field("cell", pa.int32(), "", "number of the cell")]
        self.schema = parquet.versioned([*fields, *self.axes, *(parquet.field(*about) for about in TIDY)])

    def table(self, measured: Sequence[Measured], labels: Sequence[dict]) -> pa.Table:
        """The rows of some measured cells with their labels."""
        k, size = len(measured), len(QUANTITIES)
        values = np.concatenate([one.values for one in measured])
        columns = [pa.array(np.repeat(np.array([one.cell for one in measured], np.int32), size))]
        spread = pa.array(np.repeat(np.arange(k), size))
        columns += [parquet.axis_values(axis, labels).take(spread) for axis in self.axes]
        names = pa.array(np.tile(np.arange(size), k))
        columns += [pa.array(texts, pa.string()).take(names) for texts in zip(*QUANTITIES, strict=True)]
        columns += [pa.array(values[:, i], from_pandas=True) for i in range(3)]
        columns.append(pa.array(np.repeat(np.array([one.n for one in measured], np.int64), size)))
        return pa.table(columns, schema=self.schema)


class CellTable:
    """The same table on disk: it grows by cells, memory does not."""

    def __init__(self, path: Path, axes: Sequence[str], cells: Listed[Cell]) -> None:
        self.cells, self.path = Cells(axes, Labels(cells)), path
        self.waiting: list[tuple[Measured, dict]] = []

    def __enter__(self) -> "CellTable":
        self.writer = pq.ParquetWriter(self.path, self.cells.schema, compression="zstd")
        return self

    def add(self, measured: Measured, labels: dict) -> None:
        """Append the rows of a cell."""
        self.waiting.append((measured, labels))
        if len(self.waiting) == GROUP:
            self._write()

    def _write(self) -> None:
        rows = self.cells.table(*zip(*self.waiting, strict=True))
        self.writer.write_table(rows, row_group_size=rows.num_rows)
        self.waiting = []

    def __exit__(self, *problem: object) -> None:
        if self.waiting and problem == (None, None, None):
            self._write()
        self.writer.close()


def about(experiment: str, options: Any, axes: Sequence[str]) -> dict:
    """What a summary of measured cells says before the cells."""
    asked = {"experiment": experiment, "seed": options.seed, "runs": options.runs, "interval": "95 %"}
    return asked | {"case": options.case.words, "made by": provenance(), "axes": axes}


def summed(measured: Measured, labels: dict) -> dict:
    """A measured cell in a summary: its labels, and its probabilities with their intervals."""
    values = measured.values[PROBABILITIES].tolist()
    return {"labels": labels, "estimates": {QUANTITIES[i][0]: values[i] for i in PROBABILITIES}}
