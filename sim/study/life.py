"""How long it lasts where some runs end before: the life table of a time, its Kaplan–Meier curve, and its median.

Reckoned from counts by time (``sim.study.measure.Count``), so that a million runs cost no more than the different times there
are; the tests hold it against SciPy's ``ecdf`` of censored data.
"""

from typing import NamedTuple

import numpy as np

from sim.study.histogram import aligned
from sim.study.interval import Z

SHORT = 4096  # times; of more, the room of a dozen curves side by side would count


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
    at, events, gone = aligned(*reached, *lost) if lost.shape[1] else (*reached, np.zeros(reached.shape[1]))
    events, gone = events.astype(float), gone.astype(float)
    ended = events + gone
    return Life(at * step, events, gone, n - (np.cumsum(ended) - ended), n)


def laid_on(at, counts):
    """Sparse counts laid on the steps ``at``."""
    laid = np.zeros(len(at))
    laid[np.searchsorted(at, counts[0])] = counts[1]
    return laid


def kaplan_meier(one):
    """The share of runs that have not reached the event, over time (Kaplan & Meier 1958).

    Interval: exponential Greenwood, log-log (Kalbfleisch & Prentice 1980), pointwise at 95 %. Time is the last axis.
    """
    value = np.cumprod(1.0 - one.events / one.at_risk, axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(one.events / (one.at_risk * (one.at_risk - one.events)), axis=-1)
        width = np.exp(Z * np.sqrt(greenwood) / np.log(value))
        low, high = value ** (1 / width), value**width
    flat = (value == 0.0) | (value == 1.0)
    return Curve(one.at, value, np.where(flat, value, low), np.where(flat, value, high))


def medians(count, names):
    """The Kaplan–Meier medians of times in minutes with their 95 % intervals: an array [len(names), 3].

    NaN where not half of the runs reach it. An interval is where the curve's own interval crosses one half (Brookmeyer &
    Crowley 1982, on the log-log scale). Short curves are reckoned side by side, which saves most of their time.
    """
    lives = [life(count, name) for name in names]
    if max(len(one.at) for one in lives) > SHORT:
        return np.concatenate([_medians([one]) for one in lives])
    return _medians(lives)


def _medians(lives):
    """The medians of ``lives`` with their intervals: [len(lives), 3]."""
    at, events, at_risk = _side_by_side(lives)
    curve = kaplan_meier(Life(at, events, None, at_risk, lives[0].n))
    return np.stack([_crossings(at, side) for side in (curve.value, curve.low, curve.high)], axis=-1)


def median(count, name):
    """The Kaplan–Meier median of one time with its 95 % interval, as in ``medians``."""
    return tuple(map(float, medians(count, [name])[0]))


def _side_by_side(lives):
    """The times, events and numbers at risk of ``lives`` as arrays [len(lives), longest + 1]; padded with nothing."""
    longest = 1 + max(len(one.at) for one in lives)
    at, events, at_risk = np.full((3, len(lives), longest), [[[np.nan]], [[0.0]], [[2.0]]])
    for i, one in enumerate(lives):
        k = len(one.at)
        at[i, :k], events[i, :k], at_risk[i, :k] = one.at, one.events, one.at_risk
    return at, events, at_risk


def _crossings(at, curves):
    """The first time each curve is at one half or below: [len(curves)]; the padding's own time, NaN, where it never is."""
    below = curves <= 0.5
    first = np.where(below.any(-1), below.argmax(-1), -1)
    return at[np.arange(len(at)), first]


def as_before(first, steps):
    """A step function just before each of its steps."""
    return np.concatenate([[first], steps])[: len(steps)]
