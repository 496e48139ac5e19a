"""Attacks as a Hawkes process: moments by the generator, clusters by Borel, crises as marked attacks.

With base rate m, excitation x decaying at rate b and n offspring, the generator takes f(N, x) to
``-b x f_x + (m + x) (f(N + 1, x + n b) - f(N, x))`` (Dassios & Zhao 2011).
"""

import math
from collections.abc import Callable, Iterator

import numpy as np
from scipy.integrate import solve_ivp
from scipy.linalg import expm

from sim.model.setting.crisis import Crisis
from sim.model.setting.militants import Militants
from sim.studies.known_answers.quantity import Columns, Quantity, count, reached, squared

YEAR = 365.0


def rates(militants: Militants) -> tuple[float, float, float]:
    """Base rate (attacks that no other set off) and decay, per day, and offspring."""
    return militants.rate * (1.0 - militants.offspring) / YEAR, math.log(2) / militants.half_life, militants.offspring


def moments(base: float, decay: float, offspring: float, days: float) -> tuple[float, float]:
    """Mean and variance of the number of attacks in ``days`` from an empty history."""
    jump = offspring * decay
    flow = np.zeros((6, 6))  # of the expectations of 1, N, x, N^2, N x, x^2
    flow[1, [0, 2]] = base, 1.0
    flow[2, [0, 2]] = jump * base, jump - decay
    flow[3, [0, 1, 2, 4]] = base, 2.0 * base, 1.0, 2.0
    flow[4, [0, 1, 2, 4, 5]] = jump * base, jump * base, base + jump, jump - decay, 1.0
    flow[5, [0, 2, 5]] = jump * jump * base, 2.0 * jump * base + jump * jump, 2.0 * (jump - decay)
    _, mean, _, square, _, _ = expm(flow * days)[:, 0]
    return float(mean), float(square - mean * mean)


def spared(base: float, decay: float, offspring: float, days: float, mark: float) -> float:
    """The probability that none of the attacks in ``days`` is marked, each independently with probability ``mark``."""

    def slope(_: float, y: np.ndarray) -> list[float]:
        kept = (1.0 - mark) * math.exp(offspring * decay * y[1]) - 1.0
        return [base * kept, -decay * y[1] + kept]

    return math.exp(solve_ivp(slope, (0.0, days), (0.0, 0.0), rtol=1e-11, atol=1e-13, method="LSODA").y[0, -1])


def borel(offspring: float, size: int) -> float:
    """The probability that one attack sets off a cluster of ``size``, itself included (Borel 1942)."""
    k = size
    return math.exp(-offspring * k + (k - 1) * math.log(offspring * k) - math.lgamma(k + 1)) if offspring else float(k == 1)


def hawkes(crisis: Crisis) -> Iterator[Quantity]:
    """Mean and variance of the attacks in the horizon."""
    base, decay, offspring = rates(crisis.militants_a)
    mean, variance = moments(base, decay, offspring, crisis.horizon)
    yield Quantity("mean attacks", mean, count("attacks_a"), slack=0.01)
    yield Quantity("variance of attacks", variance, squared("attacks_a", mean), slack=0.1)


def cluster(crisis: Crisis) -> Iterator[Quantity]:
    """The size of one cluster: its distribution and mean."""
    n = crisis.militants_a.offspring
    yield Quantity("mean size of a cluster", 1.0 / (1.0 - n), count("attacks_a"))
    for size in (1, 2, 3, 5, 8):
        yield Quantity(f"P(cluster of {size})", borel(n, size), _of_size(size))


def _of_size(size: int) -> Callable[[Columns], np.ndarray]:
    return lambda columns: columns["attacks_a"] == size


def crises(crisis: Crisis) -> Iterator[Quantity]:
    """A year with at least one strike."""
    base, decay, offspring = rates(crisis.militants_a)
    none = spared(base, decay, offspring, crisis.horizon, crisis.a.resort)
    yield Quantity("P(at least one crisis)", 1.0 - none, reached("first_strike_at"), slack=2e-4)


def thinning(crisis: Crisis) -> Iterator[Quantity]:
    """Attacks thinned to crises, strikes and war."""
    a, group = crisis.a, crisis.militants_a
    alarm = a.false_alarm * (1.0 - crisis.mechanism.alarm_cut)
    read = group.direction * a.hit_rate + (1.0 - group.direction) * alarm
    each = a.resort * a.exceed
    rate = group.rate / YEAR * crisis.horizon
    yield Quantity("P(war)", 1.0 - math.exp(-rate * read * each), reached("war_at"), slack=1e-5)
    if a.exceed == 0.0:
        yield Quantity("attributed attacks", rate * read, count("attributed"), slack=1e-3)
        yield Quantity("strikes", rate * read * a.resort, count("strikes_a"), slack=1e-3)
