"""Does the game show the signs predicted of it? Every case is played on the same chances and answered with an interval."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.engine.kernel import ROW
from sim.execution.in_order import chunks
from sim.statistics.intervals import half_width
from sim.statistics.paired_differences import bonferroni_z, mover_interval
from sim.studies.mechanism_signs.predictions import EITHER, LOWER, NONE, NOT_SAME, RAISE, SAME, ZERO, Case, crises

OUTCOMES = (
    "peak", "strikes_a", "strikes_b", "state_strikes_a", "state_strikes_b", "killed_by_strikes_a", "killed_by_strikes_b",
    "killed_militants", "killed_kin", "killed_by_attacks_a", "killed_by_attacks_b", "attacks_a", "attacks_b", "attributed",
    "war_at", "first_strike_at", "state_strike_at",
)  # fmt: skip
KEPT = [ROW.index(name) for name in OUTCOMES]  # compared run by run in a null: what happened, and not when talks were held
AGREES, DISAGREES, UNRESOLVED = "agrees", "DISAGREES", "unresolved"
LOWERS, RAISES, NO_CHANGE = "lowers", "raises", "same"


class Sign(NamedTuple):
    """One case answered."""

    case: Case
    before: float  # share of runs with the event in the crisis of weight -1
    value: float  # the weighted difference
    low: float  # its interval, which holds together with all others of the table
    high: float
    differing: int  # runs in which any of OUTCOMES differs
    n: int
    verdict: str


def sign_tests(cases: Sequence[Case], seed: int, runs: int, threads: int = 0) -> list[Sign]:
    """The cases answered by ``runs`` runs of each of their crises on the same chances."""
    listed = crises(list(cases))
    number = {crisis: i for i, crisis in enumerate(listed)}
    ready = [max(number[crisis] for _, crisis in case.terms) for case in cases]
    last = {i: max(r for r, case in zip(ready, cases, strict=True) if any(listed[i] == crisis for _, crisis in case.terms))
            for i in range(len(listed))}  # fmt: skip
    z = bonferroni_z(sum(case.predicted not in (SAME, NOT_SAME) for case in cases))
    kept: dict[int, np.ndarray] = {}
    found: dict[int, Sign] = {}
    for cell, group in itertools.groupby(chunks(listed, seed, runs, threads), key=lambda chunk: chunk.cell):
        kept[cell] = np.concatenate([chunk.rows[:, KEPT].astype(np.int32) for chunk in group])
        for i, case in enumerate(cases):
            if ready[i] == cell:
                found[i] = answered(case, [(weight, kept[number[crisis]]) for weight, crisis in case.terms], z)
        kept = {i: rows for i, rows in kept.items() if last[i] > cell}
    return [found[i] for i in range(len(cases))]


def answered(case: Case, played: Sequence[tuple[int, np.ndarray]], z: float) -> Sign:
    """The ``Sign`` of a case from pairs of weight and outcomes [runs, len(OUTCOMES)]."""
    column = OUTCOMES.index(case.event.column)
    events = [(weight, rows[:, column] >= case.event.least) for weight, rows in played]
    difference = np.sum([weight * event.astype(np.int64) for weight, event in events], axis=0)
    n, first = len(difference), played[0][1]
    if len(events) == 2:
        low, high = mover_interval(int((difference > 0).sum()), int((difference < 0).sum()), n, z)
    else:
        half = half_width(float(difference.var()), n, z)
        low, high = difference.mean() - half, difference.mean() + half
    differing = int(np.sum(np.any([(rows != first).any(1) for _, rows in played], axis=0)))
    before = next(float(event.mean()) for weight, event in events if weight < 0)
    return Sign(
        case, before, float(difference.mean()), float(low), float(high), differing, n,
        verdict(case.predicted, low, high, differing),
    )  # fmt: skip


def verdict(predicted: str, low: float, high: float, differing: int) -> str:
    """What an interval and the number of runs that differ say to a prediction. No number of runs shows that none differs."""
    if predicted == SAME:
        return AGREES if differing == 0 else DISAGREES
    if predicted == NOT_SAME:
        return AGREES if differing else UNRESOLVED
    if predicted == ZERO:
        return AGREES if low <= 0.0 <= high else DISAGREES
    if predicted in (EITHER, NONE):
        return NO_CHANGE if differing == 0 else LOWERS if high < 0.0 else RAISES if low > 0.0 else UNRESOLVED
    if {LOWER: low > 0.0, RAISE: high < 0.0}[predicted]:
        return DISAGREES
    return AGREES if {LOWER: high < 0.0, RAISE: low > 0.0}[predicted] else UNRESOLVED
