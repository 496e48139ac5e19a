"""All that is kept of the runs of one crisis: its count, and how strikes, deaths and days without envoys are spread."""

import math
from dataclasses import dataclass
from functools import reduce

import numpy as np

from sim.execution.in_order import chunks
from sim.model.parameter import DAY
from sim.model.setting.crisis import Crisis
from sim.runs.quantiles import combined_spreads, spreads
from sim.runs.summary import Count, combined_counts, counted


@dataclass(frozen=True)
class Outcomes:
    """What is kept of the runs of a crisis."""

    count: Count
    spreads: dict[str, np.ndarray]  # by quantity: its values and their counts [2, k]


def outcomes(crisis: Crisis, seed: int, runs: int, threads: int = 0) -> Outcomes:
    """The ``Outcomes`` of ``runs`` runs of ``crisis``."""
    horizon, played = math.floor(crisis.horizon * DAY), chunks([crisis], seed, runs, threads)
    return reduce(combined_outcomes, (Outcomes(counted(chunk.rows, horizon), spreads(chunk.rows, crisis)) for chunk in played))


def combined_outcomes(one: Outcomes, two: Outcomes) -> Outcomes:
    """The outcomes of two sets of runs of the same crisis, in their order."""
    return Outcomes(combined_counts(one.count, two.count), combined_spreads(one.spreads, two.spreads))
