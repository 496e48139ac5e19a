"""A militant group attacks, or would have: foiled or not, deadly, read as the host's work or not.

The view is the victim's; the other side hosts the group. Chances, by the group's count of attacks: part 0 is whether it
happens, the dead, the reading of complicity, direction by the host; part 1 the two clocks to the next attack, the
warning, the wait for diplomacy; part 2 the inquiry.
"""

from sim.model.events.beliefs import aged, judged, provoked
from sim.model.events.casualties import effect
from sim.model.events.contact import next_contact
from sim.model.events.hawkes import next_attack, run_down
from sim.model.ladder import MILITANT_ATTACK
from sim.model.numerics.change import changed
from sim.model.numerics.elementary import LN2, natural_log
from sim.model.numerics.jit import Uniform, jitted
from sim.model.numerics.philox import Chances, happens, toll, uniforms, unit_wait, which
from sim.model.parameter import Plain
from sim.model.perspective import UNEVENTFUL, Perspective, RelativeAct
from sim.model.rules.intelligence_sharing import choose as shares
from sim.model.state import ATTACK, AVERTED, FOILED, MILITANTS_A, NEVER, Group, MechanismState, Side, later

INQUIRY = 2
PATROLS, WARNING, THROUGH = range(3)  # what an attack that is due comes to: stopped by patrols, by a warning, or neither


@jitted
def attack(
    v: Perspective, side: int, nation: Plain, host: Plain, militants: Plain, crisis: Plain, chance: Chances
) -> tuple[Perspective, RelativeAct]:
    """The group's next attack on the view's side comes due: the view and the event.

    Attack number 0 is the one the crisis starts with: given, deadly as given, and laid at the host's door.
    """
    mechanism, number = crisis.mechanism, v.own_group.attacks
    u_happen, u_dead, u_reading, u_direct = uniforms(chance, MILITANTS_A + side, number, 0)
    u_base, u_offspring, u_tip, u_wait = uniforms(chance, MILITANTS_A + side, number, 1)
    strength, given = effect(v.mechanism_state, mechanism, v.now), number == 0
    directed = v.own_group.complicit == 1 and happens(u_direct, militants.direction)
    warned = not directed and shares(host.sharing, host, v.other.trust, v.me.shared, v.mechanism_state.since <= v.now)
    came_to = THROUGH if given else which(u_happen, mechanism.patrols * strength, stopped(mechanism, strength))
    averted = came_to == PATROLS
    foiled = not (given or averted or directed) and (came_to == WARNING or (warned and happens(u_tip, host.tip_quality)))
    happened = not (averted or foiled)
    group = rearmed(v.own_group, militants, v.now, u_base, u_offspring, happened)
    other = changed(v.other, shared=v.other.shared if directed else int(warned))
    v = changed(v, other=other, own_group=group, due_own_group=next_attack(group, militants))
    event = changed(UNEVENTFUL, kind=AVERTED if averted else FOILED, warned=int(warned and not averted))
    if happened:
        u = u_dead, u_reading, u_wait
        v, seen, dead = suffered(v, side, number, nation, host, militants, crisis, strength, directed, warned, chance, u)
        event = changed(event, kind=ATTACK, rung=MILITANT_ATTACK, seen=seen, dead_me=dead)
    return v, event


@jitted
def suffered(
    v: Perspective, side: int, number: int, nation: Plain, host: Plain, militants: Plain, crisis: Plain, strength: float,
    directed: bool, warned: bool, chance: Chances, u: tuple[Uniform, Uniform, Uniform],
) -> tuple[Perspective, int, int]:  # fmt: skip
    """The view after attack ``number`` has happened, the rung it is laid at the host's door at (0: not), and the dead."""
    u_dead, u_reading, u_wait = u
    dead = crisis.opening_dead if number == 0 else fallen(militants, u_dead)
    found, alarm, read = legible(nation, host, militants, crisis.mechanism, strength, warned)
    guilty = number == 0 or happens(u_reading, found if directed else alarm)
    me = mourned(v.me, nation, v.now, dead, guilty, read, alarm)
    if not guilty:
        return changed(v, me=me), 0, dead
    rung, due_channel, state = MILITANT_ATTACK, v.due_channel, v.mechanism_state
    me, due_me = provoked(me, v.due_me, side, nation, chance, v.now, rung, rung, dead, 0)
    if due_channel == NEVER:
        due_channel = next_contact(me, v.other, crisis.diplomacy, 0.0, v.now, u_wait)
    if not directed:
        state = inquired(state, side, number, v.now, weight(read, alarm), crisis.mechanism, strength, chance)
    v = changed(
        v, me=me, talks=changed(v.talks, rung=max(v.talks.rung, rung)), mechanism_state=state, due_me=due_me,
        due_channel=due_channel, due_mechanism=min(state.meeting, state.inquiry),
    )  # fmt: skip
    return v, rung, dead


@jitted
def fallen(militants: Plain, u: Uniform) -> int:
    """The dead of an attack."""
    return toll(u, militants.deaths_least, militants.deaths_scale, militants.deaths_tail, militants.deaths_most)


@jitted
def legible(
    nation: Plain, host: Plain, militants: Plain, mechanism: Plain, strength: float, warned: bool
) -> tuple[float, float, float]:
    """Probabilities of reading complicity: where the host directed the attack, where it did not, and where it may have."""
    found, alarm = nation.hit_rate, nation.false_alarm
    if found > alarm:  # where nothing can be verified, no mechanism verifies it
        found = found + (1.0 - found) * mechanism.hit_gain * strength
        alarm = alarm * (1.0 - mechanism.alarm_cut * strength)
    if warned:  # a warning that failed still shows whose side the host is on
        alarm = alarm * (1.0 - host.tip_quality)
    return found, alarm, militants.direction * (found - alarm) + alarm


@jitted
def stopped(mechanism: Plain, strength: float) -> float:
    """Probability that patrols avert an attack or a warning through the mechanism foils it."""
    kept = mechanism.patrols * strength
    return kept + (1.0 - kept) * mechanism.foils * strength


@jitted
def rearmed(group: Group, militants: Plain, now: int, u_base: Uniform, u_offspring: Uniform, happened: bool) -> Group:
    """The group set for its next attack; one that happened sets off others."""
    g = run_down(group, militants, now)
    stirred = g.excitation
    if happened:
        stirred = stirred + militants.offspring * LN2 / militants.half_life
    base, offspring = unit_wait(u_base), unit_wait(u_offspring)
    return changed(g, base=base, offspring=offspring, excitation=stirred, slowed=1.0, attacks=g.attacks + 1)


@jitted
def mourned(me: Side, nation: Plain, now: int, dead: int, guilty: bool, read_if_complicit: float, read_if_not: float) -> Side:
    """The victim after it has counted its dead and read what it could of the host's part."""
    account = aged(me.account, nation, now)
    if guilty:
        account = changed(account, pressure=account.pressure + nation.pressure_by_death * dead)
    return changed(me, account=account, trust=judged(me.trust, guilty, read_if_complicit, read_if_not))


@jitted
def weight(read_if_complicit: float, read_if_not: float) -> float:
    """The log likelihood ratio of a reading of complicity."""
    if read_if_complicit == 0.0 or read_if_not == 0.0:
        return 0.0
    return natural_log(read_if_complicit) - natural_log(read_if_not)


@jitted
def inquired(
    mechanism_state: MechanismState,
    side: int,
    attack_number: int,
    now: int,
    evidence: float,
    mechanism: Plain,
    strength: float,
    chance: Chances,
) -> MechanismState:
    """The mechanism_state with an inquiry under way, where the mechanism has one that will find the attribution false.

    ``evidence`` is the log likelihood ratio against the host that the false reading carried, to be taken back then.
    """
    if mechanism.inquiry == 0.0 or mechanism_state.inquiry != NEVER:
        return mechanism_state
    u_finds, _, _, _ = uniforms(chance, MILITANTS_A + side, attack_number, INQUIRY)
    if not happens(u_finds, mechanism.inquiry * strength):
        return mechanism_state
    return changed(mechanism_state, inquiry=later(now, mechanism.inquiry_delay), subject=side, evidence=evidence)
