"""What a mechanism does while policies stay as they are, and what it does once both sides choose anew.

The fixed policies are the likeliest pure equilibrium without the mechanism: that of the first one listed, at the same
noise. From there best replies lead on under the mechanism, as far as the runs resolve that a move pays; where they
end are the policies re-chosen. A mechanism that lowers escalation under fixed policies and raises it again through
re-chosen ones shows as just that.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.games.best_response import End, led
from sim.games.bimatrix import above, place_of_largest
from sim.games.regret import Triple
from sim.model.setting.payoff_weights import Weights
from sim.studies.equilibrium.bootstrap_profile import (
    ENDS,
    Answer,
    BootstrapProfile,
    answered,
    bootstrap_profile,
    profile,
    resampled,
)
from sim.studies.equilibrium.game_spec import GameSpec
from sim.studies.equilibrium.options import EquilibriumOptions
from sim.studies.equilibrium.payoffs import PEAKS, Players, Table, parts
from sim.studies.equilibrium.run_allocation import RunAllocation, allocated

SURE = 0.975  # share of resamples in which a move must pay


class Cells(NamedTuple):
    """Every pair of strategies of a game, with 95 % intervals."""

    ends: np.ndarray  # [2, 2, m, n] lower and upper ends of a's and of b's mean payoff
    peaks: np.ndarray  # [m, n, 9] runs that reached each rung
    runs: np.ndarray  # [m, n]


class ProfitableDeviation(NamedTuple):
    """The best deviation from a profile that both play the same strategy: whose, to what, and what the gain is made of."""

    side: str
    name: str
    parts: dict[str, float]  # by weight; together the gain


def mean(triples: Sequence[Triple]) -> Triple:
    """The mean of values with the ends of their intervals."""
    value, low, high = (float(np.mean(part)) for part in zip(*triples, strict=True))
    return value, low, high


class SolvedGame(NamedTuple):
    """A game of one mechanism at one value of the noise."""

    mechanism: str
    noise: Any  # a number; None where nothing is varied
    table: Any  # the ``Table`` at the first value of the noise; None at the others: tables are large
    cells: Cells
    spent: RunAllocation
    answer: Answer
    start: tuple[int, int]  # the fixed policies (i, j)
    fixed: BootstrapProfile  # the same under this mechanism
    end: End  # where best replies lead from there
    chosen: list[BootstrapProfile]  # the profiles at that end
    profitable_deviations: dict[str, ProfitableDeviation]  # by name of what is watched and is not an equilibrium

    @property
    def expected(self) -> BootstrapProfile:
        """What both would play: the equilibrium that is one in most resamples, then the best for both."""
        return max(self.answer.equilibria, key=lambda one: (np.nan_to_num(one.share), one.together))

    def peak(self, rung: int) -> Triple:
        """P(peak >= rung) once policies are re-chosen: the value and its interval, over the cycle where they never settle."""
        return mean([one.peaks[rung - 1] for one in self.chosen])

    def worst(self, rung: int) -> tuple[float, float]:
        """P(peak >= rung) at the equilibrium where it is highest, and at the one where it is lowest: two values."""
        values = [one.peaks[rung - 1][0] for one in self.answer.equilibria]
        return max(values), min(values)


Grid = list[list[SolvedGame]]  # [mechanism][noise]


def fixed_vs_equilibrium(spec: GameSpec, options: EquilibriumOptions) -> Grid:
    """A ``SolvedGame`` for every mechanism and value of the noise of a contest: [mechanism][noise]."""
    menu_a, menu_b = spec.menus.a, spec.menus.b
    size = len(spec.mechanisms) * len(spec.noise) * len(menu_a) * len(menu_b)
    with Players(options.seed, options.threads, size * options.runs) as players:
        grid: Grid = []
        for name, games in zip(spec.mechanisms, spec.games, strict=True):
            row = []
            for k, (value, crisis) in enumerate(zip(spec.noise, games, strict=True)):
                table = players.table(crisis, menu_a, menu_b, options.runs)
                given = (crisis, menu_a, menu_b, options.budget, options.resamples, options.seed, options.gain)
                table, spent = allocated(players, table, *given)
                start = grid[0][k].start if grid else None
                one = solved_game(name, value, crisis.weights, table, spent, start, spec.menus.watched, options)
                row.append(one if k == 0 else one._replace(table=None))
            grid.append(row)
    return grid


def solved_game(
    name: str,
    value: float | None,
    weights: Weights,
    table: Table,
    spent: RunAllocation,
    start: tuple[int, int] | None,
    watched: Sequence[str],
    options: EquilibriumOptions,
) -> SolvedGame:
    """The ``SolvedGame`` of one game; ``start`` are the fixed policies, or None where this is the game they are taken from."""
    answer = answered(table, watched, options.resamples, options.seed, options.gain)
    drawn = resampled(table, options.resamples, options.seed)
    start = likeliest(answer) if start is None else start
    end = led(answer.game, *start, sure=paying(*drawn[:2]))
    bootstrap_profiles = [
        bootstrap_profile(table, profile(answer.game, i, j), drawn, options.gain) for i, j in (start, *end.profiles)
    ]
    ends = np.quantile(drawn[:2], ENDS, axis=1)
    cells = Cells(ends, table.sums[..., PEAKS].sum(0), table.runs)
    return SolvedGame(
        name,
        value,
        table,
        cells,
        spent,
        answer,
        start,
        bootstrap_profiles[0],
        end,
        bootstrap_profiles[1:],
        profitable_deviations(table, answer, weights),
    )


def profitable_deviations(table: Table, answer: Answer, weights: Weights) -> dict[str, ProfitableDeviation]:
    """The ``ProfitableDeviation`` away from each watched profile that is not an equilibrium."""
    deviations = {}
    for name, one in answer.watched.items():
        i, j = int(one.x.argmax()), int(one.y.argmax())
        side = int(one.regrets[1][0] > one.regrets[0][0])
        if one.regrets[side][0] > 0:
            there = (int(answer.game.a[:, j].argmax()), j) if side == 0 else (i, int(answer.game.b[i].argmax()))
            to = answer.game.rows[there[0]] if side == 0 else answer.game.columns[there[1]]
            deviations[name] = ProfitableDeviation("ab"[side], to, parts(table, weights, side, (i, j), there))
    return deviations


def likeliest(answer: Answer) -> tuple[int, int]:
    """The pure profile (i, j) that is an equilibrium most often when runs are resampled; where none ever is, the end of
    best replies from the pair that is best for both together."""
    if answer.shares.max() > 0:
        return place_of_largest(answer.shares)
    return led(answer.game, *place_of_largest(answer.game.a + answer.game.b)).profiles[0]


def paying(a: np.ndarray, b: np.ndarray) -> Callable[[int, int, int, int], bool]:
    """Whether a move pays its mover in all but few resamples: a function of (i, j, k, l)."""

    def sure(i: int, j: int, k: int, l: int) -> bool:  # noqa: E741
        pays = above(a[:, k, j], a[:, i, j]) if l == j else above(b[:, i, l], b[:, i, j])
        return bool(pays.mean() >= SURE)

    return sure
