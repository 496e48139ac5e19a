"""Regret: what a side would gain by its best deviation from a profile. It is 0 for both exactly at an equilibrium.

A regret reckoned from simulated payoffs is the largest of many noisy gains, and so too large on average. Beside it
stands the regret whose deviation is picked on one half of the runs and judged on the other: too small on average.
The truth lies between the two, in the mean.
"""

import numpy as np


def regrets(a, b, x, y):
    """What a and b would gain by their best deviation from the mixed profile ``x`` [m], ``y`` [n].

    ``a`` and ``b`` are payoffs [..., m, n]; the two results are [...].
    """
    to_a, to_b = a @ y, np.swapaxes(b, -1, -2) @ x
    return to_a.max(-1) - to_a @ x, to_b.max(-1) - to_b @ y


def margins(a, b, i, j):
    """By how much a's strategy ``i`` and b's ``j`` beat the next best against each other: positive at a strict equilibrium.

    ``a`` and ``b`` are payoffs [..., m, n]; a side with one strategy has an infinite margin.
    """
    return _margin(a[..., :, j], i), _margin(b[..., i, :], j)


def _margin(values, i):
    others = np.delete(values, i, axis=-1)
    return values[..., i] - others.max(-1, initial=-np.inf)


def held_out(halves_a, halves_b, x, y):
    """The two regrets with the deviation picked on one half and judged on the other, both ways, averaged.

    ``halves_a`` and ``halves_b`` are payoffs [2, m, n] from two disjoint halves of the runs. Biased down, where
    ``regrets`` is biased up; it may be negative.
    """
    return tuple(
        float(np.mean([_judged(one[k], one[1 - k], *play) for k in (0, 1)]))
        for one, play in ((halves_a, (x, y)), (np.swapaxes(halves_b, 1, 2), (y, x)))
    )


def _judged(picking, judging, own, other):
    best = (picking @ other).argmax()
    return (judging @ other)[best] - own @ judging @ other
