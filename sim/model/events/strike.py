"""An ordered act is carried out: noise of execution, deaths by nationality, and how the other side sees it.

Chances, by the nation's count of acts: part 0 is execution, perception, the dead, whose dead; part 1 notice, the hit (of an
act on the other state's own: whether it kills at all), the message, the wait for diplomacy; part 5 the rung a bloodless strike
is seen at, the wait for a further one, and what ``sim.model.events.iterated_play`` says.
"""

from sim.model.events.beliefs import aged, at_ease, cleared, provoked
from sim.model.events.casualties import at_rung, effect, harm
from sim.model.events.communication import listened, spoken
from sim.model.events.contact import next_contact
from sim.model.events.hawkes import bombed, spoiled
from sim.model.events.iterated_play import NOISE, OTHER_EYES, OWN_EYES, faced, glimpsed
from sim.model.ladder import CLASH, EXCHANGE, SANCTUARY_STRIKE, WAR, above, below
from sim.model.numerics.change import changed
from sim.model.numerics.jit import jitted
from sim.model.numerics.philox import happens, toll, uniforms, which
from sim.model.perspective import UNEVENTFUL
from sim.model.rules.retaliation import in_kind
from sim.model.rules.signalling import NOTHING, Words
from sim.model.rules.signalling import PASS as MOMENT_PASS
from sim.model.rules.signalling import STRIKE as MOMENT_STRIKE
from sim.model.rules.signalling import choose as signalling
from sim.model.rules.waiting_time import how_long
from sim.model.state import ACTED, CAMPAIGNING, NEVER, NO_PLAN, later, soon

UP, DOWN = 0, 1  # where an act goes that does not go as meant


@jitted
def strike(v, side, nation, rival, own_militants, other_militants, crisis, chance):
    """The side's order comes due. ``own_militants`` attack this side, ``other_militants`` the other.

    Act number 0 is the strike the crisis starts with: given at its rung, with its dead, in silence, and seen as it was.
    """
    _, u_hit, u_message, u_wait = uniforms(chance, side, v.me.acts, 1)
    mechanism, given = crisis.mechanism, v.me.acts == 0
    _, u_lag, _, u_follow = uniforms(chance, side, v.me.acts, NOISE)
    strength = effect(v.mechanism_state, mechanism, v.now)
    words, hit = Words(NOTHING, NOTHING, 0), False
    rung, nationals, kin = v.me.plan.ordered, crisis.opening_dead, crisis.opening_kin
    seen = meant = rung
    if not given:
        rung, seen, meant, nationals, kin = flown(v.me, side, nation, rival, mechanism, strength, chance)
        words = signalling(nation.signalling, v.me.memory, MOMENT_STRIKE if rung > 0 else MOMENT_PASS)
        hit = rung == SANCTUARY_STRIKE and happens(u_hit, nation.hit)
    me = spoken(having_acted(v.me, rung, nation, v.now), nation, words)
    other = listened(v.other, rival, words, nation.signal_cost, u_message)
    group, other_group, talks, mechanism_state = v.own_group, v.other_group, v.talks, v.mechanism_state
    due_own_group, due_other_group, due_channel = v.due_own_group, v.due_other_group, v.due_channel
    if rung >= CLASH:
        pain = harm(rival, seen, nationals)
        me, other = embittered(me, other, nation, rival, pain, nationals, v.now)
        talks = changed(talks, rung=max(talks.rung, rung), step=0)
        other_group, due_other_group = spoiled(other_group, due_other_group, other_militants, 0, v.now)
        group, due_own_group = bombed(group, own_militants, v.now, hit, nationals)
        mechanism_state = changed(mechanism_state, strength=mechanism_state.strength * (1.0 - mechanism.erosion))
        gain = mechanism.contact_gain * strength * (1.0 - mechanism.erosion)
        due_channel = next_contact(me, other, crisis.diplomacy, gain, v.now, u_wait)
    elif rung > talks.rung:
        talks = changed(talks, rung=rung)
        if due_channel == NEVER:
            due_channel = next_contact(me, other, crisis.diplomacy, 0.0, v.now, u_wait)
    just, due_me, due_other = int(v.me.plan.cause >= OTHER_EYES), NEVER, v.due_other
    if nation.review > 0.0 and rival.review > 0.0:
        other = faced(other, rival, v.now, seen, meant, nationals, just)
    else:
        other, due_other = provoked(other, due_other, 1 - side, rival, chance, v.now, seen, meant, nationals, just)
    me, due_me = afterwards(me, nation, rung, v.now, u_follow, u_lag)
    event = changed(
        UNEVENTFUL, kind=ACTED, rung=rung, seen=seen, dead_other=nationals, dead_kin=kin, public=words.public,
        private=words.private, hit=int(hit),
    )  # fmt: skip
    v = changed(
        v, me=me, other=other, own_group=group, other_group=other_group, talks=talks, mechanism_state=mechanism_state,
        due_me=due_me, due_other=due_other, due_own_group=due_own_group, due_other_group=due_other_group,
        due_channel=due_channel,
    )  # fmt: skip
    return at_war(v) if rung == WAR else v, event


@jitted
def at_war(v):
    """The view once there is war: nothing is due any more."""
    return changed(
        v, due_me=NEVER, due_other=NEVER, due_own_group=NEVER, due_other_group=NEVER, due_channel=NEVER, due_mechanism=NEVER
    )  # fmt: skip


@jitted
def flown(me, side, nation, rival, mechanism, strength, chance):
    """What becomes of an order: the rung carried out, the rung seen, the rung it would be seen at without error, the dead."""
    u_execute, u_see, u_dead, u_whose = uniforms(chance, side, me.acts, 0)
    u_notice, u_blood, _, _ = uniforms(chance, side, me.acts, 1)
    announced = happens(u_notice, nation.notice + (1.0 - nation.notice) * mechanism.notice * strength)
    rung = executed(me.plan.ordered, nation.execution_error, u_execute) if me.plan.ordered > 0 else 0
    nationals, kin = killed(nation, rung, announced, u_blood, u_dead, u_whose)
    cut = 1.0 if announced else mechanism.perception_cut * strength
    u_bloodless, _, u_glimpse, _ = uniforms(chance, side, me.acts, NOISE)
    lightly = rung >= CLASH and (announced or (nationals == 0 and happens(u_bloodless, rival.discount)))
    meant = perceived(rung, 0.0, lightly, u_see)
    seen = perceived(rung, rival.perception_error * (1.0 - cut), lightly, u_see) if rung > 0 else 0
    if rival.phantom > 0.0 or rival.miss > 0.0:
        seen = glimpsed(seen, rung, nation, rival, cut, u_glimpse)
    return rung, seen, meant, nationals, kin


@jitted
def killed(nation, rung, announced, u_blood, u_dead, u_whose):
    """The dead of a strike: nationals of the other side, and militants and kin of the striker's origin.

    Many an act on the other state's own kills nobody; whether a strike on militants hits them is asked of the same chance.
    """
    if announced or rung < CLASH:
        return 0, 0
    if rung != SANCTUARY_STRIKE and rung < WAR and happens(u_blood, nation.bloodless):
        return 0, 0
    scale, most = (
        at_rung(nation.strike_deaths, nation.deaths_growth, rung),
        at_rung(nation.deaths_most, nation.most_growth, rung),
    )
    dead = toll(u_dead, 0.0, scale, nation.deaths_tail, most)
    if rung <= SANCTUARY_STRIKE and happens(u_whose, nation.own_origin):
        return 0, dead
    return dead, 0


@jitted
def executed(ordered, error, u):
    """The rung an order is carried out at; war is always ordered, never an accident."""
    off = which(u, 0.5 * error, error)
    if off == UP:
        rung = above(ordered)
        return EXCHANGE if rung == WAR and ordered != WAR else rung
    return below(ordered) if off == DOWN else ordered


@jitted
def perceived(rung, error, discounted, u):
    """The rung an act is seen at: by error one off, and one lower where it is ``discounted`` (announced, or no own dead).

    War is never mistaken, nor is anything else taken for war.
    """
    if rung == WAR:
        return WAR
    seen, off = rung, which(u, 0.5 * error, error)
    if off == UP:
        seen = min(above(rung), EXCHANGE)
    elif off == DOWN:
        seen = below(rung)
    return below(seen) if discounted and rung >= CLASH else seen


@jitted
def having_acted(me, rung, nation, now):
    """The side after its act: what it perceived is answered, the public has had its answer, and its standing is judged."""
    m, account = me.memory, aged(me.account, nation, now)
    if rung >= CLASH:
        account = changed(account, pressure=account.pressure * (1.0 - nation.strike_relief))
    just = me.plan.cause & OWN_EYES == OWN_EYES and rung <= max(me.plan.ordered, in_kind(nation, m))
    stands = int(rung == 0 or just)
    memory = cleared(m, rung, stands)
    if nation.review > 0.0:
        memory = changed(m, unanswered_deaths=0, standing=stands, last=rung)
    return changed(me, memory=memory, account=account, acts=me.acts + 1)


@jitted
def afterwards(me, nation, rung, now, u_follow, u_lag):
    """The side once it has acted, and when it is due again: another act of force follows, or its council is at ease."""
    if rung >= CLASH and happens(u_follow, nation.follow_up):
        plan = changed(NO_PLAN, phase=CAMPAIGNING, council=me.plan.council, ordered=rung)
        rested = later(now, nation.follow_least)
        due = soon(rested, how_long(u_lag, nation.delay, nation.follow_lag, nation.follow_lag_spread))
    else:
        plan, due = at_ease(me.plan, nation, now)
    return changed(me, plan=plan), due


@jitted
def embittered(me, other, nation, rival, pain, nationals, now):
    """Both sides after a strike by *me* that the other felt as ``pain``: the two ledgers, and the other's pressure."""
    others, own = aged(other.account, rival, now), aged(me.account, nation, now)
    pressure = others.pressure + rival.humiliation * pain + rival.pressure_by_death * nationals
    me = changed(me, account=changed(own, ledger=own.ledger - pain))
    return me, changed(other, account=changed(others, ledger=others.ledger + pain, pressure=pressure))
