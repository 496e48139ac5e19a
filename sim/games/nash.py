"""Nash equilibria of a finite two-player game: all that are extreme where the menus are small, several where they are not.

An extreme equilibrium is a pair of corners of the two best-response polytopes that together carry every label; all
equilibria are mixtures of extreme ones (Winkels 1979; Mangasarian 1964), within ``component``s where they are many. The
corners are enumerated in whole numbers of any length, so that nothing is missed by rounding, in degenerate games too.
Enumeration takes for ever on large games, so the size is bounded rather than the time: the same table gives the same
answer on any machine.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sim.games.bimatrix import Bimatrix, duplicates, part, tied
from sim.games.component import Component, components
from sim.games.dominance import Dominated, iterated_dominance
from sim.games.lemke_howson import ends
from sim.games.polytope import Corner, corners, whole

MOST = 12  # strategies of a side, alike and dominated ones aside, up to which all equilibria are enumerated
PIVOTS = 1000  # of Lemke-Howson in all, in larger games
SOLVED = 1e-9  # of what is added up: the rounding of weights that were solved for in floating point
LISTED = 200  # equilibria at the most: coordination among 12 has 4095


class Equilibrium(NamedTuple):
    """A profile no side gains by leaving: the weights of a's and of b's strategies."""

    x: np.ndarray  # [m]
    y: np.ndarray  # [n]

    @property
    def pure(self) -> bool:
        """Whether both sides play one strategy."""
        return np.count_nonzero(self.x) == np.count_nonzero(self.y) == 1


class Solution(NamedTuple):
    """The extreme equilibria of a game, pure ones first, and what is to be said about them."""

    equilibria: list[Equilibrium]
    missing: str  # why some may not be listed, "" where all are
    degenerate: bool  # whether a side is indifferent beyond what it plays: equilibria may then come in whole ranges
    components: list[Component]  # of the equilibria listed, by their numbers: what lies between them
    duplicates: tuple[
        list[list[int]], list[list[int]]
    ]  # groups of a's and of b's strategies that act alike; the first of each stands for all
    dominated: list[Dominated]  # in the order they were taken out

    @property
    def complete(self) -> bool:
        """Whether every extreme equilibrium is listed: it is then proven that there is no other."""
        return not self.missing


def solved(game: Bimatrix) -> Solution:
    """The ``Solution`` of ``game``: alike strategies merged, dominated ones taken out, the rest solved and put back."""
    game = tied(game)
    groups = duplicates(game)
    firsts = [[group[0] for group in side] for side in groups]
    merged = part(game, *firsts)
    *kept, gone = iterated_dominance(merged)
    left = part(merged, *kept)
    every, missing = extreme(left)
    listed = every[:LISTED]
    if len(every) > LISTED:
        missing = f"they are {len(every):,}, of which the first {LISTED} are listed"
    numbers = [[firsts[side][k] for k in kept[side]] for side in (0, 1)]
    equilibria = [Equilibrium(*(_put_back(one, numbers[s], game.a.shape[s]) for s, one in enumerate(pair))) for pair in listed]
    loose = any(pair[s].labels.bit_count() > left.a.shape[s] for pair in listed for s in (0, 1))
    spans = components([(x.labels, y.labels) for x, y in listed], [paid(game, one) for one in equilibria])
    return Solution(equilibria, missing, loose, spans, groups, gone)


def extreme(game: Bimatrix) -> tuple[list[tuple[Corner, Corner]], str]:
    """The extreme equilibria of ``game`` as pairs of corners, pure ones first, and why some may be missing ("" if none is)."""
    m, n = game.a.shape
    own = range(m), range(m, m + n)
    tables = whole(game.b.T.tolist()), whole(game.a.tolist())
    if max(m, n) <= MOST:
        return _ordered(matched(corners(tables[0], *own), corners(tables[1], *own[::-1]), m + n)), ""
    pairs = {*pure(game), *ends(tables, own, PIVOTS)}
    return _ordered(pairs), f"with more than {MOST} strategies on a side, pure ones and ends of Lemke-Howson's paths are sought"


def matched(xs: Sequence[Corner], ys: Sequence[Corner], size: int) -> list[tuple[Corner, Corner]]:
    """The pairs of corners that together carry all labels, ``size`` in number."""
    full = (1 << size) - 1
    theirs = np.array([y.labels for y in ys])
    return [(x, ys[int(k)]) for x in xs for k in np.flatnonzero(theirs | x.labels == full)]


def pure(game: Bimatrix) -> Iterator[tuple[Corner, Corner]]:
    """All pure equilibria, as pairs of corners."""
    m, n = game.a.shape
    best_responses = game.a == game.a.max(0), game.b == game.b.max(1, keepdims=True)
    for i, j in np.argwhere(best_responses[0] & best_responses[1]):
        x, y = (tuple(int(k == at) for k in range(size)) for at, size in ((i, m), (j, n)))
        labels = [k != i for k in range(m)], best_responses[1][i], best_responses[0][:, j], [k != j for k in range(n)]
        bits = [sum(1 << k for k, one in enumerate(np.concatenate(two)) if one) for two in (labels[:2], labels[2:])]
        yield Corner(x, bits[0]), Corner(y, bits[1])


def _ordered(pairs: Iterable[tuple[Corner, Corner]]) -> list[tuple[Corner, Corner]]:
    """Pure ones first, those of fewer strategies before others, then by their weights."""
    return sorted(pairs, key=lambda p: (sum(map(bool, (*p[0].weights, *p[1].weights))), _shares(p[0]), _shares(p[1])))


def _shares(one: Corner) -> tuple[float, ...]:
    """The weights of a corner as they add up to 1, the first strategies first."""
    total = sum(one.weights)
    return tuple(-w / total for w in one.weights)


def paid(game: Bimatrix, one: Equilibrium) -> tuple[float, float]:
    """What both sides get in a profile."""
    return float(one.x @ game.a @ one.y), float(one.x @ game.b @ one.y)


def _put_back(one: Corner, numbers: Sequence[int], size: int) -> np.ndarray:
    out, total = np.zeros(size), sum(one.weights)
    out[numbers] = [w / total for w in one.weights]
    return out


def on_supports(
    a: np.ndarray, b: np.ndarray, rows: Sequence[int] | np.ndarray, columns: Sequence[int] | np.ndarray
) -> Equilibrium | None:
    """The equilibrium that mixes exactly ``rows`` and ``columns`` (as many of each), or None where there is none.

    The weights of one side are those that leave the other indifferent; for one row and one column it is the check of a
    pure profile. In floating point, for the many games of a bootstrap: gaps within the rounding of payoffs are none.
    """
    inner = np.ix_(np.asarray(rows), np.asarray(columns))
    y, x = _equalising(a[inner]), _equalising(b[inner].T)
    if x is None or y is None:
        return None
    one = Equilibrium(np.zeros(a.shape[0]), np.zeros(a.shape[1]))
    one.x[rows], one.y[columns] = x, y
    held = _unbeaten(a, one.y, rows) and _unbeaten(b.T, one.x, columns)
    return one if held else None


def _unbeaten(table: np.ndarray, other: np.ndarray, own: Sequence[int] | np.ndarray) -> bool:
    """Whether no row pays more against ``other`` than those in ``own``, beyond the rounding of what is added up."""
    value, size = table @ other, np.abs(table) @ other
    return bool((value - value[own].min() <= SOLVED * np.maximum(size, size[own].max())).all())


def _equalising(table: np.ndarray) -> np.ndarray | None:
    """Positive weights of the columns of ``table`` [k, k] that give every row the same, or None."""
    k = len(table)
    system = np.block([[table, -np.ones((k, 1))], [np.ones((1, k)), np.zeros((1, 1))]])
    try:
        weights = np.linalg.solve(system, np.append(np.zeros(k), 1.0))[:k]
    except np.linalg.LinAlgError:
        return None
    return weights if (weights > 0).all() else None
