"""The intervals of a probability, a mean and a quantile: 95 % or, at another point ``z`` of the normal, as sure as that.

Coverage is measured in tests/studies/test_coverage.py: those of probabilities and quantiles cover at least as often as they
say, however rare the event and however few the runs.
"""

import bisect
import math
from typing import Any

import numpy as np
import numpy.typing as npt

Triple = tuple[float, float, float]  # a value and the two ends of its interval
Z = 1.959963984540054  # the two-sided 95 % point of the normal


def tail(z: float) -> float:
    """The probability that a normal is above ``z``: what an interval may miss on either side."""
    return math.erfc(z / math.sqrt(2.0)) / 2.0


def clopper_pearson(k: Any, n: Any, z: float = Z) -> tuple[Any, Any, Any]:
    """A probability from ``k`` of ``n``, and its exact interval (Clopper & Pearson 1934): three numbers, or arrays for arrays.

    It covers at the least at the level asked for, whatever the probability. A score or Bayesian interval is narrower by
    about one run in ``n`` and misses up to three times as often as it says where ``n p`` is small.
    """
    low, high = beta_ends((k, n - k + 1), (k + 1, n - k), z)
    return (k / n, low, high) if np.ndim(k) else (k / n, float(low), float(high))


def finite(value: Any) -> Any:
    """``value``, or None for a number that is not one or is infinite: what JSON and tables can hold."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def beta_ends(
    lower: tuple[npt.ArrayLike, npt.ArrayLike], upper: tuple[npt.ArrayLike, npt.ArrayLike], z: float = Z
) -> tuple[np.ndarray, np.ndarray]:
    """The ends of an interval whose lower end is a quantile of one beta distribution and whose upper end of another.

    ``lower`` and ``upper`` are pairs of parameters (arrays alike); a first parameter of 0 is all at 0, a second all at 1.
    """
    from scipy.special import betaincinv

    (a, b), (c, d) = lower, upper
    low = np.where(np.equal(a, 0.0), 0.0, betaincinv(np.where(np.equal(a, 0.0), 1.0, a), b, tail(z)))
    high = np.where(np.equal(d, 0.0), 1.0, betaincinv(c, np.where(np.equal(d, 0.0), 1.0, d), 1.0 - tail(z)))
    return low, high


def half_width(variance: Any, n: int, z: float = Z) -> Any:
    """Half the width of the interval of a mean of ``n`` values of a ``variance`` (divisor n), or an array of them: Student's.

    The variance is never taken to be below z^2 / n, so that a count that no run has had is not taken to be impossible: for
    rare events it is the score interval's correction. With few runs of a heavy tail it is too narrow (docs/decisions.md).
    """
    from scipy.special import stdtrit

    t = -float(stdtrit(max(1, n - 1), tail(z)))
    return t * np.sqrt((np.maximum(0.0, variance) + z * z / n) / n)


def ranks(n: int, q: float, z: float = Z) -> tuple[int, int]:
    """The places from 1 to ``n`` of the ordered values between which their ``q`` quantile lies (Conover 1999, section 3.2).

    Exact for any distribution, tied values too. 0 and ``n`` + 1 where so few values leave it open on that side.
    """
    from scipy.special import betainc

    places, open_ = range(1, n + 1), tail(z)
    low = bisect.bisect_right(places, open_, key=lambda r: betainc(n - r + 1, r, 1.0 - q))  # P(fewer than r values below)
    high = bisect.bisect_left(places, True, key=lambda s: betainc(s, n - s + 1, q) <= open_) + 1  # P(s values or more below)
    return low, high
