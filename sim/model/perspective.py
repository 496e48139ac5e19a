"""The world as one side faces it, so that every rule of the game is written once for both.

``perspective`` turns a state towards a side: *me* and *other*, my own attackers (``own_group``) and the other's.
``turned_back`` gives the state that follows, with the act that led to it.
"""

from typing import NamedTuple

from sim.model.numerics.jit import jitted
from sim.model.state import OPENING, Act, B, Group, MechanismState, NextEventTimes, Side, State, Talks


class Perspective(NamedTuple):
    """A state seen from one side."""

    now: int
    me: Side
    other: Side
    own_group: Group  # attacks me, hosted by the other
    other_group: Group  # attacks the other, hosted by me
    talks: Talks
    mechanism_state: MechanismState
    due_me: int
    due_other: int
    due_own_group: int
    due_other_group: int
    due_channel: int
    due_mechanism: int


class RelativeAct(NamedTuple):
    """An act told by *me* and *other* in place of a and b; the fields of ``Act`` less time and actor."""

    kind: int
    rung: int = 0
    seen: int = 0
    dead_me: int = 0
    dead_other: int = 0
    dead_kin: int = 0
    public: int = 0
    private: int = 0
    hit: int = 0
    recalled: int = 0
    warned: int = 0
    held_me: int = 0
    held_other: int = 0
    slipped: int = 0
    cost_me: float = 0.0
    cost_other: float = 0.0


UNEVENTFUL = RelativeAct(OPENING)  # an act of which nothing came


@jitted
def perspective(state: State, side: int, now: int) -> Perspective:
    """``state`` at the minute ``now`` as ``side`` faces it."""
    due, a, b, group_a, group_b = state.due, state.a, state.b, state.group_a, state.group_b
    due_a, due_b, due_group_a, due_group_b = due.a, due.b, due.militants_a, due.militants_b
    if side == B:
        a, b, group_a, group_b = b, a, group_b, group_a
        due_a, due_b, due_group_a, due_group_b = due_b, due_a, due_group_b, due_group_a
    return Perspective(
        now=now, me=a, other=b, own_group=group_a, other_group=group_b, talks=state.talks,
        mechanism_state=state.mechanism_state, due_me=due_a, due_other=due_b, due_own_group=due_group_a,
        due_other_group=due_group_b, due_channel=due.channel, due_mechanism=due.mechanism,
    )  # fmt: skip


@jitted
def turned_back(v: Perspective, side: int, who: int, event: RelativeAct) -> State:
    """The state seen as ``v`` by ``side``, after the act of the actor ``who``."""
    a, b, group_a, group_b = v.me, v.other, v.own_group, v.other_group
    dead_a, dead_b, held_a, held_b = event.dead_me, event.dead_other, event.held_me, event.held_other
    cost_a, cost_b = event.cost_me, event.cost_other
    due_a, due_b, due_group_a, due_group_b = v.due_me, v.due_other, v.due_own_group, v.due_other_group
    if side == B:
        a, b, group_a, group_b = b, a, group_b, group_a
        dead_a, dead_b, held_a, held_b, cost_a, cost_b = dead_b, dead_a, held_b, held_a, cost_b, cost_a
        due_a, due_b, due_group_a, due_group_b = due_b, due_a, due_group_b, due_group_a
    latest = Act(
        at=v.now, who=who, kind=event.kind, rung=event.rung, seen=event.seen, dead_a=dead_a, dead_b=dead_b,
        dead_kin=event.dead_kin, public=event.public, private=event.private, hit=event.hit, recalled=event.recalled,
        warned=event.warned, held_a=held_a, held_b=held_b, slipped=event.slipped, cost_a=cost_a, cost_b=cost_b,
    )  # fmt: skip
    due = NextEventTimes(
        a=due_a, b=due_b, militants_a=due_group_a, militants_b=due_group_b, channel=v.due_channel, mechanism=v.due_mechanism
    )
    return State(
        now=v.now, due=due, a=a, b=b, group_a=group_a, group_b=group_b, talks=v.talks, mechanism_state=v.mechanism_state,
        latest=latest,
    )  # fmt: skip
