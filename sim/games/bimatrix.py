"""A finite game between two sides: what each gets for every pair of strategies. The two menus may differ in every way.

Whether one payoff is larger than another is decided by the rounding of these two alone: what a war costs elsewhere in the
table makes no tie of a gap of one death.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Groups = tuple[list[list[int]], list[list[int]]]  # of numbers of strategies, a's and b's
ROUNDING = 2.0**-42  # of a payoff, the mean of many rounded numbers: two closer than that are the same


class Bimatrix(NamedTuple):
    """The game: rows are strategies of a, columns of b."""

    a: np.ndarray  # [m, n] what a gets
    b: np.ndarray  # [m, n] what b gets
    rows: tuple[str, ...]  # [m] names
    columns: tuple[str, ...]  # [n] names


def bimatrix(
    a: npt.ArrayLike, b: npt.ArrayLike, rows: Sequence[str] | None = None, columns: Sequence[str] | None = None
) -> Bimatrix:
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


def part(game: Bimatrix, rows: Sequence[int], columns: Sequence[int]) -> Bimatrix:
    """The game in which only the numbered strategies are left."""
    rows, columns = list(rows), list(columns)
    at = np.ix_(rows, columns)
    return Bimatrix(game.a[at], game.b[at], tuple(game.rows[i] for i in rows), tuple(game.columns[j] for j in columns))


def swapped(game: Bimatrix) -> Bimatrix:
    """The same game with b's strategies as the rows."""
    return Bimatrix(game.b.T, game.a.T, game.columns, game.rows)


def spans(game: Bimatrix) -> tuple[float, float]:
    """The range of payoffs of each side, 1 where a side gets the same everywhere."""
    return float(np.ptp(game.a)) or 1.0, float(np.ptp(game.b)) or 1.0


def above(one: np.ndarray | float, other: np.ndarray | float) -> np.ndarray:
    """Whether the payoffs ``one`` exceed ``other`` by more than the rounding of either."""
    return one - other > ROUNDING * np.maximum(np.abs(one), np.abs(other))


def best(payoffs: np.ndarray, axis: int) -> np.ndarray:
    """Which payoffs are as large as any along ``axis``."""
    return ~above(payoffs.max(axis, keepdims=True), payoffs)


def tied(game: Bimatrix) -> Bimatrix:
    """The same game with payoffs made equal that differ by no more than their rounding: all may then be compared exactly."""
    return game._replace(a=_settled(game.a), b=_settled(game.b))


def _settled(table: np.ndarray) -> np.ndarray:
    """Every number of ``table`` replaced by the least one that a chain of roundings leads to."""
    values, where = np.unique(table, return_inverse=True)
    first = np.append(True, above(values[1:], values[:-1]))
    return values[first][np.cumsum(first) - 1][where].reshape(table.shape)


def place_of_largest(table: np.ndarray) -> tuple[int, int]:
    """The row and the column of the largest number of ``table`` [m, n], the first of several."""
    i, j = np.unravel_index(table.argmax(), table.shape)
    return int(i), int(j)


def duplicates(game: Bimatrix) -> Groups:
    """The strategies of a, and of b, in groups that act alike: the same payoffs to both sides against everything."""
    game = tied(game)
    return _groups(np.concatenate([game.a, game.b], axis=1)), _groups(np.concatenate([game.a.T, game.b.T], axis=1))


def _groups(table: np.ndarray) -> list[list[int]]:
    """The numbers of equal rows, group by group in their order."""
    groups: dict[tuple, list[int]] = {}
    for i, row in enumerate(table.tolist()):
        groups.setdefault(tuple(row), []).append(i)
    return list(groups.values())
