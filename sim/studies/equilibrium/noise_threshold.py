"""At what noise does a profile stop being an equilibrium? Where the leeway of both sides is used up.

The leeway is by how much the side nearer to leaving loses by its best deviation: negative where it gains. It is known
within an interval at each value of the noise; where the lower and the upper ends are used up is the interval of the stop.
Between two values a curve is taken to be straight, so values close together are needed where it bends.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.games.regret import Triple
from sim.studies.equilibrium.fixed_vs_equilibrium import SolvedGame


class NoiseThreshold(NamedTuple):
    """From where to where a profile is an equilibrium: value and 95 % interval each.

    A start is infinite where it never is one, a stop where it still is at the largest value; NaN stops where there is no start.
    """

    start: Triple
    stop: Triple


def noise_threshold(values: Sequence[float], leeway: Sequence[Triple] | np.ndarray, allowed: float = 0.0) -> NoiseThreshold:
    """The threshold over the ``values`` [k] of the noise, from the ``leeway`` [k, 3] at each: values and ends of intervals.

    With ``allowed``, how long no deviation gains more than that.
    """
    curves = np.asarray(leeway, float).T + allowed
    (start, stop), (late, early), (soon, long) = (spell(values, curve) for curve in curves)
    early = -np.inf if np.isnan(early) else early  # it may never be one, and so stop before it starts
    long = stop if np.isnan(long) else long
    return NoiseThreshold((start, soon, late), (stop, early, long))


def threshold_of(games: Sequence[SolvedGame], name: str, allowed: float = 0.0) -> NoiseThreshold:
    """The threshold of both playing ``name`` in the ``games`` of one mechanism over the noise."""
    return noise_threshold([one.noise for one in games], [one.answer.leeway[name] for one in games], allowed)


def spell(values: Sequence[float], leeway: np.ndarray) -> tuple[float, float]:
    """The first span of ``values`` over which ``leeway`` is not negative: its start and its stop."""
    held = np.asarray(leeway) >= 0
    if not held.any():
        return np.inf, np.nan
    first = int(held.argmax())
    start = values[0] if first == 0 else _crossing(values, leeway, first - 1)
    gone = np.flatnonzero(~held[first:])
    return start, _crossing(values, leeway, first + int(gone[0]) - 1) if len(gone) else np.inf


def _crossing(values: Sequence[float], leeway: np.ndarray, k: int) -> float:
    """Where the straight line from point ``k`` to the next is 0."""
    here, there = leeway[k], leeway[k + 1]
    if not np.isfinite([here, there]).all():
        return values[k]
    return values[k] + (values[k + 1] - values[k]) * float(np.clip(here / (here - there), 0.0, 1.0))
