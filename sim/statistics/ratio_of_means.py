"""A share of what happens (misread strikes of all strikes) on the same chances: ratios of means, and their paired differences.

From sums over runs alone. Variances are those of the linearised ratios (delta method; Cochran 1977, section 6.4), with all
covariances within a run: between the two parts of a ratio, and between alternatives that meet the same chances.
"""

import math

import numpy as np

from sim.statistics.intervals import Triple, half_width
from sim.statistics.paired_differences import Moments


def ratio_of_means(found: Moments, i: int) -> float:
    """The ratio under alternative ``i`` of k: ``found`` are moments of k amounts, then of the k that they are shares of."""
    k = len(found.sums) // 2
    return float(found.sums[i] / found.sums[k + i]) if found.sums[k + i] else math.nan


def ratio_difference(found: Moments, i: int, j: int, z: float) -> Triple:
    """The ratio under alternative ``i`` less that under ``j``, and its interval at ``z``; not numbers where there is none."""
    value = ratio_of_means(found, i) - ratio_of_means(found, j)
    if value != value:
        return (math.nan,) * 3
    half = half_width(max(0.0, _variance(found, i, j)), found.n, z)
    return value, value - half, value + half


def _variance(found: Moments, i: int, j: int) -> float:
    """The variance, run by run, of the difference of the linearised ratios."""
    k, weights = len(found.sums) // 2, np.zeros(len(found.sums))
    for one, sign in ((i, 1.0), (j, -1.0)):
        per = found.mean(k + one)
        weights[one] += sign / per
        weights[k + one] -= sign * ratio_of_means(found, one) / per
    used = np.flatnonzero(weights)
    return float(sum(weights[m] * weights[n] * found.covariance(int(m), int(n)) for m in used for n in used))
