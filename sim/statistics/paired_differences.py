"""Two alternatives on the same chances: the difference and the ratio of an outcome, with intervals that use the pairing.

Everything is reckoned from sums over runs, so that memory does not grow with them. ``z`` is the two-sided point of the
normal the interval is drawn at: 1.96 for one interval of 95 %, more where several must hold together.
"""

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

from sim.statistics.intervals import clopper_pearson, half_width

NORMAL = NormalDist()


class Moments(NamedTuple):
    """Sums of an outcome over the runs of k alternatives: all that pairwise comparisons need."""

    n: int
    sums: np.ndarray  # [k]
    products: np.ndarray  # [k, k] sums of products of two alternatives' outcomes in the same run

    def mean(self, i: int) -> float:
        """The mean of alternative ``i``."""
        return float(self.sums[i]) / self.n

    def covariance(self, i: int, j: int) -> float:
        """The covariance of two alternatives' outcomes over the runs; the variance where they are the same."""
        return max(0.0, _covariance(self, i, j)) if i == j else _covariance(self, i, j)

    def variance_of_difference(self, i: int, j: int) -> float:
        """The variance of the difference, run by run."""
        return max(0.0, self.covariance(i, i) + self.covariance(j, j) - 2 * self.covariance(i, j))


def _covariance(moments: Moments, i: int, j: int) -> float:
    return float(moments.products[i, j]) / moments.n - moments.mean(i) * moments.mean(j)


def moments(values: np.ndarray) -> Moments:
    """The moments of ``values`` [k, runs]."""
    return Moments(values.shape[1], values.sum(1), values @ values.T)


def combined_moments(one: Moments, two: Moments) -> Moments:
    """The moments of two sets of runs together."""
    return Moments(one.n + two.n, one.sums + two.sums, one.products + two.products)


def bonferroni_z(k: int, level: float = 0.95) -> float:
    """The normal point at which ``k`` two-sided intervals all hold with probability ``level`` or more (Bonferroni)."""
    return NORMAL.inv_cdf(1 - (1 - level) / (2 * max(1, k)))


def difference(found: Moments, i: int, j: int, z: float, probability: bool) -> tuple[float, float, float]:
    """The outcome of alternative ``i`` less that of ``j``, and its interval at ``z``: three numbers.

    Means: Student's on the paired differences, their variance never taken to be nothing (``half_width``).
    Probabilities: from exact intervals of the shares of runs that differ either way, which holds near 0 and where none does.
    """
    if probability:
        only_i, only_j = (float(found.sums[one] - found.products[i, j]) for one in (i, j))
        return (only_i - only_j) / found.n, *mover_interval(only_i, only_j, found.n, z)
    value = found.mean(i) - found.mean(j)
    half = float(half_width(found.variance_of_difference(i, j), found.n, z))
    return value, value - half, value + half


def mover_interval(only_one: Any, only_two: Any, n: int, z: float) -> tuple[Any, Any]:
    """The interval of a paired difference of probabilities, recovered from those of its two parts (Zou & Donner 2008).

    Of ``n`` runs, ``only_one`` had the outcome under the first alternative alone and ``only_two`` under the second alone:
    two numbers, or arrays of them. Each share has its exact interval, and the shares the correlation of a multinomial. With no
    run of the other kind it leaves out zero from six on, or five.
    """
    (p, p_low, p_high), (q, q_low, q_high) = (clopper_pearson(k, n, z) for k in (only_one, only_two))
    both = np.asarray((1.0 - p) * (1.0 - q))
    correlation = -np.sqrt(np.divide(p * q, both, out=np.ones_like(both), where=both > 0.0))

    def reach(one: np.ndarray, two: np.ndarray) -> np.ndarray:
        return np.sqrt(np.maximum(0.0, one * one + two * two - 2.0 * correlation * one * two))

    low = np.maximum(-1.0, p - q - reach(p - p_low, q_high - q))
    high = np.minimum(1.0, p - q + reach(p_high - p, q - q_low))
    return (low, high) if np.ndim(only_one) else (float(low), float(high))


def ratio(found: Moments, i: int, j: int, z: float, probability: bool) -> tuple[float, float, float]:
    """The outcome of alternative ``i`` over that of ``j``, and its interval at ``z``: three numbers, NaN where undefined.

    Means of one sign: normal on the logarithm, its variance by the delta method with the pairing's covariance.
    Probabilities: after Bonett & Price (2006), which holds where a count is 0.
    """
    one, two = found.mean(i), found.mean(j)
    if probability:
        return ratio_of_probabilities(float(found.sums[i]), float(found.sums[j]), float(found.products[i, j]), z)
    if one * two <= 0.0:
        return (math.nan,) * 3
    variance = found.covariance(i, i) / one**2 + found.covariance(j, j) / two**2 - 2 * found.covariance(i, j) / (one * two)
    spread = math.exp(z * math.sqrt(max(0.0, variance) / found.n))
    return one / two, one / two / spread, one / two * spread


def ratio_of_probabilities(one: float, two: float, both: float, z: float) -> tuple[float, float, float]:
    """A ratio of paired probabilities and its hybrid interval (Bonett & Price 2006, Biometrics 62: 310-312).

    ``one`` and ``two`` are the runs with the outcome under each alternative, ``both`` those with it under both. The two
    intervals it is made of are exact ones and not Wilson's, with which it covers .90 where outcomes are few.
    """
    union = one + two - both
    if union == 0:
        return (math.nan,) * 3
    width = math.sqrt((one + two - 2 * both + 2) / ((one + 1) * (two + 1)))
    parts = [math.sqrt((1 - (x + 1) / (union + 2)) / (x + 1)) for x in (one, two)]
    (low_one, high_one), (low_two, high_two) = (clopper_pearson(x, union, z * width / sum(parts))[1:] for x in (one, two))
    return one / two if two else math.inf, low_one / high_two, high_one / low_two if low_two > 0 else math.inf


def variance_reduction(found: Moments, i: int, j: int) -> float:
    """By what factor pairing cuts the variance of the difference; infinite where no run differs, NaN where none varies."""
    apart, paired = found.covariance(i, i) + found.covariance(j, j), found.variance_of_difference(i, j)
    if apart <= 0.0:
        return math.nan
    return apart / paired if paired > 1e-12 * apart else math.inf


def runs_to_resolve(found: Moments, i: int, j: int, z: float, power: float = 0.8) -> float:
    """How many runs would tell the difference from zero with probability ``power``, if it is as large as it looks.

    Infinite where it looks like zero. Normal approximation (e.g. Lachin 1981).
    """
    gap = found.mean(i) - found.mean(j)
    if gap == 0.0:
        return math.inf
    runs = (z + NORMAL.inv_cdf(power)) ** 2 * found.variance_of_difference(i, j) / gap / gap
    return math.ceil(runs) if math.isfinite(runs) else math.inf


def ranks(found: Moments, i: int, probability: bool) -> tuple[int, int]:
    """The ranks alternative ``i`` may have among all, lowest outcome first, from the intervals of all pairs together.

    At least one more than those surely below it, at most all less those surely above it (Klein, Wright & Wieczorek 2020).
    """
    k = len(found.sums)
    z = bonferroni_z(k * (k - 1) // 2)
    pairs = [difference(found, i, j, z, probability) for j in range(k) if j != i]
    return 1 + sum(bool(low > 0.0) for _, low, _ in pairs), k - sum(bool(high < 0.0) for _, _, high in pairs)


def leaders(share: np.ndarray, names: Sequence[str]) -> list[str]:
    """Which of ``names`` may have the largest mean share: the largest first, then all that are not told from it (a tie).

    ``share`` [points, len(names)] are shares of one at every point; the intervals are those of all pairs together.
    """
    told = moments(share.T)
    order = sorted(range(len(names)), key=lambda i: -told.sums[i])
    return [names[i] for i in order if ranks(told, i, True)[1] == len(names)]
