"""What splitting found, on disk: one tidy row a cell and quantity, and a summary a program can read."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from sim.design.options import RareOptions
from sim.runs.rare_events import Replicates, estimates
from sim.storage import parquet
from sim.storage.provenance import provenance

TIDY = (
    ("quantity", pa.string(), "", "peak>=r, war_at, or acts"),
    ("statistic", pa.string(), "", "probability (of reaching it by the horizon), its relative error, or the total of acts"),
    ("value", pa.float64(), "as the quantity", "the estimate; null for a relative error where it was never reached"),
    ("low", pa.float64(), "as the quantity", "lower end of the 95 % interval of a probability"),
    ("high", pa.float64(), "as the quantity", "upper end of the 95 % interval of a probability"),
    ("n", pa.int64(), "particles", "particles of all replicates"),
)
LEFT_OUT = "splitting estimates P(peak >= r) and war alone: means and other times are left out"


def tidy(axes: Sequence[str], labels: Sequence[dict], replicates: Sequence[Replicates]) -> pa.Table:
    """One table of all estimates: the cell, a column an axis, and the columns of ``TIDY``.

    ``labels`` holds a dict for each cell, from axis to value; an axis is a column of numbers if all its values are.
    """
    rows = [(number, one) for number, cell in enumerate(replicates) for one in estimates(cell)]
    columns = [pa.array(np.array([number for number, _ in rows], dtype=np.int32))]
    schema = [parquet.field("cell", pa.int32(), "", "number of the cell")]
    for axis in parquet.axis_fields(axes, labels):
        columns.append(parquet.axis_values(axis, [labels[number] for number, _ in rows]))
        schema.append(axis)
    for i, column in enumerate(TIDY):
        columns.append(pa.array([one[i] for _, one in rows], column[1], from_pandas=True))
        schema.append(parquet.field(*column))
    return pa.table(columns, schema=pa.schema(schema))


def data(
    experiment: str,
    options: RareOptions,
    axes: Sequence[str],
    labels: Sequence[dict],
    replicates: Sequence[Replicates],
    more: dict,
) -> dict:
    """The summary of a study by splitting, as plain data; ``more`` is what an experiment adds."""
    about = {
        "experiment": experiment,
        "estimator": "splitting",
        "seed": options.seed,
        "replicates": options.replicates,
        "particles": options.particles,
        "interval": "95 % (Student's law on the logarithm of the mean of replicates)",
        "left out": LEFT_OUT,
        "case": options.case.words,
        "made by": provenance(),
    }
    cells = [{"labels": label, "estimates": _summed(cell)} for label, cell in zip(labels, replicates, strict=True)]
    return about | more | {"axes": axes, "cells": cells}


def _summed(cell: Replicates) -> dict:
    """A cell's probabilities and their intervals."""
    return {e.quantity: [e.value, e.low, e.high] for e in estimates(cell) if e.statistic == "probability"}
