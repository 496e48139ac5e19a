"""Rare events in numbers: replicates of splitting become probabilities with intervals, and paired differences.

Replicates are independent and each is unbiased, so their mean is, and Student's law tells how far it may be off. An
estimate of a small probability is a product and skew to the right, so its interval is drawn on the logarithm.
"""

import math
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from sim.engine.splitting import split
from sim.model.ladder import WAR
from sim.runs.progress_bar import bar
from sim.runs.summary import Estimate
from sim.statistics.intervals import clopper_pearson
from sim.statistics.paired_differences import NORMAL
from sim.statistics.verdict import LOWERS, RAISES, SAME, UNRESOLVED

SHAKY = 0.5  # standard deviation of a replicate over the mean above which intervals cover less than they say, as measured


class Climb(NamedTuple):
    """What splitting found in one crisis."""

    found: np.ndarray  # [replicates, 10] estimates of P(peak >= r)
    acts: np.ndarray  # [replicates] acts they cost
    particles: int

    @property
    def n(self):
        """Particles in all replicates: runs that were started."""
        return self.particles * len(self.found)


class Contrast(NamedTuple):
    """An alternative against the base. Each triple is a value and the two ends of its interval."""

    label: str
    verdict: str  # LOWERS, RAISES, UNRESOLVED or SAME, from the ratio that holds together with the others'
    difference: tuple  # at 95 % alone
    ratio: tuple  # at 95 % alone; NaN where one of the two was never reached
    together: tuple  # the ratio at 95 % together with all the others'
    saved: float  # factor by which common chances cut the variance of the difference; NaN where nothing varies
    needed: float  # replicates that would resolve it, were it as large as it looks; infinite where that cannot be told

    def as_data(self):
        """The contrast as plain data JSON can hold; what is no number becomes null."""
        return {
            name: [_finite(x) for x in value] if isinstance(value, tuple) else _finite(value)
            for name, value in self._asdict().items()
        }


def _finite(value):
    """None for a number that is not one."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def rung_of(outcome):
    """The rung an outcome is about, by its name; None for one that splitting does not estimate."""
    rungs = {"war_at": WAR} | {f"peak>={rung}": rung for rung in range(1, WAR + 1)}
    return rungs.get(outcome)


def climbs(crises, seed, particles, replicates, threads=0):
    """The ``Climb`` of every crisis, all on the same chances: a list."""
    return [
        Climb(*split(crisis, seed, particles, replicates, workers=threads or None), particles)
        for crisis in bar(crises, desc="splitting", unit=" cells")
    ]


def relative_error(values, particles):
    """The standard error of the mean of replicates over that mean; infinite where it is 0.

    Never taken to be below what a perfect choice of levels would leave, -ln(p) / particles in a replicate's variance
    (Cérou & Guyader 2007): few replicates may agree by chance.
    """
    mean = float(values.mean())
    if mean == 0.0:
        return math.inf
    variance = max(float(values.var(ddof=1)) / mean**2, -math.log(min(1.0, mean)) / particles)
    return math.sqrt(variance / len(values))


def shaky(values):
    """Whether replicates are so far apart that few of them carry the mean, and its interval may miss what they did not see."""
    return float(values.std(ddof=1)) > SHAKY * float(values.mean())


def interval(values, particles, level=0.95):
    """The mean of replicates and its interval: three numbers.

    Student's law on the logarithm. Where no replicate, or every particle, got there, particles were plain runs all along,
    and the exact interval of none or all of them holds.
    """
    mean, n = float(values.mean()), particles * len(values)
    if mean in (0.0, 1.0):
        return clopper_pearson(int(mean) * n, n, NORMAL.inv_cdf((1 + level) / 2))
    spread = math.exp(min(700.0, _student(len(values), level) * relative_error(values, particles)))
    return mean, mean / spread, min(1.0, mean * spread)


def _student(replicates, level):
    """The two-sided point of Student's law for the mean of ``replicates``."""
    return float(stdtrit(replicates - 1, (1 + level) / 2))


def estimates(climb):
    """Every number splitting gives of a cell: P(peak >= r), P(war), their relative errors, and the acts they cost."""
    named = [*((f"peak>={rung}", rung) for rung in range(1, WAR + 1)), ("war_at", WAR)]
    for name, rung in named:
        yield Estimate(name, "probability", *interval(climb.found[:, rung], climb.particles), climb.n)
    for name, rung in named:
        error = relative_error(climb.found[:, rung], climb.particles)
        yield Estimate(name, "relative error", error if error < math.inf else math.nan, math.nan, math.nan, climb.n)
    yield Estimate("acts", "total", float(climb.acts.sum()), math.nan, math.nan, climb.n)


def contrasts(found, labels, rung):
    """Every alternative against the base, the first, in P(peak >= ``rung``): a list of ``Contrast``.

    Verdicts rest on the ratio, whose law is nearer to the normal than that of the difference where probabilities are small;
    where there is no ratio, on the difference.
    """
    jointly = 1 - 0.05 / max(1, len(labels) - 1)  # Bonferroni
    return [_contrast(label, one, found[0], rung, jointly) for label, one in zip(labels[1:], found[1:], strict=True)]


def _contrast(label, one, base, rung, jointly):
    """One alternative against the base."""
    gap, together = difference(one, base, rung, jointly), ratio(one, base, rung, jointly)
    low, high = gap[1:] if math.isnan(together[0]) else (together[1] - 1.0, together[2] - 1.0)
    same = (one.found == base.found).all() and (one.acts == base.acts).all()
    verdict = SAME if same else LOWERS if high < 0.0 else RAISES if low > 0.0 else UNRESOLVED
    a, b = one.found[:, rung], base.found[:, rung]
    apart, paired = float(a.var() + b.var()), float((a - b).var())
    saved = apart / paired if paired > 0.0 else math.nan
    alone = difference(one, base, rung, 0.95), ratio(one, base, rung, 0.95)
    return Contrast(label, verdict, *alone, together, saved, needed(a, b, jointly))


def difference(one, two, rung, level):
    """P(peak >= ``rung``) under one crisis less that under another, and its interval: three numbers.

    Student's law on the differences replicate by replicate. Where these tell nothing, because one of the two was never
    reached or none differs, the two intervals are set against each other, which errs on the safe side.
    """
    a, b = one.found[:, rung], two.found[:, rung]
    gaps = a - b
    value, spread = float(gaps.mean()), float(gaps.std(ddof=1))
    if spread == 0.0 or not a.any() or not b.any():
        (_, low_a, high_a), (_, low_b, high_b) = (interval(x, one.particles, level) for x in (a, b))
        return value, low_a - high_b, high_a - low_b
    half = _student(len(gaps), level) * spread / math.sqrt(len(gaps))
    return value, value - half, value + half


def ratio(one, two, rung, level):
    """The ratio of the two probabilities and its interval, Student's on the logarithm with the pairing's covariance.

    NaN where one of the two was never reached.
    """
    a, b = one.found[:, rung], two.found[:, rung]
    if not a.any() or not b.any():
        return (math.nan,) * 3
    value, error = float(a.mean() / b.mean()), math.sqrt(_scatter(a, b) / len(a))
    spread = math.exp(min(700.0, _student(len(a), level) * error))
    return value, value / spread, value * spread


def _scatter(a, b):
    """The variance of a replicate of the logarithm of a ratio, to first order (delta method)."""
    return float((a / a.mean() - b / b.mean()).var(ddof=1))


def needed(a, b, level, power=0.8):
    """Replicates that would tell the ratio of two probabilities from 1 with probability ``power`` (normal approximation)."""
    if not a.any() or not b.any() or a.mean() == b.mean():
        return math.inf
    point = NORMAL.inv_cdf((1 + level) / 2) + NORMAL.inv_cdf(power)
    return math.ceil((point / math.log(a.mean() / b.mean())) ** 2 * _scatter(a, b))
