"""From runs to numbers with intervals: probabilities, means and censored times of one cell, in one pass over its runs.

A cell is counted chunk by chunk, so that memory does not grow with the number of runs. Times are kept as counts by
minute (or by a coarser step on a very long horizon), which is all Kaplan and Meier need.
"""

import itertools
import math
from typing import NamedTuple

import numpy as np

from sim.engine.kernel import ROW
from sim.model.ladder import WAR
from sim.model.numerics.jit import kernel
from sim.model.outcome_columns import COUNTS, PAYOFFS, TIMES
from sim.statistics.histogram import combined_histograms, distinct
from sim.statistics.intervals import clopper_pearson, half_width
from sim.statistics.kaplan_meier import medians

STEPS = 600_000  # at the most so many steps of time
MEANS = [name for name in (*COUNTS, *PAYOFFS) if name != "peak"]
HELD = [ROW.index(name) for name in MEANS]
TIMED = {name: ROW.index(name) for name in TIMES}  # war first
QUANTITIES = (
    *((f"peak>={rung}", "probability") for rung in range(1, WAR + 1)),
    *((name, "probability") for name in TIMES),
    *((name, "mean") for name in MEANS),
    *((name, "median") for name in TIMES),
)
_HELD, _TIMED = np.array(HELD), np.array(list(TIMED.values()))


class Estimate(NamedTuple):
    """One number with its 95 % interval, and what it rests on."""

    quantity: str
    statistic: str  # "probability", "mean" or "median"
    value: float  # NaN where a median is not reached
    low: float
    high: float
    n: int


class Count(NamedTuple):
    """What is kept of the runs of a cell."""

    n: int
    peaks: np.ndarray  # [10] runs by peak rung
    sums: np.ndarray  # [len(MEANS)]
    squares: np.ndarray
    reached: dict[str, np.ndarray]  # by name of the time: steps at which it was reached, and counts [2, k]
    censored: dict[str, np.ndarray]  # likewise: steps at which war ended a run that had not reached it
    step: int  # minutes


def step_of(horizon: float) -> int:
    """The minutes in a step of time on a horizon of ``horizon`` minutes."""
    return max(1, math.ceil((horizon + 1) / STEPS))


def counted(rows: np.ndarray, horizon: float) -> Count:
    """The count of an array of runs [runs, len(ROW)] on a horizon of ``horizon`` minutes."""
    step = step_of(horizon)
    peaks, sums, squares, found, ends = _counted(np.ascontiguousarray(rows, dtype=float), _HELD, _TIMED, step)
    parts = [found[:, start:end].copy() for start, end in itertools.pairwise((0, *ends))]
    reached, censored = (dict(zip(TIMED, some, strict=True)) for some in (parts[::2], parts[1::2]))
    return Count(len(rows), peaks, sums, squares, reached, censored, step)


@kernel
def _counted(
    rows: np.ndarray, held: np.ndarray, timed: np.ndarray, step: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Runs by peak; sums and sums of squares of the columns ``held``; histograms in one array, and where each of them ends.

    They are, for each time, of the steps at which it was reached, then of those at which it was lost.
    """
    n, k = rows.shape[0], len(held)
    peaks, sums, squares = np.zeros(WAR + 1, np.int64), np.zeros(k), np.zeros(k)
    for i in range(n):
        peaks[int(rows[i, 0])] += 1
        for j in range(k):
            value = rows[i, held[j]]
            sums[j] += value
            squares[j] += value * value
    found, ends, filled = np.empty((2, len(timed) * n), np.int64), np.empty(2 * len(timed), np.int64), 0
    for which, column in enumerate(timed):
        for lost in range(2):
            steps, m = np.empty(n, np.int64), 0
            for i in range(n):
                at = rows[i, column]
                if lost:
                    at = rows[i, timed[0]] if at < 0.0 else -1.0  # war ends a run that had not reached it
                if at >= 0.0:
                    steps[m] = int(at) // step
                    m += 1
            some = distinct(steps[:m])
            for i in range(some.shape[1]):
                found[0, filled + i], found[1, filled + i] = some[0, i], some[1, i]
            filled += some.shape[1]
            ends[2 * which + lost] = filled
    return peaks, sums, squares, found[:, :filled].copy(), ends


def combined_counts(one: Count, two: Count) -> Count:
    """The count of two sets of runs of the same cell; merge in the order of the runs for the same bytes."""
    reached = {name: combined_histograms(one.reached[name], two.reached[name]) for name in TIMED}
    censored = {name: combined_histograms(one.censored[name], two.censored[name]) for name in TIMED}
    return Count(
        one.n + two.n, one.peaks + two.peaks, one.sums + two.sums, one.squares + two.squares, reached, censored, one.step
    )


def numbers(count: Count) -> np.ndarray:
    """Every number of a cell with the ends of its interval: an array [len(QUANTITIES), 3], in the order of ``QUANTITIES``."""
    n = count.n
    above = np.cumsum(count.peaks[::-1])[::-1][1:]
    reached = [count.reached[name][1].sum() for name in TIMED]
    mean = count.sums / n
    half = half_width(count.squares / n - mean * mean, n)
    shares = np.stack(clopper_pearson(np.concatenate([above, reached]), n), axis=-1)
    means = np.stack([mean, mean - half, mean + half], axis=-1)
    return np.concatenate([shares, means, medians(count, TIMED)])


def estimates(count: Count) -> list[Estimate]:
    """The same as a list of ``Estimate``: P(peak >= r), P(reached), means, and median times."""
    return listed(numbers(count), count.n)


def listed(values: np.ndarray, n: int) -> list[Estimate]:
    """The ``Estimate`` of each of ``QUANTITIES`` from an array [len(QUANTITIES), 3]."""
    triples = zip(QUANTITIES, values.tolist(), strict=True)
    return [Estimate(name, statistic, value, low, high, n) for (name, statistic), (value, low, high) in triples]
