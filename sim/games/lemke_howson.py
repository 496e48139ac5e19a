"""One equilibrium at the end of a path of pivots, whatever the size of the game (Lemke & Howson 1964)."""

from collections.abc import Sequence

from sim.games.polytope import Corner, Table, corner, leaving, origin, pivoted


def ends(tables: tuple[Table, Table], own: tuple[Sequence[int], Sequence[int]], pivots: int) -> list[tuple[Corner, Corner]]:
    """The pairs of corners that the paths lead to from each label in turn, with ``pivots`` at the most in all.

    ``tables`` are those of x and of y in whole numbers, ``own`` the labels of a's and of b's strategies. A path that is
    not at its end when the pivots are spent is left out.
    """
    pairs = {}
    for dropped in (*own[0], *own[1]):
        pair, used = end(tables, own, dropped, pivots)
        pivots -= used
        if pair is None:
            break
        pairs[pair] = True
    return list(pairs)


def end(
    tables: tuple[Table, Table], own: tuple[Sequence[int], Sequence[int]], dropped: int, pivots: int
) -> tuple[tuple[Corner, Corner] | None, int]:
    """The pair of corners the path from ``dropped`` leads to, or None where it takes more ``pivots``; and how many it took."""
    sides = [origin(tables[0], own[0], own[1]), origin(tables[1], own[1], own[0])]
    entering, k = dropped, int(dropped in own[1])
    for used in range(1, pivots + 1):
        at = sides[k]
        s = at.free.index(entering)
        r = leaving(at, s, own[1 - k])
        entering = at.basic[r]
        sides[k] = pivoted(at, r, s)
        if entering == dropped:
            x, y = corner(sides[0], own[0]), corner(sides[1], own[1])
            return (x, y) if x and y else None, used  # no path ends at the origin
        k = 1 - k
    return None, pivots
