"""A council speaks first, then decides: whether to answer, and at what rung.

Chances, by the nation's count of acts: part 0 is generosity, the rung, the resort to force, the clarification; part 1 the
message, the relay; part 6 war, a mere display, dread of war. The words under protest use part 3 of the provocation they answer.
"""

from sim.model.events.beliefs import aged, believed, cleared
from sim.model.events.casualties import effect
from sim.model.events.communication import listened, spoken
from sim.model.events.iterated_play import NOISE, cause, next_sitting, slipped
from sim.model.ladder import CLASH, EXCHANGE, MILITANT_ATTACK, MILITARY_SIGNAL, PROTEST, SANCTION, WAR
from sim.model.numerics.change import changed
from sim.model.numerics.elementary import exponential
from sim.model.numerics.jit import Uniform, jitted
from sim.model.numerics.philox import Chances, aside, happens, uniforms
from sim.model.parameter import Plain
from sim.model.perspective import UNEVENTFUL, RelativeAct
from sim.model.rules.memory import Memory
from sim.model.rules.retaliation import choose as retaliation
from sim.model.rules.retaliation import lowered, raised
from sim.model.rules.signalling import HOSTILE
from sim.model.rules.signalling import PASS as MOMENT_PASS
from sim.model.rules.signalling import PROTEST as MOMENT_PROTEST
from sim.model.rules.signalling import choose as signalling
from sim.model.state import (
    DELIBERATING,
    MIXED,
    NEVER,
    NO_PLAN,
    NOT_ANSWERING,
    ORDERED,
    PASSED,
    PREPARING,
    SITTING,
    WORDS,
    MechanismState,
    Side,
    soon,
)  # fmt: skip

SPEECH = 3
ANSWER = 6


@jitted
def protest(
    me: Side, other: Side, side: int, now: int, nation: Plain, rival: Plain, chance: Chances
) -> tuple[Side, Side, int, RelativeAct]:
    """The first words after a provocation; after a strike, hostile ones come with the ambassador's recall.

    Returns both sides, the minute of the decision, and the event.
    """
    u_message, _, _, _ = uniforms(chance, side, me.provocations, SPEECH)
    words = signalling(nation.signalling, me.memory, MOMENT_PROTEST)
    recalls = words.public == HOSTILE and me.memory.perceived_rung >= CLASH
    me = spoken(changed(me, account=aged(me.account, nation, now)), nation, words)
    due = me.plan.council
    if due == NOT_ANSWERING:
        me, due = changed(me, memory=cleared(me.memory, 0, me.memory.standing), plan=NO_PLAN), NEVER
    else:
        me = changed(me, plan=changed(me.plan, phase=DELIBERATING))
    if recalls:
        me = changed(me, envoy=0)
    other = listened(other, rival, words, nation.signal_cost, u_message)
    rung = 0
    if words.public == HOSTILE:
        rung = MILITARY_SIGNAL if words.display else (SANCTION if recalls else PROTEST)
    said = changed(
        UNEVENTFUL, kind=WORDS, rung=rung, seen=rung, public=words.public, private=words.private, recalled=int(recalls)
    )
    return me, other, due, said


@jitted
def council(
    me: Side,
    other: Side,
    mechanism_state: MechanismState,
    side: int,
    now: int,
    nation: Plain,
    rival: Plain,
    mechanism: Plain,
    chance: Chances,
) -> tuple[Side, Side, int, RelativeAct]:
    """The decision: to pass, or to order an act at some rung. Returns both sides, the minute of the act, and the event."""
    u_pass, u_rung, u_resort, u_clear = uniforms(chance, side, me.acts, 0)
    strength = effect(mechanism_state, mechanism, now)
    me = changed(me, account=aged(me.account, nation, now))
    if mechanism.relay > 0.0:
        _, u_relay, _, _ = uniforms(chance, side, me.acts, 1)
        if happens(u_relay, mechanism.relay * strength):
            me = changed(me, trust=believed(me.trust, mechanism.relay_cost))
    memory = _clarified(me.memory, now - me.plan.since, mechanism.clarification * strength, u_clear)
    u_war, u_display, u_dread, _ = uniforms(chance, side, me.acts, ANSWER)
    decided = _decision(me, memory, nation, mechanism, strength, u_pass, u_rung, u_resort)
    if decided == WAR and memory.perceived_rung == EXCHANGE and happens(u_dread, nation.dread):
        decided = EXCHANGE
    if decided >= CLASH and memory.perceived_rung >= CLASH:
        decided = _answer(decided, memory, nation, u_war, u_display)
    rung, plan = decided, changed(NO_PLAN, since=me.plan.since)
    if nation.review > 0.0 or nation.accident > 0.0 or nation.failure > 0.0:
        u_slip, u_sits, _, _ = uniforms(chance, side, me.acts, NOISE)
        rung = slipped(decided, nation, u_slip)
        if nation.review > 0.0:
            plan = changed(plan, council=next_sitting(nation, now, u_sits))
    if decided == 0 and rung == 0 and nation.review == 0.0:
        return _passed(me, other, memory, side, now, nation, rival, mechanism.pledge * strength, chance)
    plan = changed(plan, phase=PREPARING, ordered=rung, cause=cause(nation, memory, other.memory, rung))
    cost = me.account.pressure if decided == 0 and memory.perceived_rung > 0 else 0.0
    me = changed(me, memory=memory, plan=plan, acts=me.acts + 1)
    order = changed(UNEVENTFUL, kind=ORDERED, rung=rung, slipped=int((rung == 0) != (decided == 0)), cost_me=cost)
    return me, other, soon(now, nation.preparation), order


@jitted
def _decision(
    me: Side,
    memory: Memory,
    nation: Plain,
    mechanism: Plain,
    strength: float,
    u_pass: Uniform,
    u_rung: Uniform,
    u_resort: Uniform,
) -> int:
    """The rung to act at; 0 lets it pass. A council that was provoked, and finds that it was not, has nothing to decide."""
    if memory.perceived_rung == 0 and me.plan.phase != SITTING:
        return 0
    asked = retaliation(nation.retaliation, nation, memory, me.account.ledger)
    if (
        asked == 0
        or (memory.streak <= nation.patience and memory.perceived_rung > 0)
        or not _resorts(memory, me, nation, mechanism, strength, u_resort)
        or _lets_pass(memory, me, nation, mechanism, strength, u_pass)
    ):
        return 0
    return _at_rung(asked, memory, nation, u_rung)


@jitted
def _clarified(memory: Memory, waited: int, rate: float, u: Uniform) -> Memory:
    """What was perceived, put right where a hotline had the time to do so."""
    if memory.perceived_rung == memory.true_rung or rate == 0.0 or not happens(u, 1.0 - exponential(-rate * waited)):
        return memory
    return changed(
        memory, perceived_rung=memory.true_rung, opponent_standing=memory.opponent_standing if memory.true_rung > 0 else 1
    )


@jitted
def _resorts(memory: Memory, me: Side, nation: Plain, mechanism: Plain, strength: float, u: Uniform) -> bool:
    """Whether force is an answer at all: always to force; to an attack the likelier, the more dead and the less trust."""
    if memory.perceived_rung != MILITANT_ATTACK or nation.proxies == 1:
        return True
    feasible = nation.resort + (1.0 - nation.resort) * mechanism.targeting * strength
    dead = memory.unanswered_deaths / (memory.unanswered_deaths + nation.resort_deaths) if memory.unanswered_deaths > 0 else 0.0
    return happens(u, feasible * dead * (1.0 - me.trust) / (1.0 + mechanism.pledge * strength))


@jitted
def _lets_pass(memory: Memory, me: Side, nation: Plain, mechanism: Plain, strength: float, u: Uniform) -> bool:
    """Whether generosity lets force pass: the less likely, the more pressure; a committed leadership always draws alike."""
    if memory.perceived_rung < CLASH:
        return False
    p = nation.generosity / (1.0 + (me.account.pressure + mechanism.pledge * strength))
    if me.commitment_type == MIXED:
        return happens(u, p)
    return happens(me.commitment_type, p)


@jitted
def _at_rung(asked: int, memory: Memory, nation: Plain, u: Uniform) -> int:
    """The rung of the order: the rule's, moved by one where the council undershoots or exceeds, and bounded by the cap."""
    dead = memory.unanswered_deaths
    if dead > 0:
        dead = dead / (1.0 + dead / nation.exceed_deaths)
    rung, off = asked, aside(u, nation.undershoot, nation.exceed + nation.exceed_by_death * dead)
    if off != 0:
        rung = lowered(nation, asked) if off < 0 else raised(nation, asked)
    return min(rung, nation.cap)


@jitted
def _answer(decided: int, memory: Memory, nation: Plain, u_war: Uniform, u_display: Uniform) -> int:
    """What an answer to force by force comes to: war outright, a mere display, or what was decided.

    War is the likelier, the more own dead are unanswered and the more blows it has taken.
    """
    if nation.cap == WAR and happens(
        u_war, nation.war_by_death * memory.unanswered_deaths + nation.war_by_blow * (memory.streak - 1)
    ):
        return WAR
    return MILITARY_SIGNAL if happens(u_display, nation.display) else decided


@jitted
def _passed(
    me: Side, other: Side, memory: Memory, side: int, now: int, nation: Plain, rival: Plain, pledge: float, chance: Chances
) -> tuple[Side, Side, int, RelativeAct]:
    """The decision not to act, and the words that go with it; backing down costs the pressure that was built up."""
    u_message, _, _, _ = uniforms(chance, side, me.acts, 1)
    cost = me.account.pressure
    words = signalling(nation.signalling, memory, MOMENT_PASS)
    account = changed(me.account, pressure=cost + pledge if memory.perceived_rung >= CLASH else cost)
    me = changed(me, memory=cleared(memory, 0, 1), account=account, plan=NO_PLAN, acts=me.acts + 1)
    other = listened(other, rival, words, nation.signal_cost, u_message)
    passed = changed(UNEVENTFUL, kind=PASSED, public=words.public, private=words.private, cost_me=cost)
    return spoken(me, nation, words), other, NEVER, passed
