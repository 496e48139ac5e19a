"""One equilibrium at the end of a path of pivots, whatever the size of the game (Lemke & Howson 1964)."""

from sim.games.polytope import corner, leaving, origin, pivoted


def ends(tables, own, pivots):
    """The pairs of corners that the paths lead to from each label in turn, with ``pivots`` at the most in all.

    ``tables`` are those of x and of y in whole numbers, ``own`` the labels of a's and of b's strategies. A path that is
    not at its end when the pivots are spent is left out.
    """
    found = {}
    for dropped in (*own[0], *own[1]):
        pair, used = end(tables, own, dropped, pivots)
        pivots -= used
        if pair is None:
            break
        found[pair] = True
    return list(found)


def end(tables, own, dropped, pivots):
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
            return tuple(corner(side, mine) for side, mine in zip(sides, own, strict=True)), used
        k = 1 - k
    return None, pivots
