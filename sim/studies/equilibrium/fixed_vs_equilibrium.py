"""What a mechanism does while policies stay as they are, and what it does once both sides choose anew.

The fixed policies are the likeliest pure equilibrium without the mechanism: that of the first one listed, at the same
noise. From there best replies lead on under the mechanism, as far as the runs resolve that a move pays; where they
end are the policies re-chosen. A mechanism that lowers escalation under fixed policies and raises it again through
re-chosen ones shows as just that.
"""

from typing import NamedTuple

import numpy as np

from sim.games.best_response import End, led
from sim.games.bimatrix import above
from sim.studies.equilibrium.bootstrap_profile import ENDS, Answer, Standing, answered, profile, resampled, standing
from sim.studies.equilibrium.payoffs import PEAKS, Players, Table, parts
from sim.studies.equilibrium.run_allocation import Spent, decided

SURE = 0.975  # share of resamples in which a move must pay


class Cells(NamedTuple):
    """Every pair of strategies of a game, with 95 % intervals."""

    ends: np.ndarray  # [2, 2, m, n] lower and upper ends of a's and of b's mean payoff
    peaks: np.ndarray  # [m, n, 9] runs that reached each rung
    runs: np.ndarray  # [m, n]


class Lure(NamedTuple):
    """The best deviation from a profile that both play the same strategy: whose, to what, and what the gain is made of."""

    side: str
    name: str
    parts: dict  # by weight; together the gain


class Choice(NamedTuple):
    """A game of one mechanism at one value of the noise."""

    mechanism: str
    noise: float | None
    table: Table | None  # for the first value of the noise alone: tables are large
    cells: Cells
    spent: Spent
    answer: Answer
    start: tuple  # the fixed policies (i, j)
    fixed: Standing  # the same under this mechanism
    end: End  # where best replies lead from there
    chosen: list[Standing]  # the profiles at that end
    lures: dict  # by name of what is watched: the ``Lure``, where it is not an equilibrium

    @property
    def expected(self):
        """The ``Standing`` of what both would play: the equilibrium that is one in most resamples, then the best for both."""
        return max(self.answer.equilibria, key=lambda one: (np.nan_to_num(one.share), one.together))

    def peak(self, rung):
        """P(peak >= rung) once policies are re-chosen: the value and its interval, over the cycle where they never settle."""
        return tuple(float(np.mean(ends)) for ends in zip(*(one.peaks[rung - 1] for one in self.chosen), strict=True))

    def worst(self, rung):
        """P(peak >= rung) at the equilibrium where it is highest, and at the one where it is lowest: two values."""
        values = [one.peaks[rung - 1][0] for one in self.answer.equilibria]
        return max(values), min(values)


def choices(put, request):
    """A ``Choice`` for every mechanism and value of the noise of a contest: [mechanism][noise]."""
    menu_a, menu_b = put.menus.a, put.menus.b
    size = len(put.mechanisms) * len(put.noise) * len(menu_a) * len(menu_b)
    with Players(request.seed, request.threads, size * request.runs) as players:
        found = []
        for name, games in zip(put.mechanisms, put.games, strict=True):
            row = []
            for k, (value, crisis) in enumerate(zip(put.noise, games, strict=True)):
                table = players.table(crisis, menu_a, menu_b, request.runs)
                given = (crisis, menu_a, menu_b, request.budget, request.resamples, request.seed, request.gain)
                table, spent = decided(players, table, *given)
                start = found[0][k].start if found else None
                one = choice(name, value, crisis.weights, table, spent, start, put.menus.watched, request)
                row.append(one if k == 0 else one._replace(table=None))
            found.append(row)
    return found


def choice(name, value, weights, table, spent, start, watched, request):
    """The ``Choice`` of one game; ``start`` are the fixed policies, or None where this is the game they are taken from."""
    answer = answered(table, watched, request.resamples, request.seed, request.gain)
    drawn = resampled(table, request.resamples, request.seed)
    start = likeliest(answer) if start is None else start
    end = led(answer.game, *start, sure=paying(*drawn[:2]))
    standings = [standing(table, profile(answer.game, i, j), drawn, request.gain) for i, j in (start, *end.profiles)]
    ends = np.quantile(drawn[:2], ENDS, axis=1)
    cells = Cells(ends, table.sums[..., PEAKS].sum(0), table.runs)
    return Choice(
        name, value, table, cells, spent, answer, start, standings[0], end, standings[1:], lures(table, answer, weights)
    )


def lures(table, answer, weights):
    """The ``Lure`` away from each watched profile that is not an equilibrium."""
    found = {}
    for name, one in answer.watched.items():
        i, j = int(one.x.argmax()), int(one.y.argmax())
        side = int(one.regrets[1][0] > one.regrets[0][0])
        if one.regrets[side][0] > 0:
            there = (int(answer.game.a[:, j].argmax()), j) if side == 0 else (i, int(answer.game.b[i].argmax()))
            to = answer.game.rows[there[0]] if side == 0 else answer.game.columns[there[1]]
            found[name] = Lure("ab"[side], to, parts(table, weights, side, (i, j), there))
    return found


def likeliest(answer):
    """The pure profile (i, j) that is an equilibrium most often when runs are resampled; where none ever is, the end of
    best replies from the pair that is best for both together."""
    if answer.shares.max() > 0:
        return tuple(map(int, np.unravel_index(answer.shares.argmax(), answer.shares.shape)))
    best = np.unravel_index((answer.game.a + answer.game.b).argmax(), answer.shares.shape)
    return led(answer.game, *best).profiles[0]


def paying(a, b):
    """Whether a move pays its mover in all but few resamples: a function of (i, j, k, l)."""

    def sure(i, j, k, l):  # noqa: E741
        pays = above(a[:, k, j], a[:, i, j]) if l == j else above(b[:, i, l], b[:, i, j])
        return bool(pays.mean() >= SURE)

    return sure
