"""How a quantity is spread over runs: skewed, with an atom where nothing happens. Kept as counts of its whole values.

What the opening act brings is given and not drawn, and left out: the atom at 0 is the runs in which nothing followed.
"""

import math
from typing import NamedTuple

import numpy as np

from sim.engine.kernel import ROW
from sim.model.setting.crisis import Crisis
from sim.statistics.histogram import combined_histograms
from sim.statistics.intervals import Z, ranks

SPREAD = {
    "strikes": ("strikes_a", "strikes_b"),
    "deaths": (
        "killed_by_strikes_a",
        "killed_by_strikes_b",
        "killed_militants",
        "killed_kin",
        "killed_by_attacks_a",
        "killed_by_attacks_b",
    ),
    "envoyless": ("envoyless",),
}
COLUMNS = {name: [ROW.index(column) for column in columns] for name, columns in SPREAD.items()}


class Quantile(NamedTuple):
    """A quantile of a quantity, with the interval its order statistics give; infinite where so few runs leave it open."""

    q: float
    value: float
    low: float
    high: float


def spreads(rows: np.ndarray, crisis: Crisis) -> dict[str, np.ndarray]:
    """The counts of each quantity of ``SPREAD`` over ``rows`` [runs, len(ROW)]: by name, values and counts [2, k]."""
    opened = given(crisis)
    return {name: _counts(rows[:, columns].sum(1) - opened[name]) for name, columns in COLUMNS.items()}


def given(crisis: Crisis) -> dict[str, int]:
    """What the opening act of ``crisis`` brings, by quantity."""
    struck, attacked = crisis.opening.startswith("strike"), crisis.opening.startswith("attack")
    deaths = crisis.opening_dead * (struck or attacked) + crisis.opening_kin * struck
    return {"strikes": int(struck), "deaths": deaths, "envoyless": 0}


def _counts(values: np.ndarray) -> np.ndarray:
    return np.stack(np.unique(values.astype(np.int64), return_counts=True))


def combined_spreads(one: dict[str, np.ndarray], two: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The spreads of two sets of runs together."""
    return {name: combined_histograms(one[name], two[name]) for name in one}


def quantile(counts: np.ndarray, q: float, z: float = Z) -> Quantile:
    """The ``Quantile`` q of values counted as [2, k]: the least value with a share of at least q at or below it."""
    values, upto = counts[0], np.cumsum(counts[1])
    n = int(upto[-1])
    low, high = ranks(n, q, z)
    at = values[np.searchsorted(upto, np.clip([math.ceil(n * q), low, high], 1, n))]
    return Quantile(q, float(at[0]), float(at[1]) if low else 0.0, float(at[2]) if high <= n else math.inf)


def share(counts: np.ndarray, value: float) -> tuple[int, int]:
    """How many runs have exactly ``value``, and of how many."""
    return int(counts[1][counts[0] == value].sum()), int(counts[1].sum())


def mean(counts: np.ndarray) -> float:
    """The mean of values counted as [2, k]."""
    return float((counts[0] * counts[1]).sum() / counts[1].sum())
