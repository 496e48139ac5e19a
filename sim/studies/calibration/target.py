"""A target: a share known from so many cases, with the interval those cases leave, beside the model's own share.

Every quantity is made a share, so that all are judged alike. A quantile that is known of n cases (half of six answers came
within 32.5 h) is the share of simulated values at or below it: whatever the law of the values, that share has the beta
distribution of an order statistic (David & Nagaraja 2003, section 2.1), and one single case is the case n = 1.
"""

import math
from typing import NamedTuple

import numpy as np

from sim.statistics.intervals import beta_ends, clopper_pearson

FITTED, HELD_OUT, CONTRAST = "fitted", "held out", "contrast"
CLUSTERING = 4.0  # intervals by pairs of states are twice as wide as those that take incidents as independent


class Target(NamedTuple):
    """One line of the table."""

    quantity: str
    basis: str  # whose cases: a heading of the table
    role: str  # FITTED: numbers of the model were chosen by it; HELD_OUT: none was; CONTRAST: of another population
    known: float  # the share, or the ratio
    low: float  # its own 95 % interval
    high: float
    cases: int  # it rests on
    value: float  # the model's
    value_low: float  # its 95 % interval, chance in the runs alone
    value_high: float
    runs: int  # or acts, that it rests on
    ratio: bool = False  # of two hazards; else a share

    @property
    def met(self) -> bool:
        """Whether the model's value lies in the target's own interval."""
        return bool(self.low <= self.value <= self.high)


class Basis(NamedTuple):
    """Whose cases a group of targets rests on, and whether they come in clusters that are no independent cases."""

    name: str
    clustering: float = 1.0  # variance over that of independent cases


def share(basis: Basis, quantity: str, role: str, known: float, cases: int, k: float, n: float) -> Target:
    """A share ``known`` of so many ``cases``, beside ``k`` of ``n`` simulated ones."""
    effective = cases / basis.clustering
    low, high = (float(end) for end in beta_ends(*_ends_of(known * effective, effective)))
    return Target(quantity, basis.name, role, known, low, high, cases, *_simulated(k, n), int(n))


def quantile(basis: Basis, quantity: str, role: str, q: float, at: float, cases: int, values: np.ndarray) -> Target:
    """The ``q`` quantile of so many ``cases`` was ``at``: the share of simulated ``values`` up to it.

    A value that was not reached is infinite.
    """
    place = max(1, math.ceil(q * cases))
    low, high = (float(end) for end in beta_ends((place, cases + 1 - place), (place, cases + 1 - place)))
    k, n = int((values <= at).sum()), len(values)
    return Target(
        quantity,
        basis.name,
        role,
        min(q, cases / (cases + 1)) if cases > 1 else math.nan,
        low,
        high,
        cases,
        *_simulated(k, n),
        n,
    )


def _ends_of(k: float, n: float) -> tuple:
    """The beta parameters of Clopper & Pearson's interval (1934), for a count that need not be whole."""
    return (k, n - k + 1), (k + 1, n - k)


def _simulated(k: float, n: float) -> tuple[float, float, float]:
    """A simulated share with its interval; not a number where there is no case."""
    return clopper_pearson(int(k), int(n)) if n else (math.nan,) * 3
