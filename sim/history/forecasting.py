"""A forecast from a record: filters that follow it to a moment and play on from there, under every mechanism.

Filters are independent, and each weighs by the probability it finds for the record; what they scatter is chance.
"""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sim.design.uncertainty import Assumption
from sim.engine.conditioning.filtered import Filtered, Observed, filtered, replicates
from sim.engine.thread_pool import thread_pool
from sim.history.observation import observed
from sim.history.outcomes import DAY, QUANTITIES
from sim.history.reading import BadRecord
from sim.history.record import Record
from sim.model.setting.crisis import Crisis, with_number
from sim.statistics.space_filling import latin


class Estimate(NamedTuple):
    """A number with its interval."""

    value: float
    low: float
    high: float


class Pool(NamedTuple):
    """What independent filters found of one record, weighed together."""

    filters: list[Filtered]
    weights: np.ndarray  # of the filters, their sum 1
    evidence: Estimate  # log probability of the record, and its interval for chance
    effective: float  # particles that all the weighted ones at the end are worth

    def chance(self, cell: int, quantity: str, days: float) -> Estimate:
        """The probability that something comes within so many days under crisis number ``cell``; its interval for chance."""
        shares = np.array([within(one, cell, quantity, days) for one in self.filters])
        p, variance = pooled(shares, self.weights)
        n = max(2.0, self.effective)
        smooth = (p * n + 0.5) / (n + 1.0)
        least = smooth * (1.0 - smooth) / n
        return score_interval(p, smooth * (1.0 - smooth) / max(variance, least), len(self.filters))

    def difference(self, cell: int, quantity: str, days: float) -> Estimate:
        """What crisis number ``cell`` changes in it beside number 0, from the same particles on the same chances."""
        gaps = [within(one, cell, quantity, days) - within(one, 0, quantity, days) for one in self.filters]
        value, variance = pooled(np.array(gaps), self.weights)
        half = student(len(self.filters)) * math.sqrt(variance)
        return Estimate(value, value - half, value + half)

    def quantiles(self, cell: int, quantity: str, shares: Sequence[float]) -> list[float]:
        """Days until something comes, at some quantiles; infinite where it has not come to the end of what was played."""
        at = np.concatenate([times(one, cell, quantity) for one in self.filters])
        weights = np.repeat(self.weights / self.filters[0].noted.shape[1], self.filters[0].noted.shape[1])
        order = np.argsort(at, kind="stable")
        sums = np.cumsum(weights[order])
        return [float(at[order][min(int(np.searchsorted(sums, q)), len(at) - 1)]) for q in shares]

    def rungs(self, cell: int) -> np.ndarray:
        """The probability of each crisis rung at the start of each day: [days + 1, 10]."""
        shares = [(one.rungs[cell][:, :, None] == np.arange(10)).mean(0) for one in self.filters]
        return np.tensordot(self.weights, np.array(shares), 1)

    @property
    def told(self) -> np.ndarray:
        """The share of the weight in which what the model leaves out tells an entry: [entries]."""
        return self.weights @ np.array([one.told for one in self.filters])


def times(one: Filtered, cell: int, quantity: str) -> np.ndarray:
    """Days until something comes, a particle each; infinite where it does not."""
    at = one.noted[cell, :, list(QUANTITIES).index(quantity)]
    return np.where(at < 0, np.inf, at / DAY)


def within(one: Filtered, cell: int, quantity: str, days: float) -> float:
    """The share of a filter's particles in which something comes within so many days."""
    return float((times(one, cell, quantity) <= days).mean())


def pooled(values: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """The weighted mean of independent estimates, and its variance as a ratio of sums (Cochran 1977, section 6.4)."""
    n, mean = len(values), float(weights @ values)
    return mean, float(n / max(1, n - 1) * (weights**2) @ (values - mean) ** 2)


def student(n: int) -> float:
    """The two-sided 95 % point for ``n`` independent estimates."""
    from scipy.special import stdtrit

    return float(stdtrit(max(1, n - 1), 0.975))


def score_interval(p: float, n: float, count: int) -> Estimate:
    """Wilson's interval (1927) of a probability as sure as one from ``n`` runs, as it is known from ``count`` estimates."""
    z = student(count)
    middle, half = (
        (p + z * z / (2 * n)) / (1 + z * z / n),
        z * math.sqrt(p * (1 - p) / n + (z / (2 * n)) ** 2) / (1 + z * z / n),
    )
    return Estimate(p, max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half)))


def pool(filters: list[Filtered], record: Record, entries: Observed) -> Pool:
    """Filters of one record together. Raises ``BadRecord`` naming the entry at which no particle was left in any."""
    logs = np.array([one.evidence[-1] for one in filters])
    top = logs.max()
    if top == -np.inf:
        raise BadRecord([_impossible(filters, record, entries)])
    scaled = np.exp(logs - top)
    weights, mean = scaled / scaled.sum(), scaled.mean()
    spread = student(len(filters)) * scaled.std(ddof=1) / math.sqrt(len(filters)) / mean if len(filters) > 1 else math.inf
    value = float(top + math.log(mean))
    effective = float(sum(one.effective[-1] for one in filters) / (len(filters) * (weights**2).sum()))
    half = math.log1p(spread)
    return Pool(filters, weights, Estimate(value, value - half, value + half), effective)


def _impossible(filters: list[Filtered], record: Record, entries: Observed) -> str:
    """The line about a record the model cannot produce."""
    reached = max(int(np.isfinite(one.evidence).sum()) for one in filters)
    minute = int(entries.checks[min(reached, len(entries.checks) - 1)])
    near = min(record.held(), key=lambda one: abs(one.latest - minute), default=None)
    where = f"record.entries[{near.number}]" if near else "record"
    return f"{where}: the model cannot produce the record up to here with what is asked; more runs= or background= may"


def forecast_pool(
    crises: Sequence[Crisis],
    record: Record,
    seed: int,
    particles: int,
    filters: int,
    days: int,
    background: float,
    threads: int,
) -> Pool:
    """The record under the first of ``crises``, by independent filters, and what follows under each of them."""
    entries = observed(record)
    found = replicates(list(crises), entries, seed, particles, filters, days, background, threads)
    return pool(found, record, entries)


class Draws(NamedTuple):
    """The same with numbers drawn from their plausible ranges, each draw weighed by the probability of the record under it."""

    pools: list[Filtered]
    weights: np.ndarray  # their sum 1

    @property
    def effective(self) -> float:
        """How many draws the weighted ones are worth."""
        return float(1.0 / (self.weights**2).sum())

    def chance(self, cell: int, quantity: str, days: float) -> Estimate:
        """The weighted mean over the draws, and their weighted 5th and 95th percentiles."""
        return self._spread(np.array([within(one, cell, quantity, days) for one in self.pools]))

    def difference(self, cell: int, quantity: str, days: float) -> Estimate:
        """The same of what crisis number ``cell`` changes beside number 0."""
        gaps = [within(one, cell, quantity, days) - within(one, 0, quantity, days) for one in self.pools]
        return self._spread(np.array(gaps))

    def _spread(self, values: np.ndarray) -> Estimate:
        """The weighed mean of ``values`` [particles], between their 5th and 95th percentile."""
        order = np.argsort(values, kind="stable")
        sums = np.cumsum(self.weights[order])
        low, high = (float(values[order][min(int(np.searchsorted(sums, q)), len(values) - 1)]) for q in (0.05, 0.95))
        return Estimate(float(self.weights @ values), low, high)


def drawn(crises: Sequence[Crisis], varied: Sequence[Assumption], u: np.ndarray) -> list[Crisis]:
    """The crises with what is varied set to the values at the uniforms ``u``: alike in all of them."""
    return [_set(crisis, varied, u) for crisis in crises]


def _set(crisis: Crisis, varied: Sequence[Assumption], u: np.ndarray) -> Crisis:
    """``crisis`` with each assumption at its place ``u`` in [0, 1] of its range."""
    for one, x in zip(varied, u, strict=True):
        value = one.at(np.array([x]))[0]
        for part, field in one.places:
            whole = one.parameter.kind == "whole"
            crisis = with_number(crisis, f"{part}.{field}".lstrip("."), int(value) if whole else float(value))
    return crisis


def draws(
    crises: Sequence[Crisis], varied: Sequence[Assumption], record: Record, seed: int, particles: int, count: int, days: int,
    background: float, threads: int,
) -> Draws | None:  # fmt: skip
    """So many draws of what is varied, a filter each; None where nothing is drawn or no draw can produce the record."""
    if not count or not varied:
        return None
    entries, points = observed(record), latin(len(varied), count, seed)

    def one(i: int) -> Filtered:
        return filtered(drawn(crises, varied, points[i]), entries, seed, i, particles, days, background)

    with thread_pool(threads) as threads_at_work:
        found = list(threads_at_work.map(one, range(count)))
    logs = np.array([one.evidence[-1] for one in found])
    alive = [one for one, log in zip(found, logs, strict=True) if np.isfinite(log)]
    if not alive:
        return None
    weights = np.exp(logs[np.isfinite(logs)] - logs.max())
    return Draws(alive, weights / weights.sum())


def under(crisis: Crisis, mechanisms: Mapping[str, Crisis]) -> list[Crisis]:
    """The crisis as it is, then under each mechanism by the mechanism of its own crisis."""
    return [crisis, *(dataclasses.replace(crisis, mechanism=one.mechanism) for one in mechanisms.values())]
