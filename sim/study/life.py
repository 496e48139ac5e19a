"""How long it lasts where some runs end before: the life table of a time, its Kaplan–Meier curve, and its median.

Reckoned from counts by time (``sim.study.measure.Count``), so that a million runs cost no more than the different times there
are; the tests hold it against SciPy's ``ecdf`` of censored data.
"""

import bisect
import math
from typing import NamedTuple

import numpy as np

from sim.study.interval import Z, beta_ends, tail


class Life(NamedTuple):
    """Times of an event by steps at which something happens: how many runs reach it, leave before it, are at risk."""

    at: np.ndarray  # [k] minutes, ascending
    events: np.ndarray  # [k] runs that reach it then
    lost: np.ndarray  # [k] runs that end without it then: they were still at risk at that time
    at_risk: np.ndarray  # [k] runs that had neither reached it nor ended before
    n: int


class Curve(NamedTuple):
    """A probability over time, whose pointwise interval is reckoned only where it is read: a beta quantile is slow."""

    at: np.ndarray  # [k] minutes
    value: np.ndarray  # [k + 1] before the first time and from each on
    lower: np.ndarray  # [2, k + 1] the beta distributions whose quantiles are the lower ends
    upper: np.ndarray  # [2, k + 1]

    def read(self, minutes):
        """Value and the ends of its 95 % interval at some time or times."""
        where = np.searchsorted(self.at, minutes, side="right")
        return self.value[where], *beta_ends(self.lower[:, where], self.upper[:, where])


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

    Interval: the beta product confidence procedure, by moments (Fay, Brittain & Proschan 2013, Biostatistics 14: 723-736).
    Each share that outlives a time is a beta distribution and the curve their product; with nobody lost it is the exact
    interval of a share, and with few runs or early on it holds where Greenwood's formula does not.
    """
    stay, go = one.at_risk - one.events + 1.0, one.events
    left = np.append(one.at_risk, one.at_risk[-1:] - one.events[-1:] - one.lost[-1:]) if len(one.at) else np.array([one.n])
    value = np.concatenate([[1.0], np.cumprod(1.0 - one.events / one.at_risk)])
    fall = np.concatenate([[0.0], np.cumsum(np.log1p(-go / (stay + go)))])  # logarithm of the mean of the product
    spread = np.concatenate([[0.0], np.cumsum(np.log1p(go / (stay * (stay + go + 1.0))))])  # and of its squares, over it
    with np.errstate(divide="ignore"):
        below = np.log1p(-1.0 / (left + 1.0)), np.log1p(1.0 / (left * (left + 2.0)))  # one more that goes at once
    upper, lower = _beta(fall, spread), _beta(fall + below[0], spread + below[1])
    return Curve(one.at, value, lower, upper)


def _beta(fall, spread):
    """The beta distributions [2, k] with the mean e^``fall`` and the mean square e^``spread`` times that squared."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        mean, rest = np.exp(fall), -np.expm1(fall)
        size = rest / (mean * np.expm1(spread)) - 1.0
        out = np.stack([mean * size, rest * size])
    out = np.where(spread == 0.0, [[1.0], [0.0]], out)  # nobody has gone: all at 1
    return np.where(np.isneginf(fall), [[0.0], [1.0]], out)  # nobody is left: all at 0


def median(count, name):
    """The Kaplan–Meier median of a time in minutes with its 95 % interval; NaN where not half of the runs reach it.

    The interval is where the curve's own interval crosses one half (Brookmeyer & Crowley 1982).
    """
    from scipy.special import betainc

    curve, missed = kaplan_meier(life(count, name)), tail(Z)
    fallen = (
        lambda i: curve.value[i] <= 0.5,
        lambda i: curve.lower[0, i] == 0.0 or betainc(*curve.lower[:, i], 0.5) >= missed,
        lambda i: curve.upper[1, i] > 0.0 and betainc(*curve.upper[:, i], 0.5) >= 1.0 - missed,
    )
    return tuple(_crossing(curve.at, side) for side in fallen)


def _crossing(at, fallen):
    """The first time from which a falling curve is at one half or below."""
    first = bisect.bisect_left(range(len(at) + 1), True, key=fallen)
    return float(at[first - 1]) if first <= len(at) else math.nan


def as_before(first, steps):
    """A step function just before each of its steps."""
    return np.concatenate([[first], steps])[: len(steps)]
