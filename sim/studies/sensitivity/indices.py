"""Sobol indices of an outcome over the ranges of many assumptions.

First order: the share of the outcome's variance over the ranges that goes when one field is known. Total: the share that
stays when all others are known, its interactions included (Sobol 1993; estimators: Saltelli et al. 2010).

Every point meets the same chances (the same seed). So a field that touches nothing comes out exactly 0, and chance is for
the most part a common offset rather than noise between points; what is left of it counts as interaction.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from sim.design.uncertainty import Assumption
from sim.model.setting.crisis import Crisis
from sim.runs.outcome import Outcome
from sim.runs.points import drawn, played
from sim.runs.progress_bar import bar
from sim.statistics.intervals import Triple
from sim.statistics.sobol_indices import explained, slope
from sim.statistics.space_filling import saltelli


class Index(NamedTuple):
    """How much one field has to do with the outcome."""

    name: str
    total: Triple  # bootstrap
    first: Triple  # bootstrap
    swing: Triple  # mean change of the outcome from the low to the high end of the range; normal


class Sensitivity(NamedTuple):
    """The indices, largest total first, and what they rest on."""

    indices: list[Index]
    mean: float  # of the outcome over the sample
    deviation: float  # standard deviation of the outcome over the sample
    chance: float  # share of that variance which independent runs would have added: an upper bound on what chance adds here
    points: int
    runs: int  # of each point


def sensitivity_indices(
    crisis: Crisis,
    assumptions: Sequence[Assumption],
    outcome: Outcome,
    seed: int,
    runs: int,
    power: int,
    threads: int = 0,
    against: Crisis | None = None,
) -> Sensitivity:
    """The ``Sensitivity`` of an outcome of ``crisis`` to the assumptions, from 2^power (fields + 2) points of ``runs`` each.

    ``against`` is the crisis without its mechanism: the outcome is then the difference from it, on the same chances. Raises
    ``ValueError`` where the outcome does not vary.
    """
    noise: list[float] = []
    without = [j for j, one in enumerate(assumptions) if one.places[0][0] != "mechanism"]

    def outcomes(u: np.ndarray) -> np.ndarray:
        """The mean outcome at each of the points ``u``."""
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
        every, y = indices(outcomes, [one.name for one in assumptions], power, seed)
    return Sensitivity(every, float(y.mean()), float(y.std()), float(np.mean(noise) / y.var()), size, runs)


def indices(
    function: Callable[[np.ndarray], np.ndarray], names: list[str], power: int, seed: int
) -> tuple[list[Index], np.ndarray]:
    """The ``Index`` of each of ``names``, largest total first, and the values of ``function`` over the base sample.

    ``function`` takes uniforms [points, len(names)] to values [points]. Raises ``ValueError`` where it does not vary.
    """
    d, n = len(names), 2**power
    u = saltelli(d, power, seed)
    a, b, y = u[:n], u[n : 2 * n], function(u)
    y_a, y_mixed = y[:n], y[2 * n :].reshape(d, n)
    every = []
    for j, (name, total, first) in enumerate(zip(names, *explained(y, d, seed), strict=True)):
        swing = slope(b[:, j] - a[:, j], y_mixed[j] - y_a) if total.any() else (0.0,) * 3
        every.append(Index(name, _triple(total), _triple(first), swing))
    return sorted(every, key=lambda one: -one.total[0]), y[: 2 * n]


def _triple(values: np.ndarray) -> Triple:
    """Three numbers as plain ones."""
    value, low, high = map(float, values)
    return value, low, high
