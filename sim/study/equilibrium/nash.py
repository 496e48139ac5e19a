"""Nash equilibria of a finite two-player game: all of them where the menus are small, several where they are not.

Pure ones are read off the table. Mixed ones come from quantecon (vertex enumeration, Lemke-Howson). Enumeration takes
for ever on large games, so the size is bounded rather than the time: the same table gives the same answer on any
machine. Every profile is verified by its regret before it is reported, whoever found it.
"""

import warnings
from typing import NamedTuple

import numpy as np

from sim.study.equilibrium.bimatrix import EDGE, alike, part, scaled, survivors
from sim.study.equilibrium.regret import regrets

MOST = 12  # strategies of a side, alike and dominated ones aside, up to which all equilibria are enumerated
PIVOTS = 100_000  # of Lemke-Howson, from each start
VERIFIED = 1e-7  # of the range of payoffs: an equilibrium's regret is no more
SAME = 1e-5  # profiles whose weights differ by no more are one
LISTED = 200  # equilibria at the most: coordination among 12 has 4095


class Equilibrium(NamedTuple):
    """A profile no side gains by leaving: the weights of a's and of b's strategies."""

    x: np.ndarray  # [m]
    y: np.ndarray  # [n]

    @property
    def pure(self):
        """Whether both sides play one strategy."""
        return np.count_nonzero(self.x) == np.count_nonzero(self.y) == 1


class Solution(NamedTuple):
    """The equilibria of a game, pure ones first, and what is to be said about them."""

    equilibria: list[Equilibrium]
    complete: bool  # whether all were looked for, and are listed
    degenerate: bool  # whether a side is indifferent beyond what it plays: equilibria may then come in whole ranges
    alike: tuple  # groups of a's and of b's strategies that act alike; the first of each stands for all
    dominated: list  # in the order they were taken out


def solved(game):
    """The ``Solution`` of ``game``: alike strategies merged, dominated ones taken out, the rest solved and put back."""
    groups = alike(game)
    firsts = [[group[0] for group in side] for side in groups]
    merged = part(game, *firsts)
    *kept, gone = survivors(merged)
    left = scaled(part(merged, *kept))
    small = max(left.a.shape) <= MOST
    profiles = pure(left) + (_mixed(left, small) if min(left.a.shape) > 1 else [])
    every = _distinct([one for one in profiles if _holds(left, one)])
    found = every[:LISTED]
    numbers = [[firsts[side][k] for k in kept[side]] for side in (0, 1)]
    equilibria = [Equilibrium(*(_put_back(w, numbers[s], game.a.shape[s]) for s, w in enumerate(one))) for one in found]
    loose = any(_indifferent(left, one) for one in found)
    return Solution(equilibria, small and len(found) == len(every), loose, groups, gone)


def pure(game):
    """All pure equilibria."""
    edge = EDGE * max(np.ptp(game.a), np.ptp(game.b), 1e-300)
    best = (game.a >= game.a.max(0) - edge) & (game.b >= game.b.max(1, keepdims=True) - edge)
    m, n = game.a.shape
    return [Equilibrium(np.eye(m)[i], np.eye(n)[j]) for i, j in np.argwhere(best)]


def _mixed(game, small):
    """Equilibria a solver finds; some may be pure, some may be wrong."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from quantecon.game_theory import NormalFormGame, Player, lemke_howson, vertex_enumeration

        two = NormalFormGame((Player(game.a), Player(game.b.T.copy())))
        found = []
        if small:
            try:
                found += vertex_enumeration(two)
            except Exception:  # Qhull refuses some degenerate games, with an error class of its own
                small = False
        for start in range(sum(game.a.shape)):
            profile, how = lemke_howson(two, init_pivot=start, max_iter=PIVOTS, full_output=True)
            found += [profile] if how.converged else []
    return [Equilibrium(*map(_cleaned, one)) for one in found]


def _cleaned(weights):
    """Weights without dust, adding up to 1."""
    weights = np.where(np.asarray(weights) < EDGE, 0.0, weights)
    return weights / weights.sum()


def _holds(game, one):
    return max(map(float, regrets(game.a, game.b, *one))) <= VERIFIED


def _distinct(profiles):
    """Each once, pure ones first, those of fewer strategies before others."""
    out, weights = [], np.empty((len(profiles), sum(map(len, profiles[0])) if profiles else 0))
    for one in sorted(profiles, key=lambda p: np.count_nonzero(p.x) + np.count_nonzero(p.y)):
        both = np.concatenate(one)
        if not (np.abs(weights[: len(out)] - both).max(1, initial=0.0) <= SAME).any():
            weights[len(out)] = both
            out.append(one)
    return out


def _indifferent(game, one):
    """Whether a side has more best replies than the other plays strategies: the mark of a degenerate game."""
    to_a, to_b = game.a @ one.y, one.x @ game.b
    replies = (to_a >= to_a.max() - VERIFIED).sum(), (to_b >= to_b.max() - VERIFIED).sum()
    return replies[0] > np.count_nonzero(one.y) or replies[1] > np.count_nonzero(one.x)


def _put_back(weights, numbers, size):
    out = np.zeros(size)
    out[numbers] = weights
    return out


def on_supports(a, b, rows, columns):
    """The equilibrium that mixes exactly ``rows`` and ``columns`` (as many of each), or None where there is none.

    The weights of one side are those that leave the other indifferent; for one row and one column it is the check of a
    pure profile.
    """
    inner = np.ix_(rows, columns)
    y, x = _equalising(a[inner]), _equalising(b[inner].T)
    if x is None or y is None:
        return None
    one = Equilibrium(_put_back(x, rows, a.shape[0]), _put_back(y, columns, a.shape[1]))
    edge = VERIFIED * max(np.ptp(a), np.ptp(b), 1e-300)
    return one if max(map(float, regrets(a, b, *one))) <= edge else None


def _equalising(table):
    """Positive weights of the columns of ``table`` [k, k] that give every row the same, or None."""
    k = len(table)
    system = np.block([[table, -np.ones((k, 1))], [np.ones((1, k)), np.zeros((1, 1))]])
    try:
        weights = np.linalg.solve(system, np.append(np.zeros(k), 1.0))[:k]
    except np.linalg.LinAlgError:
        return None
    return weights if (weights > 0).all() else None
