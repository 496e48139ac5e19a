"""What words do: to the pressure at home, to the other side's trust, and to the tone it remembers."""

from sim.model.events.beliefs import believed
from sim.model.numerics.change import changed
from sim.model.numerics.jit import Uniform, jitted
from sim.model.numerics.philox import happens
from sim.model.parameter import Plain
from sim.model.rules.signalling import CONCILIATORY, HOSTILE, NOTHING, Words
from sim.model.state import Side


@jitted
def spoken(me: Side, nation: Plain, words: Words) -> Side:
    """The speaker after its words: hostile ones in public bind it (audience cost), playing it down frees it."""
    a = me.account
    if words.public == HOSTILE:
        return changed(me, account=changed(a, pressure=a.pressure + nation.audience_cost))
    if words.public == CONCILIATORY:
        return changed(me, account=changed(a, pressure=a.pressure * (1.0 - nation.downplay_relief)))
    return me


@jitted
def listened(other: Side, rival: Plain, words: Words, cost: float, u: Uniform) -> Side:
    """The other side after the words: costly conciliation moves its trust, unless it hears hostility in it.

    Free talk (cost 0) moves nothing: an assumption for sides who gain by being believed, for it may inform where interests
    agree (Farrell & Rabin 1996); what costs something does (Kydd 2005 on costly reassurance).
    """
    conciliatory = words.public == CONCILIATORY or words.private == CONCILIATORY
    garbled = conciliatory and happens(u, rival.message_error)
    if conciliatory and not garbled:
        other = changed(other, trust=believed(other.trust, cost))
    if words.public == NOTHING:
        return other
    return changed(other, memory=changed(other.memory, tone=HOSTILE if garbled else words.public))
