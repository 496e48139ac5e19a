"""Regret: what a side would gain by its best deviation from a profile. It is 0 for both exactly at an equilibrium.

A regret reckoned from simulated payoffs is the largest of many noisy gains, and so too large on average. Beside it
stands the regret whose deviation is picked on one half of the runs and judged on the other: too small on average.
The truth lies between the two, in the mean.

Percentiles of resampled regrets are biased up once more, and where several deviations pay alike they hardly ever cover:
.64 instead of .95 for seven. So the interval is made of those of the single gains: ``held_within``.
"""

import numpy as np

from sim.games.bimatrix import ROUNDING

Triple = tuple[float, float, float]  # a value and the ends of its 95 % interval


def gains(a: np.ndarray, b: np.ndarray, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What a gains by each of its strategies [..., m], and b by each of its own [..., n], against ``x`` [m], ``y`` [n].

    ``a`` and ``b`` are payoffs [..., m, n]. A gain within the rounding of what is compared is none.
    """
    return _gains(a, x, y), _gains(np.swapaxes(b, -1, -2), y, x)


def _gains(table: np.ndarray, own: np.ndarray, other: np.ndarray) -> np.ndarray:
    """What each row gains over the mixture ``own`` of rows, against ``other``."""
    to, size = table @ other, np.abs(table) @ other
    gain = to - (to @ own)[..., None]
    return np.where(np.abs(gain) <= ROUNDING * np.maximum(size, (size @ own)[..., None]), 0.0, gain)


def regrets(a: np.ndarray, b: np.ndarray, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What a and b would gain by their best deviation from the mixed profile ``x`` [m], ``y`` [n].

    ``a`` and ``b`` are payoffs [..., m, n]; the two results are [...].
    """
    own, other = gains(a, b, x, y)
    return own.max(-1), other.max(-1)


def held_within(gain: np.ndarray, drawn: np.ndarray, blocks: int) -> Triple:
    """The largest of the gains [k], at least 0, and the ends of its 95 % interval: ``largest``."""
    value, low, high = largest(gain, drawn, blocks)
    return max(0.0, value), max(0.0, low), max(0.0, high)


def largest(gain: np.ndarray, drawn: np.ndarray, blocks: int) -> Triple:
    """The largest of the gains [k] and the ends of its 95 % interval; ``drawn`` [resamples, k] are the same resampled.

    The largest gain is below the upper end of its own interval, and so below the largest of all upper ends. It is above
    every lower end where these hold together: the largest standardised error of those that are ever the best decides
    (single-step maximum t, Romano & Wolf 2005). The levels are Student's for that number of ``blocks``. Coverage is
    measured in tests/studies/equilibrium/test_regret.py.
    """
    from scipy.special import ndtr, stdtrit

    level = ndtr(stdtrit(blocks - 1, 0.975))
    if not len(gain):
        return (-np.inf,) * 3
    value, high = float(gain.max()), float(np.quantile(drawn, level, axis=0, method="weibull").max())
    best = np.unique(drawn.argmax(-1))
    spread = drawn[:, best].std(0, ddof=1)
    best, spread = best[spread > 0], spread[spread > 0]
    if not len(best):
        return value, value, value
    worst = ((gain[best] - drawn[:, best]) / spread).max(-1)
    low = float((gain[best] - np.quantile(worst, level, method="weibull") * spread).max())
    return value, min(value, low), max(value, high)


def margins(a: np.ndarray, b: np.ndarray, i: int, j: int) -> tuple[np.ndarray, np.ndarray]:
    """By how much a's strategy ``i`` and b's ``j`` beat the next best against each other: positive at a strict equilibrium.

    ``a`` and ``b`` are payoffs [..., m, n]; a side with one strategy has an infinite margin.
    """
    return _margin(a[..., :, j], i), _margin(b[..., i, :], j)


def _margin(values: np.ndarray, i: int) -> np.ndarray:
    others = np.delete(values, i, axis=-1)
    return values[..., i] - others.max(-1, initial=-np.inf)


def held_out(halves_a: np.ndarray, halves_b: np.ndarray, x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """The two regrets with the deviation picked on one half and judged on the other, both ways, averaged.

    ``halves_a`` and ``halves_b`` are payoffs [2, m, n] from two disjoint halves of the runs. Biased down, where
    ``regrets`` is biased up; it may be negative.
    """
    return _crossed(halves_a, x, y), _crossed(np.swapaxes(halves_b, 1, 2), y, x)


def _crossed(halves: np.ndarray, own: np.ndarray, other: np.ndarray) -> float:
    return float(np.mean([_judged(halves[k], halves[1 - k], own, other) for k in (0, 1)]))


def _judged(picking: np.ndarray, judging: np.ndarray, own: np.ndarray, other: np.ndarray) -> float:
    best = (picking @ other).argmax()
    return (judging @ other)[best] - own @ judging @ other
