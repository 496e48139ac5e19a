"""Strikes that are answered or not: a branching process of two types (Harris 1963), and races of exponential waits."""

import math
from collections.abc import Iterator

import numpy as np

from sim.model.setting.crisis import Crisis
from sim.studies.known_answers.quantity import Quantity, count, reached

HOURS_A_DAY = 24.0


def offspring(crisis: Crisis) -> np.ndarray:
    """The mean matrix K of the strikes a crisis is set to: K[i, j] strikes of side i from one of side j."""
    a, b = crisis.a, crisis.b
    to_a, to_b = 1.0 - a.generosity, 1.0 - b.generosity
    return np.array([[a.follow_up, (1.0 - b.follow_up) * to_a], [(1.0 - a.follow_up) * to_b, b.follow_up]])


def branching(crisis: Crisis) -> Iterator[Quantity]:
    """The mean strikes of each side from one strike of a: the first column of (I - K)^-1."""
    k = offspring(crisis)
    by_a, by_b = np.linalg.inv(np.eye(2) - k)[:, 0]
    yield Quantity("strikes of a", float(by_a), count("strikes_a"))
    yield Quantity("strikes of b", float(by_b), count("strikes_b"))
    yield Quantity("strikes in all", float(by_a + by_b), lambda c: c["strikes_a"] + c["strikes_b"])
    yield Quantity("P(one strike)", float(1.0 - k[:, 0].sum()), lambda c: c["strikes_a"] + c["strikes_b"] == 1)


def race(crisis: Crisis) -> Iterator[Quantity]:
    """The probability that the decision comes before the first contact: fixed or exponential against exponential."""
    rate = 1.0 / (crisis.diplomacy.contact * HOURS_A_DAY)
    b = crisis.b
    fixed, exponential = math.exp(-rate * b.strike_lag), 1.0 / (1.0 + rate * b.strike_lag / math.log(2))
    answered = exponential if b.strike_lag_spread == 1.0 else fixed
    yield Quantity("P(answered)", answered, reached("answer_at"), slack=5e-4)
    yield Quantity("P(fire held)", 1.0 - answered, lambda c: c["held_fire"] > 0, slack=5e-4)


def nerves(crisis: Crisis) -> Iterator[Quantity]:
    """The probability of disaster at rate r against concessions of both sides at rate q each: r / (r + 2 q)."""
    disaster = 1.0 / (crisis.b.state_lag / math.log(2))
    concession = 1.0 / (crisis.diplomacy.contact * HOURS_A_DAY)
    yield Quantity("P(disaster)", disaster / (disaster + concession), reached("war_at"), slack=1e-5)
