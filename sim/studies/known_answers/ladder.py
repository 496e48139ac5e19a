"""The crisis as a birth-death chain: the matrix exponential, and the gambler's ruin (Feller 1968, ch. XIV)."""

import math
from collections.abc import Iterator

import numpy as np
from scipy.linalg import expm, solve

from sim.model.parameter import DAY
from sim.model.setting.crisis import Crisis
from sim.studies.known_answers.quantity import Columns, Quantity, reached

UNIT = 100.0  # days: the chain's unit of time, so that whole minutes cost nothing that could be seen
TIMES = (7, 14, 30, 90)  # units


def rates(crisis: Crisis) -> tuple[float, float]:
    """The rates up and down of the chain a crisis is set to, per unit of time."""
    wait = crisis.b.strike_lag / math.log(2) / 24.0
    return UNIT / wait, UNIT * crisis.diplomacy.walk_back / crisis.diplomacy.contact


def ends(crisis: Crisis) -> tuple[int, int]:
    """Where the chain starts and how many steps it has: every rung counts from the one below the threshold."""
    bottom = crisis.a.threshold - 1
    return crisis.opening_rung - bottom, 9 - bottom


def generator(up: float, down: float, length: int) -> np.ndarray:
    """The generator of the chain on 0 .. length, ended at both: [length + 1, length + 1]."""
    q = np.zeros((length + 1, length + 1))
    for i in range(1, length):
        q[i, i + 1], q[i, i - 1], q[i, i] = up, down, -(up + down)
    return q


def top_by(up: float, down: float, start: int, length: int, time: float) -> float:
    """The probability that the chain has reached its top by ``time``."""
    return float(expm(generator(up, down, length) * time)[start, length])


def top(up: float, down: float, start: int, length: int) -> float:
    """The probability that it ever does: the gambler's ruin."""
    rho = down / up
    return start / length if rho == 1.0 else (rho**start - 1.0) / (rho**length - 1.0)


def mean_end(up: float, down: float, start: int, length: int) -> float:
    """The mean time until the chain ends."""
    inner = generator(up, down, length)[1:length, 1:length]
    return float(solve(-inner, np.ones(length - 1))[start - 1])


def quantities(crisis: Crisis) -> Iterator[Quantity]:
    """War by several times, war at all, and the time until either end."""
    up, down = rates(crisis)
    start, length = ends(crisis)
    for time in TIMES:
        yield Quantity(
            f"P(top by {time})", top_by(up, down, start, length, time), reached("war_at", time * UNIT * DAY), slack=1e-6
        )
    yield Quantity("P(top)", top(up, down, start, length), reached("war_at"), slack=1e-6)
    if start < length and crisis.a.threshold == 1:
        yield Quantity("mean time to an end", mean_end(up, down, start, length), _end, slack=1e-3)


def _end(columns: Columns) -> np.ndarray:
    """The time at which the chain ended, in units."""
    at = np.where(columns["war_at"] >= 0, columns["war_at"], columns["normal_at"])
    return at / DAY / UNIT
