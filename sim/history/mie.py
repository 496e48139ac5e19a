"""Records of the crises in MIE 1.0 (Militarized Interstate Events; Gibler & Miller 2023), from the original file.

Its terms (non-commercial, cite, no redistribution) keep the file and what is made of it out of the program: whoever has it
runs ``escalation records mie=FILE``. A crisis is a confrontation of two states alone; it is opened by its first act of force
short of war whose day is known and whose side is known (a clash has none). The coding choices:

- rungs by MID action code, as intervals: a code tells a shelled post from a base that was struck no better than that;
- an act of war (hostility level 5) is rung 9, and the record ends with it; else it ends a year after the opening, or with 2014;
- threats and displays of force are signals, which are not held against the model;
- later acts are those of the pair in any confrontation of theirs: a crisis that has "ended" still counts;
- the dead are military alone: a toll above none is given as a least and no most, a toll of none is not given.
"""

import csv
import math
import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sim.history.collection import LARGEST, NAME

COLUMNS = (
    "micnum", "eventnum", "ccode1", "ccode2", "stmon", "stday", "styear", "action", "hostlev",
    "fatalmin1", "fatalmax1", "fatalmin2", "fatalmax2",
)  # fmt: skip
FORCE, WAR = 4, 5  # levels of hostility
CLASH = 17  # the action code without an initiator
RUNGS = {12: (5, 5), 13: (5, 5), 14: (5, 7), 15: (5, 5), 16: (5, 8), 17: (5, 8)}  # of acts of force, by action code
UNKNOWN = (5, 8)  # the rungs of any other
LAST, FOLLOWED = date(2014, 12, 31), 365  # the last day of the data, the days a crisis is followed
MOST = 10**6


class Event(NamedTuple):
    """A row of the file."""

    confrontation: int
    number: int
    who: int
    whom: int
    day: date
    precision: str  # "day", or so many days either way
    action: int
    level: int
    dead: int  # of the other side, at the least


def records(path: str, since: int) -> Iterator[dict]:
    """The mapping of each crisis that opens from the year ``since`` on, by number. Raises ``ValueError``."""
    events = list(_events(path))
    pairs, confrontations = defaultdict(list), defaultdict(list)
    for one in events:
        pairs[frozenset((one.who, one.whom))].append(one)
        confrontations[one.confrontation].append(one)
    for number, own in sorted(confrontations.items()):
        states = frozenset(state for one in own for state in (one.who, one.whom))
        opening = next((one for one in sorted(own, key=_order) if _opens(one)), None)
        if len(states) == 2 and opening and opening.day.year >= since and opening.day < LAST:
            yield _crisis(number, opening, sorted(pairs[states], key=_order))


def _opens(one: Event) -> bool:
    return one.level == FORCE and one.precision == "day" and one.action != CLASH


def _order(one: Event) -> tuple:
    return one.day, one.confrontation, one.number


def _crisis(number: int, opening: Event, events: list[Event]) -> dict:
    """The mapping of one crisis, from all events of its pair."""
    end = min(opening.day + timedelta(days=FOLLOWED), LAST)
    later = [one for one in events if opening.day <= one.day <= end and one != opening]
    if war := next((one for one in later if one.level == WAR), None):
        end = war.day
        later = [one for one in later if one.day <= end and (one.level < WAR or one is war)]
        later = [one for one in later if one is war or one.day < end]
    return {
        NAME: f"mie_{number}",
        "title": f"MIE {number}: {opening.who} and {opening.whom}",
        "a": str(opening.who),
        "b": str(opening.whom),
        "recorded": ["force"],
        "complete_from": 5,
        "end": end.isoformat(),
        "opening": _entry(opening, opening),
        "entries": [_entry(one, opening) for one in later],
        "background": [_entry(one, opening) for one in events if one.day < opening.day],
    }


def _entry(one: Event, opening: Event) -> dict:
    """An event as an entry."""
    force = one.level >= FORCE
    actor = "both" if one.action == CLASH else "a" if one.who == opening.who else "b"
    entry: dict = {
        "time": one.day.isoformat(),
        "precision": one.precision,
        "actor": actor,
        "kind": "force" if force else "signal",
    }
    low, high = (9, 9) if one.level == WAR else RUNGS.get(one.action, UNKNOWN) if force else (3, 3)
    entry |= {"rung": [low, high], "act": f"action {one.action}", "source": f"MIE 1.0 {one.confrontation}-{one.number}"}
    return entry | ({"deaths": [one.dead, MOST]} if one.dead > 0 and force else {})


def _events(path: str) -> Iterator[Event]:
    """The rows of the file."""
    if os.path.lexists(path) and (not os.path.isfile(path) or os.path.getsize(path) > LARGEST):  # a pipe, say, never ends
        raise ValueError(f"{path!r} cannot be read: it must be a file of at most {LARGEST:,} bytes")
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
                raise ValueError(f"{path} must be the file of MIE 1.0; it has no column {missing[0]}")
            for number, row in enumerate(rows, 2):
                try:
                    yield _event({name: _whole(row[name]) for name in COLUMNS})
                except (TypeError, ValueError, OverflowError):
                    raise ValueError(f"{path}, line {number}: must hold whole numbers that make a date") from None
    except OSError as error:
        raise ValueError(f"{path!r} cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error):
        raise ValueError(f"{path} must be a table of comma-separated values in UTF-8") from None


def _whole(text: str) -> int:
    """A whole number, which R may have written as 3.0 or NA; what is missing is -9."""
    if text in ("", "NA"):
        return -9
    value = float(text)
    if not math.isfinite(value) or value != value // 1:
        raise ValueError
    return int(value)


def _event(row: dict[str, int]) -> Event:
    """A row of whole numbers as an event: a day that is not known becomes the middle of its month or year."""
    month, day = row["stmon"], row["stday"]
    precision = "day" if month > 0 and day > 0 else "16 days" if month > 0 else "184 days"
    when = date(row["styear"], month if month > 0 else 7, day if precision == "day" else 15 if month > 0 else 1)
    sides = row["micnum"], row["eventnum"], row["ccode1"], row["ccode2"]
    return Event(*sides, when, precision, row["action"], row["hostlev"], max(0, row["fatalmin2"]))
