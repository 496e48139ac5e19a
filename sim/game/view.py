"""The world as one side faces it, so that every rule of the game is written once for both.

``view`` turns a state towards a side: *me* and *other*, the group that attacks me and the group that attacks the other.
``turned_back`` gives the state that follows, with the act that led to it.
"""

from typing import NamedTuple

from sim.game.jit import jitted
from sim.game.state import A, Act, Due, Group, Regime, Side, State, Talks


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
    rung: int
    seen: int
    dead_me: int
    dead_other: int
    dead_kin: int
    public: int
    private: int
    mark: int
    cost_me: float
    cost_other: float


@jitted
def view(state, side, now):
    """``state`` at the minute ``now`` as ``side`` faces it."""
    due = state.due
    if side == A:
        return View(
            now, state.a, state.b, state.group_a, state.group_b, state.talks, state.regime,
            due.a, due.b, due.militants_a, due.militants_b, due.channel, due.mechanism,
        )  # fmt: skip
    return View(
        now, state.b, state.a, state.group_b, state.group_a, state.talks, state.regime,
        due.b, due.a, due.militants_b, due.militants_a, due.channel, due.mechanism,
    )  # fmt: skip


@jitted
def turned_back(v, side, who, deed):
    """The state of the view ``v`` of ``side``, after the deed of the actor ``who``."""
    if side == A:
        act = Act(
            v.now, who, deed.kind, deed.rung, deed.seen, deed.dead_me, deed.dead_other, deed.dead_kin,
            deed.public, deed.private, deed.mark, deed.cost_me, deed.cost_other,
        )  # fmt: skip
        due = Due(v.due_me, v.due_other, v.due_group, v.due_rebels, v.due_channel, v.due_mechanism)
        return State(v.now, due, v.me, v.other, v.group, v.rebels, v.talks, v.regime, act)
    act = Act(
        v.now, who, deed.kind, deed.rung, deed.seen, deed.dead_other, deed.dead_me, deed.dead_kin,
        deed.public, deed.private, deed.mark, deed.cost_other, deed.cost_me,
    )  # fmt: skip
    due = Due(v.due_other, v.due_me, v.due_rebels, v.due_group, v.due_channel, v.due_mechanism)
    return State(v.now, due, v.other, v.me, v.rebels, v.group, v.talks, v.regime, act)
