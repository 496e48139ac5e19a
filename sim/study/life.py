"""How long it lasts where some runs end before: the life table of a time, its Kaplan–Meier curve, and its median.

Reckoned from counts by time (``sim.study.measure.Count``), so that a million runs cost no more than the different times there
are; the tests hold it against SciPy's ``ecdf`` of censored data.
"""

import math
from typing import NamedTuple

import numpy as np

from sim.study.interval import Z


class Life(NamedTuple):
    """Times of an event by steps at which something happens: how many runs reach it, leave before it, are at risk."""

    at: np.ndarray  # [k] minutes, ascending
    events: np.ndarray  # [k] runs that reach it then
    lost: np.ndarray  # [k] runs that end without it then: they were still at risk at that time
    at_risk: np.ndarray  # [k] runs that had neither reached it nor ended before
    n: int


class Curve(NamedTuple):
    """A probability over time with its pointwise interval."""

    at: np.ndarray  # [k] minutes
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    start: tuple = (1.0, 1.0, 1.0)  # the three before the first time


def life(count, name):
    """The ``Life`` of the time ``name`` in a cell's count. War ends a run without it; the horizon ends the rest."""
    return _table(count.n, count.reached[name], count.censored[name], count.step)


def _table(n, reached, lost, step=1):
    """The ``Life`` of sparse counts [2, k] of runs that reach the event and of those lost before it."""
    at = np.union1d(reached[0], lost[0])
    events, gone = (laid_on(at, counts) for counts in (reached, lost))
    return Life(at * step, events, gone, n - as_before(0.0, np.cumsum(events + gone)), n)


def laid_on(at, counts):
    """Sparse counts laid on the steps ``at``."""
    laid = np.zeros(len(at))
    laid[np.searchsorted(at, counts[0])] = counts[1]
    return laid


def kaplan_meier(one):
    """The share of runs that have not reached the event, over time (Kaplan & Meier 1958).

    Interval: exponential Greenwood, log-log (Kalbfleisch & Prentice 1980), pointwise at 95 %.
    """
    value = np.cumprod(1.0 - one.events / one.at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(one.events / (one.at_risk * (one.at_risk - one.events)))
        width = np.exp(Z * np.sqrt(greenwood) / np.log(value))
        low, high = value ** (1 / width), value**width
    flat = (value == 0.0) | (value == 1.0)
    return Curve(one.at, value, np.where(flat, value, low), np.where(flat, value, high))


def median(count, name):
    """The Kaplan–Meier median of a time in minutes with its 95 % interval; NaN where not half of the runs reach it.

    The interval is where the curve's own interval crosses one half (Brookmeyer & Crowley 1982, on the log-log scale).
    """
    curve = kaplan_meier(life(count, name))
    return tuple(_crossing(curve.at, side) for side in (curve.value, curve.low, curve.high))


def _crossing(at, curve):
    """The first time a curve is at one half or below."""
    below = np.flatnonzero(curve <= 0.5)
    return float(at[below[0]]) if len(below) else math.nan


def as_before(first, steps):
    """A step function just before each of its steps."""
    return np.concatenate([[first], steps])[: len(steps)]
