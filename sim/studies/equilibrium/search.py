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
from sim.games.regret import Triple
from sim.model.parameter import parameters
from sim.model.setting.crisis import Crisis
from sim.model.setting.nation import Nation
from sim.statistics.intervals import Z
from sim.studies.equilibrium.bootstrap_profile import BootstrapProfile, answered
from sim.studies.equilibrium.options import EquilibriumOptions
from sim.studies.equilibrium.payoffs import Players, pairs
from sim.studies.equilibrium.strategies import Menu

ROUNDS = 8
POPULATION, GENERATIONS = 6, 10  # of the search: so many candidates for each number, so many times
FRESH = 10**9  # runs from this number on judge what was found on the first ones
PAYOFF = ROW.index("payoff_a")


class BestResponse(NamedTuple):
    """A deviation that was found: what it sets, and what it gains on runs it was not found on (value, 95 % interval)."""

    round: int
    side: str
    name: str
    sets: dict
    gain: Triple


class Search(NamedTuple):
    """Where the search ended."""

    menus: dict[str, Menu]  # by side: the menu, with what was found
    best_responses: list[BestResponse]  # those that joined a menu
    left: list[BestResponse]  # the best found for each side in the last round: the regret left
    bootstrap_profile: BootstrapProfile  # the equilibrium they were sought against
    names: tuple[tuple[str, ...], tuple[str, ...]]  # of the strategies, of a and of b, in the last game
    reached: bool  # whether neither pays more than the gain asked about


def searched(
    players: Players,
    crisis: Crisis,
    menu_a: Menu,
    menu_b: Menu,
    over: dict[str, tuple[float, float]],
    options: EquilibriumOptions,
) -> Search:
    """The ``Search`` in one crisis; ``over`` gives the range [low, high] of each number a reply may set."""
    menus: dict[str, Menu] = {"a": dict(menu_a), "b": dict(menu_b)}
    best_responses: list[BestResponse] = []
    table = players.table(crisis, menus["a"], menus["b"], options.runs)
    for turn in range(1, ROUNDS + 1):
        answer = answered(table, (), options.resamples, options.seed, options.gain)
        one = max(answer.equilibria, key=lambda each: (np.nan_to_num(each.share), each.together))
        left = [best_response(players, crisis, side, menus, one, over, options, turn) for side in "ab"]
        better = [reply for reply in left if reply.gain[0] > options.gain]
        if not better or turn == ROUNDS:
            return Search(menus, best_responses, left, one, (answer.game.rows, answer.game.columns), not better)
        for reply in better:
            menus[reply.side][reply.name] = reply.sets
        best_responses += better
        table = players.table(crisis, menus["a"], menus["b"], options.runs)
    raise AssertionError("a round always returns or goes on")


def best_response(
    players: Players,
    crisis: Crisis,
    side: str,
    menus: dict[str, Menu],
    one: BootstrapProfile,
    over: dict[str, tuple[float, float]],
    options: EquilibriumOptions,
    turn: int,
) -> BestResponse:
    """The best ``BestResponse`` of ``side`` found to the other's part in the profile ``one``."""
    from scipy.optimize import differential_evolution

    own, other = (one.x, one.y) if side == "a" else (one.y, one.x)
    theirs = [(w, sets) for w, sets in zip(other, menus["ab"["ba".index(side)]].values(), strict=True) if w > 0]
    mine = [(w, sets) for w, sets in zip(own, menus[side].values(), strict=True) if w > 0]
    template = max(mine, key=lambda pair: pair[0])[1]
    known, rules = parameters(Nation), parameters(Nation)["retaliation"].names

    def setting(z: np.ndarray) -> dict:
        """The strategy of a point of the search."""
        numbers = {
            key: int(v) if known[key].kind == "whole" else float(rounded(v, *over[key]))
            for key, v in zip(over, z[1:], strict=True)
        }
        return template | {"retaliation": rules[int(z[0])]} | numbers

    def losses(z: np.ndarray) -> np.ndarray:  # [numbers, candidates]: scipy hands over a generation at a time
        z = z.reshape(len(over) + 1, -1)
        return -payoffs(players, crisis, side, [setting(column) for column in z.T], theirs, options.runs // 5, 0).mean(1)

    answer = differential_evolution(
        losses,
        [(0, len(rules) - 1), *over.values()],
        integrality=[True, *(known[key].kind == "whole" for key in over)],
        maxiter=GENERATIONS,
        popsize=POPULATION,
        rng=np.random.default_rng([options.seed, turn, "ab".index(side)]),
        polish=False,
        vectorized=True,
        updating="deferred",
        init="sobol",
    )
    sets = setting(answer.x)
    judged = payoffs(players, crisis, side, [sets, *(s for _, s in mine)], theirs, options.runs, FRESH)
    gains = judged[0] - np.array([w for w, _ in mine]) @ judged[1:]
    value, half = float(gains.mean()), float(Z * gains.std() / np.sqrt(len(gains)))
    return BestResponse(turn, side, f"reply {turn}{side}", sets, (value, value - half, value + half))


def payoffs(
    players: Players, crisis: Crisis, side: str, candidates: list[dict], theirs: list[tuple[float, dict]], runs: int, first: int
) -> np.ndarray:
    """What ``side`` gets in each run with each candidate against the mixture ``theirs`` (weight, sets): [candidates, runs]."""
    runs = max(runs, 50)
    weights = np.array([w for w, _ in theirs])
    opponents = {str(j): sets for j, (_, sets) in enumerate(theirs)}
    listed = {str(k): sets for k, sets in enumerate(candidates)}
    points = pairs(crisis, *((listed, opponents) if side == "a" else (opponents, listed)))
    column = PAYOFF + "ab".index(side)

    def job(cell: int) -> np.ndarray:
        return kernel.simulate_record(points, cell, players.seed, runs, first)[:, column].copy()

    got = np.array(list(players.pool.map(job, range(len(points)))))
    shape = (len(listed), len(theirs), runs) if side == "a" else (len(theirs), len(listed), runs)
    got = got.reshape(shape)
    return np.einsum("j,kjr->kr", weights, got if side == "a" else got.swapaxes(0, 1))
