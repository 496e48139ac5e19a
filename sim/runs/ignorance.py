"""How far ignorance of the numbers moves an answer: the alternatives at many draws of what is not known.

Within a draw all alternatives meet the same chances, so differences are paired; each draw has runs of its own, so that chance
is independent between draws and can be taken out of what they scatter (``random_effects``).
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sim.model.setting.crisis import Crisis
from sim.runs.outcome import Outcome
from sim.runs.points import Varied, drawn, played
from sim.runs.progress_bar import bar
from sim.statistics.paired_differences import Moments, moments
from sim.statistics.random_effects import Source, Spread, latent, share_below, sources, spread

BEYOND = 2**40  # number of the first run of the draws: beyond every run of the answer itself
LEAST, MOST = 10, 1000  # runs of an alternative in a draw
SHARE = 0.6  # of the answer's runs, that all draws together take in addition
FEWEST = 40  # draws below which nothing is drawn
ENOUGH = round(FEWEST * LEAST / SHARE)  # runs from which on something is


class Estimates(NamedTuple):
    """What the runs of each draw say of k alternatives, the base first: arrays [draws, k]."""

    means: np.ndarray
    variances: np.ndarray  # sampling variances of the means
    differences: np.ndarray  # from the base; 0 for the base itself
    difference_variances: np.ndarray
    runs: int  # of each alternative in each draw


class Ignorance(NamedTuple):
    """One alternative over the draws."""

    label: str
    level: Spread
    level_sources: list[Source]
    difference: Spread | None  # from the base; None for the base
    difference_sources: list[Source]
    lower: float  # share of the draws in which it is below the base, chance taken out; not a number for the base
    lower_ends: tuple[float, float]  # 95 % bootstrap interval of that share
    lowest: float  # share of the draws in which it is the lowest of all

    @property
    def share(self) -> tuple[float, float, float]:
        """``lower`` and its ends; not numbers where the draws do not tell it, and no ends where every run is the same."""
        if self.difference and self.difference.told:
            return self.lower, *self.lower_ends
        return self.lower if self.difference and self.difference.still else math.nan, math.nan, math.nan


def estimates(found: list[Moments]) -> Estimates:
    """The ``Estimates`` of a list of moments, one a draw."""
    means = np.array([one.sums / one.n for one in found])
    k, runs = means.shape[1], found[0].n
    own = np.array([[one.covariance(i, i) for i in range(k)] for one in found]) / (runs - 1)
    apart = np.array([[one.variance_of_difference(i, 0) for i in range(k)] for one in found]) / (runs - 1)
    return Estimates(means, own, means - means[:, :1], apart, runs)


def of_values(values: list[np.ndarray]) -> Estimates:
    """The ``Estimates`` of outcomes [k, runs], one array a draw."""
    return estimates([moments(one) for one in values])


def ignorance(found: Estimates, labels: list[str], numbers: dict[str, np.ndarray], seed: int) -> list[Ignorance]:
    """Every alternative over the draws; ``numbers`` holds, by name, what each draw took: [draws]."""
    apart = np.stack([latent(found.differences[:, i], found.difference_variances[:, i]) for i in range(len(labels))], axis=1)
    lowest = apart == apart.min(1, keepdims=True)
    shares = (lowest / lowest.sum(1, keepdims=True)).mean(0)
    return [_one(found, i, labels[i], numbers, seed, apart[:, i], float(shares[i])) for i in range(len(labels))]


def _one(
    found: Estimates, i: int, label: str, numbers: dict[str, np.ndarray], seed: int, apart: np.ndarray, lowest: float
) -> Ignorance:
    """The alternative number ``i``; ``apart`` are its differences from the base with chance taken out."""
    level = found.means[:, i], found.variances[:, i]
    gap = found.differences[:, i], found.difference_variances[:, i]
    return Ignorance(
        label,
        spread(*level, seed),
        sources(*level, numbers),
        spread(*gap, seed) if i else None,
        sources(*gap, numbers) if i else [],
        float((apart < 0.0).mean()) if i else math.nan,
        share_below(*gap, seed) if i else (math.nan, math.nan),
        lowest,
    )


def shared(runs: int, draws: int) -> int:
    """The runs of an alternative in each of some draws, which share three for every five of the answer's ``runs``."""
    return min(MOST, max(LEAST, round(SHARE * runs / draws)))


def affordable(draws: int, runs: int) -> int:
    """How many of some draws an answer of so many ``runs`` has for its share: all, fewer where runs are few, or none."""
    some = min(draws, round(SHARE * runs / LEAST))
    return some if some >= FEWEST else 0


def over_draws(
    crises: Mapping[str, Crisis],
    varied: Sequence[Varied],
    u: np.ndarray,
    outcome: Outcome,
    seed: int,
    runs: int,
    threads: int = 0,
) -> list[Moments]:
    """The moments of an outcome under some alternatives (by label), one a draw: ``u`` [draws, len(varied)].

    Within a draw all alternatives meet the same chances; each draw has ``runs`` numbers of its own.
    """
    sets = [drawn(crisis, varied, u, label) for label, crisis in crises.items()]
    with bar(total=len(u), desc="what is not known", unit=" draws") as shown:
        every = played(sets, outcome, seed, runs, threads, shown, stride=runs, first=BEYOND)
        return [moments(values) for values in every]
