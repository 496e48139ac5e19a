"""The mechanism acts of itself: its regular meeting renews it, and its inquiry puts a false attribution right."""

from sim.model.events.beliefs import believed, cleared, stood_down
from sim.model.ladder import MILITANT_ATTACK
from sim.model.numerics.change import changed
from sim.model.numerics.jit import jitted
from sim.model.state import CALM, SITTING, later


@jitted
def meeting(regime, mechanism, now):
    """A regular meeting: the effect is whole again, and its half-life starts anew."""
    return changed(regime, since=now, strength=1.0, meeting=later(now, mechanism.meeting_interval))


@jitted
def inquiry(me, due_me, evidence, nation, now):
    """The inquiry clears the host: trust is restored, a strike not yet flown is called off, one flown was unprovoked.

    ``me`` is the side that had attributed the attack on ``evidence`` (a log likelihood ratio).
    Returns it, its due time, and whether it called its answer off.
    """
    me = changed(me, trust=believed(me.trust, evidence))
    if me.plan.phase != CALM and me.plan.phase != SITTING and me.memory.heard == MILITANT_ATTACK:
        me, due_me = stood_down(me, cleared(me.memory, 0, me.memory.standing), nation, now)
        return me, due_me, 1
    if me.memory.last > MILITANT_ATTACK:
        me = changed(me, memory=changed(me.memory, standing=0))
    return me, due_me, 0
