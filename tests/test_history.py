"""Records of crises: every given one is read, windows are what was known of a time, and a bad entry is told by its number."""

import copy
from datetime import UTC, datetime

import pytest
import yaml

from sim.design.paths import CONFIGS
from sim.history.moment import window
from sim.history.reading import BadRecord, record

FILES = sorted((CONFIGS / "record").glob("*.yaml"))
GOOD = {
    "title": "A crisis", "a": "A", "b": "B", "offset": "+05:00", "end": "2024-02-01",
    "opening": {"time": "2024-01-16T20:00+05:00", "precision": "2 hours", "actor": "a", "rung": 6, "deaths": 2},
    "entries": [
        {"time": "2024-01-18T04:30+03:30", "precision": "2 hours", "actor": "b", "kind": "force", "rung": 6, "deaths": 0,
         "kin": 9},
        {"time": "2024-01-22", "precision": "day", "actor": "both", "kind": "stand_down"},
    ],
}  # fmt: skip


def changed(path, value):
    """``GOOD`` with one thing changed: a path of keys."""
    mapping = copy.deepcopy(GOOD)
    inner = mapping
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return mapping


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_given_record_is_read(path):
    found = record(yaml.safe_load(path.read_text(encoding="utf-8")), path.stem)
    assert found.opening.earliest < 0 < found.opening.latest
    assert found.force() == sorted(found.force(), key=lambda one: one.earliest)
    assert all(one.source for one in found.entries)


def test_there_are_eleven_and_their_windows_hold_the_known_clock():
    assert len(FILES) == 11
    found = record(yaml.safe_load((CONFIGS / "record" / "iran_pakistan_2024.yaml").read_text(encoding="utf-8")), "x")
    answer = found.force()[0]
    assert (answer.actor, answer.rungs, answer.kin) == ("b", (6, 6), (9, 9))
    assert answer.earliest <= 34 * 60 <= answer.latest
    assert [one.kind for one in found.until(3 * 1440).entries].count("force") == 1
    assert found.until(24 * 60).force() == []


def test_windows_are_what_is_known_of_a_time():
    def at(text):
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert window("2024-01-17", "day", "+05:00") == (at("2024-01-16T19:00"), at("2024-01-17T19:00"))
    assert window("2024-01-17", "1 day", "+00:00") == (at("2024-01-16T00:00"), at("2024-01-19T00:00"))
    assert window("2024-01-16T20:00+05:00", "2 hours", "") == (at("2024-01-16T13:00"), at("2024-01-16T17:00"))
    assert window("2024-01-16T20:00+05:00", "exact", "") == (at("2024-01-16T15:00"), at("2024-01-16T15:01"))
    assert window("2024-01-16T20:00+05:00", "day", "+05:00") == (at("2024-01-15T19:00"), at("2024-01-16T19:00"))


def test_what_was_not_known_yet_is_left_out():
    late = changed(("entries", 0, "known_at"), "2024-01-25")
    assert record(late, "x").until(5 * 1440).force() == []
    assert len(record(GOOD, "x").until(5 * 1440).force()) == 1


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("entries", 0, "actor"), "c", "record.entries[1]: actor must be one of a, b, both"),
        (("entries", 1, "kind"), "peace", "record.entries[2]: kind must be one of protest"),
        (("entries", 0, "rung"), 4, "record.entries[1]: force needs a rung in [5, 9], got 4"),
        (("entries", 0, "rung"), [8, 6], "record.entries[1]: rung must be a whole number in [1, 9] or [least, most]"),
        (("entries", 0, "time"), "2024-01-18T04:30", "record.entries[1]: time must be a day (2024-01-17) or a time with"),
        (("entries", 0, "time"), "2023-12-18", "record.entries[1]: lies before the opening"),
        (("entries", 0, "time"), "2025-01-18", "record.entries[1]: lies after the end of the record"),
        (("entries", 0, "precision"), "roughly", "record.entries[1]: precision must be exact, day, or so many"),
        (("entries", 0, "known_at"), "2024-01-17", "record.entries[1]: is known before it happened"),
        (("entries", 1, "actor"), "a", "record.entries[2]: stand_down is by both, got a"),
        (("entries", 0, "deaths"), -1, "record.entries[1]: deaths must be a whole number in [0, 1000000]"),
        (("entries", 0, "rung"), 9, "record.entries[2]: comes after war (record.entries[1])"),
        (("entries", 0, "tome"), 1, "record.entries[1]: tome is not a field"),
        (("entries", 0), "text", "record.entries[1]: must be a mapping with time, actor and kind"),
        (("entries",), 3, "record.entries must be a list"),
        (("opening", "rung"), 9, "record.opening: must be by a or b at a rung in [5, 8]"),
        (("opening", "kind"), "contact", "record.opening: kind must be force or attack"),
        (("opening",), None, "record.opening is missing"),
        (("end",), "2024-01-15", "record.end must lie after the opening"),
        (("end",), "soon", "record.end: time must be a day"),
        (("offset",), "east", "record.offset must be an offset from UTC such as +05:00"),
        (("recorded",), ["all"], "record.recorded must list kinds"),
        (("complete_from",), 2, "record.complete_from must be a rung in [5, 9]"),
        (("titel",), "x", "record.titel is not a key"),
    ],
)  # fmt: skip
def test_a_bad_entry_is_told_by_its_number(path, value, said):
    with pytest.raises(BadRecord) as refused:
        record(changed(path, value), "x")
    assert any(line.startswith(said) for line in refused.value.lines), refused.value.lines


def test_a_record_that_is_no_mapping_is_refused():
    with pytest.raises(BadRecord, match="must be a mapping"):
        record([1], "x")
