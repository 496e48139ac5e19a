"""From runs to numbers with intervals: probabilities, means and censored times of one cell, in one pass over its runs.

A cell is counted chunk by chunk, so that memory does not grow with the number of runs. Times are kept as counts by
minute (or by a coarser step on a very long horizon), which is all Kaplan and Meier need.
"""

import math
from typing import NamedTuple

import numpy as np

from sim.clock.batch import ROW
from sim.game.ladder import WAR
from sim.game.tally import COUNTS, TIMES
from sim.study.interval import clopper_pearson, half_width
from sim.study.life import median

STEPS = 600_000  # at the most so many steps of time
MEANS = [name for name in (*COUNTS, "payoff_a", "payoff_b") if name != "peak"]
HELD = [ROW.index(name) for name in MEANS]
TIMED = {name: ROW.index(name) for name in TIMES}


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
    reached: dict  # by name of the time: steps at which it was reached, and counts [2, k]
    censored: dict  # likewise: steps at which war ended a run that had not reached it
    step: int  # minutes


def counted(rows, horizon):
    """The count of an array of runs [runs, len(ROW)] on a horizon of ``horizon`` minutes."""
    step = max(1, math.ceil((horizon + 1) / STEPS))
    held = rows[:, HELD]
    ends = rows[:, TIMED["war_at"]]
    reached = {name: _histogram(rows[:, j], step) for name, j in TIMED.items()}
    censored = {name: _histogram(ends[rows[:, j] < 0], step) for name, j in TIMED.items()}
    peaks = np.bincount(rows[:, 0].astype(np.int64), minlength=WAR + 1)
    return Count(len(rows), peaks, held.sum(0), (held * held).sum(0), reached, censored, step)


def _histogram(times, step):
    """Counts of the reached times by step, sparse: steps and counts."""
    values, counts = np.unique((times[times >= 0] // step).astype(np.int64), return_counts=True)
    return np.stack([values, counts])


def merged(one, two):
    """The count of two sets of runs of the same cell; merge in the order of the runs for the same bytes."""
    reached = {name: _added(one.reached[name], two.reached[name]) for name in TIMED}
    censored = {name: _added(one.censored[name], two.censored[name]) for name in TIMED}
    return Count(
        one.n + two.n, one.peaks + two.peaks, one.sums + two.sums, one.squares + two.squares, reached, censored, one.step
    )


def _added(one, two):
    """Two sparse histograms in one."""
    values, where = np.unique(np.concatenate([one[0], two[0]]), return_inverse=True)
    counts = np.bincount(where, weights=np.concatenate([one[1], two[1]]), minlength=len(values))
    return np.stack([values, counts.astype(np.int64)])


def estimates(count):
    """Every number of a cell, in a fixed order: P(peak >= r), P(reached), means, and median times."""
    n = count.n
    above = np.cumsum(count.peaks[::-1])[::-1]
    shares = {f"peak>={rung}": above[rung] for rung in range(1, WAR + 1)}
    shares |= {name: count.reached[name][1].sum() for name in TIMES}
    for name, *triple in zip(shares, *clopper_pearson(np.array(list(shares.values())), n), strict=True):
        yield Estimate(name, "probability", *map(float, triple), n)
    for name, total, square in zip(MEANS, count.sums, count.squares, strict=True):
        mean = float(total) / n
        half = half_width(float(square) / n - mean * mean, n)
        yield Estimate(name, "mean", mean, mean - half, mean + half, n)
    for name in TIMES:
        yield Estimate(name, "median", *median(count, name), n)
