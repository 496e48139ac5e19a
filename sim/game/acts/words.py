"""What words do: to the pressure at home, to the other side's trust, and to the tone it remembers."""

from sim.game.acts.mind import believed, with_account, with_trust
from sim.game.jit import jitted
from sim.game.rules.signalling import CONCILIATORY, HOSTILE, NOTHING
from sim.game.state import Account, Memory, Side


@jitted
def spoken(me, nation, words):
    """The speaker after its words: hostile ones in public bind it (audience cost), playing it down frees it."""
    a = me.account
    if words.public == HOSTILE:
        return with_account(me, Account(a.ledger, a.pressure + nation.audience_cost, a.since))
    if words.public == CONCILIATORY:
        return with_account(me, Account(a.ledger, a.pressure * (1.0 - nation.downplay_relief), a.since))
    return me


@jitted
def listened(other, rival, words, cost, u):
    """The other side after the words: costly conciliation moves its trust, unless it hears hostility in it.

    Free talk (cost 0) moves nothing (Farrell & Rabin 1996 on cheap talk; Kydd 2005 on costly reassurance).
    """
    conciliatory = words.public == CONCILIATORY or words.private == CONCILIATORY
    garbled = conciliatory and u < rival.message_error
    if conciliatory and not garbled:
        other = with_trust(other, believed(other.trust, cost))
    if words.public == NOTHING:
        return other
    m = other.memory
    tone = HOSTILE if garbled else words.public
    memory = Memory(m.heard, m.actual, m.wound, m.streak, m.grievances, m.standing, m.theirs, m.last, tone)
    return Side(
        memory, other.account, other.plan, other.trust, other.envoy, other.temper, other.shared, other.acts,
        other.provocations,
    )  # fmt: skip
