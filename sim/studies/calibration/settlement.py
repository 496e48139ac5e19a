"""Targets of recurrence: the hazard of a strike under a negotiated settlement, relative to none, by years since it."""

import dataclasses
import math
from collections.abc import Iterator

import numpy as np

from sim.engine import kernel
from sim.model.parameter import YEAR
from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.statistics.intervals import Z
from sim.studies.calibration.case_library import reached
from sim.studies.calibration.target import FITTED, Target

BASIS = "MID 5.0, disputes after reciprocated force, 1946-2014"


def recurrence(crisis: Crisis, settlement: Mechanism, seed: int, runs: int, threads: int) -> Iterator[Target]:
    """The hazard ratios of a settlement; ``crisis`` opens in quiet and lasts three years. n is of disputes at risk."""
    times = [
        reached(
            kernel.simulate(dataclasses.replace(crisis, mechanism=one), seed, runs, workers=threads or None), "first_strike_at"
        )
        for one in (settlement, Mechanism())
    ]
    for start, end, known, low, high, cases in ((0, 1, 0.69, 0.50, 0.94, 1726), (1, 3, 0.90, 0.66, 1.23, 1184)):
        ratio, error = hazard_ratio(times[0], times[1], start * YEAR, end * YEAR)
        yield Target(
            f"hazard once settled, years {start}-{end}: times", BASIS, FITTED, known, low, high, cases,
            ratio, ratio * math.exp(-Z * error), ratio * math.exp(Z * error), runs, True,
        )  # fmt: skip


def hazard_ratio(one: np.ndarray, two: np.ndarray, start: float, end: float) -> tuple[float, float]:
    """Events per exposure in a window (minutes), one against two, and the standard error of its logarithm."""
    rates, events = [], []
    for times in (one, two):
        events.append(max(1, int(((times >= start) & (times < end)).sum())))
        rates.append(events[-1] / (np.clip(times, start, end) - start).sum())
    return float(rates[0] / rates[1]), math.sqrt(1 / events[0] + 1 / events[1])
