"""How many runs, and where? More go to the pairs of strategies that decide what is an equilibrium.

After a first look at every pair, a profile is open while the bootstrap neither confirms nor excludes it as an equilibrium.
Runs are added to the open profiles and to the deviations from them that may pay, until none is open or the budget is
spent. The yardstick is the uniform bound: as many runs of every pair as hold all payoffs at once.
"""

import math
from typing import NamedTuple

import numpy as np

from sim.games.nash import solved
from sim.model.setting.crisis import Crisis
from sim.studies.equilibrium.bootstrap_profile import ENDS, bootstrap_profile, equilibrium_shares, resampled
from sim.studies.equilibrium.payoffs import Players, Table, rectangle
from sim.studies.equilibrium.strategies import Menu

OPEN = (0.05, 0.95)  # a profile is open while its share of resamples lies strictly between
MOST = 200  # rounds


class RunAllocation(NamedTuple):
    """How the runs of a game were given out."""

    rounds: int
    runs: int  # in all
    pairs: int  # of strategies that decided, and had more runs than the rest
    open: int  # profiles the runs leave open
    bound: float  # runs in all the uniform bound asks for, to leave nobody more than the gain asked about


def uniform_bound(span: float, cells: int, error: float, level: float = 0.95) -> float:
    """Runs of each of ``cells`` that hold every mean payoff of both sides within ``error`` with probability ``level``.

    Hoeffding's inequality and a union over cells and sides, for payoffs that span at most ``span`` (Tuyls et al. 2020,
    theorem 3.2): equilibria of the simulated game are then equilibria of the true one within twice the error. Infinite
    where no number can hold it.
    """
    ratio = span / error if error > 0 else math.inf
    runs = ratio * ratio * math.log(2 * 2 * cells / (1 - level)) / 2
    return math.ceil(runs) if math.isfinite(runs) else math.inf


def allocated(
    players: Players,
    table: Table,
    crisis: Crisis,
    menu_a: Menu,
    menu_b: Menu,
    budget: int,
    resamples: int,
    seed: int,
    gain: float = 1.0,
) -> tuple[Table, RunAllocation]:
    """The table once ``budget`` further runs at the most have gone where they decide, and how they were ``RunAllocation``.

    The strategies that decide are picked at the first look; every pair of them then has the same runs, twice as many after
    each round.
    """
    rounds, left = 0, budget
    still, rows, columns = undecided(table, resamples, seed)
    chosen = rectangle(rows, columns)
    while still and rounds < MOST and (each := min(int(table.runs.max()), left // len(chosen))):
        table = players.more(table, crisis, menu_a, menu_b, chosen, each)
        rounds, left = rounds + 1, left - each * len(chosen)
        still = undecided(table, resamples, seed)[0]
    return table, RunAllocation(rounds, int(table.runs.sum()), len(chosen), still, bound(table, gain))


def undecided(table: Table, resamples: int, seed: int) -> tuple[int, set[int], set[int]]:
    """How many profiles are open, and the strategies of a and of b (two sets) that decide about them."""
    drawn = resampled(table, resamples, seed)
    a, b, _ = drawn
    shares = equilibrium_shares(a, b)
    supports = [([i], [j]) for i, j in np.argwhere((shares > OPEN[0]) & (shares < OPEN[1]))]
    for one in solved(table.game()).equilibria:
        if not one.pure and bootstrap_profile(table, one, drawn).share < OPEN[1]:
            supports.append((list(np.flatnonzero(one.x)), list(np.flatnonzero(one.y))))
    rows, columns = set(), set()
    for own, other in supports:
        rows |= _rivals(a[:, :, other].mean(2), own)
        columns |= _rivals(b[:, own].mean(1), other)
    return len(supports), rows, columns


def _rivals(values: np.ndarray, own: list[int]) -> set[int]:
    """The strategies in ``own``, and those that may pay as much: ``values`` [resamples, k] against the others' play."""
    gap = values - values[:, own].mean(1, keepdims=True)
    low, high = np.quantile(gap, ENDS, axis=0)
    return {*map(int, own), *map(int, np.flatnonzero((high > 0) & (low < 0)))}


def bound(table: Table, gain: float) -> float:
    """Runs in all that the uniform bound asks for, so that every equilibrium found leaves nobody more than ``gain`` to gain.

    Its span is the widest that a side's payoffs from single runs had in a pair. An outcome rarer than one in all those runs,
    such as war, widens it: then the bound asks for more. 0 without a gain.
    """
    cells = table.counts[0].size
    span = float((table.ends[:, :, 1] - table.ends[:, :, 0]).max())
    return uniform_bound(span, cells, gain / 2) * cells if gain > 0 else 0
