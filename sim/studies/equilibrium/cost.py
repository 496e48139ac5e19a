"""What the equilibria of a game cost, as a figure over the noise draws it."""

from collections.abc import Callable
from typing import NamedTuple

from sim.games.regret import Triple
from sim.studies.equilibrium.fixed_vs_equilibrium import Grid, SolvedGame, mean

SURE = 0.005  # a probability this near to 0 or 1 moves no more


class Cost(NamedTuple):
    """What policies cost at one value of the noise: values with the ends of their intervals."""

    fixed: Triple
    chosen: Triple  # re-chosen
    span: tuple[float, float]  # lowest and highest over all equilibria


def escalation(rung: int) -> Callable[[SolvedGame], Cost]:
    """The function from a ``SolvedGame`` to its ``Cost`` in P(peak >= rung), %."""

    def cost(one: SolvedGame) -> Cost:
        high, low = one.worst(rung)
        return Cost(_percent(one.fixed.peaks[rung - 1]), _percent(one.peak(rung)), (100 * low, 100 * high))

    return cost


def pay(one: SolvedGame) -> Cost:
    """The ``Cost`` of a ``SolvedGame`` in what a side gets, the mean of both. Ends of intervals are averaged."""
    fixed, chosen = mean(one.fixed.payoffs), mean([mean(each.payoffs) for each in one.chosen])
    every = [mean(each.payoffs)[0] for each in one.answer.equilibria]
    return Cost(fixed, chosen, (min(every), max(every)))


def _percent(triple: Triple) -> Triple:
    value, low, high = triple
    return 100 * value, 100 * low, 100 * high


def saturated(grid: Grid, rung: int) -> bool:
    """Whether P(peak >= rung) tells nothing: next to 0 or next to 1 in every equilibrium at every noise but the first."""
    costs = [escalation(rung)(one) for games in grid for one in games[1:]]
    values = [x / 100 for one in costs for x in (one.fixed[0], one.chosen[0], *one.span)]
    return bool(values) and (max(values) < SURE or min(values) > 1 - SURE)
