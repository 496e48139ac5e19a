"""A record as the filter reads it, and the crisis it is a record of.

What is observed are the acts of the recorded kinds, of which there are no others, and the stand-downs, of which there may be
others: joint words after a small clash are in no record. Two stand-downs without an act of force between them are one that is
told twice: it came at some time from the first window's start to the last one's end. Of the dead of an act of force the model
makes either nationals of the side struck or kin of the striker's origin; where a record has both, the kin are not looked at.
Tolls are taken to be known to a quarter either way.
"""

import dataclasses
import math
from datetime import datetime
from typing import Any

import numpy as np

from sim.engine.conditioning.filtered import Observed
from sim.engine.conditioning.particle import (
    COMPLETE_FROM,
    END,
    ENTRY,
    HELD,
    MOST_ENTRIES,
    OPENED,
    OPENS,
    RECORDABLE,
    RECORDED,
    SETUP,
)
from sim.history.reading import BadRecord
from sim.history.record import FORCE, STAND_DOWN, Entry, Record
from sim.model.setting.crisis import Crisis

ANY = (0, 10**9)  # deaths, where they are not known
MARGIN = 0.25  # of a toll, either way
SIDES = {"a": 1, "b": 2, "both": 3, "militants_a": 1, "militants_b": 2, "third": 0}
OPENINGS = {
    "a": "strike_by_a",
    "b": "strike_by_b",
    "both": "strike_by_a",
    "militants_a": "attack_on_a",
    "militants_b": "attack_on_b",
}


def observed(found: Record) -> Observed:
    """What of a record is held against the model. Raises ``BadRecord`` for more than it can hold, or kinds it does not know."""
    if strange := [kind for kind in found.recorded if kind not in RECORDABLE]:
        raise BadRecord([f"record.recorded: of {strange[0]} the model cannot say that nothing happened; it can of {_all()}"])
    entries = sorted(_held(found), key=lambda one: (one.latest, one.earliest, one.number))
    if len(entries) > MOST_ENTRIES:
        raise BadRecord([f"record.entries: at most {MOST_ENTRIES} may be of recorded kinds, got {len(entries)}"])
    setup = np.zeros(SETUP, np.int64)
    setup[END], setup[COMPLETE_FROM] = found.end, found.complete_from
    setup[RECORDED] = sum(1 << RECORDABLE.index(kind) for kind in set(found.recorded))
    setup[HELD] = setup[RECORDED] | 1 << RECORDABLE.index(STAND_DOWN)
    setup[OPENS], setup[OPENED] = found.opening.earliest, found.opening.latest
    rows = [_row(one, found) for one in entries]
    return Observed(np.array(rows, np.int64).reshape(-1, ENTRY), setup)


def _all() -> str:
    return ", ".join(RECORDABLE)


def _held(found: Record) -> list[Entry]:
    """The entries of recorded kinds, stand-downs told twice as one."""
    force = found.force() if FORCE in found.recorded else []
    others = [one for one in found.held() if one.kind not in (FORCE, STAND_DOWN)]
    downs: list[Entry] = []
    for one in sorted((one for one in found.entries if one.kind == STAND_DOWN), key=lambda one: one.earliest):
        if downs and not any(downs[-1].earliest <= act.earliest and act.latest <= one.latest for act in force):
            downs[-1] = downs[-1]._replace(latest=max(downs[-1].latest, one.latest))
        else:
            downs.append(one)
    return [*force, *others, *downs]


def _row(one: Entry, found: Record) -> list[int]:
    """An entry as whole numbers."""
    dead, kin = _about(one.deaths), _about(one.kin)
    if dead[0] > 0:
        kin = ANY
    elif kin[0] > 0:
        dead = (0, dead[1])
    rungs = (max(one.rungs[0], found.complete_from), one.rungs[1]) if one.kind == FORCE else one.rungs
    who = 0 if one.kind in (STAND_DOWN, "contact", "restored", "mechanism") else SIDES[one.actor]
    window = one.earliest, min(one.latest, found.end)
    return [RECORDABLE.index(one.kind), who, *window, *rungs, *dead, *kin]


def _about(span: tuple[int, int] | None) -> tuple[int, int]:
    """A toll as it is held against the model: known to a quarter either way."""
    return (math.floor(span[0] * (1 - MARGIN)), math.ceil(span[1] * (1 + MARGIN))) if span else ANY


def crisis_of_record(crisis: Crisis, found: Record, horizon: float) -> Crisis:
    """``crisis`` opened as the record has it, between its two sides, for so many days: a toll of the opening is its middle."""
    opening = found.opening
    start = datetime.fromisoformat(found.start).replace(tzinfo=None).isoformat(timespec="minutes")
    numbers: dict[str, Any] = {
        "opening_dead": _middle(opening.deaths),
        "opening_kin": _middle(opening.kin) if opening.kind == FORCE else 0,
    }
    if opening.kind == FORCE:
        numbers["opening_rung"] = min(max(opening.rungs[0], 1), 8)
    names = {
        side: dataclasses.replace(getattr(crisis, side), name=name) for side, name in zip(("a", "b"), found.sides, strict=True)
    }
    return dataclasses.replace(
        crisis, title=found.title, start=start, horizon=horizon, opening=OPENINGS[opening.actor], **numbers, **names
    )


def _middle(span: tuple[int, int] | None) -> int:
    return min(10**6, (span[0] + span[1]) // 2) if span else 0
