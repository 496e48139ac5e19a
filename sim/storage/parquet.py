"""Tables in Parquet: every column with its unit and meaning, and the same bytes for the same rows."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.model.outcome_columns import DECLARED, ROW, TIME

KINDS = {True: pa.int32(), False: pa.float64()}  # by whether a column holds whole numbers alone
Labels = Mapping[str, object]  # by axis: the value a cell sets
SCHEMA = 2  # version of the tables; a column is never given another meaning within one


def versioned(fields: Iterable[pa.Field]) -> pa.Schema:
    """A table's columns with the version of the tables."""
    return pa.schema(fields, metadata={"escalation schema": str(SCHEMA)})


def field(name: str, kind: pa.DataType, unit: str = "", meaning: str = "") -> pa.Field:
    """A column with its unit and meaning."""
    return pa.field(name, kind, metadata={"unit": unit, "meaning": meaning})


def axis_fields(axes: Sequence[str], labels: Sequence[Labels]) -> list[pa.Field]:
    """A column for each of ``axes``: of numbers if all its values in ``labels`` (dicts of axis to value) are, else of texts."""
    numeric = [all(isinstance(label[axis], (int, float)) for label in labels) for axis in axes]
    kinds = [pa.float64() if so else pa.string() for so in numeric]
    return [field(axis, kind, "", "what the cell sets") for axis, kind in zip(axes, kinds, strict=True)]


def axis_values(column: pa.Field, labels: Iterable[Labels]) -> pa.Array:
    """What stands in an axis's column, a row for each of ``labels``: an array."""
    values = [label[column.name] for label in labels]
    return pa.array(values if column.type == pa.float64() else list(map(str, values)), column.type)


def run_schema() -> pa.Schema:
    """The columns of the table of runs; times that were not reached are null, which means censored at the horizon or war."""
    fixed = [field("cell", pa.int32(), "", "number of the cell"), field("run", pa.int64(), "", "number of the run")]
    return versioned(fixed + [field(c.name, KINDS[c.whole], c.unit, c.meaning) for c in DECLARED[: len(ROW)]])


def run_batch(cell: int, first: int, rows: np.ndarray) -> pa.RecordBatch:
    """The rows of some runs of a cell as a record batch: ``rows`` is what ``kernel.simulate`` gives, [runs, len(ROW)]."""
    schema = run_schema()
    arrays = [np.full(len(rows), cell, dtype=np.int32), np.arange(first, first + len(rows), dtype=np.int64)]
    columns = [pa.array(array) for array in arrays]
    for c, values in zip(DECLARED, rows.T, strict=False):
        kept = values.astype(np.int32) if c.whole else values
        columns.append(pa.array(kept, mask=values < 0 if c.kind == TIME else None))
    return pa.record_batch(columns, schema=schema)


class RunTable:
    """A table of runs on disk that grows by chunks: memory does not. Its row groups do not depend on how the rows came."""

    GROUP = 1 << 16  # rows

    def __init__(self, path: str | Path) -> None:
        self.path, self.rows = path, 0
        self.waiting: list[pa.RecordBatch] = []

    def __enter__(self) -> Self:
        self.writer = pq.ParquetWriter(self.path, run_schema(), compression="zstd")
        return self

    def add(self, cell: int, first: int, rows: np.ndarray) -> None:
        """Append runs ``first`` onward of a cell: ``rows`` is what ``kernel.simulate`` gives, [runs, len(ROW)]."""
        self.waiting.append(run_batch(cell, first, rows))
        self.rows += len(rows)
        while self.rows >= self.GROUP:
            self._write(self.GROUP)

    def _write(self, rows: int) -> None:
        whole = pa.Table.from_batches(self.waiting)
        self.writer.write_table(whole[:rows], row_group_size=self.GROUP)
        self.waiting, self.rows = whole[rows:].to_batches(), self.rows - rows

    def __exit__(self, *problem: object) -> None:
        if self.rows and problem == (None, None, None):
            self._write(self.rows)
        self.writer.close()


def table(columns: Iterable[tuple[str, pa.DataType, str, str]], rows: Any, axes: Iterable[pa.Field] = ()) -> pa.Table:
    """A table of declared ``columns`` (name, type, unit, meaning), and one of ``axes`` (fields) before each, from ``rows``.

    What is not a number (NaN) is null.
    """
    fields = [*axes, *(field(*column) for column in columns)]
    values = zip(*rows, strict=True) if rows else [()] * len(fields)
    arrays = [pa.array(some, one.type, from_pandas=True) for one, some in zip(fields, values, strict=True)]
    return pa.table(arrays, schema=pa.schema(fields))


def write(path: str | Path, table: pa.Table) -> None:
    """Write a table whole, with the version of the tables."""
    pq.write_table(table.cast(versioned(table.schema)), path, compression="zstd")
