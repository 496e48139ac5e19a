"""At what noise does a profile stop being an equilibrium? Where the leeway of both sides is used up, resample by resample.

The leeway is by how much the side nearer to leaving loses by its best deviation: negative where it gains. Runs are the
same at every value of the noise and resampled alike, so a curve moves as a whole and its crossing is sharper than its
points. Between two values it is taken to be straight.
"""

from typing import NamedTuple

import numpy as np

from sim.study.equilibrium.bimatrix import EDGE

ENDS = (0.025, 0.975)


class Stop(NamedTuple):
    """From where to where a profile is an equilibrium: value and 95 % interval each.

    A start is infinite where it never is one, a stop where it still is at the largest value; NaN stops where there is no start.
    """

    start: tuple
    stop: tuple


def stopping(values, leeway, drawn, allowed=0.0):
    """The ``Stop`` over the ``values`` [k] of the noise from the ``leeway`` [k] and that of resamples ``drawn`` [k, resamples].

    With ``allowed``, how long no deviation gains more than that.
    """
    edge = EDGE * max(1.0, float(np.abs(leeway[np.isfinite(leeway)]).max(initial=0.0)))
    now = spell(values, np.asarray(leeway) + allowed, edge)
    many = np.array([spell(values, column + allowed, edge) for column in np.transpose(drawn)])
    many = np.where(np.isnan(many), -np.inf, many)  # a resample in which it never is one: it stops before it starts
    return Stop(*((float(one), *_ends(column)) for one, column in zip(now, many.T, strict=True)))


def stopped(games, name, allowed=0.0):
    """The ``Stop`` of both playing ``name`` in the ``games`` (a ``Choice`` each) of one mechanism over the noise."""
    now, drawn = zip(*(one.answer.leeway[name] for one in games), strict=True)
    return stopping([one.noise for one in games], np.array(now), np.array(drawn), allowed)


def spell(values, leeway, edge=0.0):
    """The first span of ``values`` over which ``leeway`` is not negative: its start and its stop."""
    held = np.asarray(leeway) >= -edge
    if not held.any():
        return np.inf, np.nan
    first = int(held.argmax())
    start = values[0] if first == 0 else _crossing(values, leeway, first - 1)
    gone = np.flatnonzero(~held[first:])
    return start, _crossing(values, leeway, first + int(gone[0]) - 1) if len(gone) else np.inf


def _crossing(values, leeway, k):
    """Where the straight line from point ``k`` to the next is 0."""
    here, there = leeway[k], leeway[k + 1]
    if not np.isfinite([here, there]).all():
        return values[k]
    return values[k] + (values[k + 1] - values[k]) * float(np.clip(here / (here - there), 0.0, 1.0))


def _ends(column):
    """The percentiles of numbers that may be infinite."""
    ordered, n = np.sort(column), len(column)
    low, high = (int(np.clip(round(q * (n + 1)) - 1, 0, n - 1)) for q in ENDS)
    return float(ordered[low]), float(ordered[high])
