"""Known answers as a table, a row a comparison, and as plain data."""

from collections.abc import Sequence

import pyarrow as pa

from sim.storage import parquet
from sim.storage.provenance import provenance
from sim.studies.known_answers.options import VerifyOptions
from sim.studies.known_answers.quantity import Comparison

COLUMNS = (
    ("limit", pa.string(), "", "configuration of configs/limit, and what is varied on it"),
    ("name", pa.string(), "", "the quantity"),
    ("exact", pa.float64(), "as the quantity", "its exact value"),
    ("simulated", pa.float64(), "as the quantity", "mean over the runs"),
    ("error", pa.float64(), "as the quantity", "standard error of that mean"),
    ("n", pa.int64(), "runs", "runs it rests on"),
    ("z", pa.float64(), "standard errors", "difference beyond what whole minutes may cost"),
    ("bound", pa.float64(), "standard errors", "|z| it must not pass"),
    ("holds", pa.bool_(), "", "whether it does not"),
    ("source", pa.string(), "", "where the exact value comes from"),
)


def table(comparisons: Sequence[Comparison]) -> pa.Table:
    """The comparisons, a row each."""
    schema = pa.schema([parquet.field(*column) for column in COLUMNS])
    columns = {name: pa.array([getattr(c, name) for c in comparisons], kind) for name, kind, _, _ in COLUMNS}
    return pa.table(columns, schema=schema)


def summary(comparisons: Sequence[Comparison], options: VerifyOptions) -> dict:
    """How many comparisons there are and which fail, as plain data."""
    failed = [f"{c.limit}: {c.name}" for c in comparisons if not c.holds]
    about = {"experiment": "verify", "seed": options.seed, "scale": options.scale, "made by": provenance()}
    return about | {"comparisons": len(comparisons), "failed": failed}
