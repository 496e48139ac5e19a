"""How hard to answer? A rule reads what a nation remembers and returns the rung it asks for; 0 lets it pass.

What all rules share is applied around them (``sim.model.events.council``): patience, generosity and pressure decide
whether the demand is followed, undershoot and exceed move it by a rung, the cap bounds it.

Every rule has the signature ``rule(nation, memory, ledger) -> rung``: the nation's fixed numbers, its ``Memory``, and its
ledger (harm felt and not answered, minus harm dealt). What it perceived every rule may see; what else it looks at, it says.
"""

import math

from sim.model.ladder import CLASH, MILITANT_ATTACK, MILITARY_SIGNAL, SANCTUARY_STRIKE, WAR, above, below
from sim.model.numerics.jit import jitted
from sim.model.parameter import Plain
from sim.model.registry import ALL, Registry
from sim.model.rules.memory import Memory

LADDER = float(WAR)  # steps further than this leave the ladder

retaliation = Registry("retaliation", "how hard to answer?")


@jitted
def in_kind(nation: Plain, memory: Memory) -> int:
    """The same rung back; a militant attack is answered at the nation's rung of reprisal."""
    if memory.perceived_rung == MILITANT_ATTACK and nation.proxies == 0:
        return nation.reprisal
    return memory.perceived_rung


@jitted
def raised(nation: Plain, rung: int) -> int:
    """The next rung up that this nation can act at; nothing stays nothing."""
    if rung == MILITARY_SIGNAL and nation.proxies == 1:
        return MILITANT_ATTACK
    return above(rung) if rung > 0 else 0


@jitted
def lowered(nation: Plain, rung: int) -> int:
    """The next rung down that this nation can act at."""
    return MILITANT_ATTACK if rung == CLASH and nation.proxies == 1 else below(rung)


@retaliation.seeing()
def restraint(nation: Plain, memory: Memory, ledger: float) -> int:
    """Never answers with force (unconditional cooperation; Axelrod 1984, ch. 2)."""
    return 0


@retaliation.seeing()
def tit_for_tat(nation: Plain, memory: Memory, ledger: float) -> int:
    """Answers each provocation in kind (Rapoport; Axelrod 1984, p. 31)."""
    return in_kind(nation, memory)


@retaliation.seeing(streak=2)
def tit_for_two_tats(nation: Plain, memory: Memory, ledger: float) -> int:
    """Not to a first blow: answers in kind from the second provocation in a row (Axelrod 1984, p. 39)."""
    return in_kind(nation, memory) if memory.streak >= 2 else 0


@retaliation.seeing(standing=ALL, opponent_standing=ALL)
def contrite(nation: Plain, memory: Memory, ledger: float) -> int:
    """Tit-for-tat that accepts punishment for an unprovoked blow of its own: the standing strategy (Sugden 1986; Boyd 1989).

    It answers where it stands well and the other side does not.
    """
    return in_kind(nation, memory) if memory.standing == 1 and memory.opponent_standing == 0 else 0


@retaliation.seeing(grievances=2)
def grim(nation: Plain, memory: Memory, ledger: float) -> int:
    """Answers in kind once; every later provocation, for ever, at the cap (Friedman 1971)."""
    if memory.grievances == 0 or (memory.grievances == 1 and memory.perceived_rung > 0):
        return in_kind(nation, memory)
    return nation.cap


@retaliation.seeing(last=ALL)
def win_stay_lose_shift(nation: Plain, memory: Memory, ledger: float) -> int:
    """Being provoked shows the last decision failed, so it makes the other one (Nowak & Sigmund 1993)."""
    if memory.perceived_rung == 0:
        return memory.last
    return in_kind(nation, memory) if memory.last == 0 else 0


@retaliation.seeing(ledger=ALL)
def measure_for_measure(nation: Plain, memory: Memory, ledger: float) -> int:
    """Settles the account: the rung whose harm comes nearest to the ledger, at most one above what it received.

    Reciprocity as balance (Dixon 1986).
    """
    if ledger <= 0.0:
        return 0
    if nation.harm_step == 0.0:
        return SANCTUARY_STRIKE
    steps = min(max((ledger - 1.0) / nation.harm_step, -LADDER), LADDER)
    rung = SANCTUARY_STRIKE + int(math.floor(steps + 0.5))
    return min(rung, raised(nation, in_kind(nation, memory))) if rung > MILITANT_ATTACK else 0


@retaliation.seeing()
def overmatch(nation: Plain, memory: Memory, ledger: float) -> int:
    """One rung above what it received (bullying strategies; Leng 1993)."""
    return raised(nation, in_kind(nation, memory))


@retaliation.seeing()
def graduated(nation: Plain, memory: Memory, ledger: float) -> int:
    """One rung below what it received, an invitation to go on down (GRIT; Osgood 1962)."""
    return lowered(nation, in_kind(nation, memory))


@retaliation.seeing(unanswered_deaths=1)
def threshold(nation: Plain, memory: Memory, ledger: float) -> int:
    """In kind, and only where its own nationals died (Gartner & Segura 1998 on casualties and opinion)."""
    return in_kind(nation, memory) if memory.unanswered_deaths > 0 else 0


@retaliation.seeing(last=1)
def escalate_to_deescalate(nation: Plain, memory: Memory, ledger: float) -> int:
    """One blow two rungs up, then no more: ends it by fear (Sokov 2014 on the doctrine)."""
    return raised(nation, raised(nation, in_kind(nation, memory))) if memory.last == 0 else 0


@retaliation.seeing()
def belligerence(nation: Plain, memory: Memory, ledger: float) -> int:
    """Strikes whenever its council sits, provoked or not (unconditional defection; Axelrod 1984, ch. 2)."""
    return max(nation.reprisal, in_kind(nation, memory))


choose = retaliation.switch()
