"""Is there a better reply outside the menu? A search over the rules and their numbers, side by side, until none is found.

Double oracle (McMahan, Gordon & Blum 2003): solve the game of the menus; look for each side's best reply to what the other
plays in the equilibrium; what pays joins the menu; begin again. A reply is found on some runs, by differential evolution
on common chances, and judged on others: its gain is unbiased, and the regret left is what the best reply found still gains.
"""

from typing import NamedTuple

import numpy as np

from sim.design.spacing import rounded
from sim.engine import kernel
from sim.engine.kernel import ROW
from sim.model.parameter import parameters
from sim.model.setting.nation import Nation
from sim.statistics.intervals import Z
from sim.studies.equilibrium.bootstrap_profile import Standing, answered
from sim.studies.equilibrium.payoffs import pairs

ROUNDS = 8
POPULATION, GENERATIONS = 6, 10  # of the search: so many candidates for each number, so many times
FRESH = 10**9  # runs from this number on judge what was found on the first ones
PAYOFF = ROW.index("payoff_a")


class Reply(NamedTuple):
    """A deviation that was found: what it sets, and what it gains on runs it was not found on (value, 95 % interval)."""

    round: int
    side: str
    name: str
    sets: dict
    gain: tuple


class Search(NamedTuple):
    """Where the search ended."""

    menus: dict  # by side: the menu, with what was found
    replies: list[Reply]  # those that joined a menu
    left: list[Reply]  # the best found for each side in the last round: the regret left
    standing: Standing  # the equilibrium they were sought against
    names: tuple  # of the strategies, of a and of b, in the last game
    reached: bool  # whether neither pays more than the gain asked about


def searched(players, crisis, menu_a, menu_b, over, request):
    """The ``Search`` in one crisis; ``over`` gives the range [low, high] of each number a reply may set."""
    menus, replies = {"a": dict(menu_a), "b": dict(menu_b)}, []
    table = players.table(crisis, menus["a"], menus["b"], request.runs)
    for turn in range(1, ROUNDS + 1):
        found = answered(table, (), request.resamples, request.seed, request.gain)
        one = max(found.equilibria, key=lambda each: (np.nan_to_num(each.share), each.together))
        left = [best_reply(players, crisis, side, menus, one, over, request, turn) for side in "ab"]
        better = [reply for reply in left if reply.gain[0] > request.gain]
        if not better or turn == ROUNDS:
            return Search(menus, replies, left, one, (found.game.rows, found.game.columns), not better)
        for reply in better:
            menus[reply.side][reply.name] = reply.sets
        replies += better
        table = players.table(crisis, menus["a"], menus["b"], request.runs)
    raise AssertionError("a round always returns or goes on")


def best_reply(players, crisis, side, menus, one, over, request, turn):
    """The best ``Reply`` of ``side`` found to the other's part in the profile ``one``."""
    from scipy.optimize import differential_evolution

    own, other = (one.x, one.y) if side == "a" else (one.y, one.x)
    theirs = [(w, sets) for w, sets in zip(other, menus["ab"["ba".index(side)]].values(), strict=True) if w > 0]
    mine = [(w, sets) for w, sets in zip(own, menus[side].values(), strict=True) if w > 0]
    template = max(mine, key=lambda pair: pair[0])[1]
    known, rules = parameters(Nation), parameters(Nation)["retaliation"].names

    def setting(z):
        numbers = {
            key: int(v) if known[key].kind == "whole" else float(rounded(v, *over[key]))
            for key, v in zip(over, z[1:], strict=True)
        }
        return template | {"retaliation": rules[int(z[0])]} | numbers

    def losses(z):  # [numbers, candidates]: scipy hands over a generation at a time
        z = z.reshape(len(over) + 1, -1)
        return -payoffs(players, crisis, side, [setting(column) for column in z.T], theirs, request.runs // 5, 0).mean(1)

    answer = differential_evolution(
        losses,
        [(0, len(rules) - 1), *over.values()],
        integrality=[True, *(known[key].kind == "whole" for key in over)],
        maxiter=GENERATIONS,
        popsize=POPULATION,
        rng=np.random.default_rng([request.seed, turn, "ab".index(side)]),
        polish=False,
        vectorized=True,
        updating="deferred",
        init="sobol",
    )
    sets = setting(answer.x)
    judged = payoffs(players, crisis, side, [sets, *(s for _, s in mine)], theirs, request.runs, FRESH)
    gains = judged[0] - np.array([w for w, _ in mine]) @ judged[1:]
    value, half = float(gains.mean()), float(Z * gains.std() / np.sqrt(len(gains)))
    return Reply(turn, side, f"reply {turn}{side}", sets, (value, value - half, value + half))


def payoffs(players, crisis, side, candidates, theirs, runs, first):
    """What ``side`` gets in each run with each candidate against the mixture ``theirs`` (weight, sets): [candidates, runs]."""
    runs = max(runs, 50)
    weights = np.array([w for w, _ in theirs])
    opponents = {str(j): sets for j, (_, sets) in enumerate(theirs)}
    listed = {str(k): sets for k, sets in enumerate(candidates)}
    points = pairs(crisis, *((listed, opponents) if side == "a" else (opponents, listed)))
    column = PAYOFF + "ab".index(side)

    def job(cell):
        return kernel.play_record(points, cell, players.seed, runs, first)[:, column].copy()

    got = np.array(list(players.pool.map(job, range(len(points)))))
    shape = (len(listed), len(theirs), runs) if side == "a" else (len(theirs), len(listed), runs)
    got = got.reshape(shape)
    return np.einsum("j,kjr->kr", weights, got if side == "a" else got.swapaxes(0, 1))
