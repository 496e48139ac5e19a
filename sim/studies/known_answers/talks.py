"""The way down as a sum of exponential waits: a phase-type time by its generator (Neuts 1981)."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.integrate import quad
from scipy.linalg import expm

from sim.model.parameter import DAY
from sim.model.setting.crisis import Crisis
from sim.studies.known_answers.quantity import Quantity, reached

STEPS = ("contact", "statement", "envoys", "visit", "agreement")


def distribution(means: Sequence[float], time: float) -> float:
    """The probability that exponential waits of the given means, one after the other, are over by ``time``."""
    n = len(means)
    q = np.zeros((n + 1, n + 1))
    for i, mean in enumerate(means):
        q[i, i], q[i, i + 1] = -1.0 / mean, 1.0 / mean
    return float(expm(q * time)[0, n])


def quantities(crisis: Crisis) -> Iterator[Quantity]:
    """The agreement's day: mean, variance and distribution; and the days of the steps before it."""
    means = [getattr(crisis.diplomacy, step) for step in STEPS]
    total = sum(means)
    minutes = 5 / DAY
    yield Quantity("mean days to the statement", sum(means[:2]), lambda c: c["statement_at"] / DAY, slack=minutes)
    yield Quantity("mean days to the visit", sum(means[:4]), lambda c: c["visit_at"] / DAY, slack=minutes)
    yield Quantity("mean days to the agreement", total, lambda c: c["agreement_at"] / DAY, slack=minutes)
    variance = sum(mean * mean for mean in means)
    yield Quantity("variance of that", variance, lambda c: (c["agreement_at"] / DAY - total) ** 2, slack=0.01)
    for days in (5, 10, 20):
        exact = distribution(means, days)
        yield Quantity(f"P(agreement by day {days})", exact, reached("agreement_at", days * DAY), slack=5e-4)


def fading(crisis: Crisis) -> Iterator[Quantity]:
    """The first contact, where accounts of -1 and 1 halve every half-life and slow the tries: a thinned Poisson process."""
    d, life = crisis.diplomacy, crisis.b.harm_half_life

    def rate(day: float) -> float:
        return 1.0 / d.contact / (1.0 + (2.0 * d.imbalance + d.burden) * 0.5 ** (day / life))

    for days in (2, 5, 10, 20):
        exact = 1.0 - math.exp(-quad(rate, 0.0, days)[0])
        yield Quantity(f"P(contact by day {days})", exact, reached("contact_at", days * DAY), slack=2e-4)
