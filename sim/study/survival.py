"""Time to an event where some runs end before it: Kaplan–Meier, log-rank, and the cumulative incidence of competing ends.

Everything is reckoned from counts by time (``sim.study.measure.Count``), so that a million runs cost no more than the
different times there are; the tests hold it against SciPy's ``ecdf`` of censored data and ``logrank``.
"""

import math
from typing import NamedTuple

import numpy as np

from sim.study.measure import Z, wilson

STEPS = ("contact_at", "stand_down_at", "statement_at", "envoys_at", "visit_at", "agreement_at")


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
    return _life(count.n, count.reached[name], count.censored[name], count.step)


def _life(n, reached, lost, step=1):
    """The ``Life`` of sparse counts [2, k] of runs that reach the event and of those lost before it."""
    at = np.union1d(reached[0], lost[0])
    events, gone = (_on(at, counts) for counts in (reached, lost))
    return Life(at * step, events, gone, n - _before(0.0, np.cumsum(events + gone)), n)


def _on(at, counts):
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


def log_rank(one, two):
    """The log-rank test that an event comes as soon in two sets of runs: z and the two-sided p (Mantel 1966).

    Positive z: the first reaches it sooner. The test takes the sets to be independent; on the same chances they are
    alike, which makes it careful: p is too large rather than too small.
    """
    at = np.union1d(one.at[one.events > 0], two.at[two.events > 0])
    risk_one, risk_two = (_at_risk(x, at) for x in (one, two))
    hit_one, hit_two = (_on(at, (x.at[x.events > 0], x.events[x.events > 0])) for x in (one, two))
    risk, hit = risk_one + risk_two, hit_one + hit_two
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = risk_one / risk * hit
        variance = np.where(risk > 1, expected * (risk_two / risk) * (risk - hit) / (risk - 1), 0.0).sum()
    z = float((hit_one - expected).sum() / math.sqrt(variance)) if variance > 0 else 0.0
    return z, math.erfc(abs(z) / math.sqrt(2))


def _at_risk(one, at):
    """Runs still at risk at the times ``at``."""
    gone = np.concatenate([[0], np.cumsum(one.events + one.lost)])
    return one.n - gone[np.searchsorted(one.at, at, side="left")]


def holm(ps):
    """P-values adjusted for being several, step down (Holm 1979)."""
    order = sorted(range(len(ps)), key=ps.__getitem__)
    out, highest = [0.0] * len(ps), 0.0
    for rank, i in enumerate(order):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[i]))
        out[i] = highest
    return out


def ends(count):
    """How crises end, as competing: the cumulative incidence of stand-down and of war, and the share with neither.

    A dict of ``Curve`` by "stand_down", "war" and "neither"; at every time the three add up to 1.
    """
    one = life(count, "stand_down_at")
    return dict(zip(("stand_down", "war", "neither"), incidence(one.at, one.n, one.events, one.lost), strict=True))


def incidence(at, n, *causes, lost=None):
    """The cumulative incidence of competing causes, and the share with none yet (Aalen & Johansen 1978): curves.

    ``causes`` are counts of ends [k] at the times ``at`` [k] by cause, ``lost`` counts of runs censored at those times.
    Intervals: Wilson's, for as many runs as give the estimate's variance (Dorey & Korn 1987); the variance is that of
    Marubini & Valsecchi (1995, eq. 10.12), and without censoring it is the binomial one.
    """
    hits = np.asarray(causes, float)
    every = hits.sum(0)
    lost = np.zeros(len(at)) if lost is None else lost
    risk = n - _before(0.0, np.cumsum(every + lost))
    known = n - _before(0.0, np.cumsum(lost))
    after = np.cumprod(1.0 - every / risk)
    before = _before(1.0, after)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.where(risk > every, every / (risk * (risk - every)), 0.0)
    curves = []
    for hit in hits:
        value = np.cumsum(before * hit / risk)
        curves.append(_scored(at, value, _variance(value, before, hit, risk, greenwood), known, wilson(0, n)))
    return [*curves, _scored(at, after, after * after * np.cumsum(greenwood), known, wilson(n, n))]


def _before(first, steps):
    """A step function just before each of its steps."""
    return np.concatenate([[first], steps])[: len(steps)]


def _variance(value, before, hit, risk, greenwood):
    """The variance of a cumulative incidence ``value`` [k], term by term of the delta method."""
    steps = before * hit / (risk * risk)
    squares = (
        value * value * np.cumsum(greenwood) - 2 * value * np.cumsum(value * greenwood) + np.cumsum(value * value * greenwood)
    )
    own = np.cumsum(before * before * (risk - hit) * hit / risk**3)
    return np.maximum(0.0, squares + own - 2 * (value * np.cumsum(steps) - np.cumsum(value * steps)))


def _scored(at, value, variance, known, start):
    """The curve with Wilson's interval at the effective number of runs: all not censored, where nothing has varied."""
    with np.errstate(divide="ignore", invalid="ignore"):
        varied = (variance > 0) & (value > 1e-12) & (value < 1 - 1e-12)  # beyond that it is rounding
        n = np.where(varied, value * (1 - value) / variance, known)
    n = np.maximum(n, 1.0)
    zz = Z * Z / n
    middle, half = (value + zz / 2) / (1 + zz), Z * np.sqrt(np.maximum(0, value * (1 - value)) / n + zz / (4 * n)) / (1 + zz)
    return Curve(at, value, np.clip(middle - half, 0, value), np.clip(middle + half, value, 1), start)
