"""Rare events in numbers: replicates of splitting become probabilities with intervals, and paired differences.

Replicates are independent and each is unbiased, so their mean is, and Student's law tells how far it may be off. An
estimate of a small probability is a product and skew to the right, so its interval is drawn on the logarithm.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from sim.engine.splitting import split
from sim.model.ladder import WAR
from sim.model.setting.crisis import Crisis
from sim.runs.progress_bar import bar
from sim.runs.summary import Estimate
from sim.statistics.intervals import Triple, clopper_pearson, finite
from sim.statistics.paired_differences import NORMAL
from sim.statistics.verdict import LOWERS, RAISES, SAME, UNRESOLVED

SHAKY = 0.5  # standard deviation of a replicate over the mean above which intervals cover less than they say, as measured


class Replicates(NamedTuple):
    """What splitting found in one crisis."""

    estimates: np.ndarray  # [replicates, 10] of P(peak >= r)
    acts: np.ndarray  # [replicates] acts they cost
    particles: int

    @property
    def n(self) -> int:
        """Particles in all replicates: runs that were started."""
        return self.particles * len(self.estimates)


class RareContrast(NamedTuple):
    """An alternative against the base."""

    label: str
    verdict: str  # LOWERS, RAISES, UNRESOLVED or SAME, from the ratio that holds together with the others'
    difference: Triple  # at 95 % alone
    ratio: Triple  # at 95 % alone; NaN where one of the two was never reached
    simultaneous: Triple  # the ratio at 95 % together with all the others'
    saved: float  # factor by which common chances cut the variance of the difference; NaN where nothing varies
    needed: float  # replicates that would resolve it, were it as large as it looks; infinite where that cannot be told

    def as_data(self) -> dict:
        """The contrast as plain data JSON can hold; what is no number becomes null."""
        return {
            name: [finite(x) for x in value] if isinstance(value, tuple) else finite(value)
            for name, value in self._asdict().items()
        }


def rung_of(outcome: str) -> int | None:
    """The rung an outcome is about, by its name; None for one that splitting does not estimate."""
    rungs = {"war_at": WAR} | {f"peak>={rung}": rung for rung in range(1, WAR + 1)}
    return rungs.get(outcome)


def replicates_of(crises: Sequence[Crisis], seed: int, particles: int, replicates: int, threads: int = 0) -> list[Replicates]:
    """The ``Replicates`` of every crisis, all on the same chances."""

    def replicates_in(crisis: Crisis) -> Replicates:
        found, acts = split(crisis, seed, particles, replicates, workers=threads or None)
        return Replicates(found, acts, particles)

    return [replicates_in(crisis) for crisis in bar(crises, desc="splitting", unit=" cells")]


def relative_error(values: np.ndarray, particles: int) -> float:
    """The standard error of the mean of replicates over that mean; infinite where it is 0.

    Never taken to be below what a perfect choice of levels would leave, -ln(p) / particles in a replicate's variance
    (Cérou & Guyader 2007): few replicates may agree by chance.
    """
    mean = float(values.mean())
    if mean == 0.0:
        return math.inf
    variance = max(float(values.var(ddof=1)) / mean**2, -math.log(min(1.0, mean)) / particles)
    return math.sqrt(variance / len(values))


def shaky(values: np.ndarray) -> bool:
    """Whether replicates are so far apart that few of them carry the mean, and its interval may miss what they did not see."""
    return float(values.std(ddof=1)) > SHAKY * float(values.mean())


def interval(values: np.ndarray, particles: int, level: float = 0.95) -> Triple:
    """The mean of replicates and its interval.

    Student's law on the logarithm. Where no replicate, or every particle, got there, particles were plain runs all along,
    and the exact interval of none or all of them holds.
    """
    mean, n = float(values.mean()), particles * len(values)
    if mean in (0.0, 1.0):
        return clopper_pearson(int(mean) * n, n, NORMAL.inv_cdf((1 + level) / 2))
    spread = math.exp(min(700.0, _student(len(values), level) * relative_error(values, particles)))
    return mean, mean / spread, min(1.0, mean * spread)


def _student(replicates: int, level: float) -> float:
    """The two-sided point of Student's law for the mean of ``replicates``."""
    return float(stdtrit(replicates - 1, (1 + level) / 2))


def estimates(cell: Replicates) -> Iterator[Estimate]:
    """Every number splitting gives of a cell: P(peak >= r), P(war), their relative errors, and the acts they cost."""
    named = [*((f"peak>={rung}", rung) for rung in range(1, WAR + 1)), ("war_at", WAR)]
    for name, rung in named:
        yield Estimate(name, "probability", *interval(cell.estimates[:, rung], cell.particles), cell.n)
    for name, rung in named:
        error = relative_error(cell.estimates[:, rung], cell.particles)
        yield Estimate(name, "relative error", error if error < math.inf else math.nan, math.nan, math.nan, cell.n)
    yield Estimate("acts", "total", float(cell.acts.sum()), math.nan, math.nan, cell.n)


def contrasts(cells: Sequence[Replicates], labels: Sequence[str], rung: int) -> list[RareContrast]:
    """Every alternative against the base, the first, in P(peak >= ``rung``).

    Verdicts rest on the ratio, whose law is nearer to the normal than that of the difference where probabilities are small;
    where there is no ratio, on the difference.
    """
    jointly = 1 - 0.05 / max(1, len(labels) - 1)  # Bonferroni
    return [_contrast(label, one, cells[0], rung, jointly) for label, one in zip(labels[1:], cells[1:], strict=True)]


def _contrast(label: str, one: Replicates, base: Replicates, rung: int, jointly: float) -> RareContrast:
    """One alternative against the base."""
    gap, simultaneous = difference(one, base, rung, jointly), ratio(one, base, rung, jointly)
    low, high = gap[1:] if math.isnan(simultaneous[0]) else (simultaneous[1] - 1.0, simultaneous[2] - 1.0)
    same = (one.estimates == base.estimates).all() and (one.acts == base.acts).all()
    verdict = SAME if same else LOWERS if high < 0.0 else RAISES if low > 0.0 else UNRESOLVED
    a, b = one.estimates[:, rung], base.estimates[:, rung]
    apart, paired = float(a.var() + b.var()), float((a - b).var())
    saved = apart / paired if paired > 0.0 else math.nan
    alone = difference(one, base, rung, 0.95), ratio(one, base, rung, 0.95)
    return RareContrast(label, verdict, *alone, simultaneous, saved, needed(a, b, jointly))


def difference(one: Replicates, two: Replicates, rung: int, level: float) -> Triple:
    """P(peak >= ``rung``) under one crisis less that under another, and its interval.

    Student's law on the differences replicate by replicate. Where these tell nothing, because one of the two was never
    reached or none differs, the two intervals are set against each other, which errs on the safe side.
    """
    a, b = one.estimates[:, rung], two.estimates[:, rung]
    gaps = a - b
    value, spread = float(gaps.mean()), float(gaps.std(ddof=1))
    if spread == 0.0 or not a.any() or not b.any():
        (_, low_a, high_a), (_, low_b, high_b) = (interval(x, one.particles, level) for x in (a, b))
        return value, low_a - high_b, high_a - low_b
    half = _student(len(gaps), level) * spread / math.sqrt(len(gaps))
    return value, value - half, value + half


def ratio(one: Replicates, two: Replicates, rung: int, level: float) -> Triple:
    """The ratio of the two probabilities and its interval, Student's on the logarithm with the pairing's covariance.

    NaN where one of the two was never reached.
    """
    a, b = one.estimates[:, rung], two.estimates[:, rung]
    if not a.any() or not b.any():
        return math.nan, math.nan, math.nan
    value, error = float(a.mean() / b.mean()), math.sqrt(_scatter(a, b) / len(a))
    spread = math.exp(min(700.0, _student(len(a), level) * error))
    return value, value / spread, value * spread


def _scatter(a: np.ndarray, b: np.ndarray) -> float:
    """The variance of a replicate of the logarithm of a ratio, to first order (delta method)."""
    return float((a / a.mean() - b / b.mean()).var(ddof=1))


def needed(a: np.ndarray, b: np.ndarray, level: float, power: float = 0.8) -> float:
    """Replicates that would tell the ratio of two probabilities from 1 with probability ``power`` (normal approximation)."""
    if not a.any() or not b.any() or a.mean() == b.mean():
        return math.inf
    point = NORMAL.inv_cdf((1 + level) / 2) + NORMAL.inv_cdf(power)
    return math.ceil((point / math.log(a.mean() / b.mean())) ** 2 * _scatter(a, b))
