"""A sensitivity study on disk: the indices, the sample over which mechanisms are ranked, and a summary a program can read."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from sim.design.uncertainty import Assumption
from sim.runs.ranking import Ranking
from sim.storage import parquet
from sim.storage.provenance import provenance
from sim.studies.sensitivity.indices import Sensitivity
from sim.studies.sensitivity.options import SensitivityOptions

TRIPLES = ("total", "first", "swing")
ABOUT = {"total": "total index", "first": "first index", "swing": "swing, low to high end"}
INDICES = (
    ("field", pa.string(), "", "what is varied"),
    ("range_low", pa.float64(), "as the field", "low end of its range"),
    ("range_high", pa.float64(), "as the field", "high end of its range"),
    *((f"{name}{end}", pa.float64(), "", ABOUT[name]) for name in TRIPLES for end in ("", "_low", "_high")),
)


def index_table(sensitivity: Sensitivity, varied: Sequence[Assumption]) -> pa.Table:
    """The indices, a row a field, the largest total first."""
    ranges = {one.name: (float(one.low), float(one.high)) for one in varied}
    return parquet.table(INDICES, [(i.name, *ranges[i.name], *i.total, *i.first, *i.swing) for i in sensitivity.indices])


def point_table(order: Ranking, varied: Sequence[Assumption]) -> pa.Table:
    """The sample of the ranking, a row a point: what each assumption was, the outcome under each mechanism."""
    columns = [
        ("point", pa.int64(), "", "number of the point"),
        *((one.name, pa.float64(), one.parameter.unit, one.parameter.meaning) for one in varied),
        *((f"outcome under {name}", pa.float64(), "as the outcome", "mean over the runs of the point") for name in order.names),
        ("flips", pa.bool_(), "", "some other is better than the first of the ranking by more than chance"),
    ]
    numbers = [np.asarray(one.at(order.u[:, j]), float) for j, one in enumerate(varied)]
    values = [np.arange(len(order.u)), *numbers, *order.values.T, order.flips]
    return parquet.table(columns, list(zip(*values, strict=True)))


def data(sensitivity: Sensitivity, order: Ranking | None, varied: Sequence[Assumption], options: SensitivityOptions) -> dict:
    """The indices, and the places of the mechanisms where they were ranked, as plain data."""
    ranges = {one.name: [one.low, one.high] for one in varied}
    fields = [
        {"field": one.name, "range": ranges[one.name]} | {name: getattr(one, name) for name in TRIPLES}
        for one in sensitivity.indices
    ]
    about = {
        "experiment": "sensitivity", "outcome": options.outcome, "difference": options.difference, "seed": options.seed,
        "runs": options.runs, "points": sensitivity.points, "interval": "95 %", "case": options.case.words,
        "made by": provenance(), "mean": sensitivity.mean, "deviation": sensitivity.deviation, "chance": sensitivity.chance,
    }  # fmt: skip
    return about | {"fields": fields} | (_ranking(order) if order else {})


def _ranking(order: Ranking) -> dict:
    """The places, who may be the first, and where it is not."""
    places = [
        {"mechanism": p.name, "best": p.best, "ranks": p.ranks, "best by a resolved lead": p.resolved}
        | {"mean regret": float(p.regrets.mean())}
        for p in order.places
    ]
    rules = [rule._asdict() for rule in order.rules]
    return {"ranking": places, "most often best": order.leaders, "flips": order.flipped, "rules": rules}
