"""Known answers on disk: a row a comparison, and a summary a program can read."""

import pyarrow as pa

from sim.storage import parquet
from sim.storage.provenance import provenance, write_json

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


def save(folder, comparisons, request):
    """Write ``table.parquet`` and ``summary.json``."""
    schema = pa.schema([parquet.field(*column) for column in COLUMNS])
    columns = {name: pa.array([getattr(c, name) for c in comparisons], kind) for name, kind, _, _ in COLUMNS}
    parquet.write(folder / "table.parquet", pa.table(columns, schema=schema))
    failed = [f"{c.limit}: {c.name}" for c in comparisons if not c.holds]
    about = {"experiment": "verify", "seed": request.seed, "scale": request.scale, "made by": provenance()}
    write_json(folder / "summary.json", about | {"comparisons": len(comparisons), "failed": failed})
