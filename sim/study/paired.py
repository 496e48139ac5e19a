"""Two alternatives on the same chances: the difference and the ratio of an outcome, with intervals that use the pairing.

Everything is reckoned from sums over runs, so that memory does not grow with them. ``z`` is the two-sided point of the
normal the interval is drawn at: 1.96 for one interval of 95 %, more where several must hold together.
"""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

NORMAL = NormalDist()


class Moments(NamedTuple):
    """Sums of an outcome over the runs of k alternatives: all that pairwise comparisons need."""

    n: int
    sums: np.ndarray  # [k]
    products: np.ndarray  # [k, k] sums of products of two alternatives' outcomes in the same run

    def mean(self, i):
        """The mean of alternative ``i``."""
        return float(self.sums[i]) / self.n

    def covariance(self, i, j):
        """The covariance of two alternatives' outcomes over the runs; the variance where they are the same."""
        return max(0.0, _covariance(self, i, j)) if i == j else _covariance(self, i, j)

    def variance_of_difference(self, i, j):
        """The variance of the difference, run by run."""
        return max(0.0, self.covariance(i, i) + self.covariance(j, j) - 2 * self.covariance(i, j))


def _covariance(moments, i, j):
    return float(moments.products[i, j]) / moments.n - moments.mean(i) * moments.mean(j)


def moments(values):
    """The moments of ``values`` [k, runs]."""
    return Moments(values.shape[1], values.sum(1), values @ values.T)


def added(one, two):
    """The moments of two sets of runs together."""
    return Moments(one.n + two.n, one.sums + two.sums, one.products + two.products)


def together(k, level=0.95):
    """The normal point at which ``k`` two-sided intervals all hold with probability ``level`` or more (Bonferroni)."""
    return NORMAL.inv_cdf(1 - (1 - level) / (2 * max(1, k)))


def difference(found, i, j, z, probability):
    """The outcome of alternative ``i`` less that of ``j``, and its interval at ``z``: three numbers.

    Means: normal on the paired differences, whose variance is never taken to be below 1/n (Chow & Robbins 1965).
    Probabilities: Tango's (1998) score interval, which holds near 0 and where no run differs.
    """
    if probability:
        only_i, only_j = (float(found.sums[one] - found.products[i, j]) for one in (i, j))
        return (only_i - only_j) / found.n, *score_interval(only_i, only_j, found.n, z)
    value = found.mean(i) - found.mean(j)
    half = z * math.sqrt((found.variance_of_difference(i, j) + 1 / found.n) / found.n)
    return value, value - half, value + half


def score_interval(only_one, only_two, n, z):
    """The score interval of a paired difference of probabilities (Tango 1998, Statistics in Medicine 17: 891-908).

    Of ``n`` runs, ``only_one`` had the outcome under the first alternative alone and ``only_two`` under the second alone.
    The ends are the differences the score test just does not reject, found by bisection.
    """
    value = (only_one - only_two) / n
    low = _end(lambda delta: score(only_one, only_two, n, delta) - z, -1.0, value)
    high = _end(lambda delta: score(only_one, only_two, n, delta) + z, value, 1.0)
    return low, high


def score(only_one, only_two, n, delta):
    """Tango's (1998) score statistic of the hypothesis that the paired difference is ``delta``; it falls as delta rises."""
    gap = only_one - only_two - n * delta
    b = -only_one - only_two + (2 * n - only_one + only_two) * delta
    c = -only_two * delta * (1 - delta)
    q = (math.sqrt(max(0.0, b * b - 8 * n * c)) - b) / (4 * n)  # the share of the second alone, most likely given delta
    variance = n * max(0.0, 2 * q + delta * (1 - delta))
    if gap == 0.0:
        return 0.0
    return gap / math.sqrt(variance) if variance > 0.0 else math.copysign(math.inf, gap)


def _end(falling, low, high):
    """Where a falling function crosses zero in [low, high], or the nearer end."""
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2


def ratio(found, i, j, z, probability):
    """The outcome of alternative ``i`` over that of ``j``, and its interval at ``z``: three numbers, NaN where undefined.

    Means of one sign: normal on the logarithm, its variance by the delta method with the pairing's covariance.
    Probabilities: Bonett & Price (2006), which holds where a count is 0.
    """
    one, two = found.mean(i), found.mean(j)
    if probability:
        return ratio_of_probabilities(float(found.sums[i]), float(found.sums[j]), float(found.products[i, j]), z)
    if one * two <= 0.0:
        return (math.nan,) * 3
    variance = found.covariance(i, i) / one**2 + found.covariance(j, j) / two**2 - 2 * found.covariance(i, j) / (one * two)
    spread = math.exp(z * math.sqrt(max(0.0, variance) / found.n))
    return one / two, one / two / spread, one / two * spread


def ratio_of_probabilities(one, two, both, z):
    """A ratio of paired probabilities and its hybrid Wilson interval (Bonett & Price 2006, Biometrics 62: 310-312).

    ``one`` and ``two`` are the runs with the outcome under each alternative, ``both`` those with it under both.
    """
    union = one + two - both
    if union == 0:
        return (math.nan,) * 3
    width = math.sqrt((one + two - 2 * both + 2) / ((one + 1) * (two + 1)))
    parts = [math.sqrt((1 - (x + 1) / (union + 2)) / (x + 1)) for x in (one, two)]
    (low_one, high_one), (low_two, high_two) = (_wilson(x, union, z * width / sum(parts)) for x in (one, two))
    return one / two if two else math.inf, low_one / high_two, high_one / low_two if low_two > 0 else math.inf


def _wilson(k, n, z):
    """The score interval of a probability from ``k`` of ``n`` (Wilson 1927)."""
    p, zz = k / n, z * z / n
    middle, half = (p + zz / 2) / (1 + zz), z * math.sqrt(p * (1 - p) / n + zz / (4 * n)) / (1 + zz)
    return max(0.0, middle - half) if k else 0.0, min(1.0, middle + half)


def saved(found, i, j):
    """By what factor pairing cuts the variance of the difference; infinite where no run differs, NaN where none varies."""
    apart, paired = found.covariance(i, i) + found.covariance(j, j), found.variance_of_difference(i, j)
    if apart <= 0.0:
        return math.nan
    return apart / paired if paired > 1e-12 * apart else math.inf


def runs_to_resolve(found, i, j, z, power=0.8):
    """How many runs would tell the difference from zero with probability ``power``, if it is as large as it looks.

    Infinite where it looks like zero. Normal approximation (e.g. Lachin 1981).
    """
    gap = found.mean(i) - found.mean(j)
    if gap == 0.0:
        return math.inf
    return math.ceil((z + NORMAL.inv_cdf(power)) ** 2 * found.variance_of_difference(i, j) / gap**2)
