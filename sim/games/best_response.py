"""Best replies: where each side would go from every pure profile, and where that ends: an equilibrium, or round in a cycle."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.games.bimatrix import Bimatrix, above, spans


class End(NamedTuple):
    """Where best replies lead from a profile."""

    profiles: list[tuple[int, int]]  # the pairs (i, j) at the end: one, or those of the cycle in order
    steps: int  # replies until the end was reached

    @property
    def settled(self) -> bool:
        """Whether it is one profile that no side leaves."""
        return len(self.profiles) == 1


def best_responses(game: Bimatrix) -> tuple[np.ndarray, np.ndarray]:
    """The best reply of a to each column [n], and of b to each row [m]; the first where several are as good."""
    return game.a.argmax(0), game.b.argmax(1)


def led(game: Bimatrix, i: int, j: int, sure: Callable[[int, int, int, int], bool] | None = None) -> End:
    """The ``End`` best replies lead to from (i, j): always the side moves that gains more, in units of its range; a on ties.

    ``sure(i, j, k, l)`` may say that a move from (i, j) to (k, l) is not to be made, although it seems to pay.
    """
    to_column, to_row = best_responses(game)
    s, t = spans(game)
    path, seen = [(int(i), int(j))], {(int(i), int(j)): 0}
    while True:
        i, j = path[-1]
        k, l = int(to_column[j]), int(to_row[i])  # noqa: E741
        ways = ((game.a[k, j], game.a[i, j], s, (k, j)), (game.b[i, l], game.b[i, j], t, (i, l)))
        moves = [((then - now) / unit, there) for then, now, unit, there in ways if above(then, now)]
        moves = [move for move in moves if sure is None or sure(i, j, *move[1])]
        if not moves:
            return End([(i, j)], len(path) - 1)
        following = max(moves, key=lambda move: move[0])[1]
        if following in seen:
            start = seen[following]
            return End(path[start:], start)
        seen[following] = len(path)
        path.append(following)


def sinks(game: Bimatrix) -> list[list[tuple[int, int]]]:
    """The sets of pure profiles that best replies, once there, never leave: lists of (i, j), equilibria first.

    A set of one is a pure equilibrium that is a best reply twice over; a larger one is a cycle, or cycles that cross.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    m, n = game.a.shape
    to_column, to_row = best_responses(game)
    i, j = np.indices((m, n))
    here = np.tile((i * n + j).ravel(), 2)
    there = np.concatenate([(to_column[j] * n + j).ravel(), (i * n + to_row[i]).ravel()])
    graph = coo_array((np.ones(len(here)), (here, there)), shape=(m * n, m * n))
    count, part_of = connected_components(graph, connection="strong")
    leaves = np.zeros(count, bool)
    leaves[part_of[here[part_of[here] != part_of[there]]]] = True
    ends = [[(int(p) // n, int(p) % n) for p in np.flatnonzero(part_of == c)] for c in range(count) if not leaves[c]]
    return sorted(ends, key=lambda one: (len(one), one))
