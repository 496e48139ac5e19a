"""What happened after a moment, read off a record: the outcomes a forecast is of, and whether the record reaches so far."""

from typing import NamedTuple

from sim.history.record import FORCE, STAND_DOWN, Entry, Record
from sim.model.ladder import WAR
from sim.model.parameter import DAY as LONG

DAY = int(LONG)  # in minutes, which a record counts whole
HORIZONS = (7, 30, 90)  # days
QUANTITIES = {
    "strike": "another act of force",
    "higher": "an act of force higher than any so far",
    "war": "war",
    "stand_down": "a stand-down",
}


class Outcome(NamedTuple):
    """One outcome after a moment."""

    at: float  # days from the moment until it came; infinite where it did not
    followed: float  # days for which the record goes on

    def by(self, days: float) -> bool | None:
        """Whether it came within so many days; None where the record does not reach so far and it had not come."""
        return True if self.at <= days else False if self.followed >= days else None


def outcomes(found: Record, minute: int) -> dict[str, Outcome]:
    """What came after a minute, from the whole record: an entry counts at the middle of its window."""
    force = [one for one in found.entries if one.kind == FORCE and one.rungs[1] >= found.complete_from]
    peak = max([one.rungs[0] for one in force if middle(one) < minute] + [found.opening.rungs[0]])
    kinds = {
        "strike": force,
        "higher": [one for one in force if one.rungs[0] > peak],
        "war": [one for one in force if one.rungs[0] == WAR],
        "stand_down": [one for one in found.entries if one.kind == STAND_DOWN],
    }
    ended = any(one.rungs[0] == WAR and middle(one) < minute for one in force)
    followed = 1e9 if kinds["war"] or ended else (found.end - minute) / DAY
    return {name: Outcome(_first(entries, minute), followed) for name, entries in kinds.items()}


def middle(one: Entry) -> float:
    """The middle of an entry's window, in minutes."""
    return (one.earliest + one.latest - 1) / 2


def _first(entries: list[Entry], minute: int) -> float:
    """Days until the first of some entries after a minute."""
    return min(((middle(one) - minute) / DAY for one in entries if middle(one) >= minute), default=float("inf"))
