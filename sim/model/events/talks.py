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
from sim.model.numerics.jit import Uniform, jitted
from sim.model.numerics.philox import Chances, happens, uniforms, wait
from sim.model.parameter import Plain
from sim.model.perspective import UNEVENTFUL, Perspective, RelativeAct, perspective, turned_back
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
    GrievanceAccount,
    MechanismState,
    Side,
    State,
    Talks,
    later,
    soon,
)  # fmt: skip

TO_BE_AGREED = 1  # the code of Mechanism.in_force "agreement"


@jitted
def talk(state: State, crisis: Plain, chance: Chances) -> State:
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
def faded(v: Perspective, crisis: Plain) -> tuple[Perspective, RelativeAct]:
    """The view (a's) after a crisis that nobody settled has faded, and the event: no council is told to rest."""
    talks = changed(v.talks, rung=NORMAL, step=0, tries=v.talks.tries + 1)
    return _with_spoilers(changed(v, talks=talks, due_channel=NEVER), crisis), changed(UNEVENTFUL, kind=FADED)


@jitted
def stepped(
    v: Perspective, crisis: Plain, strength: float, u_wait: Uniform, u_hold_a: Uniform, u_hold_b: Uniform
) -> tuple[Perspective, RelativeAct]:
    """The view (a's) after the channel's next step, and the event."""
    diplomacy, mechanism, before = crisis.diplomacy, crisis.mechanism, v.talks
    step = _next_step(before.step, v.me, v.other)
    event = changed(UNEVENTFUL, kind=MADE_CONTACT + step - CONTACT)
    if step == CONTACT:
        v, event = _in_contact(v, event, crisis, strength, u_hold_a, u_hold_b)
    v = changed(v, me=_after(step, v.me, diplomacy), other=_after(step, v.other, diplomacy))
    if step == STATEMENT:
        v = _campaigns_ended(v, crisis)
    talks = changed(before, rung=_rung_after(step, before.rung, v.me, v.other), step=step, tries=before.tries + 1)
    v = changed(v, talks=talks)
    if diplomacy.walk_back > 0:
        v = _walked_back(v, max(before.rung - diplomacy.walk_back, NORMAL), crisis)
    if step == AGREEMENT:
        state = _agreed(v.mechanism_state, mechanism, v.now)
        v = changed(v, mechanism_state=state, due_mechanism=min(state.meeting, state.inquiry))
    last = AGREEMENT if mechanism.in_force == TO_BE_AGREED else VISIT
    settled = step == last or (step == STATEMENT and before.rung < CLASH and v.me.envoy + v.other.envoy == 2)
    if settled or (diplomacy.walk_back > 0 and v.talks.rung == NORMAL):
        v, event = _settled(v, event, crisis)
    v = _with_spoilers(v, crisis)
    due = next_try(v.talks, v.me, v.other, diplomacy, mechanism.contact_gain * strength, v.now, u_wait)
    return changed(v, due_channel=due), changed(event, rung=v.talks.rung)


@jitted
def _in_contact(
    v: Perspective, event: RelativeAct, crisis: Plain, strength: float, u_hold_a: Uniform, u_hold_b: Uniform
) -> tuple[Perspective, RelativeAct]:
    """A contact: it relieves both ledgers, and either council may call its answer off."""
    kept = (1.0 - crisis.diplomacy.contact_relief) * (1.0 - crisis.mechanism.relief * strength)
    a, due_a, held_a, cost_a = held(relieved(v.me, crisis.a, kept, v.now), v.due_me, crisis.a, u_hold_a, v.now)
    b, due_b, held_b, cost_b = held(relieved(v.other, crisis.b, kept, v.now), v.due_other, crisis.b, u_hold_b, v.now)
    v = changed(v, me=a, other=b, due_me=due_a, due_other=due_b)
    return v, changed(event, held_me=held_a, held_other=held_b, cost_me=cost_a, cost_other=cost_b)


@jitted
def _walked_back(v: Perspective, rung: int, crisis: Plain) -> Perspective:
    """The view once a contact has taken the crisis down to ``rung``, in quiet."""
    a, due_a = eased(v.me, v.due_me, crisis.a, rung, v.now)
    b, due_b = eased(v.other, v.due_other, crisis.b, rung, v.now)
    return changed(v, me=a, other=b, talks=changed(v.talks, rung=rung, step=0), due_me=due_a, due_other=due_b)


@jitted
def _settled(v: Perspective, event: RelativeAct, crisis: Plain) -> tuple[Perspective, RelativeAct]:
    """Relations are normal again: councils at work rest, at the audience cost of what they drop."""
    a, due_a, cost_a = at_rest(v.me, v.due_me, crisis.a, v.now)
    b, due_b, cost_b = at_rest(v.other, v.due_other, crisis.b, v.now)
    v = changed(v, me=a, other=b, talks=changed(v.talks, rung=NORMAL, step=0), due_me=due_a, due_other=due_b)
    return v, changed(event, cost_me=cost_a, cost_other=cost_b)


@jitted
def _with_spoilers(v: Perspective, crisis: Plain) -> Perspective:
    """The view once both groups have seen where the channel stands."""
    own, due_own = spoiled(v.own_group, v.due_own_group, crisis.militants_a, v.talks.step, v.now)
    other, due_other = spoiled(v.other_group, v.due_other_group, crisis.militants_b, v.talks.step, v.now)
    return changed(v, own_group=own, other_group=other, due_own_group=due_own, due_other_group=due_other)


@jitted
def owed(account: GrievanceAccount, nation: Plain, now: int) -> float:
    """The ledger of an account at the minute ``now``."""
    return decayed(account.ledger, now - account.since, nation.harm_half_life)


@jitted
def openness(x: float, y: float, trust: float, diplomacy: Plain) -> float:
    """Probability that a try succeeds, from the two ledgers and the mean trust of both (see ``Diplomacy``)."""
    weight = diplomacy.imbalance * abs(x - y) + diplomacy.burden * (max(x, 0.0) + max(y, 0.0))
    return (1.0 - diplomacy.trust_weight * (1.0 - trust)) / (1.0 + weight)


@jitted
def _next_step(step: int, a: Side, b: Side) -> int:
    """The step after ``step``; the ambassadors' return is skipped where none was recalled."""
    if step == STATEMENT and a.envoy + b.envoy == 2:
        return VISIT
    return step + 1


@jitted
def next_try(talks: Talks, a: Side, b: Side, diplomacy: Plain, gain: float, now: int, u: Uniform) -> int:
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
def relieved(side: Side, nation: Plain, kept: float, now: int) -> Side:
    """``side`` with only a share of its ledger ``kept``."""
    account = aged(side.account, nation, now)
    return changed(side, account=changed(account, ledger=account.ledger * kept))


@jitted
def held(side: Side, due: int, nation: Plain, u: Uniform, now: int) -> tuple[Side, int, int, float]:
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
def _campaigns_ended(v: Perspective, crisis: Plain) -> Perspective:
    """The view once both sides have signed a statement: neither strikes a further blow of its own."""
    a, due_a = _at_peace(v.me, v.due_me, crisis.a, v.now)
    b, due_b = _at_peace(v.other, v.due_other, crisis.b, v.now)
    return changed(v, me=a, other=b, due_me=due_a, due_other=due_b)


@jitted
def _at_peace(side: Side, due: int, nation: Plain, now: int) -> tuple[Side, int]:
    """A side whose campaign, if it has one, is over."""
    return stood_down(side, side.memory, nation, now) if side.plan.phase == CAMPAIGNING else (side, due)


@jitted
def eased(side: Side, due: int, nation: Plain, rung: int, now: int) -> tuple[Side, int]:
    """A side once a contact has walked the crisis back to ``rung``: what is walked back needs no answer."""
    m = side.memory
    if m.perceived_rung <= rung or nation.review > 0.0:
        return side, due
    memory = changed(m, perceived_rung=rung, true_rung=min(m.true_rung, rung))
    if rung < nation.threshold and not idle(side.plan):
        return stood_down(side, cleared(memory, 0, m.standing), nation, now)
    return changed(side, memory=memory), due


@jitted
def at_rest(side: Side, due: int, nation: Plain, now: int) -> tuple[Side, int, float]:
    """A side once relations are normal again: a council still at work has nothing left to decide."""
    if idle(side.plan):
        return side, due, 0.0
    side = changed(side, account=aged(side.account, nation, now))
    side, due = stood_down(side, cleared(side.memory, 0, side.memory.standing), nation, now)
    return side, due, side.account.pressure


@jitted
def _after(step: int, side: Side, diplomacy: Plain) -> Side:
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
def _rung_after(step: int, rung: int, a: Side, b: Side) -> int:
    """The crisis rung once a step has walked back what it can."""
    if step < STATEMENT:
        return rung
    if step == STATEMENT:
        return min(rung, SANCTION if a.envoy + b.envoy < 2 else PROTEST)
    return PROTEST if step == ENVOYS else NORMAL


@jitted
def _agreed(mechanism_state: MechanismState, mechanism: Plain, now: int) -> MechanismState:
    """The mechanism_state once the channel has agreed it: put in force, or renewed."""
    meeting = mechanism_state.meeting
    if mechanism_state.since > now:
        meeting = later(now, mechanism.meeting_interval) if mechanism.meeting_interval > 0.0 else NEVER
    return changed(mechanism_state, since=now, strength=1.0, meeting=meeting)
