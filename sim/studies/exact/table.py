"""An exact solution as one tidy table of every probability, and as plain data."""

import math
from collections.abc import Iterator, Sequence

import pyarrow as pa

from sim.runs.summary import Estimate
from sim.storage import parquet
from sim.storage.provenance import provenance
from sim.studies.exact.options import ExactOptions
from sim.studies.exact.solution import Solution

TIDY = (
    ("quantity", pa.string(), "", "what comes: peak>=r, a time of the runs; or the crisis rung"),
    ("statistic", pa.string(), "", "probability by a day, probability ever, mean days where it comes, long-run share of time"),
    ("day", pa.float64(), "days", "the day of a probability; null for the others"),
    ("value", pa.float64(), "", "exact; null for the mean of what cannot come"),
)


def rows(solution: Solution) -> Iterator[tuple]:
    """Every row of the tidy table, in a fixed order."""
    for name, curve in solution.curves.items():
        for day, p in zip(solution.days, curve, strict=True):
            yield name, "probability", float(day), float(p)
        p, days = solution.ever[name]
        yield name, "probability ever", None, p
        yield name, "mean days", None, _known(days)
    for rung, share in enumerate(solution.shares):
        yield f"crisis rung {rung}", "long-run share", None, float(share)
    for who, share in zip(("neither", "a alone", "b alone", "both"), solution.postures, strict=False):
        yield f"at force: {who}", "long-run share", None, float(share)


def table(solution: Solution) -> pa.Table:
    """Every probability, a row each."""
    listed = list(zip(*rows(solution), strict=True))
    columns = [pa.array(values, type=kind) for values, (_, kind, _, _) in zip(listed, TIDY, strict=True)]
    return pa.table(columns, schema=pa.schema([parquet.field(*column) for column in TIDY]))


def summary(solution: Solution, played: Sequence[Estimate], options: ExactOptions) -> dict:
    """What the chain says of each quantity, beside played runs where there are some, as plain data."""
    simulated = {e.quantity: [e.value, e.low, e.high] for e in played if e.statistic == "probability"}
    beside = {"runs": options.runs, "seed": options.seed, "interval": "95 %"} if played else {}
    quantities = {
        name: {"by the horizon": float(curve[-1]), "ever": solution.ever[name][0], "mean days": _known(solution.ever[name][1])}
        | ({"simulated": simulated[name]} if name in simulated else {})
        for name, curve in solution.curves.items()
    }
    about = {"experiment": "exact", "states": solution.states, "moves": solution.moves, "horizon": float(solution.days[-1])}
    shares = [float(share) for share in solution.shares]
    made = {"case": options.case.words, "made by": provenance()}
    answers = {"quantities": quantities, "long-run share of time at rung": shares}
    return about | {"error below": solution.error} | beside | made | answers


def _known(days: float) -> float | None:
    """None for the mean of what cannot come."""
    return None if math.isnan(days) else days
