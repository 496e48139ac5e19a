"""What splitting found, on disk: one tidy row a cell and quantity, and a summary a program can read."""

import math

import numpy as np
import pyarrow as pa

from sim.storage import parquet
from sim.storage.provenance import provenance, write_json
from sim.studies.rare_events.compute import Climb, estimates

TIDY = (
    ("quantity", pa.string(), "", "peak>=r, war_at, or acts"),
    ("statistic", pa.string(), "", "probability (of reaching it by the horizon), its relative error, or the total of acts"),
    ("value", pa.float64(), "as the quantity", "the estimate; null for a relative error where it was never reached"),
    ("low", pa.float64(), "as the quantity", "lower end of the 95 % interval of a probability"),
    ("high", pa.float64(), "as the quantity", "upper end of the 95 % interval of a probability"),
    ("n", pa.int64(), "particles", "particles of all replicates"),
)
LEFT_OUT = "splitting estimates P(peak >= r) and war alone: means and other times are left out"


def tidy(axes, labels, climbs):
    """One table of all estimates: the cell, a column an axis, and the columns of ``TIDY``.

    ``labels`` holds a dict for each cell, from axis to value; an axis is a column of numbers if all its values are.
    """
    rows = [(cell, one) for cell, climb in enumerate(climbs) for one in estimates(climb)]
    columns = {"cell": pa.array(np.array([cell for cell, _ in rows], dtype=np.int32))}
    schema = [parquet.field("cell", pa.int32(), "", "number of the cell")]
    for axis in parquet.axis_fields(axes, labels):
        columns[axis.name] = parquet.axis_values(axis, [labels[cell] for cell, _ in rows])
        schema.append(axis)
    for i, column in enumerate(TIDY):
        columns[column[0]] = pa.array([_null(one[i]) for _, one in rows], type=column[1])
        schema.append(parquet.field(*column))
    return pa.table(columns, schema=pa.schema(schema))


def save(folder, experiment, request, axes, labels, climbs: list[Climb], more=None):
    """Write ``table.parquet`` and ``summary.json``; ``more`` is what an experiment adds to the summary."""
    parquet.write(folder / "table.parquet", tidy(axes, labels, climbs))
    about = {
        "experiment": experiment,
        "estimator": "splitting",
        "seed": request.seed,
        "replicates": request.replicates,
        "particles": request.particles,
        "interval": "95 % (Student's law on the logarithm of the mean of replicates)",
        "left out": LEFT_OUT,
        "case": request.case.words,
        "made by": provenance(),
    }
    cells = [{"labels": label, "estimates": _summed(climb)} for label, climb in zip(labels, climbs, strict=True)]
    write_json(folder / "summary.json", about | (more or {}) | {"axes": axes, "cells": cells})


def _summed(climb):
    """A cell's probabilities and their intervals."""
    return {e.quantity: [e.value, e.low, e.high] for e in estimates(climb) if e.statistic == "probability"}


def _null(value):
    """None for a number that is not one."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
