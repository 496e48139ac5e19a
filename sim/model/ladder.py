"""The escalation ladder: ten rungs from normal relations to war, and the steps between them.

The same ladder codes the historical timelines the targets are taken from. Militants alone act at rung 4, so a state
that goes one rung up from a military signal is at a border clash.
"""

from sim.model.numerics.jit import jitted

NORMAL, PROTEST, SANCTION, MILITARY_SIGNAL, MILITANT_ATTACK = 0, 1, 2, 3, 4
CLASH, SANCTUARY_STRIKE, STATE_STRIKE, EXCHANGE, WAR = 5, 6, 7, 8, 9
RUNGS = (
    "normal relations",
    "accusation or protest",
    "diplomatic or economic sanction",
    "military signal",
    "militant attack attributed to the other side",
    "border clash",
    "strike on militants on the other's soil",
    "strike on the other state's forces",
    "sustained exchange",
    "war",
)


@jitted
def above(rung: int) -> int:
    """The next rung up that a state can act at."""
    if rung == MILITARY_SIGNAL:
        return CLASH
    return min(rung + 1, WAR)


@jitted
def below(rung: int) -> int:
    """The next rung down that a state can act at."""
    if rung == CLASH:
        return MILITARY_SIGNAL
    return max(rung - 1, NORMAL)
