"""Which assumptions drive the answer? Sobol indices of an outcome over the ranges of many assumptions.

First order: the share of the outcome's variance over the ranges that goes when one field is known. Total: the share that
stays when all others are known, its interactions included (Sobol 1993; estimators: Saltelli et al. 2010).

Every point meets the same chances (the same seed). So a field that touches nothing comes out exactly 0, and chance is for
the most part a common offset rather than noise between points; what is left of it counts as interaction.
"""

from typing import NamedTuple

import numpy as np

from sim.runs.points import drawn, played
from sim.runs.progress_bar import bar
from sim.statistics.intervals import Z
from sim.statistics.space_filling import saltelli

RESAMPLES = 200  # of the bootstrap


class Index(NamedTuple):
    """How much one field has to do with the outcome. Each triple is a value and its 95 % bootstrap interval."""

    name: str
    total: tuple
    first: tuple
    swing: tuple  # mean change of the outcome from the low to the high end of the range; 95 % normal interval


class Sensitivity(NamedTuple):
    """The indices, largest total first, and what they rest on."""

    indices: list[Index]
    mean: float  # of the outcome over the sample
    deviation: float  # standard deviation of the outcome over the sample
    chance: float  # share of that variance which independent runs would have added: an upper bound on what chance adds here
    points: int
    runs: int  # of each point


def sensitivity(crisis, assumptions, outcome, seed, runs, power, threads=0, against=None):
    """The ``Sensitivity`` of an outcome of ``crisis`` to the assumptions, from 2^power (fields + 2) points.

    ``against`` is the crisis without its mechanism: the outcome is then the difference from it, on the same chances.
    """
    noise = []
    without = [j for j, one in enumerate(assumptions) if one.places[0][0] != "mechanism"]

    def outcomes(u):
        sets = [drawn(crisis, assumptions, u)]
        if against is not None:
            sets.append(drawn(against, [assumptions[j] for j in without], u[:, without]))
        means = np.empty(len(u))
        for i, values in enumerate(played(sets, outcome, seed, runs, threads, shown)):
            one = values[0] - values[1] if against is not None else values[0]
            means[i] = one.mean()
            noise.append(one.var() / runs)
        return means

    size = 2**power * (len(assumptions) + 2)
    with bar(total=size, desc="points", unit=" points") as shown:
        found, y = indices(outcomes, [one.name for one in assumptions], power, seed)
    return Sensitivity(found, float(y.mean()), float(y.std()), float(np.mean(noise) / y.var()), size, runs)


def indices(function, names, power, seed):
    """The ``Index`` of each of ``names``, largest total first, and the values of ``function`` over the base sample.

    ``function`` takes uniforms [points, len(names)] to values [points]. Raises ``ValueError`` where it does not vary.
    """
    d, n = len(names), 2**power
    u = saltelli(d, power, seed)
    a, b, y = u[:n], u[n : 2 * n], function(u)
    y_a, y_mixed = y[:n], y[2 * n :].reshape(d, n)
    found = []
    for j, (name, total, first) in enumerate(zip(names, *explained(y, d, seed), strict=True)):
        swing = slope(b[:, j] - a[:, j], y_mixed[j] - y_a) if total.any() else (0.0,) * 3
        found.append(Index(name, tuple(map(float, total)), tuple(map(float, first)), swing))
    return sorted(found, key=lambda one: -one.total[0]), y[: 2 * n]


def explained(y, fields, seed):
    """Total and first-order indices of values over Saltelli's sample, in the order of ``sim.statistics.space_filling.saltelli``.

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


def largest(totals):
    """Which of several indices, each with the ends of its interval, may be the largest: none lies wholly above it."""
    bar = max(low for _, low, _ in totals)
    return [high >= bar for _, _, high in totals]


def varies(y, fields):
    """Whether values over Saltelli's sample differ at all over its two base samples, whose variance is to be explained."""
    return bool(np.ptp(y[: 2 * (len(y) // (fields + 2))]) != 0.0)


def orders(y_a, y_b, y_mixed, seed):
    """Total and first-order indices with 95 % percentile intervals of a seeded bootstrap: two arrays [fields + 1, 3].

    ``y_a``, ``y_b`` [n] and ``y_mixed`` [fields, n] are values over the two base samples and their mixtures. A last row stands
    for a field that does nothing: scipy 1.17 cannot take a single field.
    """
    from scipy.stats import sobol_indices

    rows, chance = np.vstack([y_mixed, y_a]), np.random.default_rng(seed)

    def estimated(pick):
        found = sobol_indices(func={"f_A": y_a[None, pick], "f_B": y_b[None, pick], "f_AB": rows[:, None, pick]}, n=len(pick))
        return found.total_order, found.first_order

    n = len(y_a)
    resampled = [estimated(chance.integers(n, size=n)) for _ in range(RESAMPLES)]
    return np.stack([estimated(np.arange(n)), *np.quantile(resampled, [0.025, 0.975], axis=0)], axis=-1)


def slope(dx, dy):
    """The mean slope of pairs of points that differ in one field alone, least squares through 0, and its 95 % interval."""
    square = (dx * dx).sum()
    value = (dx * dy).sum() / square
    half = Z * np.sqrt((dx * dx * (dy - value * dx) ** 2).sum()) / square  # White (1980)
    return float(value), float(value - half), float(value + half)
