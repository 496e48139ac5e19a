"""The transitions of a run: how it opens, who acts next, and what each act does. The whole model in three functions."""

from sim.model.events.contact import next_contact
from sim.model.events.council import council, protest
from sim.model.events.hawkes import next_attack
from sim.model.events.iterated_play import OWN_EYES, next_sitting
from sim.model.events.mechanism import exists, inquiry, meeting
from sim.model.events.militant_attack import attack
from sim.model.events.strike import strike
from sim.model.events.talks import talk
from sim.model.ladder import MILITANT_ATTACK, NORMAL, SANCTION
from sim.model.numerics.change import changed
from sim.model.numerics.jit import Uniform, jitted
from sim.model.numerics.philox import Chances, happens, uniforms, unit_wait
from sim.model.parameter import Plain
from sim.model.perspective import UNEVENTFUL, Perspective, RelativeAct, perspective, turned_back
from sim.model.setting.crisis import ATTACK_ON_A, ATTACK_ON_B, STRIKE_BY_A, STRIKE_BY_B
from sim.model.state import (
    CAMPAIGNING,
    CHANNEL,
    INQUIRED,
    MECHANISM,
    MET,
    MILITANTS_A,
    MILITANTS_B,
    MIXED,
    NEVER,
    NEW_ACCOUNT,
    NEW_GROUP,
    NEW_SIDE,
    NEW_STATE,
    NO_PLAN,
    NOT_IN_FORCE,
    NOTHING_DUE,
    PREPARING,
    PROTESTING,
    SITTING,
    UNPROVOKED,
    A,
    B,
    Group,
    Side,
    State,
    due_of,
    later,
)  # fmt: skip

START = 4  # the part of an actor's chances that is drawn before the first act
FROM_START = 0  # the code of Mechanism.in_force "start"


@jitted
def opening(crisis: Plain, chance: Chances) -> State:
    """The state at minute 0. The act the crisis starts with, if any, is due at once as its author's act number 0."""
    group_a = _armed(MILITANTS_A, crisis.militants_a, chance, crisis.opening == ATTACK_ON_A)
    group_b = _armed(MILITANTS_B, crisis.militants_b, chance, crisis.opening == ATTACK_ON_B)
    mechanism_state = NOT_IN_FORCE
    if crisis.mechanism.in_force == FROM_START and exists(crisis.mechanism):
        interval = crisis.mechanism.meeting_interval
        mechanism_state = changed(NOT_IN_FORCE, since=0, meeting=later(0, interval) if interval > 0.0 else NEVER)
    type_a, type_b = _types(crisis.type_correlation, chance)
    a = _seated(A, crisis.a, chance, type_a, crisis.opening == STRIKE_BY_A, crisis.opening_rung)
    b = _seated(B, crisis.b, chance, type_b, crisis.opening == STRIKE_BY_B, crisis.opening_rung)
    due = changed(
        NOTHING_DUE,
        a=0 if crisis.opening == STRIKE_BY_A else a.plan.council,
        b=0 if crisis.opening == STRIKE_BY_B else b.plan.council,
        militants_a=0 if crisis.opening == ATTACK_ON_A else next_attack(group_a, crisis.militants_a),
        militants_b=0 if crisis.opening == ATTACK_ON_B else next_attack(group_b, crisis.militants_b),
        channel=_first_contact(a, b, crisis.diplomacy, chance),
        mechanism=mechanism_state.meeting,
    )
    talks = changed(NEW_STATE.talks, rung=SANCTION if a.envoy + b.envoy < 2 else NORMAL)
    return changed(NEW_STATE, due=due, a=a, b=b, group_a=group_a, group_b=group_b, talks=talks, mechanism_state=mechanism_state)


@jitted
def act(state: State, who: int, crisis: Plain, chance: Chances) -> State:
    """The state after the actor ``who`` has acted; it must be the one that is due first."""
    if who == CHANNEL:
        return talk(state, crisis, chance)
    now = due_of(state.due, who)
    side = who & 1 if who < CHANNEL else A
    if who == MECHANISM and now == state.mechanism_state.inquiry and now != state.mechanism_state.meeting:
        side = state.mechanism_state.subject
    v = perspective(state, side, now)
    nation, rival = crisis.a, crisis.b
    own_militants, other_militants = crisis.militants_a, crisis.militants_b
    if side == B:
        nation, rival = crisis.b, crisis.a
        own_militants, other_militants = crisis.militants_b, crisis.militants_a
    if who <= B:
        v, event = _nation_acts(v, side, nation, rival, own_militants, other_militants, crisis, chance)
    elif who < CHANNEL:
        v, event = attack(v, side, nation, rival, own_militants, crisis, chance)
    else:
        v, event = _mechanism_acts(v, crisis.mechanism, nation)
    return turned_back(v, side, who, event)


@jitted
def _nation_acts(
    v: Perspective,
    side: int,
    nation: Plain,
    rival: Plain,
    own_militants: Plain,
    other_militants: Plain,
    crisis: Plain,
    chance: Chances,
) -> tuple[Perspective, RelativeAct]:
    """A nation's turn: it speaks, decides, or carries out what it ordered, by the phase of its council."""
    if v.me.plan.phase == PREPARING or v.me.plan.phase == CAMPAIGNING:
        return strike(v, side, nation, rival, own_militants, other_militants, crisis, chance)
    if v.me.plan.phase == PROTESTING:
        me, other, due_me, event = protest(v.me, v.other, side, v.now, nation, rival, chance)
    else:
        me, other, due_me, event = council(
            v.me, v.other, v.mechanism_state, side, v.now, nation, rival, crisis.mechanism, chance
        )
    return changed(v, me=me, other=other, due_me=due_me), event


@jitted
def _mechanism_acts(v: Perspective, mechanism: Plain, nation: Plain) -> tuple[Perspective, RelativeAct]:
    """The mechanism's turn: a meeting, or else the report of its inquiry."""
    me, due_me, r, kind, held = v.me, v.due_me, v.mechanism_state, MET, 0
    if v.now == r.meeting:
        r = meeting(r, mechanism, v.now)
    else:
        me, due_me, held = inquiry(me, due_me, r.evidence, nation, v.now)
        r, kind = changed(r, inquiry=NEVER, evidence=0.0), INQUIRED
    v = changed(v, me=me, mechanism_state=r, due_me=due_me, due_mechanism=min(r.meeting, r.inquiry))
    return v, changed(UNEVENTFUL, kind=kind, held_me=held)


@jitted
def _first_contact(a: Side, b: Side, diplomacy: Plain, chance: Chances) -> int:
    """When the channel first tries at a contact: NEVER where the run opens with every ambassador at post."""
    if a.envoy + b.envoy == 2:
        return NEVER
    _, u_wait, _, _ = uniforms(chance, CHANNEL, 0, START)
    return next_contact(a, b, diplomacy, 0.0, 0, u_wait)


@jitted
def _armed(who: int, militants: Plain, chance: Chances, opens: bool) -> Group:
    """A group at the start, its first attack drawn; whether its host stands behind it is drawn once for the run."""
    u_base, u_offspring, u_complicit, _ = uniforms(chance, who, 0, START)
    complicit = int(happens(u_complicit, militants.complicity))
    base, offspring = unit_wait(u_base), unit_wait(u_offspring)
    return changed(NEW_GROUP, base=base, offspring=offspring, attacks=0 if opens else 1, complicit=complicit)


@jitted
def _types(type_correlation: float, chance: Chances) -> tuple[Uniform, Uniform]:
    """The draws that committed leaderships decide by: with probability ``type_correlation`` one draw for both."""
    _, type_a, u_alike, _ = uniforms(chance, A, 0, START)
    _, type_b, _, _ = uniforms(chance, B, 0, START)
    return type_a, type_a if happens(u_alike, type_correlation) else type_b


@jitted
def _seated(who: int, nation: Plain, chance: Chances, drawn_type: Uniform, opens: bool, rung: int) -> Side:
    """A nation at the start; whether its leadership is committed is drawn once for the run.

    The side that opens is about to strike, as it sees it in answer to an attack.
    """
    u_committed, _, _, u_sits = uniforms(chance, who, 0, START)
    commitment_type = drawn_type if happens(u_committed, nation.commitment) else MIXED
    memory, account = changed(UNPROVOKED, standing=1 - nation.standing), changed(NEW_ACCOUNT, ledger=nation.grievance)
    side = changed(
        NEW_SIDE, memory=memory, account=account, trust=nation.trust, envoy=1 - nation.recalled, commitment_type=commitment_type
    )
    plan = NO_PLAN
    if nation.review > 0.0:
        plan = changed(plan, phase=SITTING, council=next_sitting(nation, 0, u_sits))
    if not opens:
        return changed(side, plan=plan)
    plan = changed(plan, phase=PREPARING, ordered=rung, cause=OWN_EYES if rung <= nation.reprisal else 0)
    return changed(side, memory=changed(memory, perceived_rung=MILITANT_ATTACK), plan=plan, acts=0)
