"""Sobol indices from values over a sample of Saltelli's, with bootstrap intervals; and the slope of pairs of points."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from sim.statistics.intervals import Z

RESAMPLES = 200  # of the bootstrap


def explained(y: np.ndarray, fields: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Total and first-order indices of values over Saltelli's sample, in the order of ``space_filling.saltelli``.

    Two arrays [fields, 3]: values and the ends of their intervals (``orders``), exactly 0 for a field that changes nothing.
    ``y`` has fields + 2 times a power of two values. Raises ``ValueError`` where it does not vary.
    """
    n = len(y) // (fields + 2)
    y_a, y_b, y_mixed = y[:n], y[n : 2 * n], y[2 * n :].reshape(fields, n)
    if not varies(y, fields):
        raise ValueError("does not vary over the ranges of the assumptions: there is nothing to explain")
    moving = [j for j in range(fields) if (y_mixed[j] != y_a).any()]
    total, first = np.zeros((2, fields, 3))
    total[moving], first[moving] = (found[:-1] for found in orders(y_a, y_b, y_mixed[moving], seed))
    return total, first


def largest(totals: Iterable[Any]) -> list[bool]:
    """Which of several indices, each with the ends of its interval, may be the largest: none lies wholly above it."""
    bar = max(low for _, low, _ in totals)
    return [high >= bar for _, _, high in totals]


def varies(y: np.ndarray, fields: int) -> bool:
    """Whether values over Saltelli's sample differ at all over its two base samples, whose variance is to be explained."""
    return bool(np.ptp(y[: 2 * (len(y) // (fields + 2))]) != 0.0)


def orders(y_a: np.ndarray, y_b: np.ndarray, y_mixed: np.ndarray, seed: int) -> np.ndarray:
    """Total and first-order indices with 95 % percentile intervals of a seeded bootstrap: two arrays [fields + 1, 3].

    ``y_a``, ``y_b`` [n] and ``y_mixed`` [fields, n] are values over the two base samples and their mixtures. A last row stands
    for a field that does nothing: scipy 1.17 cannot take a single field.
    """
    from scipy.stats import sobol_indices

    rows, chance = np.vstack([y_mixed, y_a]), np.random.default_rng(seed)

    def estimated(pick: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        found = sobol_indices(func={"f_A": y_a[None, pick], "f_B": y_b[None, pick], "f_AB": rows[:, None, pick]}, n=len(pick))
        return found.total_order, found.first_order

    n = len(y_a)
    resampled = [estimated(chance.integers(n, size=n)) for _ in range(RESAMPLES)]
    return np.stack([estimated(np.arange(n)), *np.quantile(resampled, [0.025, 0.975], axis=0)], axis=-1)


def slope(dx: np.ndarray, dy: np.ndarray) -> tuple[float, float, float]:
    """The mean slope of pairs of points that differ in one field alone, least squares through 0, and its 95 % interval."""
    square = (dx * dx).sum()
    value = (dx * dy).sum() / square
    half = Z * np.sqrt((dx * dx * (dy - value * dx) ** 2).sum()) / square  # White (1980)
    return float(value), float(value - half), float(value + half)
