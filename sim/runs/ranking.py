"""Does the ranking of mechanisms survive the assumptions? Over a wide sample of them: how often each is best, and its regret.

Regret at a point is the outcome under a mechanism less that under the best there. All mechanisms meet the same chances at a
point, and every point meets chances of its own, so that an accident of chance is not counted again at each of them.

Nothing is called the best that may be chance: at a point by the intervals of paired differences, over the points by those of
the shares of points at which two mechanisms are best. What these do not tell apart is a tie.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sim.model.setting.crisis import Crisis
from sim.runs.outcome import Outcome
from sim.runs.points import Varied, drawn, several
from sim.runs.progress_bar import bar
from sim.runs.reversal import Rule, rules
from sim.statistics.intervals import clopper_pearson
from sim.statistics.paired_differences import Moments, bonferroni_z, difference, leaders, moments, ranks
from sim.statistics.space_filling import latin

BY_CHANCE = 0.025  # share of the points at which chance alone may put some other above the favourite


class Place(NamedTuple):
    """How one mechanism fares over the sample."""

    name: str
    best: float  # share of points where it is best; ties shared
    resolved: float  # share of points where it is best by a lead that is more than chance
    ranks: tuple[int, int]  # the ranks it may have by ``best``, 1 the first, as far as all pairs together tell
    regrets: np.ndarray  # [points]


class Ranking(NamedTuple):
    """The places, most often best first, and where the first of them loses its place."""

    places: list[Place]
    leaders: list[str]  # those that may be most often best: one, or a tie
    values: np.ndarray  # [points, mechanisms in the order given] the outcome
    names: list[str]  # in that order
    u: np.ndarray  # [points, assumptions] the sample, as uniforms
    flips: np.ndarray  # [points] whether another is better than the first by more than chance
    rules: list[Rule]  # that say where, and hold on points they were not found on; often none
    runs: int

    @property
    def flipped(self) -> tuple[float, float, float]:
        """The share of points that flip, and its interval."""
        return clopper_pearson(int(self.flips.sum()), len(self.flips))

    @property
    def reverses(self) -> bool:
        """Whether points flip more often than chance alone would have them."""
        return self.flipped[1] > BY_CHANCE


def ranking(
    crises: Mapping[str, Crisis],
    assumptions: Sequence[Varied],
    outcome: Outcome,
    seed: int,
    runs: int,
    points: int,
    threads: int = 0,
) -> Ranking:
    """The ``Ranking`` of ``crises`` (by mechanism) in the mean of an outcome: least first, of payoffs the highest.

    ``runs`` of each are played at each of ``points`` of a Latin hypercube over the assumptions.
    """
    return rankings(crises, assumptions, [outcome], seed, runs, latin(len(assumptions), points, seed), threads)[0]


def rankings(
    crises: Mapping[str, Crisis],
    assumptions: Sequence[Varied],
    outcomes: Sequence[Outcome],
    seed: int,
    runs: int,
    u: np.ndarray,
    threads: int = 0,
) -> list[Ranking]:
    """The ``Ranking`` in each of several outcomes of the same runs, at points ``u`` [points, len(assumptions)] of any kind."""
    names = list(crises)
    sets = [drawn(crisis, assumptions, u, name) for name, crisis in crises.items()]
    signs = [-1.0 if outcome.more_is_better else 1.0 for outcome in outcomes]
    with bar(total=len(u), desc="ranking", unit=" points") as shown:
        every = several(sets, outcomes, seed, runs, threads, shown, stride=runs)
        found = [[moments(sign * one) for sign, one in zip(signs, values, strict=True)] for values in every]
    return [
        ranked(names, [one[m] for one in found], u, assumptions, outcome.probability, signs[m])
        for m, outcome in enumerate(outcomes)
    ]


def ranked(
    names: list[str],
    found: Sequence[Moments],
    u: np.ndarray,
    assumptions: Sequence[Varied],
    probability: bool,
    sign: float = 1.0,
) -> Ranking:
    """The ``Ranking`` from the ``Moments`` of each point, least first; ``sign`` turns their means into the outcome's."""
    values = np.array([one.sums / one.n for one in found])
    least = values.min(1, keepdims=True)
    best, regrets = values == least, values - least
    share = best / best.sum(1, keepdims=True)
    told = moments(share.T)
    order = sorted(range(len(names)), key=lambda i: (-share[:, i].mean(), regrets[:, i].mean()))
    lead = np.array([_leads(one, int(row.argmin()), probability) for row, one in zip(values, found, strict=True)])
    flips = np.array([_behind(one, order[0], probability) for one in found])
    places = [
        Place(names[i], float(share[:, i].mean()), float((best[:, i] & lead).mean()), _from_the_top(told, i), regrets[:, i])
        for i in order
    ]
    result = Ranking(places, leaders(share, names), sign * values, names, u, flips, [], found[0].n)
    return result._replace(rules=rules(assumptions, u, flips, share, names)) if result.reverses else result


def _from_the_top(told: Moments, i: int) -> tuple[int, int]:
    """The ranks ``i`` may have, the largest first."""
    low, high = ranks(told, i, True)
    return len(told.sums) + 1 - high, len(told.sums) + 1 - low


def _leads(found: Moments, first: int, probability: bool) -> bool:
    """Whether the best at a point is below all others by more than chance."""
    return all(_below(found, first, j, probability) for j in range(len(found.sums)) if j != first)


def _behind(found: Moments, favourite: int, probability: bool) -> bool:
    """Whether some other is below the favourite by more than chance."""
    others = (j for j in range(len(found.sums)) if found.sums[j] < found.sums[favourite])
    return any(_below(found, j, favourite, probability) for j in others)


def _below(found: Moments, i: int, j: int, probability: bool) -> bool:
    """Whether ``i`` is below ``j`` by the interval of the paired difference, at 95 % together for all against one."""
    return difference(found, i, j, bonferroni_z(len(found.sums) - 1), probability)[2] < 0.0
