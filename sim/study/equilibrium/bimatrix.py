"""A finite game between two sides: what each gets for every pair of strategies. The two menus may differ in every way.

Strategies that act alike are merged before a game is solved, and strictly dominated ones are taken out: neither loses
an equilibrium, and a solver is quicker and safer without them.
"""

from typing import NamedTuple

import numpy as np

EDGE = 1e-9  # of the range of payoffs: smaller gaps are ties


class Bimatrix(NamedTuple):
    """The game: rows are strategies of a, columns of b."""

    a: np.ndarray  # [m, n] what a gets
    b: np.ndarray  # [m, n] what b gets
    rows: tuple  # [m] names
    columns: tuple  # [n] names


class Dominated(NamedTuple):
    """A strategy that some mixture of others beats whatever the other side does, once those named before it are out."""

    side: str  # "a" or "b"
    name: str
    by: dict  # name of a strategy: its weight in the mixture


def bimatrix(a, b, rows=None, columns=None):
    """The ``Bimatrix`` of payoffs ``a`` and ``b`` [m, n]; strategies are numbered where they have no names.

    Raises ``ValueError`` where the tables are empty, differ in shape, hold a number that is none, or a name comes twice.
    """
    a, b = np.array(a, float), np.array(b, float)
    if a.ndim != 2 or a.shape != b.shape or 0 in a.shape:
        raise ValueError(f"payoffs must be two tables of one shape with a cell or more, got {a.shape} and {b.shape}")
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise ValueError("payoffs must be finite numbers")
    names = [
        tuple(map(str, range(k))) if given is None else tuple(given) for given, k in ((rows, len(a)), (columns, a.shape[1]))
    ]
    if tuple(map(len, names)) != a.shape or any(len(set(one)) < len(one) for one in names):
        raise ValueError(f"strategies must have a name each and no two the same, got {names}")
    return Bimatrix(a, b, *names)


def part(game, rows, columns):
    """The game in which only the numbered strategies are left."""
    rows, columns = list(rows), list(columns)
    at = np.ix_(rows, columns)
    return Bimatrix(game.a[at], game.b[at], tuple(game.rows[i] for i in rows), tuple(game.columns[j] for j in columns))


def swapped(game):
    """The same game with b's strategies as the rows."""
    return Bimatrix(game.b.T, game.a.T, game.columns, game.rows)


def spans(game):
    """The range of payoffs of each side, 1 where a side gets the same everywhere."""
    return tuple(float(np.ptp(x)) or 1.0 for x in (game.a, game.b))


def scaled(game):
    """The same game with each side's payoffs from 0 to 1, which changes no equilibrium."""
    (s, t) = spans(game)
    return Bimatrix((game.a - game.a.min()) / s, (game.b - game.b.min()) / t, game.rows, game.columns)


def alike(game):
    """The strategies of a, and of b, in groups that act alike: the same payoffs to both sides against everything."""
    unit = scaled(game)
    both = np.concatenate([unit.a, unit.b], axis=1), np.concatenate([unit.a.T, unit.b.T], axis=1)
    return tuple(_groups(table) for table in both)


def _groups(table):
    """The numbers of equal rows, group by group in their order."""
    groups = []
    for i, row in enumerate(table):
        same = next((group for group in groups if np.abs(table[group[0]] - row).max() <= EDGE), None)
        if same:
            same.append(i)
        else:
            groups.append([i])
    return groups


def survivors(game):
    """What is left once strictly dominated strategies are taken out, again and again, and what was taken out.

    Returns the numbers of a's and of b's strategies that are left, and a list of ``Dominated`` in the order they went.
    Mixtures count as dominating (Pearce 1984); which goes first makes no difference to what is left.
    """
    kept, gone = [list(range(len(game.rows))), list(range(len(game.columns)))], []
    found = True
    while found:
        found = False
        for side in (0, 1):
            left = part(game, *kept)
            left = left if side == 0 else swapped(left)
            for i in range(len(left.rows)):
                mixture = dominating(left.a, i, EDGE * spans(game)[side])
                if mixture is not None:
                    by = {left.rows[k]: float(w) for k, w in enumerate(mixture) if w > 1e-6}
                    gone.append(Dominated("ab"[side], left.rows[i], by))
                    del kept[side][i]
                    found = True
                    break
    return *kept, gone


def dominating(a, i, edge):
    """The mixture [m] that does better than row ``i`` of ``a`` [m, n] by more than ``edge`` in every column, or None."""
    gaps = (a - a[i]).min(1)
    if gaps.max() > edge:
        return np.eye(len(a))[gaps.argmax()]
    others = np.arange(len(a)) != i
    if others.sum() < 2 or (a[others] - a[i]).max(0).min() <= edge:
        return None  # in some column nothing does better: no mixture can
    from scipy.optimize import linprog

    m, n = others.sum(), a.shape[1]
    worst = np.zeros(m + 1)
    worst[-1] = -1.0
    limits = np.hstack([-(a[others] - a[i]).T, np.ones((n, 1))])
    equal = np.append(np.ones(m), 0.0)[None]
    answer = linprog(worst, limits, np.zeros(n), equal, [1.0], bounds=[(0, 1)] * m + [(None, None)], method="highs")
    if answer.status != 0 or answer.x[-1] <= edge:
        return None
    mixture = np.zeros(len(a))
    mixture[others] = answer.x[:-1]
    return mixture
