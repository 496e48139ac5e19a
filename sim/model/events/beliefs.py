"""What goes on in a nation without an act: accounts age, trust is updated, a provocation is taken in."""

from sim.model.ladder import MILITANT_ATTACK, STATE_STRIKE
from sim.model.numerics.change import changed
from sim.model.numerics.elementary import decayed, exponential
from sim.model.numerics.jit import Uniform, jitted
from sim.model.numerics.philox import Chances, uniforms
from sim.model.parameter import Plain
from sim.model.rules.memory import Memory
from sim.model.rules.waiting_time import how_long
from sim.model.state import (
    CALM,
    CAMPAIGNING,
    NEVER,
    NO_PLAN,
    PREPARING,
    PROTESTING,
    SITTING,
    GrievanceAccount,
    Plan,
    Side,
    later,
    not_before,
    sooner,
)

LAGS = 2  # the part of a nation's chances that sets its delays; counted by provocations


@jitted
def aged(account: GrievanceAccount, nation: Plain, now: int) -> GrievanceAccount:
    """The account as it stands at the minute ``now``."""
    since = now - account.since
    ledger = decayed(account.ledger, since, nation.harm_half_life)
    return changed(account, ledger=ledger, pressure=decayed(account.pressure, since, nation.pressure_half_life), since=now)


@jitted
def believed(trust: float, evidence: float) -> float:
    """Trust after evidence of a given log likelihood ratio (for trustworthy against not); exactly itself at 0."""
    if evidence == 0.0 or trust == 0.0:
        return trust
    return trust / (trust + (1.0 - trust) * exponential(-evidence))


@jitted
def judged(trust: float, guilty: bool, hit_rate: float, false_alarm: float) -> float:
    """Trust after a reading of complicity, by Bayes' rule (Kydd & Walter 2002, eq. 1)."""
    if guilty:
        for_it, against = trust * false_alarm, (1.0 - trust) * hit_rate
    else:
        for_it, against = trust * (1.0 - false_alarm), (1.0 - trust) * (1.0 - hit_rate)
    if for_it + against == 0.0 or hit_rate == false_alarm:
        return trust
    return for_it / (for_it + against)


@jitted
def cleared(memory: Memory, last: int, standing: int) -> Memory:
    """Memory once what was perceived has been answered, or let pass."""
    return changed(
        memory, perceived_rung=0, true_rung=0, unanswered_deaths=0, standing=standing, opponent_standing=1, last=last
    )


@jitted
def idle(plan: Plan) -> bool:
    """Whether a council has nothing before it that could be called off."""
    return plan.phase == CALM or plan.phase == SITTING or (plan.phase == PREPARING and plan.ordered == 0)


@jitted
def at_ease(plan: Plan, nation: Plain, now: int) -> tuple[Plan, int]:
    """The plan of a council with nothing before it, and when it sits next: NEVER where it sits only when provoked."""
    if nation.review > 0.0:
        return changed(plan, phase=SITTING, ordered=0, cause=0), not_before(plan.council, now)
    return NO_PLAN, NEVER


@jitted
def stood_down(side: Side, memory: Memory, nation: Plain, now: int) -> tuple[Side, int]:
    """``side`` with its council at rest, and when it sits next."""
    plan, due = at_ease(side.plan, nation, now)
    return changed(side, memory=memory, plan=plan), due


@jitted
def lag(nation: Plain, rung: int, u: Uniform) -> float:
    """Minutes from a provocation at ``rung`` to the council's decision."""
    if rung >= STATE_STRIKE:
        return how_long(u, nation.delay, nation.state_lag, nation.state_lag_spread)
    if rung > MILITANT_ATTACK:
        return how_long(u, nation.delay, nation.strike_lag, nation.strike_lag_spread)
    return how_long(u, nation.delay, nation.attack_lag, nation.attack_lag_spread)


@jitted
def provoked(
    side: Side, due: int, who: int, nation: Plain, chance: Chances, now: int, rung: int, true_rung: int, dead: int, just: int
) -> tuple[Side, int]:
    """``side`` and its due time after an act perceived at ``rung`` that killed ``dead`` of its nationals.

    ``just``, 1 or 0, says whether it finds that it had it coming, and so keeps the other side in good standing.

    A council that is already sitting takes it in; a calm one sets its decision, and its first words no later than that. So does
    one that has only a further blow of its own under way: that is dropped, and what it decides takes its place.
    """
    if rung < nation.threshold:
        return side, due
    old = side.memory
    memory = changed(
        old, unanswered_deaths=old.unanswered_deaths + dead, streak=old.streak + 1, grievances=old.grievances + 1,
        opponent_standing=just,
    )  # fmt: skip
    if rung >= old.perceived_rung:
        memory = changed(memory, perceived_rung=rung, true_rung=true_rung)
    plan, count = side.plan, side.provocations
    if plan.phase == CALM or plan.phase == CAMPAIGNING:
        u_council, u_words, _, _ = uniforms(chance, who, count, LAGS)
        council = later(now, lag(nation, rung, u_council))
        words = later(now, how_long(u_words, nation.delay, nation.protest_lag, nation.protest_lag_spread))
        plan = changed(NO_PLAN, phase=PROTESTING, council=council, since=now)
        due, count = sooner(council, words), count + 1
    return changed(side, memory=memory, plan=plan, provocations=count), due
