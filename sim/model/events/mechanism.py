"""The mechanism of itself: whether there is one, its regular meeting, which renews it, and the report of its inquiry."""

from sim.model.events.beliefs import believed, cleared, stood_down
from sim.model.ladder import MILITANT_ATTACK
from sim.model.numerics.change import changed
from sim.model.numerics.elementary import decayed
from sim.model.numerics.jit import jitted
from sim.model.parameter import Plain
from sim.model.state import CALM, SITTING, MechanismState, Side, later


@jitted
def exists(m: Plain) -> bool:
    """Whether the mechanism ``m`` would do anything at all: without a number of its own it is none, and never in force."""
    talks = m.contact_gain + m.relief + m.relay + m.meeting_interval
    reading = m.clarification + m.perception_cut + m.alarm_cut + m.hit_gain + m.inquiry
    force = m.foils + m.patrols + m.notice + m.targeting + m.pledge
    return talks + reading + force > 0.0


@jitted
def meeting(mechanism_state: MechanismState, mechanism: Plain, now: int) -> MechanismState:
    """A regular meeting: it restores a share of what the effect has lost, as far as the two comply."""
    left = decayed(mechanism_state.strength, now - mechanism_state.since, mechanism.half_life)
    strength = left + mechanism.renewal * mechanism.compliance * (1.0 - left)
    return changed(mechanism_state, since=now, strength=strength, meeting=later(now, mechanism.meeting_interval))


@jitted
def inquiry(me: Side, due_me: int, evidence: float, nation: Plain, now: int) -> tuple[Side, int, int]:
    """The inquiry clears the host: trust is restored, a strike not yet flown is called off, one flown was unprovoked.

    ``me`` is the side that had attributed the attack on ``evidence`` (a log likelihood ratio).
    Returns it, its due time, and whether it called its answer off.
    """
    me = changed(me, trust=believed(me.trust, evidence))
    if me.plan.phase != CALM and me.plan.phase != SITTING and me.memory.perceived_rung == MILITANT_ATTACK:
        me, due_me = stood_down(me, cleared(me.memory, 0, me.memory.standing), nation, now)
        return me, due_me, 1
    if me.memory.last > MILITANT_ATTACK:
        me = changed(me, memory=changed(me.memory, standing=0))
    return me, due_me, 0
