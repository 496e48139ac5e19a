"""All that is kept of the runs of one crisis: its count, and how strikes, deaths and days without envoys are spread."""

import math
from typing import NamedTuple

from sim.execution.in_order import chunks
from sim.model.parameter import DAY
from sim.runs.quantiles import joined, spreads
from sim.runs.summary import Count, counted, merged


class Outcomes(NamedTuple):
    """What is kept of the runs of a crisis."""

    count: Count
    spreads: dict  # by quantity: its values and their counts [2, k]


def outcomes(crisis, seed: int, runs: int, threads: int = 0) -> Outcomes:
    """The ``Outcomes`` of ``runs`` runs of ``crisis``."""
    found = None
    for chunk in chunks([crisis], seed, runs, threads):
        one = Outcomes(counted(chunk.rows, math.floor(crisis.horizon * DAY)), spreads(chunk.rows, crisis))
        found = one if found is None else together(found, one)
    return found


def together(one, two):
    """The outcomes of two sets of runs of the same crisis, in their order."""
    return Outcomes(merged(one.count, two.count), joined(one.spreads, two.spreads))
