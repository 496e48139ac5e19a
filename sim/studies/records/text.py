"""Records in words: the list of them, and one told."""

from collections import Counter
from datetime import datetime, timedelta

from sim.history.record import FORCE, KINDS, Entry, Record
from sim.model.parameter import DAY
from sim.model.text import shown
from sim.plotting.paragraphs import table, wrapped

LEGEND = (
    "Acts of force count from the opening on, those of a first; 'both' are counted for both. Sure: entries of high, medium and "
    "low confidence. Memory: entries that rest on the coder's memory alone. records record=NAME tells one."
)

HANG = " " * 5  # of an entry's lines beside its number


def listed(records: list[Record]) -> str:
    """A line a record: its opening, how long it is, its acts of force, and what they rest on."""
    rows = [("record", "opens", "days", "force", "entries", "sure", "memory")]
    return "\n\n".join([table([*rows, *map(_row, sorted(records, key=lambda one: one.name))]), wrapped(LEGEND)])


def _row(record: Record) -> tuple[str, ...]:
    """A record in a line of the list."""
    entries = [record.opening, *record.entries]
    sure = Counter(one.confidence for one in entries)
    force = [sum(one.kind == FORCE and one.actor in (side, "both") for one in entries) for side in "ab"]
    return (
        shown(record.name),
        record.start[:10],
        f"{record.end / DAY:.0f}",
        f"{force[0]}:{force[1]}",
        str(len(entries)),
        "/".join(str(sure[name]) for name in ("high", "medium", "low")),
        str(sum(one.source.startswith("M") for one in entries)),
    )


def told(found: Record) -> str:
    """A record, entry by entry in the order of time, with how sure each is."""
    entries = sorted([found.opening, *found.entries], key=lambda one: (one.earliest + one.latest, one.number))
    about = (
        f"{shown(found.title)}. a is {shown(found.sides[0])}, b is {shown(found.sides[1])}. Of {_kinds(found)} nothing "
        f"happened but what is listed, from the opening to the end of the record, {_date(found, found.end)} UTC; all else may "
        "have happened unrecorded. Times are UTC, from the earliest to the latest."
    )
    return "\n\n".join([wrapped(about), "\n".join(_line(one, found) for one in entries)])


def _kinds(found: Record) -> str:
    """What is recorded whole."""
    return " and ".join(f"{kind} from rung {found.complete_from} on" if kind == FORCE else kind for kind in found.recorded)


def _line(one: Entry, found: Record) -> str:
    """An entry in a paragraph of its own number."""
    said = [f"{_date(found, one.earliest)} to {_date(found, one.latest)}", f"{one.kind} by {_who(one, found)}"]
    if one.rungs[0]:
        said.append(f"rung {_span(one.rungs)}")
    if one.deaths:
        said.append(f"{_span(one.deaths)} dead")
    if one.kin:
        said.append(f"{_span(one.kin)} of other nationality or militants dead")
    if one.known > one.latest:
        said.append(f"known from {_date(found, one.known)}")
    source = f"{one.confidence}, {shown(one.source)}" if one.source else one.confidence
    line = wrapped(f"{', '.join(said)}: {shown(one.act) or KINDS[one.kind]} ({source})", HANG)
    return f"{one.number:>3}  {line.removeprefix(HANG)}"


def _who(one: Entry, found: Record) -> str:
    """Whose act it is."""
    a, b = map(shown, found.sides)
    names = {"a": a, "b": b, "both": "both", "third": "a third party"}
    return names.get(one.actor) or f"militants against {a if one.actor.endswith('_a') else b}"


def _span(pair: tuple[int, int]) -> str:
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]} to {pair[1]}"


def _date(found: Record, minute: int) -> str:
    """A minute of the record as a moment in UTC."""
    return (datetime.fromisoformat(found.start) + timedelta(minutes=minute)).strftime("%Y-%m-%d %H:%M")
