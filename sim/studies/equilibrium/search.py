"""Is there a better reply outside the menu? A search over the rules and their numbers, side by side, until none is found.

Double oracle (McMahan, Gordon & Blum 2003): solve the game of the menus; look for each side's best reply to what the other
plays in the equilibrium; what pays joins the menu; begin again. A reply is found on some runs, by differential evolution
on common chances, and judged on others: its gain is unbiased, and the regret left is what the best reply found still gains.
"""

from collections.abc import Callable
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
KNOWN = parameters(Nation)


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
    own, other = (one.x, one.y) if side == "a" else (one.y, one.x)
    opponents = [(w, sets) for w, sets in zip(other, menus["ab"["ba".index(side)]].values(), strict=True) if w > 0]
    played = [(w, sets) for w, sets in zip(own, menus[side].values(), strict=True) if w > 0]
    space = Space(max(played, key=lambda pair: pair[0])[1], over)

    def losses(candidates: list[dict]) -> np.ndarray:
        """What each of a generation loses against the other's part, in the mean over some runs."""
        return -payoffs(players, crisis, side, candidates, opponents, options.runs // 5, 0).mean(1)

    sets = space.least(losses, [options.seed, turn, "ab".index(side)])
    judged = payoffs(players, crisis, side, [sets, *(s for _, s in played)], opponents, options.runs, FRESH)
    gains = judged[0] - np.array([w for w, _ in played]) @ judged[1:]
    value, half = float(gains.mean()), float(Z * gains.std() / np.sqrt(len(gains)))
    return BestResponse(turn, side, f"reply {turn}{side}", sets, (value, value - half, value + half))


class Space(NamedTuple):
    """The strategies that are searched: every rule, and numbers of a nation, each over a range, set on a ``template``."""

    template: dict
    over: dict[str, tuple[float, float]]

    def setting(self, z: np.ndarray) -> dict:
        """The strategy of a point: a rule's number, then a value for each number."""
        numbers = {
            key: int(v) if KNOWN[key].kind == "whole" else float(rounded(v, *self.over[key]))
            for key, v in zip(self.over, z[1:], strict=True)
        }
        return self.template | {"retaliation": KNOWN["retaliation"].names[int(z[0])]} | numbers

    def least(self, losses: Callable[[list[dict]], np.ndarray], seed: list[int]) -> dict:
        """The strategy of the least loss found by differential evolution, which asks of a generation at a time."""
        from scipy.optimize import differential_evolution

        def of_points(z: np.ndarray) -> np.ndarray:  # [numbers, candidates]
            return losses([self.setting(column) for column in z.reshape(len(self.over) + 1, -1).T])

        best = differential_evolution(
            of_points, [(0, len(KNOWN["retaliation"].names) - 1), *self.over.values()],
            integrality=[True, *(KNOWN[key].kind == "whole" for key in self.over)], maxiter=GENERATIONS,
            popsize=POPULATION, rng=np.random.default_rng(seed), polish=False, vectorized=True, updating="deferred",
            init="sobol",
        )  # fmt: skip
        return self.setting(best.x)


def payoffs(
    players: Players, crisis: Crisis, side: str, candidates: list[dict], others: list[tuple[float, dict]], runs: int, first: int
) -> np.ndarray:
    """What ``side`` gets in each run with each candidate against the mixture ``others`` (weight, sets): [candidates, runs]."""
    runs = max(runs, 50)
    weights = np.array([w for w, _ in others])
    opponents = {str(j): sets for j, (_, sets) in enumerate(others)}
    listed = {str(k): sets for k, sets in enumerate(candidates)}
    points = pairs(crisis, *((listed, opponents) if side == "a" else (opponents, listed)))
    column = PAYOFF + "ab".index(side)

    def job(cell: int) -> np.ndarray:
        return kernel.simulate_record(points, cell, players.seed, runs, first)[:, column].copy()

    got = np.array(list(players.pool.map(job, range(len(points)))))
    shape = (len(listed), len(others), runs) if side == "a" else (len(others), len(listed), runs)
    got = got.reshape(shape)
    return np.einsum("j,kjr->kr", weights, got if side == "a" else got.swapaxes(0, 1))
