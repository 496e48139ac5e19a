"""A finite game between two sides: what each gets for every pair of strategies. The two menus may differ in every way.

Whether one payoff is larger than another is decided by the rounding of these two alone: what a war costs elsewhere in the
table makes no tie of a gap of one death.
"""

from typing import NamedTuple

import numpy as np

ROUNDING = 2.0**-42  # of a payoff, the mean of many rounded numbers: two closer than that are the same


class Bimatrix(NamedTuple):
    """The game: rows are strategies of a, columns of b."""

    a: np.ndarray  # [m, n] what a gets
    b: np.ndarray  # [m, n] what b gets
    rows: tuple  # [m] names
    columns: tuple  # [n] names


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


def above(one, other):
    """Whether the payoffs ``one`` exceed ``other`` by more than the rounding of either."""
    return one - other > ROUNDING * np.maximum(np.abs(one), np.abs(other))


def best(payoffs, axis):
    """Which payoffs are as large as any along ``axis``."""
    return ~above(payoffs.max(axis, keepdims=True), payoffs)


def tied(game):
    """The same game with payoffs made equal that differ by no more than their rounding: all may then be compared exactly."""
    return game._replace(a=_settled(game.a), b=_settled(game.b))


def _settled(table):
    """Every number of ``table`` replaced by the least one that a chain of roundings leads to."""
    values, where = np.unique(table, return_inverse=True)
    first = np.append(True, above(values[1:], values[:-1]))
    return values[first][np.cumsum(first) - 1][where].reshape(table.shape)


def alike(game):
    """The strategies of a, and of b, in groups that act alike: the same payoffs to both sides against everything."""
    game = tied(game)
    both = np.concatenate([game.a, game.b], axis=1), np.concatenate([game.a.T, game.b.T], axis=1)
    return tuple(_groups(table) for table in both)


def _groups(table):
    """The numbers of equal rows, group by group in their order."""
    groups = {}
    for i, row in enumerate(table.tolist()):
        groups.setdefault(tuple(row), []).append(i)
    return list(groups.values())
