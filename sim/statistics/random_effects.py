"""How far a quantity moves when the numbers behind it are not known, the chance in each estimate taken out.

The quantity is estimated once at each of many draws of the numbers, each time from finitely many runs. So the estimates
scatter for two reasons: the draws differ, and chance does. What is wanted is the first alone: the random-effects model of
meta-analysis (Hedges 1983; Hedges & Vevea 1998), with draws in the place of studies.
"""

import math
from typing import NamedTuple

import numpy as np

RESAMPLES = 400  # of the bootstrap over draws
GROUPS = 8  # of equally many draws, along one number
LEAST = 5  # draws in such a group, at the least


class Spread(NamedTuple):
    """A quantity over draws. Every length is in the quantity's own unit."""

    mean: float  # over the draws
    deviation: float  # between draws, chance taken out; 0 where chance alone explains the scatter
    chance: float  # root mean square of the standard errors within the draws
    low: float  # the 2.5th and the 97.5th percentile over the draws, chance taken out
    high: float
    low_ends: tuple[float, float]  # 95 % bootstrap interval of ``low``: so surely do this many draws tell it
    high_ends: tuple[float, float]
    draws: int


class Source(NamedTuple):
    """How much of the spread goes when one number is known."""

    name: str
    share: float  # of the variance between draws: the correlation ratio, bias taken out; never below 0
    p: float  # how often so large a share comes by chance, of permutations


def between(values: np.ndarray, variances: np.ndarray) -> float:
    """The variance between draws from estimates ``values`` [draws] with sampling ``variances`` [draws]; never below 0.

    Unbiased before it is cut at 0, whatever the distribution and however the variances differ (Hedges 1983).
    """
    return max(0.0, float(np.var(values, ddof=1) - np.mean(variances)))


def latent(values: np.ndarray, variances: np.ndarray) -> np.ndarray:
    """The values [draws] the estimates would have without chance: drawn towards their mean until their variance is ``between``.

    So the distribution has the right spread, which neither the estimates (too wide) nor their posterior means (too
    narrow) have (constrained empirical Bayes: Louis 1984, Ghosh 1992). They never leave the range of the estimates.
    """
    scatter = float(np.var(values, ddof=1))
    factor = math.sqrt(between(values, variances) / scatter) if scatter > 0.0 else 0.0
    return values.mean() + factor * (values - values.mean())


def spread(values: np.ndarray, variances: np.ndarray, seed: int) -> Spread:
    """The ``Spread`` of a quantity over draws; both arrays are [draws], at least two."""
    chance, n = np.random.default_rng(seed), len(values)
    ends = np.quantile(latent(values, variances), [0.025, 0.975], method="median_unbiased")
    picks = chance.integers(n, size=(RESAMPLES, n))
    again = [np.quantile(latent(values[i], variances[i]), [0.025, 0.975], method="median_unbiased") for i in picks]
    low_ends, high_ends = (_ends(one) for one in np.transpose(again))
    deviation, noise = math.sqrt(between(values, variances)), math.sqrt(float(np.mean(variances)))
    return Spread(float(values.mean()), deviation, noise, float(ends[0]), float(ends[1]), low_ends, high_ends, n)


def _ends(values: np.ndarray) -> tuple[float, float]:
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def sources(values: np.ndarray, variances: np.ndarray, numbers: dict[str, np.ndarray], seed: int) -> list[Source]:
    """Each number's share of the variance between draws, the largest first: ``numbers`` holds what each draw took, [draws].

    The share is that of the means over groups of draws alike in the number (correlation ratio, Pearson 1905; bias as in
    Kelley 1935), of the variance with chance taken out. Where numbers go together over the draws, so do their shares.
    """
    latent_variance = between(values, variances)
    if latent_variance == 0.0:
        return [Source(name, 0.0, 1.0) for name in numbers]
    found = [Source(name, *_share(values, given, latent_variance, seed)) for name, given in numbers.items()]
    return sorted(found, key=lambda one: -one.share)


def _share(values: np.ndarray, given: np.ndarray, latent_variance: float, seed: int) -> tuple[float, float]:
    """One number's share, and how often a permutation has as large a one."""
    groups, chance = grouped(given), np.random.default_rng(seed)
    own = _explained(values, groups)
    others = [_explained(chance.permutation(values), groups) for _ in range(RESAMPLES)]
    p = (1 + sum(one >= own for one in others)) / (1 + RESAMPLES)
    return min(1.0, max(0.0, own / latent_variance)), p


def grouped(given: np.ndarray) -> np.ndarray:
    """Groups [draws] of draws alike in a number: by value where there are few, else by rank, equally many in each."""
    distinct, which = np.unique(given, return_inverse=True)
    if len(distinct) <= GROUPS:
        return which
    count = max(2, min(GROUPS, len(given) // LEAST))
    return np.argsort(np.argsort(given, kind="stable"), kind="stable") * count // len(given)


def _explained(values: np.ndarray, groups: np.ndarray) -> float:
    """The variance of the groups' means, what groups without a meaning would show taken out (may fall below 0)."""
    sizes = np.bincount(groups)
    means = np.bincount(groups, values) / sizes
    total = ((values - values.mean()) ** 2).sum()
    inside = total - (sizes * (means - values.mean()) ** 2).sum()
    k, n = len(sizes), len(values)
    if k < 2 or n <= k:
        return 0.0
    return float((total - inside - (k - 1) * inside / (n - k)) / (n - 1))
