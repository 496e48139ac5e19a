"""Which of several alternatives lowers an outcome, by how much, how sure? All are played on the same chances.

Run i of every alternative meets the same chances (common random numbers; Glasserman & Yao 1992), so differences are taken
run by run. Runs are added block by block and only sums are kept. The base, which others are compared with, is number 0.

Asked for a precision, it looks after every ``runs`` runs and stops once the interval of every difference from the base is
narrow enough: a fixed-width sequential procedure, whose intervals keep their level as the width goes to 0 (Chow & Robbins
1965).
"""

import itertools
import math
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sim.engine import kernel
from sim.engine.thread_pool import processors, thread_pool
from sim.model.parameter import DAY
from sim.model.setting.crisis import Crisis
from sim.runs.outcome import Outcome
from sim.runs.progress_bar import bar
from sim.runs.quantiles import combined_spreads, spreads
from sim.runs.summary import Count, combined_counts, counted
from sim.runs.ways import EARLY, WAYS, amounts
from sim.statistics.intervals import Triple
from sim.statistics.paired_differences import (
    Moments,
    bonferroni_z,
    combined_moments,
    difference,
    moments,
    ranks,
    ratio,
    runs_to_resolve,
    variance_reduction,
)
from sim.statistics.verdict import SAME, verdict


class Played(NamedTuple):
    """What is kept of the runs of all k alternatives."""

    moments: Moments
    counts: list[Count]  # [k]
    spreads: list[dict[str, np.ndarray]]  # [k] by quantity: its values and their counts
    moved: np.ndarray  # [k] runs whose outcome differs from the base's
    differing: np.ndarray  # [k] runs that differ from the base's in any column at all
    ways: list[Moments]  # of each of WAYS: k amounts, then the k they are shares of
    early: Moments | None  # of the outcome by day EARLY, where the runs tell it and there is more to come


class Contrast(NamedTuple):
    """An alternative against the base."""

    label: str
    verdict: str  # LOWERS, RAISES, UNRESOLVED or SAME, from the interval that holds together with the others'
    difference: Triple  # at 95 % alone
    simultaneous: Triple  # at 95 % together with all the others'
    ratio: Triple  # at 95 % alone; NaN where undefined
    variance_reduction: float  # factor by which pairing cuts the variance of the difference
    moved: int
    differing: int
    needed: float  # runs that would resolve it, were it as large as it looks; infinite where it looks like 0
    ranks: tuple[int, int] | None  # the ranks it may have, lowest outcome first; None where it is the same as the base


class Comparison(NamedTuple):
    """The answer: what was played, how the runs were stopped, and each alternative but the base against the base."""

    outcome: Outcome
    labels: list[str]
    played: Played
    contrasts: list[Contrast]
    looks: int
    precision: float  # 0 where there was one look
    reached: bool  # whether the precision asked for was reached

    @property
    def n(self) -> int:
        """Runs of each alternative."""
        return self.played.moments.n

    def halves(self) -> list[float]:
        """The half widths of the intervals that hold together."""
        return [float(c.simultaneous[2] - c.simultaneous[1]) / 2 for c in self.contrasts]


def paired_comparison(
    crises: Sequence[Crisis],
    labels: list[str],
    outcome: Outcome,
    seed: int,
    runs: int,
    precision: float = 0.0,
    most: int = 10**10,
    threads: int = 0,
) -> Comparison:
    """The ``Comparison`` of ``crises``, the base first, in the ``outcome``.

    ``runs`` of each are played, or so many at each look until every half width is at most ``precision`` (in the unit of the
    outcome), ``most`` at the most. ``threads`` change no number (0: one a processor).
    """
    looks, played = 0, None
    with bar(desc="runs", unit=" runs", unit_scale=True) as shown:
        while True:
            first = played.moments.n if played else 0
            for block in _blocks(crises, outcome, seed, first, min(runs, most - first), threads or processors()):
                played = block if played is None else _merged(played, block)
                shown.update(block.moments.n * len(crises))
            assert played is not None  # at least one run is asked for
            looks += 1
            against = contrasts(played, labels, outcome.probability)
            comparison = Comparison(outcome, labels, played, against, looks, precision, True)
            reached = precision == 0.0 or max(comparison.halves()) <= precision
            if reached or comparison.n >= most:
                return comparison._replace(reached=reached)


def _blocks(crises: Sequence[Crisis], outcome: Outcome, seed: int, first: int, runs: int, threads: int) -> Iterator[Played]:
    """Runs ``first`` onward of all crises, a block at a time, each a ``Played``; a few blocks are in memory at once."""
    spans = [(start, min(kernel.CHUNK, first + runs - start)) for start in range(first, first + runs, kernel.CHUNK)]
    jobs = ((crisis, start, n) for start, n in spans for crisis in crises)
    with thread_pool(threads) as pool:
        submitted = (pool.submit(_cell, crisis, outcome, seed, start, n) for crisis, start, n in jobs)
        waiting = deque(itertools.islice(submitted, threads + len(crises)))
        for _ in spans:
            cells = []
            for _ in crises:
                cells.append(waiting.popleft().result())
                waiting.extend(itertools.islice(submitted, 1))
            yield _together(cells)


def _cell(crisis: Crisis, outcome: Outcome, seed: int, first: int, runs: int):
    """Some runs of one crisis: their rows, outcomes, count and spreads."""
    rows = kernel.simulate(crisis, seed, runs, first, workers=1)
    horizon, early = math.floor(crisis.horizon * DAY), early_outcome(outcome, crisis)
    return (
        rows,
        outcome.values(rows),
        counted(rows, horizon),
        spreads(rows, crisis),
        amounts(rows, horizon),
        early.values(rows) if early else None,
    )


def early_outcome(outcome: Outcome, crisis: Crisis) -> Outcome | None:
    """The outcome by day EARLY; None where the runs do not tell it, or end then."""
    return outcome.by(EARLY) if crisis.horizon > EARLY else None


def _together(cells) -> Played:
    """The block of the same runs of all alternatives."""
    rows, outcomes, counts, kept, parts, early = (list(part) for part in zip(*cells, strict=True))
    values = np.stack(outcomes)
    moved = (values != values[0]).sum(1)
    differing = np.array([(one != rows[0]).any(1).sum() for one in rows])
    ways = [moments(np.concatenate([part[:, w] for part in np.array(parts).swapaxes(0, 1)])) for w in range(len(WAYS))]
    soon = None if any(one is None for one in early) else moments(np.stack(early))
    return Played(moments(values), counts, kept, moved, differing, ways, soon)


def _merged(one: Played, two: Played) -> Played:
    """Two blocks together, in the order of the runs."""
    counts = [combined_counts(a, b) for a, b in zip(one.counts, two.counts, strict=True)]
    kept = [combined_spreads(a, b) for a, b in zip(one.spreads, two.spreads, strict=True)]
    return Played(
        combined_moments(one.moments, two.moments),
        counts,
        kept,
        one.moved + two.moved,
        one.differing + two.differing,
        [combined_moments(a, b) for a, b in zip(one.ways, two.ways, strict=True)],
        combined_moments(one.early, two.early) if one.early and two.early else None,
    )


def contrasts(played: Played, labels: list[str], probability: bool) -> list[Contrast]:
    """Every alternative against the base."""
    sums, alone, all_of_them = played.moments, bonferroni_z(1), bonferroni_z(len(labels) - 1)
    held = [difference(sums, i, 0, all_of_them, probability) for i in range(len(labels))]
    verdicts = [verdict(interval, int(played.differing[i])) for i, interval in enumerate(held)]
    return [
        Contrast(
            labels[i],
            verdicts[i],
            difference(sums, i, 0, alone, probability),
            held[i],
            ratio(sums, i, 0, alone, probability),
            variance_reduction(sums, i, 0),
            int(played.moved[i]),
            int(played.differing[i]),
            runs_to_resolve(sums, i, 0, all_of_them),
            ranks(sums, i, probability) if verdicts[i] != SAME else None,
        )
        for i in range(1, len(labels))
    ]
