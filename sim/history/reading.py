"""From a mapping, as YAML has it, to a ``Record``: every problem in a line that names the entry."""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sim.design.errors import InputError
from sim.history.moment import moment, window
from sim.history.record import ACTORS, CONFIDENCES, FORCE, KINDS, STAND_DOWN, Entry, Record
from sim.model.ladder import CLASH, EXCHANGE, WAR

MOST = 10**6  # deaths
FIELDS = ("time", "precision", "actor", "kind", "rung", "deaths", "kin", "known_at", "act", "confidence", "source", "note")
KEYS = ("title", "a", "b", "offset", "recorded", "complete_from", "end", "opening", "entries", "background")
SHARED = ("contact", STAND_DOWN, "restored", "mechanism")  # what two sides do together


class BadRecord(InputError):
    """A record that cannot be taken; ``lines`` say why, one a problem."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(*lines)


def record(mapping: Any, name: str) -> Record:
    """The record a mapping holds. Raises ``BadRecord`` with every problem found."""
    if not isinstance(mapping, dict):
        raise BadRecord([f"record must be a mapping of {', '.join(KEYS)}, got {mapping!r}"])
    if lines := list(_outside(mapping)):
        raise BadRecord(lines)
    offset = mapping.get("offset", "+00:00")
    first, last = window(str(mapping["opening"]["time"]), mapping["opening"].get("precision", "exact"), offset)
    zero = first + (last - first) / 2
    end = int((_end(mapping["end"], offset) - zero) / timedelta(minutes=1))
    opening, *entries = [
        _entry(number, one, offset, zero) for number, one in enumerate([mapping["opening"], *(mapping.get("entries") or [])])
    ]
    found = Record(
        name,
        str(mapping["title"]),
        (str(mapping["a"]), str(mapping["b"])),
        zero.isoformat(),
        opening,
        entries,
        tuple(mapping.get("recorded", (FORCE,))),
        mapping.get("complete_from", CLASH),
        end,
    )
    if lines := list(_contradictions(found)):
        raise BadRecord(lines)
    return found


def _end(text: Any, offset: str) -> datetime:
    """The moment a record ends: a day counts to its end."""
    return window(str(text), "day", offset)[1] if "T" not in str(text) else moment(str(text))


def _entry(number: int, one: dict, offset: str, zero: datetime) -> Entry:
    """An entry that has been checked, in minutes from ``zero``."""

    def minutes(at: datetime) -> int:
        return math.floor((at - zero) / timedelta(minutes=1))

    first, last = window(str(one["time"]), one.get("precision", "exact"), offset)
    known = minutes(_end(one["known_at"], offset)) if "known_at" in one else minutes(last)
    rungs, deaths, kin = (_span(one.get(key)) for key in ("rung", "deaths", "kin"))
    kind = one.get("kind", FORCE)
    texts = (str(one.get("act", "")), one.get("confidence", "medium"), str(one.get("source", "")))
    return Entry(number, kind, one["actor"], minutes(first), minutes(last), known, rungs or (0, 0), deaths, kin, *texts)


def _span(value: Any) -> tuple[int, int] | None:
    """A number or [least, most] as a pair."""
    if value is None:
        return None
    return (value[0], value[1]) if isinstance(value, list) else (value, value)


def _outside(mapping: dict) -> Iterator[str]:
    """A line for each thing that is of no admissible form."""
    yield from (f"record.{key} is not a key; there are {', '.join(KEYS)}" for key in mapping if key not in KEYS)
    yield from (f"record.{key} is missing" for key in ("title", "a", "b", "end", "opening") if not mapping.get(key))
    offset = mapping.get("offset", "+00:00")
    try:
        moment(f"2000-01-01T00:00{offset}")
    except ValueError:
        yield f"record.offset must be an offset from UTC such as +05:00, got {offset!r}"
        return
    kinds, low = mapping.get("recorded", []), mapping.get("complete_from", CLASH)
    if not isinstance(kinds, list) or any(one not in [*KINDS] for one in kinds):
        yield f"record.recorded must list kinds ({', '.join(KINDS)}), got {kinds!r}"
    if not _whole(low, CLASH, WAR):
        yield f"record.complete_from must be a rung in [{CLASH}, {WAR}], got {low!r}"
    if mapping.get("end"):
        try:
            _end(mapping["end"], offset)
        except ValueError as error:
            yield f"record.end: {error}"
    entries = mapping.get("entries") or []
    if not isinstance(entries, list):
        yield f"record.entries must be a list, got {entries!r}"
        return
    for number, one in enumerate([mapping.get("opening"), *entries]):
        yield from (f"{_called(number)}: {line}" for line in _wrong(one, number, offset))


def _called(number: int) -> str:
    """What an entry is called in a message."""
    return f"record.entries[{number}]" if number else "record.opening"


def _wrong(one: Any, number: int, offset: str) -> Iterator[str]:
    """What is wrong with one entry by itself."""
    if not isinstance(one, dict) or "time" not in one or "actor" not in one:
        yield f"must be a mapping with time, actor and kind, got {one!r}"
        return
    yield from (f"{key} is not a field; there are {', '.join(FIELDS)}" for key in one if key not in FIELDS)
    for key, names in (("actor", ACTORS), ("kind", tuple(KINDS)), ("confidence", CONFIDENCES)):
        value = one.get(key, FORCE if key == "kind" and number == 0 else "medium" if key == "confidence" else None)
        if value not in names:
            yield f"{key} must be one of {', '.join(names)}, got {value!r}"
    try:
        window(str(one["time"]), one.get("precision", "exact"), offset)
        if "known_at" in one:
            _end(one["known_at"], offset)
    except (ValueError, TypeError, OverflowError) as error:
        yield str(error)
    for key, low, high in (("rung", 1, WAR), ("deaths", 0, MOST), ("kin", 0, MOST)):
        if key in one and not _spans(one[key], low, high):
            yield f"{key} must be a whole number in [{low}, {high}] or [least, most] of them, got {one[key]!r}"


def _whole(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _spans(value: Any, low: int, high: int) -> bool:
    """Whether a value is a whole number within bounds or a pair of them in order."""
    if isinstance(value, list):
        return len(value) == 2 and all(_whole(x, low, high) for x in value) and value[0] <= value[1]
    return _whole(value, low, high)


def _contradictions(found: Record) -> Iterator[str]:
    """What cannot be true together, entry by entry."""
    opening = found.opening
    if opening.kind not in (FORCE, "attack"):
        yield f"record.opening: kind must be force or attack, got {opening.kind!r}"
    if opening.kind == FORCE and (opening.actor not in ("a", "b", "both") or not CLASH <= opening.rungs[0] <= EXCHANGE):
        yield f"record.opening: must be by a or b at a rung in [{CLASH}, {EXCHANGE}], got {opening.actor} at {opening.rungs[0]}"
    if found.end <= opening.latest:
        yield "record.end must lie after the opening"
    war = next((one for one in found.force() if one.rungs[0] == WAR), None)
    for one in found.entries:
        yield from (f"{_called(one.number)}: {line}" for line in _against(one, found, war))


def _against(one: Entry, found: Record, war: Entry | None) -> Iterator[str]:
    """What is wrong with an entry as a part of its record."""
    if one.latest <= found.opening.earliest:
        yield "lies before the opening; what came before it belongs into record.background"
    if one.earliest >= found.end:
        yield "lies after the end of the record"
    if one.kind == FORCE and one.actor not in ("a", "b", "both"):
        yield f"force is by a, b or both, got {one.actor}"
    if one.kind == FORCE and one.rungs[0] < CLASH:
        yield f"force needs a rung in [{CLASH}, {WAR}], got {one.rungs[0]}"
    if one.kind == "attack" and not one.actor.startswith("militants"):
        yield f"an attack is by militants_a or militants_b, got {one.actor}"
    if one.kind in SHARED and one.actor not in ("both", "third"):
        yield f"{one.kind} is by both, got {one.actor}"
    if war and one is not war and one.earliest >= war.latest:
        yield f"comes after war ({_called(war.number)}): a run ends there, and so must the record"
    if one.known < one.earliest:
        yield "is known before it happened"
