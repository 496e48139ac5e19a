"""An exact solution on disk: every probability as one tidy table, and a summary a program can read."""

import math

import pyarrow as pa

from sim.storage import parquet
from sim.storage.provenance import provenance, write_json

TIDY = (
    ("quantity", pa.string(), "", "what comes: peak>=r, a time of the runs; or the crisis rung"),
    ("statistic", pa.string(), "", "probability by a day, probability ever, mean days where it comes, long-run share of time"),
    ("day", pa.float64(), "days", "the day of a probability; null for the others"),
    ("value", pa.float64(), "", "exact; null for the mean of what cannot come"),
)


def rows(found):
    """Every row of the tidy table, in a fixed order."""
    for name, curve in found.curves.items():
        for day, p in zip(found.days, curve, strict=True):
            yield name, "probability", float(day), float(p)
        p, days = found.ever[name]
        yield name, "probability ever", None, p
        yield name, "mean days", None, _known(days)
    for rung, share in enumerate(found.shares):
        yield f"crisis rung {rung}", "long-run share", None, float(share)
    for who, share in zip(("neither", "a alone", "b alone", "both"), found.postures, strict=False):
        yield f"at force: {who}", "long-run share", None, float(share)


def save(folder, found, played, request):
    """Write ``table.parquet`` and ``summary.json``."""
    listed = list(zip(*rows(found), strict=True))
    columns = [pa.array(values, type=kind) for values, (_, kind, _, _) in zip(listed, TIDY, strict=True)]
    parquet.write(folder / "table.parquet", pa.table(columns, schema=pa.schema([parquet.field(*column) for column in TIDY])))
    simulated = {e.quantity: [e.value, e.low, e.high] for e in played if e.statistic == "probability"}
    beside = {"runs": request.runs, "seed": request.seed, "interval": "95 %"} if played else {}
    quantities = {
        name: {"by the horizon": float(curve[-1]), "ever": found.ever[name][0], "mean days": _known(found.ever[name][1])}
        | ({"simulated": simulated[name]} if name in simulated else {})
        for name, curve in found.curves.items()
    }
    about = {"experiment": "exact", "states": found.states, "moves": found.moves, "horizon": float(found.days[-1])}
    shares = [float(share) for share in found.shares]
    write_json(
        folder / "summary.json",
        about | {"error below": found.error} | beside
        | {"case": request.case.words, "made by": provenance()}
        | {"quantities": quantities, "long-run share of time at rung": shares},
    )  # fmt: skip


def _known(days):
    """None for the mean of what cannot come."""
    return None if math.isnan(days) else days
