"""Strategies that no equilibrium plays, since some mixture of others is strictly better whatever the other side does.

Only strict dominance is used: taking out what is weakly dominated may lose equilibria.
"""

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from sim.games.bimatrix import Bimatrix, part, swapped

FINE = 10**6  # weights of a mixture are proven in parts of it


class Dominated(NamedTuple):
    """A strategy that some mixture of others beats whatever the other side does, once those named before it are out."""

    side: str  # "a" or "b"
    name: str
    by: dict[str, float]  # name of a strategy: its weight in the mixture


def iterated_dominance(game: Bimatrix) -> tuple[list[int], list[int], list[Dominated]]:
    """What is left once strictly dominated strategies are taken out, again and again, and what was taken out.

    Returns the numbers of a's and of b's strategies that are left, and a list of ``Dominated`` in the order they went.
    Mixtures count as dominating (Pearce 1984); which goes first makes no difference to what is left.
    """
    kept = [list(range(len(game.rows))), list(range(len(game.columns)))]
    gone: list[Dominated] = []
    shrinking = True
    while shrinking:
        shrinking = False
        for side in (0, 1):
            left = part(game, kept[0], kept[1])
            left = left if side == 0 else swapped(left)
            for i in range(len(left.rows)):
                mixture = dominating(left.a, i)
                if mixture is not None:
                    by = {left.rows[k]: float(w) for k, w in enumerate(mixture) if w > 0}
                    gone.append(Dominated("ab"[side], left.rows[i], by))
                    del kept[side][i]
                    shrinking = True
                    break
    return kept[0], kept[1], gone


def dominating(a: np.ndarray, i: int) -> np.ndarray | None:
    """The mixture [m] that does strictly better than row ``i`` of ``a`` [m, n] in every column, or None where none is proven.

    A linear programme proposes it in floating point; exact fractions decide. One it overlooks costs time and no equilibrium.
    """
    beats = (a > a[i]).all(1)
    if beats.any():
        return np.eye(len(a))[beats.argmax()]
    others = np.flatnonzero(np.arange(len(a)) != i)
    if len(others) < 2 or not (a[others] > a[i]).any(0).all():
        return None  # in some column nothing does better: no mixture can
    mixture = _proposed(a[others] - a[i])
    if mixture is None or not _proven(a[others], a[i], mixture):
        return None
    out = np.zeros(len(a))
    out[others] = [w / sum(mixture) for w in mixture]
    return out


def _proposed(gains: np.ndarray) -> list[int] | None:
    """The mixture of rows of ``gains`` [k, n] whose least entry, in units of its column, is largest: whole parts, or None."""
    from scipy.optimize import linprog

    gains = gains / np.abs(gains).max(0)
    m, n = gains.shape
    worst = np.append(np.zeros(m), -1.0)
    limits, equal = np.hstack([-gains.T, np.ones((n, 1))]), np.append(np.ones(m), 0.0)[None]
    answer = linprog(worst, limits, np.zeros(n), equal, [1.0], bounds=[(0, 1)] * m + [(None, None)], method="highs")
    if answer.status != 0 or answer.x[-1] <= 0:
        return None
    return [round(FINE * w) for w in answer.x[:-1]]


def _proven(rows: np.ndarray, row: np.ndarray, mixture: list[int]) -> bool:
    """Whether the ``mixture`` of ``rows`` is strictly better than ``row`` in every column, in exact arithmetic."""
    total = sum(mixture)
    for j, value in enumerate(row):
        got = sum(w * Fraction(one) for w, one in zip(mixture, rows[:, j].tolist(), strict=True) if w)
        if got <= total * Fraction(float(value)):
            return False
    return total > 0
