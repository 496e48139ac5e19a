"""A record of a crisis: what is known to have happened, when (a window), by whom, and what would have been noticed.

Times are whole minutes from the middle of the opening's window. What is of no recorded kind may have happened all the same.
"""

from typing import NamedTuple

FORCE, STAND_DOWN = "force", "stand_down"
KINDS = {
    "protest": "words: accusation, protest, envoy summoned (rung 1)",
    "sanction": "ambassador recalled, border or airspace closed (rung 2)",
    "signal": "alert, drill, threat of force (rung 3)",
    "attack": "militant attack on a or b (rung 4)",
    FORCE: "act of force by a state (rung 5 to 9)",
    "restraint": "conciliatory statement (step 1)",
    "third_party": "offer or good offices of a third party (step 2)",
    "contact": "call or meeting of the two sides (step 3)",
    STAND_DOWN: "ceasefire or joint statement that ends an episode (step 4)",
    "restored": "ambassadors back, border open again (step 5)",
    "mechanism": "a mechanism agreed (step 6)",
}
ACTORS = ("a", "b", "both", "militants_a", "militants_b", "third")
CONFIDENCES = ("high", "medium", "low")


class Entry(NamedTuple):
    """One entry. The window is [earliest, latest)."""

    number: int  # its place in the file from 1 on; the opening is 0
    kind: str  # one of KINDS
    actor: str  # one of ACTORS: who did it; militants_a attack a
    earliest: int
    latest: int
    known: int  # minute from which it was known
    rungs: tuple[int, int]  # least and most; (0, 0) where it has none
    deaths: tuple[int, int] | None  # nationals of the side struck: least and most; None where not known
    kin: tuple[int, int] | None  # others killed, militants and kin of the striker's origin
    act: str
    confidence: str
    source: str


class Record(NamedTuple):
    """One crisis, the opening apart."""

    name: str
    title: str
    sides: tuple[str, str]
    start: str  # the middle of the opening's window, ISO with offset
    opening: Entry
    entries: list[Entry]  # in the order of the file
    recorded: tuple[str, ...]  # kinds of which nothing happened but what is listed
    complete_from: int  # lowest rung from which the acts of force are all listed
    end: int  # minute at which the record ends

    def until(self, minute: int) -> "Record":
        """What was known at a minute: entries that had begun and were known by then; the record ends there."""
        known = [one for one in self.entries if one.earliest < minute and one.known <= minute]
        return self._replace(entries=known, end=min(self.end, minute))

    def held(self) -> list[Entry]:
        """The entries a model is held to: of the recorded kinds, and stand-downs, of which more may have happened."""
        return [one for one in self.entries if one.kind in (*self.recorded, STAND_DOWN)]

    def force(self) -> list[Entry]:
        """The acts of force after the opening that would all have been noticed, in order of their windows."""
        acts = [one for one in self.entries if one.kind == FORCE and one.rungs[1] >= self.complete_from]
        return sorted(acts, key=lambda one: (one.earliest, one.latest, one.number))
