"""How soon each step of the way down is reached under each alternative, and whether that is sooner than under the base."""

import math
from typing import NamedTuple, Protocol

import numpy as np

from sim.model.outcome_columns import TIMES
from sim.runs.competing_risks import STEPS, holm, log_rank
from sim.runs.outcome import Outcome
from sim.runs.summary import Count
from sim.statistics.intervals import Triple, clopper_pearson
from sim.statistics.kaplan_meier import life, median
from sim.statistics.paired_differences import bonferroni_z

RARE = 0.05  # p-values below it count


class TimeToStep(NamedTuple):
    """One step under one alternative."""

    label: str
    step: str  # the name of the time
    reached: Triple  # the share of runs that reach it by the horizon, and its 95 % interval
    median: Triple  # Kaplan–Meier, minutes, and its 95 % interval; NaN where not reached by half
    z: float  # log-rank against the base: positive where it is reached sooner
    p: float  # of all tests here together (Holm 1979); 1 for the base
    told: bool | None  # whether what is shown differs from the base's: the medians, or the log-rank test where there is none


class _Played(Protocol):
    @property
    def counts(self) -> list[Count]: ...
    @property
    def differing(self) -> np.ndarray: ...


class Compared(Protocol):
    """Alternatives played on the same chances, the base first, such as a comparison."""

    @property
    def labels(self) -> list[str]:
        """Their names."""

    @property
    def outcome(self) -> Outcome:
        """What is compared."""

    @property
    def played(self) -> _Played:
        """What is kept of their runs."""


def times_to_steps(found: Compared) -> list[TimeToStep]:
    """The ``Pace`` of every step under every alternative of a ``Comparison``: by step, then by alternative, base first.

    The steps are those of the channel, and the outcome's own time where it is one.
    """
    steps = list(dict.fromkeys([*STEPS, *([found.outcome.name] if found.outcome.name in TIMES else [])]))
    out, counts = [], found.played.counts
    at_once = bonferroni_z((len(counts) - 1) * len(steps))
    for step in steps:
        lives = [life(count, step) for count in counts]
        wide = [median(count, step, at_once) for count in counts]
        for i, (label, count, one) in enumerate(zip(found.labels, counts, lives, strict=True)):
            z, p = log_rank(one, lives[0]) if found.played.differing[i] else (0.0, 1.0)
            reached = clopper_pearson(int(one.events.sum()), one.n)
            out.append(TimeToStep(label, step, reached, median(count, step), z, p, apart(wide[i], wide[0])))
    tested = [i for i, pace in enumerate(out) if pace.label != found.labels[0]]
    adjusted = dict(zip(tested, holm([out[i].p for i in tested]), strict=True))
    return [_tested(pace, adjusted.get(i, 1.0), found.labels[0]) for i, pace in enumerate(out)]


def apart(one: Triple, two: Triple) -> bool | None:
    """Whether the interval of the difference of two medians leaves out zero; None where either is not reached by half.

    The interval is recovered from the medians' own (Zou & Donner 2008), as of independent runs: on the same chances it is too
    wide rather than too narrow. An end that the runs leave open is at infinity.
    """
    if one[0] != one[0] or two[0] != two[0]:
        return None
    (m, m_low, m_high), (w, w_low, w_high) = (_closed(median) for median in (one, two))
    gap = m - w
    return bool(gap - math.hypot(m - m_low, w_high - w) > 0.0 or gap + math.hypot(m_high - m, w - w_low) < 0.0)


def _closed(median: Triple) -> Triple:
    """A median with its open ends at 0 and infinity."""
    value, low, high = median
    return value, low if low == low else 0.0, high if high == high else math.inf


def _tested(pace: TimeToStep, p: float, base: str) -> TimeToStep:
    """The pace with its adjusted p, and what may be said of it: a log-rank test decides where there are no two medians."""
    told = p < RARE if pace.told is None else pace.told
    return pace._replace(p=p, told=bool(told) and pace.label != base)
