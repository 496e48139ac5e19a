"""The mechanism acts of itself: its regular meeting renews it, and its inquiry puts a false attribution right."""

from sim.game.acts.mind import believed, cleared, stood_down, with_trust
from sim.game.jit import jitted
from sim.game.ladder import MILITANT_ATTACK
from sim.game.state import CALM, SITTING, Memory, Regime, Side, later


@jitted
def meeting(regime, mechanism, now):
    """A regular meeting: the effect is whole again, and its half-life starts anew."""
    return Regime(now, 1.0, later(now, mechanism.meeting_interval), regime.inquiry, regime.subject, regime.evidence)


@jitted
def inquiry(me, due_me, evidence, nation, now):
    """The inquiry clears the host: trust is restored, a strike not yet flown is called off, one flown was unprovoked.

    ``me`` is the side that had attributed the attack on ``evidence`` (a log likelihood ratio).
    Returns it, its due time, and whether it called its answer off.
    """
    me = with_trust(me, believed(me.trust, evidence))
    if me.plan.phase != CALM and me.plan.phase != SITTING and me.memory.heard == MILITANT_ATTACK:
        me, due_me = stood_down(me, cleared(me.memory, 0, me.memory.standing), nation, now)
        return me, due_me, 1
    m = me.memory
    memory = Memory(
        m.heard, m.actual, m.wound, m.streak, m.grievances, 0 if m.last > MILITANT_ATTACK else m.standing, m.theirs, m.last,
        m.tone,
    )  # fmt: skip
    return Side(
        memory, me.account, me.plan, me.trust, me.envoy, me.temper, me.shared, me.acts, me.provocations
    ), due_me, 0  # fmt: skip
