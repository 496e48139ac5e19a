"""The channel tries its next step down: contact, joint statement, envoys back, a visit, the mechanism agreed.

In place of the visit a crisis may fade, with nothing settled. Where no mechanism is to be agreed the visit is the last step.
Chances, by the channel's count of tries: part 0 is success, the wait for the next try, and whether a and
b hold their fire on a contact; part 1 whether the crisis is settled.
"""

from sim.model.events.beliefs import aged, believed, cleared, idle, stood_down
from sim.model.events.casualties import effect
from sim.model.events.contact import next_contact
from sim.model.events.hawkes import spoiled
from sim.model.ladder import CLASH, NORMAL, PROTEST, SANCTION
from sim.model.numerics.change import changed
from sim.model.numerics.elementary import decayed
from sim.model.numerics.jit import jitted
from sim.model.numerics.philox import happens, uniforms, wait
from sim.model.perspective import UNEVENTFUL, perspective, turned_back
from sim.model.state import (
    AGREEMENT,
    CAMPAIGNING,
    CHANNEL,
    CONTACT,
    ENVOYS,
    FADED,
    MADE_CONTACT,
    NEVER,
    NOT_ANSWERING,
    PROTESTING,
    SITTING,
    STATEMENT,
    TRIED,
    VISIT,
    A,
    later,
    soon,
)  # fmt: skip

TO_BE_AGREED = 1  # the code of Mechanism.in_force "agreement"


@jitted
def talk(state, crisis, chance):
    """The state after the channel's next try: it fails, and another is made later, or it takes the next step."""
    now, diplomacy, mechanism = state.due.channel, crisis.diplomacy, crisis.mechanism
    u_success, u_wait, u_hold_a, u_hold_b = uniforms(chance, CHANNEL, state.talks.tries, 0)
    ledger_a, ledger_b = owed(state.a.account, crisis.a, now), owed(state.b.account, crisis.b, now)
    strength = effect(state.mechanism_state, mechanism, now)
    if happens(u_success, openness(ledger_a, ledger_b, 0.5 * (state.a.trust + state.b.trust), diplomacy)):
        u_settles, _, _, _ = uniforms(chance, CHANNEL, state.talks.tries, 1)
        if _next_step(state.talks.step, state.a, state.b) == VISIT and not happens(u_settles, diplomacy.settles):
            v, event = faded(perspective(state, A, now), crisis)
        else:
            v, event = stepped(perspective(state, A, now), crisis, strength, u_wait, u_hold_a, u_hold_b)
        return turned_back(v, A, CHANNEL, event)
    talks = changed(state.talks, tries=state.talks.tries + 1)
    again = next_try(talks, state.a, state.b, diplomacy, mechanism.contact_gain * strength, now, u_wait)
    v = changed(perspective(state, A, now), talks=talks, due_channel=again)
    return turned_back(v, A, CHANNEL, changed(UNEVENTFUL, kind=TRIED, rung=talks.rung))


@jitted
def faded(v, crisis):
    """The view (a's) after a crisis that nobody settled has faded, and the event: no council is told to rest."""
    group, due_own_group = spoiled(v.own_group, v.due_own_group, crisis.militants_a, 0, v.now)
    other_group, due_other_group = spoiled(v.other_group, v.due_other_group, crisis.militants_b, 0, v.now)
    talks = changed(v.talks, rung=NORMAL, step=0, tries=v.talks.tries + 1)
    v = changed(
        v, own_group=group, other_group=other_group, talks=talks, due_own_group=due_own_group,
        due_other_group=due_other_group, due_channel=NEVER
    )  # fmt: skip
    return v, changed(UNEVENTFUL, kind=FADED)


@jitted
def stepped(v, crisis, strength, u_wait, u_hold_a, u_hold_b):
    """The view (a's) after the channel's next step, and the event."""
    diplomacy, mechanism = crisis.diplomacy, crisis.mechanism
    a, b, due_a, due_b = v.me, v.other, v.due_me, v.due_other
    talks, mechanism_state = v.talks, v.mechanism_state
    held_a, held_b, cost_a, cost_b = 0, 0, 0.0, 0.0
    step = _next_step(talks.step, a, b)
    if step == CONTACT:
        kept = (1.0 - diplomacy.contact_relief) * (1.0 - mechanism.relief * strength)
        a, due_a, held_a, cost_a = held(relieved(a, crisis.a, kept, v.now), due_a, crisis.a, u_hold_a, v.now)
        b, due_b, held_b, cost_b = held(relieved(b, crisis.b, kept, v.now), due_b, crisis.b, u_hold_b, v.now)
    a, b = _after(step, a, diplomacy), _after(step, b, diplomacy)
    if step == STATEMENT:
        a, due_a = _campaign_ended(a, due_a, crisis.a, v.now)
        b, due_b = _campaign_ended(b, due_b, crisis.b, v.now)
    talks = changed(talks, rung=_rung_after(step, talks.rung, a, b), step=step, tries=talks.tries + 1)
    if diplomacy.walk_back > 0:
        talks = changed(talks, rung=max(v.talks.rung - diplomacy.walk_back, NORMAL), step=0)
        a, due_a = eased(a, due_a, crisis.a, talks.rung, v.now)
        b, due_b = eased(b, due_b, crisis.b, talks.rung, v.now)
    if step == AGREEMENT:
        mechanism_state = _agreed(mechanism_state, mechanism, v.now)
    last = AGREEMENT if mechanism.in_force == TO_BE_AGREED else VISIT
    settled = step == last or (step == STATEMENT and v.talks.rung < CLASH and a.envoy + b.envoy == 2)
    if settled or (diplomacy.walk_back > 0 and talks.rung == NORMAL):
        talks = changed(talks, rung=NORMAL, step=0)
        a, due_a, cost_a = at_rest(a, due_a, crisis.a, v.now)
        b, due_b, cost_b = at_rest(b, due_b, crisis.b, v.now)
    group, due_own_group = spoiled(v.own_group, v.due_own_group, crisis.militants_a, talks.step, v.now)
    other_group, due_other_group = spoiled(v.other_group, v.due_other_group, crisis.militants_b, talks.step, v.now)
    due = next_try(talks, a, b, diplomacy, mechanism.contact_gain * strength, v.now, u_wait)
    v = changed(
        v, me=a, other=b, own_group=group, other_group=other_group, talks=talks, mechanism_state=mechanism_state,
        due_me=due_a, due_other=due_b, due_own_group=due_own_group, due_other_group=due_other_group, due_channel=due,
        due_mechanism=min(mechanism_state.meeting, mechanism_state.inquiry),
    )  # fmt: skip
    kind = MADE_CONTACT + step - CONTACT
    return v, changed(
        UNEVENTFUL, kind=kind, rung=talks.rung, held_me=held_a, held_other=held_b, cost_me=cost_a, cost_other=cost_b
    )


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
def next_try(talks, a, b, diplomacy, gain, now, u):
    """When the channel tries again: NEVER once relations are normal."""
    if talks.rung == NORMAL and talks.step == 0:
        return NEVER
    step = _next_step(talks.step, a, b)
    if step == CONTACT:
        return next_contact(a, b, diplomacy, gain, now, u)
    mean = diplomacy.statement
    if step == ENVOYS:
        mean = diplomacy.envoys
    elif step == VISIT:
        mean = diplomacy.visit
    elif step == AGREEMENT:
        mean = diplomacy.agreement
    return soon(now, wait(u, mean, 1.0))


@jitted
def relieved(side, nation, kept, now):
    """``side`` with only a share of its ledger ``kept``."""
    account = aged(side.account, nation, now)
    return changed(side, account=changed(account, ledger=account.ledger * kept))


@jitted
def held(side, due, nation, u, now):
    """Whether a council at work calls its answer off: side, due time, 1 or 0, and the audience cost of it.

    One that has not yet spoken still will.
    """
    plan = side.plan
    if idle(plan) or plan.council == NOT_ANSWERING or not happens(u, nation.hold_fire):
        return side, due, 0, 0.0
    cost = side.account.pressure
    if plan.phase == PROTESTING:
        return changed(side, plan=changed(plan, council=NOT_ANSWERING)), due, 1, cost
    side, due = stood_down(side, cleared(side.memory, 0, side.memory.standing), nation, now)
    return side, due, 1, cost


@jitted
def _campaign_ended(side, due, nation, now):
    """A side that has signed a statement: it strikes no further blow of its own."""
    if side.plan.phase != CAMPAIGNING:
        return side, due
    return stood_down(side, side.memory, nation, now)


@jitted
def eased(side, due, nation, rung, now):
    """A side once a contact has walked the crisis back to ``rung``: what is walked back needs no answer."""
    m = side.memory
    if m.perceived_rung <= rung or nation.review > 0.0:
        return side, due
    memory = changed(m, perceived_rung=rung, true_rung=min(m.true_rung, rung))
    if rung < nation.threshold and not idle(side.plan):
        return stood_down(side, cleared(memory, 0, m.standing), nation, now)
    return changed(side, memory=memory), due


@jitted
def at_rest(side, due, nation, now):
    """A side once relations are normal again: a council still at work has nothing left to decide."""
    if idle(side.plan):
        return side, due, 0.0
    side = changed(side, account=aged(side.account, nation, now))
    side, due = stood_down(side, cleared(side.memory, 0, side.memory.standing), nation, now)
    return side, due, side.account.pressure


@jitted
def _after(step, side, diplomacy):
    """A nation after a step: relations settle with the statement, envoys return, a visit raises trust."""
    if step == STATEMENT:
        memory = changed(side.memory, streak=0, last=0)
        if side.plan.phase == SITTING:
            memory = changed(memory, perceived_rung=0, true_rung=0)
        return changed(side, memory=memory)
    if step == ENVOYS:
        return changed(side, envoy=1)
    return changed(side, trust=believed(side.trust, diplomacy.visit_trust)) if step == VISIT else side


@jitted
def _rung_after(step, rung, a, b):
    """The crisis rung once a step has walked back what it can."""
    if step < STATEMENT:
        return rung
    if step == STATEMENT:
        return min(rung, SANCTION if a.envoy + b.envoy < 2 else PROTEST)
    return PROTEST if step == ENVOYS else NORMAL


@jitted
def _agreed(mechanism_state, mechanism, now):
    """The mechanism_state once the channel has agreed it: put in force, or renewed."""
    meeting = mechanism_state.meeting
    if mechanism_state.since > now:
        meeting = later(now, mechanism.meeting_interval) if mechanism.meeting_interval > 0.0 else NEVER
    return changed(mechanism_state, since=now, strength=1.0, meeting=meeting)
