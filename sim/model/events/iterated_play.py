"""What regular sittings add: an act stands as a posture until the next, restraint is seen too, and either may go wrong.

Execution and perception fail apart, each both ways: an accident where there was no order and an order of which nothing
comes, a phantom where there was restraint and a miss where there was none (noise in the iterated game: Molander 1985,
Wu & Axelrod 1995). Chances, by the nation's count of acts: part 5 is the slip and the next sitting at a council, and at
an act what is seen and whether another follows.
"""

from sim.model.numerics.change import changed
from sim.model.numerics.jit import Uniform, jitted
from sim.model.numerics.philox import happens
from sim.model.parameter import Plain
from sim.model.rules.memory import Memory
from sim.model.rules.retaliation import in_kind
from sim.model.rules.waiting_time import how_long
from sim.model.state import Side, soon

NOISE = 5
OWN_EYES, OTHER_EYES = 1, 2  # in whose eyes an act is just


@jitted
def slipped(rung: int, nation: Plain, u: Uniform) -> int:
    """The rung that follows from a decision for ``rung``: by accident an act, by failure none."""
    if rung == 0:
        return nation.reprisal if happens(u, nation.accident) else 0
    return 0 if happens(u, nation.failure) else rung


@jitted
def glimpsed(seen: int, rung: int, nation: Plain, rival: Plain, cut: float, u: Uniform) -> int:
    """The rung the rival sees where it saw ``seen`` of the nation's act at ``rung``: a phantom, or none at all.

    ``cut`` is the share of such errors that a mechanism takes away.
    """
    if rung == 0:
        return nation.reprisal if happens(u, rival.phantom * (1.0 - cut)) else 0
    return 0 if happens(u, rival.miss * (1.0 - cut)) else seen


@jitted
def next_sitting(nation: Plain, now: int, u: Uniform) -> int:
    """The minute of the next regular sitting."""
    return soon(now, how_long(u, nation.delay, nation.review, nation.review_spread))


@jitted
def cause(nation: Plain, own: Memory, other: Memory, rung: int) -> int:
    """In whose eyes an act at ``rung`` is just: the actor stands well, the other side does not (Sugden 1986), no excess.

    ``own`` and ``other`` are what the two remember as the order is given: what happens until then is no part of it.
    """
    just = OWN_EYES if own.standing == 1 and own.opponent_standing == 0 and rung <= in_kind(nation, own) else 0
    return just + OTHER_EYES if other.opponent_standing == 1 and other.standing == 0 else just


@jitted
def faced(side: Side, nation: Plain, now: int, rung: int, true_rung: int, dead: int, just: int) -> Side:
    """``side``, whose council sits at regular intervals, before a new posture of the other side's.

    What it saw of the last is replaced. The minute counts as that of the provocation, for a hotline to put it right.
    """
    m = changed(side.memory, perceived_rung=rung, true_rung=true_rung)
    if rung >= nation.threshold:
        m = changed(
            m, unanswered_deaths=m.unanswered_deaths + dead, streak=m.streak + 1, grievances=m.grievances + 1,
            opponent_standing=just,
        )  # fmt: skip
    else:
        m = changed(m, unanswered_deaths=0, streak=0, opponent_standing=1)
    return changed(side, memory=m, plan=changed(side.plan, since=now))
