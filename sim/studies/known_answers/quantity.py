"""A quantity with a known exact value, and the comparison of a sample of runs with it."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.stats import norm

Columns = dict[str, np.ndarray]  # of runs, by name, each [runs]
FALSE_ALARMS = 1e-6  # probability that a right engine fails any comparison of a list


class Quantity(NamedTuple):
    """What is compared: the mean, over runs, of what ``sample`` takes from their columns."""

    name: str
    exact: float
    sample: Callable[[Columns], np.ndarray]  # from columns by name, each [runs], to one number a run
    slack: float = 0.0  # what whole minutes may cost at the most, as an absolute difference


class Comparison(NamedTuple):
    """A quantity as simulated: mean and its standard error over ``n`` runs, in standard errors from the exact value."""

    limit: str
    name: str
    exact: float
    simulated: float
    error: float
    n: int
    z: float
    bound: float  # |z| it must not pass, stated before the runs
    source: str

    @property
    def holds(self) -> bool:
        """Whether the difference is within the bound."""
        return abs(self.z) <= self.bound


def bound(comparisons: int) -> float:
    """The |z| that a right engine passes with probability ``FALSE_ALARMS`` in any of so many comparisons (Bonferroni)."""
    return float(norm.isf(FALSE_ALARMS / (2 * comparisons)))


def compared(limit: str, quantity: Quantity, columns: Columns, bound: float, source: str) -> Comparison:
    """The comparison of a quantity with a sample of runs.

    A share is judged by the spread its exact value implies, anything else by that of the sample; a difference within
    what whole minutes cost is none. A quantity without any spread must be met exactly.
    """
    sample = np.asarray(quantity.sample(columns), dtype=float)
    n, mean, exact = len(sample), float(np.mean(sample)), quantity.exact
    shares = np.all((sample == 0.0) | (sample == 1.0))
    spread = math.sqrt(max(0.0, exact * (1.0 - exact))) if shares and 0.0 <= exact <= 1.0 else float(np.std(sample))
    error = spread / math.sqrt(n)
    off = max(0.0, abs(mean - exact) - quantity.slack) * math.copysign(1.0, mean - exact)
    z = off / error if error > 0.0 else math.copysign(math.inf, off) if off else 0.0
    return Comparison(limit, quantity.name, exact, mean, error, n, z, bound, source)


def columns_of(names: Sequence[str], rows: np.ndarray) -> Columns:
    """Columns by name from an array of runs [runs, len(names)]."""
    return dict(zip(names, np.asarray(rows).T, strict=True))


def reached(name: str, minutes: float = math.inf) -> Callable[[Columns], np.ndarray]:
    """A sample: whether the time ``name`` was reached within ``minutes``."""
    return lambda columns: (columns[name] >= 0) & (columns[name] <= minutes)


def count(name: str) -> Callable[[Columns], np.ndarray]:
    """A sample: the column ``name`` itself."""
    return lambda columns: columns[name]


def squared(name: str, mean: float) -> Callable[[Columns], np.ndarray]:
    """A sample whose mean is the variance of the column ``name``, about its exact mean."""
    return lambda columns: (columns[name] - mean) ** 2
