"""How far a quantity moves when the numbers behind it are not known, the chance in each estimate taken out.

The quantity is estimated once at each of many draws of the numbers, each time from finitely many runs. So the estimates
scatter for two reasons: the draws differ, and chance does. What is wanted is the first alone: the random-effects model of
meta-analysis (Hedges 1983; Hedges & Vevea 1998), with draws in the place of studies.
"""

import math
from typing import NamedTuple

import numpy as np
from scipy.special import fdtrc, ncfdtrinc, ndtri

RESAMPLES = 400  # of the bootstrap over draws
GROUPS = 8  # of equally many draws, along one number
ONE_SIDED = 1.644854
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

    @property
    def told(self) -> bool:
        """Whether the draws scatter by more than chance; else nothing is known of ``low`` and ``high``."""
        return told(self.deviation**2, self.chance**2, self.draws)

    @property
    def still(self) -> bool:
        """Whether it is the same in every run of every draw: there is no scatter at all, and no interval."""
        return self.deviation == self.chance == 0.0

    @property
    def ends(self) -> tuple[float, float]:
        """``low`` and ``high``; not numbers where they are not told."""
        return (self.low, self.high) if self.told else (math.nan, math.nan)


class Source(NamedTuple):
    """How much of the spread goes when one number is known."""

    name: str
    share: float  # of the variance between draws: the correlation ratio, bias taken out; never below 0
    low: float  # ends of its 95 % interval
    high: float
    p: float  # how often so large a share comes by chance


def between(values: np.ndarray, variances: np.ndarray) -> float:
    """The variance between draws from estimates ``values`` [draws] with sampling ``variances`` [draws]; never below 0.

    Unbiased before it is cut at 0, whatever the distribution and however the variances differ (Hedges 1983).
    """
    return max(0.0, float(np.var(values, ddof=1) - np.mean(variances)))


def told(latent_variance: float, chance: float, draws: int) -> bool:
    """Whether a variance between so many draws is more than the scatter of its own estimate (one-sided, 95 %, normal law).

    ``chance`` is the mean sampling variance within the draws.
    """
    return latent_variance > ONE_SIDED * (latent_variance + chance) * math.sqrt(2.0 / (draws - 1))


def latent(values: np.ndarray, variances: np.ndarray) -> np.ndarray:
    """The values [draws] the estimates would have without chance: drawn towards their mean until their variance is ``between``.

    So the distribution has the right spread, which neither the estimates (too wide) nor their posterior means (too
    narrow) have (constrained empirical Bayes: Louis 1984, Ghosh 1992). Its shape is that of the estimates in so far as they
    tell the draws and not chance (their reliability, between over scatter), and the normal one for the rest: where chance is
    most of the scatter, the estimates have chance's shape.
    """
    scatter = float(np.var(values, ddof=1))
    reliability = between(values, variances) / scatter if scatter > 0.0 else 0.0
    if reliability == 0.0:
        return np.full(len(values), values.mean())
    own = (values - values.mean()) / math.sqrt(scatter)
    normal = ndtri((_ranks(values) - 0.5) / len(values))
    shape = reliability * own + (1.0 - reliability) * normal
    return values.mean() + math.sqrt(reliability * scatter) * (shape - shape.mean()) / shape.std(ddof=1)


def _ranks(values: np.ndarray) -> np.ndarray:
    """The ranks from 1 on; equal values share their mean rank."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[which]


def spread(values: np.ndarray, variances: np.ndarray, seed: int) -> Spread:
    """The ``Spread`` of a quantity over draws; both arrays are [draws], at least two."""
    chance, n = np.random.default_rng(seed), len(values)
    ends = np.quantile(latent(values, variances), [0.025, 0.975], method="median_unbiased")
    picks = chance.integers(n, size=(RESAMPLES, n))
    again = [np.quantile(latent(values[i], variances[i]), [0.025, 0.975], method="median_unbiased") for i in picks]
    low_ends, high_ends = (_ends(one) for one in np.transpose(again))
    deviation, noise = math.sqrt(between(values, variances)), math.sqrt(float(np.mean(variances)))
    return Spread(float(values.mean()), deviation, noise, float(ends[0]), float(ends[1]), low_ends, high_ends, n)


def interval(values: np.ndarray, variances: np.ndarray, surely: bool = True) -> tuple[float, float, float]:
    """The mean over the draws [draws] and the ends of the 95 % of them, chance taken out; NaN where they are not told.

    ``spread`` without its own uncertainty. Told, unless it need not be ``surely``, is what is more than its own scatter.
    """
    latent_variance = between(values, variances)
    if not latent_variance or (surely and not told(latent_variance, float(np.mean(variances)), len(values))):
        return float(values.mean()), math.nan, math.nan
    low, high = np.quantile(latent(values, variances), [0.025, 0.975], method="median_unbiased")
    return float(values.mean()), float(low), float(high)


def share_below(values: np.ndarray, variances: np.ndarray, seed: int) -> tuple[float, float]:
    """The 95 % bootstrap interval of the share of draws [draws] below 0, chance taken out."""
    n = len(values)
    picks = np.random.default_rng(seed).integers(n, size=(RESAMPLES, n))
    return _ends(np.array([(latent(values[i], variances[i]) < 0.0).mean() for i in picks]))


def _ends(values: np.ndarray) -> tuple[float, float]:
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def sources(values: np.ndarray, variances: np.ndarray, numbers: dict[str, np.ndarray]) -> list[Source]:
    """Each number's share of the variance between draws, the largest first: ``numbers`` holds what each draw took, [draws].

    The share is that of the means over groups of draws alike in the number (correlation ratio, Pearson 1905; bias as in
    Kelley 1935), of the variance with chance taken out. Intervals and p are those of the one-way analysis of variance
    (noncentral F: Steiger 2004). Where numbers go together over the draws, so do their shares.
    """
    latent_variance = between(values, variances)
    if latent_variance == 0.0:
        return [Source(name, 0.0, 0.0, 1.0, 1.0) for name in numbers]
    inflated = float(np.var(values, ddof=1)) / latent_variance
    return sorted((_source(name, values, given, inflated) for name, given in numbers.items()), key=lambda one: -one.share)


def _source(name: str, values: np.ndarray, given: np.ndarray, inflated: float) -> Source:
    """One number's share; ``inflated`` is the variance of the estimates over that without chance."""
    groups = grouped(given)
    k, n, (explained, rest) = groups.max() + 1, len(values), _squares(values, groups)
    if k < 2 or n <= k:
        return Source(name, 0.0, 0.0, 1.0, 1.0)
    if rest <= 0.0:
        return Source(name, 1.0, 1.0, 1.0, 0.0)
    f = explained / (k - 1) / (rest / (n - k))
    share = (explained - (k - 1) * rest / (n - k)) / (explained + rest)
    away = np.nan_to_num([ncfdtrinc(k - 1, n - k, p, f) for p in (0.975, 0.025)], nan=0.0)  # noncentralities
    low, high = (float(np.clip(inflated * end, 0.0, 1.0)) for end in away / (away + n))
    return Source(name, min(1.0, max(0.0, inflated * share)), low, high, float(fdtrc(k - 1, n - k, f)))


def grouped(given: np.ndarray) -> np.ndarray:
    """Groups [draws] of draws alike in a number: by value where there are few, else by rank, equally many in each."""
    distinct, which = np.unique(given, return_inverse=True)
    if len(distinct) <= GROUPS:
        return which
    count = max(2, min(GROUPS, len(given) // LEAST))
    return np.argsort(np.argsort(given, kind="stable"), kind="stable") * count // len(given)


def _squares(values: np.ndarray, groups: np.ndarray) -> tuple[float, float]:
    """The sum of squares between groups, and the rest."""
    sizes = np.bincount(groups)
    means = np.bincount(groups, values) / sizes
    explained = float((sizes * (means - values.mean()) ** 2).sum())
    return explained, float(((values - values.mean()) ** 2).sum()) - explained
