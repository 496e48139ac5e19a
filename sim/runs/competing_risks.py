"""Times compared and ends that compete: the log-rank test, and the cumulative incidence of stand-down, war and neither.

Everything is reckoned from counts by time (``sim.runs.summary.Count``), so that a million runs cost no more than the
different times there are; the tests hold it against SciPy's ``logrank`` and against examples reckoned by hand.
"""

import math
from collections.abc import Sequence

import numpy as np

from sim.runs.summary import Count
from sim.statistics.kaplan_meier import Curve, Life, as_before, laid_on, life

STEPS = ("contact_at", "stand_down_at", "statement_at", "envoys_at", "visit_at", "agreement_at")


def log_rank(one: Life, two: Life) -> tuple[float, float]:
    """The log-rank test that an event comes as soon in two sets of runs: z and the two-sided p (Mantel 1966).

    Positive z: the first reaches it sooner. The test takes the sets to be independent; on the same chances they are
    alike, which makes it careful: p is too large rather than too small.
    """
    at = np.union1d(one.at[one.events > 0], two.at[two.events > 0])
    risk_one, risk_two = (_at_risk(x, at) for x in (one, two))
    hit_one, hit_two = (laid_on(at, (x.at[x.events > 0], x.events[x.events > 0])) for x in (one, two))
    risk, hit = risk_one + risk_two, hit_one + hit_two
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = risk_one / risk * hit
        variance = np.where(risk > 1, expected * (risk_two / risk) * (risk - hit) / (risk - 1), 0.0).sum()
    z = float((hit_one - expected).sum() / math.sqrt(variance)) if variance > 0 else 0.0
    return z, math.erfc(abs(z) / math.sqrt(2))


def _at_risk(one: Life, at: np.ndarray) -> np.ndarray:
    """Runs still at risk at the times ``at``."""
    gone = np.concatenate([[0], np.cumsum(one.events + one.lost)])
    return one.n - gone[np.searchsorted(one.at, at, side="left")]


def holm(ps: Sequence[float]) -> list[float]:
    """P-values adjusted for being several, step down (Holm 1979)."""
    order = sorted(range(len(ps)), key=ps.__getitem__)
    out, highest = [0.0] * len(ps), 0.0
    for rank, i in enumerate(order):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[i]))
        out[i] = highest
    return out


def ends(count: Count) -> dict[str, Curve]:
    """How crises end, as competing: the cumulative incidence of stand-down and of war, and the share with neither.

    A dict of ``Curve`` by "stand_down", "war" and "neither"; at every time the three add up to 1.
    """
    one = life(count, "stand_down_at")
    return dict(zip(("stand_down", "war", "neither"), incidence(one.at, one.n, one.events, one.lost), strict=True))


def incidence(at: np.ndarray, n: float, *causes: np.ndarray, lost: np.ndarray | None = None) -> list[Curve]:
    """The cumulative incidence of competing causes, and the share with none yet (Aalen & Johansen 1978): curves.

    ``causes`` are counts of ends [k] at the times ``at`` [k] by cause, ``lost`` counts of runs censored at those times.
    Intervals: Clopper and Pearson's, for as many runs as give the estimate's variance (Dorey & Korn 1987); the variance is
    that of Marubini & Valsecchi (1995, eq. 10.12), and without censoring it is the binomial one.
    """
    hits = np.asarray(causes, float)
    every = hits.sum(0)
    lost = np.zeros(len(at)) if lost is None else lost
    risk = n - as_before(0.0, np.cumsum(every + lost))
    known = n - as_before(0.0, np.cumsum(lost))
    after = np.cumprod(1.0 - every / risk)
    before = as_before(1.0, after)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.where(risk > every, every / (risk * (risk - every)), 0.0)
    curves = []
    for hit in hits:
        value = np.cumsum(before * hit / risk)
        curves.append(_curve(at, n, 0.0, value, _variance(value, before, hit, risk, greenwood), known))
    return [*curves, _curve(at, n, 1.0, after, after * after * np.cumsum(greenwood), known)]


def _variance(value: np.ndarray, before: np.ndarray, hit: np.ndarray, risk: np.ndarray, greenwood: np.ndarray) -> np.ndarray:
    """The variance of a cumulative incidence ``value`` [k], term by term of the delta method."""
    steps = before * hit / (risk * risk)
    squares = (
        value * value * np.cumsum(greenwood) - 2 * value * np.cumsum(value * greenwood) + np.cumsum(value * value * greenwood)
    )
    own = np.cumsum(before * before * (risk - hit) * hit / risk**3)
    return np.maximum(0.0, squares + own - 2 * (value * np.cumsum(steps) - np.cumsum(value * steps)))


def _curve(at: np.ndarray, n: float, start: float, value: np.ndarray, variance: np.ndarray, known: np.ndarray) -> Curve:
    """The curve at the effective number of runs: all not censored, where nothing has varied; all ``n`` at the start."""
    with np.errstate(divide="ignore", invalid="ignore"):
        varied = (variance > 0) & (value > 1e-12) & (value < 1 - 1e-12)  # beyond that it is rounding
        runs = np.where(varied, value * (1 - value) / variance, known)
    value, runs = (np.concatenate([[first], x]) for first, x in ((start, value), (n, np.maximum(runs, 1.0))))
    yes, no = (runs * np.clip(x, 0.0, 1.0) for x in (value, 1.0 - value))
    yes, no = (np.where(x < 1e-9 * runs, 0.0, x) for x in (yes, no))
    return Curve(at, value, np.stack([yes, no + 1.0]), np.stack([yes + 1.0, no]))
