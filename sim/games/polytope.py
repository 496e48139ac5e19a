"""The corners of a best-response polytope in whole numbers of any length: nothing is rounded, and no tie is missed.

{z >= 0, M z <= 1} is walked from corner to corner by pivots. Every variable of a game, the weights z and the slacks of
M z <= 1, has a number, its label: a strategy of a, or of b. Where more constraints meet in a corner than there are
weights, the right-hand sides are thought to differ by vanishing amounts, the first the most (lexicographic rule), so that
no walk goes round in a circle and all corners are connected (Avis, Rosenberg, Savani & von Stengel 2010).
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple

Table = list[list[int]]


class Tableau(NamedTuple):
    """A corner: every basic variable as its value less multiples of the free ones, which are 0 there."""

    rows: Table  # [k][d + 1] whole numbers, over ``unit``: the multiples, and the value last
    basic: list[int]  # [k] labels
    free: list[int]  # [d] labels
    unit: int


class Corner(NamedTuple):
    """A corner other than the origin."""

    weights: tuple[int, ...]  # [d] whole numbers without a common divisor: a strategy once divided by their sum
    labels: int  # bit l: the constraint labelled l holds with equality


def whole(table: Sequence[Sequence[float]]) -> Table:
    """Positive whole numbers that stand to one another as the payoffs ``table`` [m][n], rows against one another, do.

    What is added to a column leaves every comparison of two rows as it is. A payoff counts as the shortest decimal that
    reads as this number: .1 is a tenth.
    """
    exact = [[Fraction(repr(float(value))) for value in row] for row in table]
    least = [min(column) for column in zip(*exact, strict=True)]
    gaps = [[value - low for value, low in zip(row, least, strict=True)] for row in exact]
    unit = lcm(*(gap.denominator for row in gaps for gap in row))
    numbers = [[int(gap * unit) for gap in row] for row in gaps]
    common = gcd(*(number for row in numbers for number in row)) or 1
    return [[number // common + 1 for number in row] for row in numbers]


def origin(table: Table, own: Sequence[int], other: Sequence[int]) -> Tableau:
    """The ``Tableau`` of the corner 0 of {z >= 0, table z <= 1}: ``own`` labels the weights z, ``other`` the rows."""
    return Tableau([[*row, 1] for row in table], list(other), list(own), 1)


def pivoted(at: Tableau, r: int, s: int) -> Tableau:
    """The tableau in which the basic variable of row ``r`` and the free one of column ``s`` have changed places."""
    chosen, pivot = at.rows[r], at.rows[r][s]
    rows = []
    for i, row in enumerate(at.rows):
        times = row[s]
        if i == r:
            rows.append([*chosen[:s], at.unit, *chosen[s + 1 :]])
        elif times:
            new = [(pivot * x - times * y) // at.unit for x, y in zip(row, chosen, strict=True)]
            new[s] = -times
            rows.append(new)
        else:
            rows.append([pivot * x // at.unit for x in row])
    basic, free = list(at.basic), list(at.free)
    basic[r], free[s] = free[s], basic[r]
    return Tableau(rows, basic, free, pivot)


def leaving(at: Tableau, s: int, slacks: Sequence[int]) -> int:
    """The row whose variable first falls to 0 as the free one of column ``s`` grows; ``slacks`` are labels in their order."""
    best = -1  # a polytope is bounded: some row gives out
    for i, row in enumerate(at.rows):
        if row[s] > 0 and (best < 0 or _before(at, i, best, s, slacks)):
            best = i
    return best


def _before(at: Tableau, i: int, k: int, s: int, slacks: Sequence[int]) -> bool:
    """Whether row ``i`` gives out before row ``k``, the vanishing amounts in the right-hand sides counted too."""
    one, two = at.rows[i], at.rows[k]
    gap = one[-1] * two[s] - two[-1] * one[s]
    for label in slacks:
        if gap:
            break
        gap = _amount(at, i, label) * two[s] - _amount(at, k, label) * one[s]
    return gap < 0


def _amount(at: Tableau, i: int, slack: int) -> int:
    """How much of the vanishing amount of one ``slack`` is in row ``i``."""
    if slack in at.free:
        return at.rows[i][at.free.index(slack)]
    return at.unit if at.basic[i] == slack else 0


def corner(at: Tableau, own: Sequence[int]) -> Corner | None:
    """The ``Corner`` of a tableau, or None at the origin."""
    values = {label: row[-1] for label, row in zip(at.basic, at.rows, strict=True)}
    weights = [values.get(label, 0) for label in own]
    common = gcd(*weights)
    if not common:
        return None
    tight = [*at.free, *(label for label, value in values.items() if value == 0)]
    return Corner(tuple(w // common for w in weights), sum(1 << label for label in tight))


def corners(table: Table, own: Sequence[int], other: Sequence[int]) -> list[Corner]:
    """Every corner of {z >= 0, table z <= 1} but the origin, each once."""
    start = origin(table, own, other)
    seen, every = {_mask(start.free)}, {}
    todo: list[tuple[Tableau, int | None, int]] = [(start, None, 0)]
    while todo:
        at, row, column = todo.pop()
        at = at if row is None else pivoted(at, row, column)
        here = corner(at, own)
        if here:
            every[here.labels] = here
        free = _mask(at.free)
        for s, label in enumerate(at.free):
            r = leaving(at, s, other)
            there = free ^ (1 << label) ^ (1 << at.basic[r])
            if there not in seen:
                seen.add(there)
                todo.append((at, r, s))
    return list(every.values())


def _mask(labels: Iterable[int]) -> int:
    return sum(1 << label for label in labels)
