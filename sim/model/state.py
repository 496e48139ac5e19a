"""What changes during a run: a value of small named tuples, replaced and never mutated.

The pending time of every actor is part of the state, so a state can be kept, compared, branched or stepped by hand.
Times are whole minutes from the start. Actors: 0 and 1 are the nations a and b, 2 and 3 the militants that attack a and
b, 4 the diplomatic channel, 5 the mechanism. What just happened is the state's ``latest`` act.
"""

import math
from typing import Any, NamedTuple, Protocol

from sim.model.numerics.jit import Uniform, compiled_as, jitted
from sim.model.rules.memory import Memory

A, B, MILITANTS_A, MILITANTS_B, CHANNEL, MECHANISM = range(6)
ACTORS = ("a", "b", "militants_a", "militants_b", "channel", "mechanism")
NEVER = 1 << 60

# phases of a council; SITTING: it sits at regular intervals; CAMPAIGNING: another act of its own follows the last
CALM, PROTESTING, DELIBERATING, PREPARING, SITTING, CAMPAIGNING = range(6)
NOT_ANSWERING = -1  # in place of a council's time: it will speak, and leave it at that
MIXED = -1.0  # the commitment type of a leadership that decides case by case
CONTACT, STATEMENT, ENVOYS, VISIT, AGREEMENT = range(1, 6)  # steps of the channel

KINDS = (
    "opening", "attack", "foiled", "averted", "words", "pass", "order", "act", "contact", "statement", "envoys", "visit",
    "agreement", "fading", "try", "meeting", "inquiry",
)  # fmt: skip
(OPENING, ATTACK, FOILED, AVERTED, WORDS, PASSED, ORDERED, ACTED, MADE_CONTACT, MADE_STATEMENT, ENVOYS_BACK, VISITED,
 AGREED, FADED, TRIED, MET, INQUIRED) = range(len(KINDS))  # fmt: skip


class Act(NamedTuple):
    """What happened: when (minutes), which actor, which kind, at what rung, and what came of it."""

    at: int
    who: int
    kind: int
    rung: int = 0  # of the act itself; for words that of the protest; for the channel the crisis rung after it
    seen: int = 0  # rung the other side perceived; for an attack 4 where it was attributed to the host, else 0
    dead_a: int = 0  # nationals of a killed
    dead_b: int = 0
    dead_kin: int = 0  # militants and kin of the striker's origin killed
    public: int = 0  # tone of the words that went with it, -1 to 1
    private: int = 0
    hit: int = 0  # of a strike on militants: 1 where it hit the group
    recalled: int = 0  # with words: 1 where the ambassador is recalled
    warned: int = 0  # of an attack, due or foiled: 1 where the host had passed a warning on
    held_a: int = 0  # 1 where a's council called its answer off: on a contact, or on the report of an inquiry
    held_b: int = 0
    slipped: int = 0  # of an order: 1 where it goes against the decision, an accident (rung above 0) or a failure (rung 0)
    cost_a: float = 0.0  # audience cost to a of backing down: its pressure at home when it passes or holds its fire
    cost_b: float = 0.0


class GrievanceAccount(NamedTuple):
    """A nation's account: the ledger of harm (strikes) and the pressure at home, both decaying since the minute ``since``."""

    ledger: float = 0.0
    pressure: float = 0.0
    since: int = 0


class Plan(NamedTuple):
    """Where a council stands: its phase, when it decides, what it ordered, when it was provoked."""

    phase: int = CALM
    council: int = NEVER
    ordered: int = 0
    since: int = NEVER
    cause: int = 0  # of an act ordered: just in its own eyes 1 + in the other side's 2


class Side(NamedTuple):
    """One nation, as it stands."""

    memory: Memory = Memory()
    account: GrievanceAccount = GrievanceAccount()
    plan: Plan = Plan()
    trust: float = 0.5  # probability that the other side is not behind its militants
    envoy: int = 1  # 1 at post, 0 recalled
    commitment_type: Uniform = MIXED  # a committed leadership's one draw against generosity; MIXED where each case has its own
    shared: int = 1  # whether it passed on the last warning it had
    acts: int = 1  # blocks of chance used for decisions and acts
    provocations: int = 1


class Group(NamedTuple):
    """A militant group: two unit-exponential clocks, for its base rate and for what its attacks set off."""

    base: float = 0.0  # left on the first clock at ``since``
    offspring: float = 0.0  # left on the second
    excitation: float = 0.0  # rate above the base at ``since``, per minute
    slowed: float = 1.0  # factor on both rates after strikes that hit it, until its next attack
    pace: float = 1.0  # factor on both rates while the channel makes progress
    since: int = 0
    attacks: int = 1
    complicit: int = 0  # the host is of the kind that stands behind it


class Talks(NamedTuple):
    """The channel: the crisis rung, the step reached, and the tries made."""

    rung: int = 0
    step: int = 0
    tries: int = 1


class MechanismState(NamedTuple):
    """The mechanism as it stands: since when (renewals count), how much is left, its meetings, a pending inquiry."""

    since: int = NEVER  # NEVER while it is not in force
    strength: float = 1.0
    meeting: int = NEVER  # when the next meeting is due
    inquiry: int = NEVER  # when the pending inquiry reports
    subject: int = A  # the side that asked for it
    evidence: float = 0.0  # what its false reading said against the host, a log likelihood ratio


class NextEventTimes(NamedTuple):
    """When each actor acts next (minutes; NEVER where nothing is pending)."""

    a: int = NEVER
    b: int = NEVER
    militants_a: int = NEVER
    militants_b: int = NEVER
    channel: int = NEVER
    mechanism: int = NEVER


class State(NamedTuple):
    """The whole of a run at one moment."""

    now: int = 0
    due: NextEventTimes = NextEventTimes()
    a: Side = Side()
    b: Side = Side()
    group_a: Group = Group()
    group_b: Group = Group()
    talks: Talks = Talks()
    mechanism_state: MechanismState = MechanismState()
    latest: Act = Act(0, A, OPENING)


# as they stand before anything has happened; compiled code changes these, for it knows no defaults
UNPROVOKED, NEW_ACCOUNT, NO_PLAN, NEW_SIDE, NEW_GROUP = Memory(), GrievanceAccount(), Plan(), Side(), Group()
NOT_IN_FORCE, NOTHING_DUE, NEW_STATE = MechanismState(), NextEventTimes(), State()


class Wait(Protocol):
    """A wait, or the time it ends at, of a kind of chance that leaves it open."""

    def later(self, now: int) -> Any: ...
    def not_before(self, now: int) -> Any: ...
    def sooner(self, other: Any) -> Any: ...


@jitted
def next_actor(due: NextEventTimes) -> int:
    """The actor that is due first; the lowest number goes first among those due together."""
    who, first = A, due.a
    if due.b < first:
        who, first = B, due.b
    if due.militants_a < first:
        who, first = MILITANTS_A, due.militants_a
    if due.militants_b < first:
        who, first = MILITANTS_B, due.militants_b
    if due.channel < first:
        who, first = CHANNEL, due.channel
    if due.mechanism < first:
        who, first = MECHANISM, due.mechanism
    return who


@jitted
def due_of(due: NextEventTimes, who: int) -> int:
    """When the actor ``who`` acts next."""
    if who == A:
        return due.a
    if who == B:
        return due.b
    if who == MILITANTS_A:
        return due.militants_a
    if who == MILITANTS_B:
        return due.militants_b
    return due.channel if who == CHANNEL else due.mechanism


@jitted
def _later(now: int, minutes: float) -> int:
    if not minutes < 5e11:
        return NEVER
    return now + math.ceil(minutes)


@compiled_as(_later)
def later(now: int, minutes: float | Wait) -> int:
    """The whole minute at or after ``minutes`` (a float) from ``now``; NEVER beyond a million years."""
    return _later(now, minutes) if isinstance(minutes, float) else minutes.later(now)


@jitted
def _soon(now: int, minutes: float) -> int:
    return _later(now, max(1.0, minutes))


@compiled_as(_soon)
def soon(now: int, minutes: float | Wait) -> int:
    """What ``later`` gives, but at least a minute from ``now``."""
    return _soon(now, minutes) if isinstance(minutes, float) else minutes.later(now)


@jitted
def _not_before(time: int, now: int) -> int:
    return max(time, now)


@compiled_as(_not_before)
def not_before(time: int | Wait, now: int) -> int:
    """``time``, or ``now`` where it has passed."""
    return _not_before(time, now) if isinstance(time, int) else time.not_before(now)


@jitted
def _sooner(one: int, other: int) -> int:
    return min(one, other)


@compiled_as(_sooner)
def sooner(one: int | Wait, other: int | Wait) -> int:
    """The first of two times."""
    if isinstance(one, int):
        return min(one, other) if isinstance(other, int) else other.sooner(one)
    return one.sooner(other)


@jitted
def earliest(due: NextEventTimes) -> int:
    """When the next actor acts."""
    return min(min(due.a, due.b), min(min(due.militants_a, due.militants_b), min(due.channel, due.mechanism)))
