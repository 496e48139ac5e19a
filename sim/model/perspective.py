"""The world as one side faces it, so that every rule of the game is written once for both.

``view`` turns a state towards a side: *me* and *other*, the group that attacks me and the group that attacks the other.
``turned_back`` gives the state that follows, with the act that led to it.
"""

from typing import NamedTuple

from sim.model.numerics.jit import jitted
from sim.model.state import OPENING, Act, B, Due, Group, Regime, Side, State, Talks


class View(NamedTuple):
    """A state seen from one side."""

    now: int
    me: Side
    other: Side
    group: Group  # attacks me, hosted by the other
    rebels: Group  # attacks the other, hosted by me
    talks: Talks
    regime: Regime
    due_me: int
    due_other: int
    due_group: int
    due_rebels: int
    due_channel: int
    due_mechanism: int


class Deed(NamedTuple):
    """An act as the side that is *me* sees it; the fields of ``Act`` less time and actor."""

    kind: int
    rung: int = 0
    seen: int = 0
    dead_me: int = 0
    dead_other: int = 0
    dead_kin: int = 0
    public: int = 0
    private: int = 0
    mark: int = 0
    cost_me: float = 0.0
    cost_other: float = 0.0


UNEVENTFUL = Deed(OPENING)  # a deed of which nothing came


@jitted
def view(state: State, side: int, now: int) -> View:
    """``state`` at the minute ``now`` as ``side`` faces it."""
    due, a, b, group_a, group_b = state.due, state.a, state.b, state.group_a, state.group_b
    due_a, due_b, due_group_a, due_group_b = due.a, due.b, due.militants_a, due.militants_b
    if side == B:
        a, b, group_a, group_b = b, a, group_b, group_a
        due_a, due_b, due_group_a, due_group_b = due_b, due_a, due_group_b, due_group_a
    return View(
        now=now, me=a, other=b, group=group_a, rebels=group_b, talks=state.talks, regime=state.regime, due_me=due_a,
        due_other=due_b, due_group=due_group_a, due_rebels=due_group_b, due_channel=due.channel, due_mechanism=due.mechanism,
    )  # fmt: skip


@jitted
def turned_back(v: View, side: int, who: int, deed: Deed) -> State:
    """The state of the view ``v`` of ``side``, after the deed of the actor ``who``."""
    a, b, group_a, group_b, dead_a, dead_b, cost_a, cost_b = (
        v.me, v.other, v.group, v.rebels, deed.dead_me, deed.dead_other, deed.cost_me, deed.cost_other
    )  # fmt: skip
    due_a, due_b, due_group_a, due_group_b = v.due_me, v.due_other, v.due_group, v.due_rebels
    if side == B:
        a, b, group_a, group_b = b, a, group_b, group_a
        dead_a, dead_b, cost_a, cost_b = dead_b, dead_a, cost_b, cost_a
        due_a, due_b, due_group_a, due_group_b = due_b, due_a, due_group_b, due_group_a
    latest = Act(
        at=v.now, who=who, kind=deed.kind, rung=deed.rung, seen=deed.seen, dead_a=dead_a, dead_b=dead_b,
        dead_kin=deed.dead_kin, public=deed.public, private=deed.private, mark=deed.mark, cost_a=cost_a, cost_b=cost_b,
    )  # fmt: skip
    due = Due(
        a=due_a, b=due_b, militants_a=due_group_a, militants_b=due_group_b, channel=v.due_channel, mechanism=v.due_mechanism
    )
    return State(now=v.now, due=due, a=a, b=b, group_a=group_a, group_b=group_b, talks=v.talks, regime=v.regime, latest=latest)
