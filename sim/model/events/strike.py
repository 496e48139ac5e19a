"""An ordered act is carried out: noise of execution, deaths by nationality, and how the other side sees it.

Chances, by the nation's count of acts: part 0 is execution, perception, the dead, whose dead; part 1 notice, the hit (of an
act on the other state's own: whether it kills at all), the message, the wait for diplomacy; part 5 the rung a bloodless strike
is seen at, the wait for a further one, and what ``sim.model.events.iterated_play`` says.
"""

from typing import NamedTuple

from sim.model.events.beliefs import aged, at_ease, cleared, provoked
from sim.model.events.casualties import at_rung, effect, harm
from sim.model.events.communication import listened, spoken
from sim.model.events.contact import next_contact
from sim.model.events.hawkes import bombed, spoiled
from sim.model.events.iterated_play import NOISE, OTHER_EYES, OWN_EYES, faced, glimpsed
from sim.model.ladder import CLASH, EXCHANGE, SANCTUARY_STRIKE, WAR, above, below
from sim.model.numerics.change import changed
from sim.model.numerics.jit import Uniform, jitted
from sim.model.numerics.philox import Chances, happens, toll, uniforms, which
from sim.model.parameter import Plain
from sim.model.perspective import UNEVENTFUL, Perspective, RelativeAct
from sim.model.rules.retaliation import in_kind
from sim.model.rules.signalling import NOTHING, Words
from sim.model.rules.signalling import PASS as MOMENT_PASS
from sim.model.rules.signalling import STRIKE as MOMENT_STRIKE
from sim.model.rules.signalling import choose as signalling
from sim.model.rules.waiting_time import how_long
from sim.model.state import ACTED, CAMPAIGNING, NEVER, NO_PLAN, Side, later, soon

UP, DOWN = 0, 1  # where an act goes that does not go as meant


class Blow(NamedTuple):
    """What became of an order, and the words that go with it."""

    rung: int  # carried out at
    seen: int  # by the other side
    true_rung: int  # at which it would be seen without error
    nationals: int  # of the other side, killed
    kin: int  # militants and kin of the striker's origin, killed
    hit: int  # 1 where it hits the group
    words: Words


@jitted
def strike(
    v: Perspective, side: int, nation: Plain, rival: Plain, own_militants: Plain, other_militants: Plain, crisis: Plain,
    chance: Chances,
) -> tuple[Perspective, RelativeAct]:  # fmt: skip
    """The side's order comes due. ``own_militants`` attack this side, ``other_militants`` the other.

    Act number 0 is the strike the crisis starts with: given at its rung, with its dead, in silence, and seen as it was.
    """
    _, _, u_message, u_wait = uniforms(chance, side, v.me.acts, 1)
    _, u_lag, _, u_follow = uniforms(chance, side, v.me.acts, NOISE)
    strength, just = effect(v.mechanism_state, crisis.mechanism, v.now), int(v.me.plan.cause >= OTHER_EYES)
    if v.me.acts == 0:
        blow = given(v.me.plan.ordered, crisis)
    else:
        blow = flown(v.me, side, nation, rival, crisis.mechanism, strength, chance)
    me = spoken(having_acted(v.me, blow.rung, nation, v.now), nation, blow.words)
    v = changed(v, me=me, other=listened(v.other, rival, blow.words, nation.signal_cost, u_message))
    if blow.rung >= CLASH:
        v = suffered(v, blow, nation, rival, own_militants, other_militants, crisis.mechanism)
        gain = crisis.mechanism.contact_gain * strength * (1.0 - crisis.mechanism.erosion)
        v = changed(v, due_channel=next_contact(v.me, v.other, crisis.diplomacy, gain, v.now, u_wait))
    elif blow.rung > v.talks.rung:
        v = changed(v, talks=changed(v.talks, rung=blow.rung))
        if v.due_channel == NEVER:
            v = changed(v, due_channel=next_contact(v.me, v.other, crisis.diplomacy, 0.0, v.now, u_wait))
    v = taken_in(v, side, blow, just, nation, rival, chance)
    me, due_me = afterwards(v.me, nation, blow.rung, v.now, u_follow, u_lag)
    v = changed(v, me=me, due_me=due_me)
    event = changed(
        UNEVENTFUL, kind=ACTED, rung=blow.rung, seen=blow.seen, dead_other=blow.nationals, dead_kin=blow.kin,
        public=blow.words.public, private=blow.words.private, hit=blow.hit,
    )  # fmt: skip
    return at_war(v) if blow.rung == WAR else v, event


@jitted
def given(rung: int, crisis: Plain) -> Blow:
    """The strike the crisis starts with."""
    return Blow(rung, rung, rung, crisis.opening_dead, crisis.opening_kin, 0, Words(NOTHING, NOTHING, 0))


@jitted
def suffered(
    v: Perspective, blow: Blow, nation: Plain, rival: Plain, own_militants: Plain, other_militants: Plain, mechanism: Plain
) -> Perspective:
    """The world after an act of force: harm and pressure, talks broken off, militants stirred, the mechanism worn."""
    pain = harm(rival, blow.seen, blow.nationals)
    me, other = embittered(v.me, v.other, nation, rival, pain, blow.nationals, v.now)
    other_group, due_other_group = spoiled(v.other_group, v.due_other_group, other_militants, 0, v.now)
    own_group, due_own_group = bombed(v.own_group, own_militants, v.now, blow.hit == 1, blow.nationals)
    worn = changed(v.mechanism_state, strength=v.mechanism_state.strength * (1.0 - mechanism.erosion))
    return changed(
        v, me=me, other=other, own_group=own_group, other_group=other_group, mechanism_state=worn,
        talks=changed(v.talks, rung=max(v.talks.rung, blow.rung), step=0), due_own_group=due_own_group,
        due_other_group=due_other_group,
    )  # fmt: skip


@jitted
def taken_in(v: Perspective, side: int, blow: Blow, just: int, nation: Plain, rival: Plain, chance: Chances) -> Perspective:
    """The other side takes the act in: as a posture where both councils sit at regular intervals, else as a provocation."""
    if nation.review > 0.0 and rival.review > 0.0:
        return changed(v, other=faced(v.other, rival, v.now, blow.seen, blow.true_rung, blow.nationals, just))
    other, due_other = provoked(
        v.other, v.due_other, 1 - side, rival, chance, v.now, blow.seen, blow.true_rung, blow.nationals, just
    )
    return changed(v, other=other, due_other=due_other)


@jitted
def at_war(v: Perspective) -> Perspective:
    """The view once there is war: nothing is due any more."""
    return changed(
        v, due_me=NEVER, due_other=NEVER, due_own_group=NEVER, due_other_group=NEVER, due_channel=NEVER, due_mechanism=NEVER
    )  # fmt: skip


@jitted
def flown(me: Side, side: int, nation: Plain, rival: Plain, mechanism: Plain, strength: float, chance: Chances) -> Blow:
    """What becomes of an order: carried out with errors, with or without notice, and seen with errors."""
    u_execute, u_see, u_dead, u_whose = uniforms(chance, side, me.acts, 0)
    u_notice, u_hit, _, _ = uniforms(chance, side, me.acts, 1)
    announced = happens(u_notice, nation.notice + (1.0 - nation.notice) * mechanism.notice * strength)
    rung = executed(me.plan.ordered, nation.execution_error, u_execute) if me.plan.ordered > 0 else 0
    nationals, kin = killed(nation, rung, announced, u_hit, u_dead, u_whose)
    cut = 1.0 if announced else mechanism.perception_cut * strength
    u_bloodless, _, u_glimpse, _ = uniforms(chance, side, me.acts, NOISE)
    lightly = rung >= CLASH and (announced or (nationals == 0 and happens(u_bloodless, rival.discount)))
    true_rung = perceived(rung, 0.0, lightly, u_see)
    seen = perceived(rung, rival.perception_error * (1.0 - cut), lightly, u_see) if rung > 0 else 0
    if rival.phantom > 0.0 or rival.miss > 0.0:
        seen = glimpsed(seen, rung, nation, rival, cut, u_glimpse)
    words = signalling(nation.signalling, me.memory, MOMENT_STRIKE if rung > 0 else MOMENT_PASS)
    hit = int(rung == SANCTUARY_STRIKE and happens(u_hit, nation.hit))
    return Blow(rung, seen, true_rung, nationals, kin, hit, words)


@jitted
def killed(nation: Plain, rung: int, announced: bool, u_hit: Uniform, u_dead: Uniform, u_whose: Uniform) -> tuple[int, int]:
    """The dead of a strike: nationals of the other side, and militants and kin of the striker's origin.

    Many an act on the other state's own kills nobody; whether a strike on militants hits them is asked of the same chance.
    """
    if announced or rung < CLASH:
        return 0, 0
    if rung != SANCTUARY_STRIKE and rung < WAR and happens(u_hit, nation.bloodless):
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
def executed(ordered: int, error: float, u: Uniform) -> int:
    """The rung an order is carried out at; war is always ordered, never an accident."""
    off = which(u, 0.5 * error, error)
    if off == UP:
        rung = above(ordered)
        return EXCHANGE if rung == WAR and ordered != WAR else rung
    return below(ordered) if off == DOWN else ordered


@jitted
def perceived(rung: int, error: float, discounted: bool, u: Uniform) -> int:
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
def having_acted(me: Side, rung: int, nation: Plain, now: int) -> Side:
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
def afterwards(me: Side, nation: Plain, rung: int, now: int, u_follow: Uniform, u_lag: Uniform) -> tuple[Side, int]:
    """The side once it has acted, and when it is due again: another act of force follows, or its council is at ease."""
    if rung >= CLASH and happens(u_follow, nation.follow_up):
        plan = changed(NO_PLAN, phase=CAMPAIGNING, council=me.plan.council, ordered=rung)
        rested = later(now, nation.follow_least)
        due = soon(rested, how_long(u_lag, nation.delay, nation.follow_lag, nation.follow_lag_spread))
    else:
        plan, due = at_ease(me.plan, nation, now)
    return changed(me, plan=plan), due


@jitted
def embittered(me: Side, other: Side, nation: Plain, rival: Plain, pain: float, nationals: int, now: int) -> tuple[Side, Side]:
    """Both sides after a strike by *me* that the other felt as ``pain``: the two ledgers, and the other's pressure."""
    others, own = aged(other.account, rival, now), aged(me.account, nation, now)
    pressure = others.pressure + rival.humiliation * pain + rival.pressure_by_death * nationals
    me = changed(me, account=changed(own, ledger=own.ledger - pain))
    return me, changed(other, account=changed(others, ledger=others.ledger + pain, pressure=pressure))
