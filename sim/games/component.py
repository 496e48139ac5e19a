"""What lies between extreme equilibria: in a degenerate game whole ranges of profiles are equilibria too.

Two strategies are compatible where together they are an equilibrium. Strategies of a that are all compatible with the
same strategies of b, and as many of both as can be, span a maximal Nash subset: every mixture of the ones with every
mixture of the others is an equilibrium. Subsets that share one are connected, and make a component (Winkels 1979; Avis,
Rosenberg, Savani & von Stengel 2010).
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Component(NamedTuple):
    """A connected set of equilibria."""

    equilibria: list[int]  # the numbers of its extreme ones
    subsets: list[list[int]]  # the maximal Nash subsets it is made of: the numbers of the extreme equilibria in each
    payoffs: tuple[tuple[float, float], ...]  # the least and the most a gets in any of its equilibria, and b


def components(pairs: Sequence[tuple[int, int]], payoffs: Sequence[tuple[float, float]]) -> list[Component]:
    """The ``Component``s of extreme equilibria, given as ``pairs`` of keys of strategies, with the ``payoffs`` (a's, b's).

    Against a given strategy of the other side all best replies pay alike, so that within a subset payoffs are linear in
    each side's mixture: the least and the most are those of extreme equilibria.
    """
    spans = []
    for group in _connected(pairs):
        edges = {pairs[k]: k for k in group}
        subsets = [sorted(edges[x, y] for x in xs for y in ys) for xs, ys in bicliques(edges)]
        ends = tuple((min(payoffs[k][s] for k in group), max(payoffs[k][s] for k in group)) for s in (0, 1))
        spans.append(Component(group, sorted(subsets), ends))
    return spans


def renumbered(one: Component, order: Sequence[int]) -> Component:
    """The ``Component`` where equilibrium ``order[k]`` has become number k."""
    new = {old: k for k, old in enumerate(order)}
    subsets = sorted(sorted(new[k] for k in subset) for subset in one.subsets)
    return one._replace(equilibria=sorted(new[k] for k in one.equilibria), subsets=subsets)


def _connected(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The numbers of ``pairs`` in groups that share a strategy, directly or through others."""
    groups: list[tuple[list[int], set[int], set[int]]] = []
    for k, (x, y) in enumerate(pairs):
        touching = [one for one in groups if x in one[1] or y in one[2]]
        new = sorted([k, *(number for one in touching for number in one[0])])
        xs, ys = {x}.union(*(one[1] for one in touching)), {y}.union(*(one[2] for one in touching))
        groups = [*(one for one in groups if one not in touching), (new, xs, ys)]
    return sorted(one[0] for one in groups)


def bicliques(edges: Iterable[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """The maximal complete bipartite subgraphs: sets of strategies of a and of b, each compatible with each.

    Their sets for b are the intersections of what single strategies of a are compatible with, and nothing else.
    """
    replies: dict[int, set[int]] = {}
    for x, y in edges:
        replies.setdefault(x, set()).add(y)
    closed: set[frozenset[int]] = set()
    for mine in map(frozenset, replies.values()):
        closed |= {mine} | {mine & other for other in closed}
    return [([x for x, mine in replies.items() if ys <= mine], sorted(ys)) for ys in closed if ys]
