"""What drives a sweep over Saltelli's sample: Sobol indices of the chance of reaching each rung, field by field."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from sim.statistics.sobol_indices import explained, varies
from sim.storage import parquet

TIDY = (
    ("quantity", pa.string(), "", "peak>=r, the chance of reaching a rung; no rows where it does not vary"),
    ("field", pa.string(), "", "what the sample varies; or chance: what independent runs would add to the variance"),
    ("index", pa.string(), "", "total, with interactions, or first, alone"),
    ("value", pa.float64(), "share of variance", "the Sobol index over the ranges of the sample"),
    ("low", pa.float64(), "share of variance", "lower end of its 95 % bootstrap interval over the points, at these chances"),
    ("high", pa.float64(), "share of variance", "upper end; another seed has other chances"),
    ("points", pa.int64(), "points", "cells it rests on"),
)
CHANCE = "chance"


class Share(NamedTuple):
    """A field's Sobol indices of P(peak >= rung): each a value and its 95 % interval."""

    rung: int
    field: str
    total: tuple
    first: tuple


def shares(chances: np.ndarray, fields: Sequence[str], runs: int, seed: int) -> list[Share]:
    """The ``Share`` of each of ``fields`` for each rung, and of what chance may add; none for a rung that does not vary.

    ``chances`` [points, 9] are those of reaching each rung over Saltelli's sample, in its order, from ``runs`` runs each;
    ``seed`` is that of the bootstrap. Estimators: Saltelli et al. (2010).
    """
    found = []
    for rung, p in enumerate(chances.T, start=1):
        if not varies(p, len(fields)):
            continue
        for name, total, first in zip(fields, *explained(p, len(fields), seed), strict=True):
            found.append(Share(rung, name, tuple(map(float, total)), tuple(map(float, first))))
        added = float((p * (1.0 - p)).mean() / runs / p.var())
        found.append(Share(rung, CHANCE, (added, np.nan, np.nan), (np.nan,) * 3))
    return found


def indices(found: list[tuple[dict, list[Share]]], points: int) -> pa.Table:
    """The table of indices: ``found`` are pairs of the labels of the axes that the sample is crossed with, and shares."""
    rows = [
        (on, (f"peak>={one.rung}", one.field, index, *getattr(one, index), points))
        for on, some in found for one in some for index in ("total", "first") if index == "total" or one.field != CHANCE
    ]  # fmt: skip
    axes, fields = parquet.axis_fields(list(found[0][0]), [on for on, _ in found]), [parquet.field(*about) for about in TIDY]
    arrays = [parquet.axis_values(axis, [on for on, _ in rows]) for axis in axes]
    for i, column in enumerate(fields):
        arrays.append(pa.array([values[i] for _, values in rows], column.type, from_pandas=True))
    return pa.table(arrays, schema=pa.schema([*axes, *fields]))
