"""Targets of the case library: own coding of headline strikes, on the rungs of the ladder (docs/sources.md).

Famous cases, coded by one person: their answer rates are above those of routine incidents.
"""

from collections.abc import Iterator

import numpy as np

from sim.engine.kernel import ROW
from sim.model.ladder import CLASH, SANCTUARY_STRIKE
from sim.model.parameter import DAY, HOUR
from sim.studies.calibration.mid_levels import Incidents
from sim.studies.calibration.target import FITTED, HELD_OUT, Basis, Target, quantile, share

COLUMN = {name: j for j, name in enumerate(ROW)}
CASES = Basis("case library: headline strikes, 1999-2025")
CLOCK = Basis("January 2024: one crisis, where its strike was answered")
PAIR = Basis("Iran-Pakistan, 2019-2025")


def reached(rows: np.ndarray, column: str) -> np.ndarray:
    """When it was reached, in minutes; infinite where it was not."""
    at = rows[:, COLUMN[column]]
    return np.where(at < 0, np.inf, at)


def answered(rows: np.ndarray) -> np.ndarray:
    """Which runs saw the opening strike answered before its crisis had settled."""
    return (reached(rows, "answer_at") < np.inf) & (reached(rows, "answer_at") <= reached(rows, "statement_at"))


def answers(rows: np.ndarray, state: np.ndarray) -> Iterator[Target]:
    """Whether and when strikes are answered: on a sanctuary (``rows``), on a state's own forces (``state``)."""
    yes = answered(rows)
    yield share(CASES, "sanctuary strike answered by force", FITTED, 6 / 12, 12, yes.sum(), len(yes))
    for q, hours in ((0.25, 24.3), (0.5, 32.5), (0.75, 43.9)):
        yield _lag(f"that answer within {hours:g} h", q, hours, 6, rows[yes])
    yes = answered(state)
    yield share(CASES, "strike on the other's forces answered", FITTED, 14 / 22, 22, yes.sum(), len(yes))
    for q, hours in ((0.25, 3.5), (0.5, 31.0), (0.75, 252.0)):
        yield _lag(f"that answer within {hours:g} h", q, hours, 14, state[yes])


def _lag(quantity: str, q: float, hours: float, cases: int, rows: np.ndarray) -> Target:
    return quantile(CASES, quantity, FITTED, q, hours * HOUR, cases, reached(rows, "answer_at"))


def heights(rows: np.ndarray, coded: Incidents) -> Iterator[Target]:
    """How high it goes: what the headline probability hangs on. ``coded`` are the acts of the same runs, or of some."""
    peak = rows[:, COLUMN["peak"]]
    yield share(
        CASES, "opening at rung 6 reaches rung 7 or above", HELD_OUT, 2 / 9, 9, (peak > SANCTUARY_STRIKE).sum(), len(peak)
    )
    one, two = _answering(coded)
    yield share(CASES, "answer above what was received", FITTED, 5 / 19, 19, (two > one).sum(), len(one))
    at = one == SANCTUARY_STRIKE
    above = (two > one) & at
    yield share(CASES, "answer above a sanctuary strike", FITTED, 2 / 5, 5, above.sum(), at.sum())
    at = coded.rung == SANCTUARY_STRIKE
    yield quantile(CASES, "sanctuary strike kills 47 at most", FITTED, 1.0, 47.0, 12, coded.dead[at])


def _answering(coded: Incidents) -> tuple[np.ndarray, np.ndarray]:
    """The rungs of acts of force that the other side's act of force follows next, and the rungs of those."""
    force = coded.rung >= CLASH
    run, who, rung = coded.run[force], coded.who[force], coded.rung[force]
    pair = (run[1:] == run[:-1]) & (who[1:] != who[:-1])
    return rung[:-1][pair], rung[1:][pair]


def stand_down(rows: np.ndarray) -> Iterator[Target]:
    """How soon it stands down."""
    at = reached(rows, "stand_down_at")
    for q, days in ((0.1, 2.7), (0.25, 4.7), (0.5, 9.6), (0.75, 24.5), (0.9, 62.0)):
        role = HELD_OUT if q in (0.25, 0.75) else FITTED
        yield quantile(CASES, f"first strike to stand-down within {days:g} d", role, q, days * DAY, 17, at)


def clock(rows: np.ndarray) -> Iterator[Target]:
    """The clock of January 2024, from the first strike, over the runs in which that strike was answered."""
    yes = rows[answered(rows)]
    for column, words, at in (
        ("recall_at", "ambassador recalled within 16 h", 16 * HOUR),
        ("answer_at", "answered within 34 h", 34 * HOUR),
        ("statement_at", "joint statement within 6 d", 6 * DAY),
        ("stand_down_at", "call that led to it within 2.7 d", 2.7 * DAY),
        ("envoys_at", "ambassadors back within 10 d", 10 * DAY),
        ("agreement_at", "mechanism agreed within 13 d", 13 * DAY),
    ):
        yield quantile(CLOCK, words, FITTED, 0.5, at, 1, reached(yes, column))


def resort(rows: np.ndarray) -> Target:
    """How often a headline attack on the reference pair is answered by a strike."""
    attacks = rows[:, COLUMN["attacks_a"]].sum() + rows[:, COLUMN["attacks_b"]].sum()
    return share(PAIR, "headline attack answered by a strike", FITTED, 1 / 7, 7, rows[:, COLUMN["crises"]].sum(), attacks)
