"""The channel tries its next step down: contact, joint statement, envoys back, a visit, the mechanism agreed.

The view is a's. Chances, by the channel's count of tries: part 0 is success, the wait for the next try, and whether a and
b hold their fire on a contact.
"""

from sim.game.acts.force import effect
from sim.game.acts.mind import aged, believed, cleared, stood_down, with_account
from sim.game.acts.pace import spoiled
from sim.game.arithmetic import decayed
from sim.game.chance import uniforms, unit_wait
from sim.game.jit import jitted
from sim.game.ladder import CLASH, NORMAL, PROTEST, SANCTION
from sim.game.state import (
    AGREEMENT,
    CALM,
    CHANNEL,
    CONTACT,
    ENVOYS,
    MADE_CONTACT,
    NEVER,
    NOT_ANSWERING,
    PROTESTING,
    STATEMENT,
    TRIED,
    VISIT,
    Account,
    Memory,
    Plan,
    Regime,
    Side,
    Talks,
    later,
)
from sim.game.view import Deed, View


@jitted
def talk(v, nation_a, nation_b, militants_a, militants_b, diplomacy, mechanism, chance):
    """The channel's next try comes due: it fails, and another is made later, or it takes the next step."""
    u_success, u_wait, u_hold_a, u_hold_b = uniforms(chance, CHANNEL, v.talks.tries, 0)
    ledger_a = owed(v.me.account, nation_a, v.now)
    ledger_b = owed(v.other.account, nation_b, v.now)
    strength = effect(v.regime, mechanism, v.now)
    gain, wait = mechanism.contact_gain * strength, unit_wait(u_wait)
    if u_success < openness(ledger_a, ledger_b, 0.5 * (v.me.trust + v.other.trust), diplomacy):
        return stepped(
            v, nation_a, nation_b, militants_a, militants_b, diplomacy, mechanism, strength, wait, u_hold_a, u_hold_b
        )  # fmt: skip
    talks = Talks(v.talks.rung, v.talks.step, v.talks.tries + 1)
    due = next_try(talks, v.me, v.other, diplomacy, gain, v.now, wait)
    v = View(
        v.now, v.me, v.other, v.group, v.rebels, talks, v.regime,
        v.due_me, v.due_other, v.due_group, v.due_rebels, due, v.due_mechanism,
    )  # fmt: skip
    return v, Deed(TRIED, talks.rung, 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0)


@jitted
def stepped(
    v, nation_a, nation_b, militants_a, militants_b, diplomacy, mechanism, strength, wait, u_hold_a, u_hold_b
):  # fmt: skip
    """The view after the channel's next step, and the deed."""
    a = with_account(v.me, aged(v.me.account, nation_a, v.now))
    b = with_account(v.other, aged(v.other.account, nation_b, v.now))
    talks, regime = v.talks, v.regime
    due_a, due_b = v.due_me, v.due_other
    mark, cost_a, cost_b = 0, 0.0, 0.0
    step = _next_step(talks.step, a, b)
    if step == CONTACT:
        share = 1.0 - (1.0 - diplomacy.contact_relief) * (1.0 - mechanism.relief * strength)
        a, due_a, held_a, cost_a = held(relieved(a, share), due_a, nation_a, u_hold_a)
        b, due_b, held_b, cost_b = held(relieved(b, share), due_b, nation_b, u_hold_b)
        mark = held_a + 2 * held_b
    a, b = _after(step, a, diplomacy), _after(step, b, diplomacy)
    talks = Talks(_rung_after(step, talks.rung, a, b), step, talks.tries + 1)
    if step == AGREEMENT:
        regime = _agreed(regime, mechanism, v.now)
    if step == AGREEMENT or (step == STATEMENT and v.talks.rung < CLASH and a.envoy + b.envoy == 2):
        talks = Talks(NORMAL, 0, talks.tries)
        a, due_a, cost_a = at_rest(a, due_a)
        b, due_b, cost_b = at_rest(b, due_b)
    group, due_group = spoiled(v.group, v.due_group, militants_a, talks.step, v.now)
    rebels, due_rebels = spoiled(v.rebels, v.due_rebels, militants_b, talks.step, v.now)
    due = next_try(talks, a, b, diplomacy, mechanism.contact_gain * strength, v.now, wait)
    v = View(
        v.now, a, b, group, rebels, talks, regime,
        due_a, due_b, due_group, due_rebels, due, min(regime.meeting, regime.inquiry),
    )  # fmt: skip
    return v, Deed(MADE_CONTACT + step - CONTACT, talks.rung, 0, 0, 0, 0, 0, 0, mark, cost_a, cost_b)


@jitted
def owed(account, nation, now):
    """The ledger of an account at the minute ``now``."""
    return decayed(account.ledger, now - account.since, nation.harm_half_life)


@jitted
def openness(x, y, trust, diplomacy):
    """Probability that a try succeeds, from the two ledgers and the mean trust of both (see ``Diplomacy``)."""
    weight = diplomacy.imbalance * abs(x - y) + diplomacy.burden * (max(x, 0.0) + max(y, 0.0))
    return (1.0 - diplomacy.trust_weight * (1.0 - trust)) / (1.0 + weight)


@jitted
def _next_step(step, a, b):
    """The step after ``step``; the ambassadors' return is skipped where none was recalled."""
    if step == STATEMENT and a.envoy + b.envoy == 2:
        return VISIT
    return step + 1


@jitted
def next_try(talks, a, b, diplomacy, gain, now, wait):
    """When the channel tries again: NEVER once relations are normal."""
    if talks.rung == NORMAL and talks.step == 0:
        return NEVER
    step = _next_step(talks.step, a, b)
    mean = diplomacy.contact / (1.0 + gain)
    if step == STATEMENT:
        mean = diplomacy.statement
    elif step == ENVOYS:
        mean = diplomacy.envoys
    elif step == VISIT:
        mean = diplomacy.visit
    elif step == AGREEMENT:
        mean = diplomacy.agreement
    return later(now, max(1.0, wait * mean))


@jitted
def relieved(side, share):
    """``side`` with a share of its ledger taken away."""
    account = side.account
    return with_account(side, Account(account.ledger * (1.0 - share), account.pressure, account.since))


@jitted
def held(side, due, nation, u):
    """Whether a council at work calls its answer off: side, due time, 1 or 0, and the audience cost of it.

    One that has not yet spoken still will.
    """
    plan = side.plan
    if plan.phase == CALM or plan.council == NOT_ANSWERING or u >= nation.hold_fire:
        return side, due, 0, 0.0
    cost = side.account.pressure
    if plan.phase == PROTESTING:
        plan = Plan(PROTESTING, NOT_ANSWERING, 0, plan.since)
        side = Side(
            side.memory, side.account, plan, side.trust, side.envoy, side.temper, side.shared, side.acts, side.provocations
        )
        return side, due, 1, cost
    return stood_down(side, cleared(side.memory, 0, side.memory.standing)), NEVER, 1, cost


@jitted
def at_rest(side, due):
    """A side once relations are normal again: a council still at work has nothing left to decide."""
    if side.plan.phase == CALM:
        return side, due, 0.0
    return stood_down(side, cleared(side.memory, 0, side.memory.standing)), NEVER, side.account.pressure


@jitted
def _after(step, side, diplomacy):
    """A nation after a step: relations settle with the statement, envoys return, a visit raises trust."""
    m, envoy, trust = side.memory, side.envoy, side.trust
    if step == STATEMENT:
        m = Memory(m.heard, m.actual, m.wound, 0, m.grievances, m.standing, 0, m.tone)
    elif step == ENVOYS:
        envoy = 1
    elif step == VISIT:
        trust = believed(trust, diplomacy.visit_trust)
    return Side(m, side.account, side.plan, trust, envoy, side.temper, side.shared, side.acts, side.provocations)


@jitted
def _rung_after(step, rung, a, b):
    """The crisis rung once a step has walked back what it can."""
    if step < STATEMENT:
        return rung
    if step == STATEMENT:
        return min(rung, SANCTION if a.envoy + b.envoy < 2 else PROTEST)
    return PROTEST if step == ENVOYS else NORMAL


@jitted
def _agreed(regime, mechanism, now):
    """The regime once the channel has agreed it: put in force, or renewed."""
    meeting = regime.meeting
    if regime.since > now:
        meeting = later(now, mechanism.meeting_interval) if mechanism.meeting_interval > 0.0 else NEVER
    return Regime(now, 1.0, meeting, regime.inquiry, regime.subject, regime.evidence)
