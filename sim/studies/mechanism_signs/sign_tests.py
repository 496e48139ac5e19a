"""Does the game show the signs predicted of it? Every case is played on the same chances and answered with an interval."""

import itertools
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from sim.engine.kernel import ROW
from sim.execution.in_order import chunks
from sim.statistics.intervals import half_width
from sim.statistics.paired_differences import recovered, together
from sim.storage import parquet
from sim.storage.provenance import provenance, write_json
from sim.studies.mechanism_signs.predictions import EITHER, LOWER, NONE, NOT_SAME, RAISE, SAME, ZERO, Case, crises

OUTCOMES = (
    "peak", "strikes_a", "strikes_b", "state_strikes_a", "state_strikes_b", "killed_by_strikes_a", "killed_by_strikes_b",
    "killed_kin", "killed_by_attacks_a", "killed_by_attacks_b", "attacks_a", "attacks_b", "attributed", "war_at",
    "first_strike_at", "state_strike_at",
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


def signs(cases, seed, runs, threads=0):
    """The cases answered by ``runs`` runs of each of their crises on the same chances: a list of ``Sign``."""
    listed = crises(cases)
    number = {crisis: i for i, crisis in enumerate(listed)}
    ready = [max(number[crisis] for _, crisis in case.terms) for case in cases]
    last = {i: max(r for r, case in zip(ready, cases, strict=True) if listed[i] in dict(map(reversed, case.terms)))
            for i in range(len(listed))}  # fmt: skip
    z = together(sum(case.predicted not in (SAME, NOT_SAME) for case in cases))
    kept, found = {}, [None] * len(cases)
    for cell, group in itertools.groupby(chunks(listed, seed, runs, threads), key=lambda chunk: chunk.cell):
        kept[cell] = np.concatenate([chunk.rows[:, KEPT].astype(np.int32) for chunk in group])
        for i, case in enumerate(cases):
            if ready[i] == cell:
                found[i] = answered(case, [(weight, kept[number[crisis]]) for weight, crisis in case.terms], z)
        kept = {i: rows for i, rows in kept.items() if last[i] > cell}
    return found


def answered(case, played, z):
    """The ``Sign`` of a case from pairs of weight and outcomes [runs, len(OUTCOMES)]."""
    column = OUTCOMES.index(case.event.column)
    events = [(weight, rows[:, column] >= case.event.least) for weight, rows in played]
    difference = sum(weight * event.astype(np.int64) for weight, event in events)
    n, first = len(difference), played[0][1]
    if len(events) == 2:
        low, high = recovered(int((difference > 0).sum()), int((difference < 0).sum()), n, z)
    else:
        half = half_width(float(difference.var()), n, z)
        low, high = difference.mean() - half, difference.mean() + half
    differing = int(np.any([(rows != first).any(1) for _, rows in played], axis=0).sum())
    before = next(float(event.mean()) for weight, event in events if weight < 0)
    return Sign(
        case, before, float(difference.mean()), float(low), float(high), differing, n,
        verdict(case.predicted, low, high, differing),
    )  # fmt: skip


def verdict(predicted, low, high, differing):
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


TABLE = (
    ("section", pa.string(), "", "part of the table"),
    ("case", pa.string(), "", "the mechanism or the pair of crises compared"),
    ("changes", pa.string(), "", "what it changes"),
    ("event", pa.string(), "", "whose probability is compared"),
    ("predicted", pa.string(), "", "sign predicted; empty where none is"),
    ("before", pa.float64(), "probability", "of the event without the mechanism"),
    ("difference", pa.float64(), "probability", "with the mechanism less without it, or a difference of such differences"),
    ("low", pa.float64(), "probability", "lower end of the interval, 95 % together with all others"),
    ("high", pa.float64(), "probability", "upper end of the interval"),
    ("differing", pa.int64(), "runs", "runs in which any outcome differs"),
    ("n", pa.int64(), "runs", "runs of each crisis"),
    ("verdict", pa.string(), "", "what the interval says to the prediction"),
    ("why", pa.string(), "", "the reason, where the model disagrees"),
)


def save(folder, found, request):
    """Write ``table.parquet`` and ``summary.json``."""
    rows = [
        (
            s.case.section, s.case.name.strip(), s.case.changes, s.case.event.words, s.case.predicted, s.before, s.value, s.low,
            s.high, s.differing, s.n, s.verdict, s.case.why if s.verdict == DISAGREES else "",
        )
        for s in found
    ]  # fmt: skip
    columns = [pa.array(values, type=kind) for values, (_, kind, _, _) in zip(zip(*rows, strict=True), TABLE, strict=True)]
    parquet.write(folder / "table.parquet", pa.table(columns, schema=pa.schema([parquet.field(*column) for column in TABLE])))
    about = {"experiment": "signs", "seed": request.seed, "runs": request.runs, "interval": "95 % together (Bonferroni)"}
    names = [name for name, *_ in TABLE]
    write_json(
        folder / "summary.json",
        about
        | {"case": request.case.words, "made by": provenance(), "signs": [dict(zip(names, row, strict=True)) for row in rows]},
    )
