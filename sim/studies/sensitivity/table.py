"""A sensitivity study on disk: the indices, the sample over which mechanisms are ranked, and a summary a program can read."""

import numpy as np
import pyarrow as pa

from sim.storage import parquet
from sim.storage.provenance import provenance, write_json

TRIPLES = ("total", "first", "swing")


def save(folder, found, order, varied, drawn, request):
    """Write ``table.parquet`` (a row a field), ``points.parquet`` (a row a point of the ranking) and ``summary.json``."""
    ranges = {one.name: one for one in varied}
    _indices(folder / "table.parquet", found, ranges)
    about = {
        "experiment": "sensitivity", "outcome": request.outcome, "difference": request.difference, "seed": request.seed,
        "runs": request.runs, "points": found.points, "interval": "95 %", "case": request.case.words, "made by": provenance(),
        "mean": found.mean, "deviation": found.deviation, "chance": found.chance,
    }  # fmt: skip
    fields = [
        {"field": one.name, "range": [ranges[one.name].low, ranges[one.name].high]}
        | {name: getattr(one, name) for name in TRIPLES}
        for one in found.indices
    ]
    if order is None:
        write_json(folder / "summary.json", about | {"fields": fields})
        return ["table.parquet"]
    _points(folder / "points.parquet", order, drawn)
    places = [
        {"mechanism": p.name, "best": p.best, "ranks": p.ranks, "best by a resolved lead": p.resolved}
        | {"mean regret": float(p.regrets.mean())}
        for p in order.places
    ]
    rules = [rule._asdict() for rule in order.rules]
    write_json(
        folder / "summary.json",
        about | {"fields": fields, "ranking": places, "most often best": order.leaders, "flips": order.flipped, "rules": rules},
    )
    return ["table.parquet", "points.parquet"]


def _indices(path, found, ranges):
    columns = {"field": ([one.name for one in found.indices], pa.string(), "", "what is varied")}
    for end in ("low", "high"):
        values = [float(getattr(ranges[one.name], end)) for one in found.indices]
        columns[f"range_{end}"] = (values, pa.float64(), "as the field", f"{end} end of its range")
    for name in TRIPLES:
        for i, part in enumerate(("", "_low", "_high")):
            values = [getattr(one, name)[i] for one in found.indices]
            columns[f"{name}{part}"] = (
                values,
                pa.float64(),
                "",
                f"{name}{' index' if name != 'swing' else ', low to high end'}",
            )
    _write(path, columns)


def _points(path, order, drawn):
    columns = {"point": (np.arange(len(order.u)), pa.int64(), "", "number of the point")}
    for j, one in enumerate(drawn):
        columns[one.name] = (np.asarray(one.at(order.u[:, j]), float), pa.float64(), one.parameter.unit, one.parameter.meaning)
    for i, name in enumerate(order.names):
        columns[f"outcome under {name}"] = (
            order.values[:, i],
            pa.float64(),
            "as the outcome",
            "mean over the runs of the point",
        )
    columns["flips"] = (order.flips, pa.bool_(), "", "some other is better than the first of the ranking by more than chance")
    _write(path, columns)


def _write(path, columns):
    """A table of columns: by name, values, type, unit and meaning."""
    schema = pa.schema([parquet.field(name, kind, unit, meaning) for name, (_, kind, unit, meaning) in columns.items()])
    parquet.write(
        path, pa.table({name: pa.array(values, kind) for name, (values, kind, _, _) in columns.items()}, schema=schema)
    )
