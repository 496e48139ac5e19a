"""Matches of the iterated prisoner's dilemma on the compiled clock, as other programs play them.

Strategies carry the names other programs give them. Payoffs are 3, 1, 0, 5. Under execution noise both remember the move as
it was made, under perception noise each remembers its own move as it made it and the other's as it saw it.
"""

import math
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

from sim import load
from sim.engine import kernel
from sim.studies.known_answers.limits import set_on
from sim.studies.known_answers.quantity import columns_of

DAY = 1440.0
SLACK = 2e-4  # of a mean over 200 rounds: councils act a minute after they sit, so the last round lacks a minute
STRATEGIES = {
    "ALLC": (("retaliation", "restraint"),),
    "ALLD": (("retaliation", "belligerence"),),
    "TFT": (("retaliation", "tit_for_tat"),),
    "GTFT": (("retaliation", "tit_for_tat"), ("generosity", 1 / 3)),
    "TF2T": (("retaliation", "tit_for_two_tats"),),
    "Grim": (("retaliation", "grim"),),
    "WSLS": (("retaliation", "win_stay_lose_shift"),),
    "Contrite": (("retaliation", "contrite"),),
}


class Matches(NamedTuple):
    """What each of many matches brought the row player and the column player, per round: arrays [matches]."""

    payoff_row: np.ndarray
    payoff_col: np.ndarray
    coop_row: np.ndarray
    coop_col: np.ndarray


@cache
def _configured(limit):
    """The crisis of ``configs/limit``, composed once."""
    return load(f"limit={limit}")


def _crisis(row, col, noise, days):
    """The configuration ``limit=rounds`` with both strategies; noise: (execution, perception) of each."""
    fields = [("horizon", float(days))]
    for side, strategy, (slips, errs) in zip("ab", (row, col), noise, strict=True):
        both = (("accident", slips), ("failure", slips), ("phantom", errs), ("miss", errs))
        fields += [(f"{side}.{name}", value) for name, value in (*STRATEGIES[strategy], *both)]
    return set_on(_configured("rounds"), fields)


def _matches(row, col, noise, runs, rounds=200, sure_start=False, seed=20240116):
    """``Matches`` of so many rounds. With ``sure_start`` the first round is mutual cooperation without noise.

    Nothing but peace comes before the councils first sit after a day, so that day is the first round of those who make no
    error in it; otherwise it is none.
    """
    before = 0 if sure_start else 1
    crisis = _crisis(row, col, noise, rounds + before)
    found = columns_of(kernel.ROW, kernel.simulate(crisis, seed, runs))
    minutes = rounds * DAY
    return Matches(
        3.0 + found["payoff_a"] / rounds, 3.0 + found["payoff_b"] / rounds,
        1.0 - found["force_a"] / minutes, 1.0 - found["force_b"] / minutes,
    )  # fmt: skip


def _deviation(one, other, error, slack=SLACK):
    """The difference of two means in standard errors; a difference within ``slack`` is none."""
    off = max(0.0, abs(one - other) - slack)
    return math.copysign(off / error, one - other) if error > 0.0 else math.inf if off else 0.0


@pytest.fixture(scope="session")
def crisis_of_match():
    """``crisis_of_match(row, col, noise, days)``: the crisis whose days are the rounds of a match."""
    return _crisis


@pytest.fixture(scope="session")
def matches():
    """``matches(row, col, noise, runs, rounds, sure_start, seed)``: ``Matches`` of our engine."""
    return _matches


@pytest.fixture(scope="session")
def deviation():
    """``deviation(one, other, error)``: a difference in standard errors, less what whole minutes cost."""
    return _deviation
