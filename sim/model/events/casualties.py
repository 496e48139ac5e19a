"""How strong the mechanism is at a moment, how deadly a strike, how much it hurts: what several kinds of act ask."""

from sim.model.ladder import SANCTUARY_STRIKE
from sim.model.numerics.elementary import decayed
from sim.model.numerics.jit import jitted
from sim.model.parameter import Plain
from sim.model.state import MechanismState


@jitted
def effect(mechanism_state: MechanismState, mechanism: Plain, now: int) -> float:
    """What is left of the mechanism's effect at the minute ``now``: 0 out of force, compliance when fresh."""
    if mechanism_state.since > now:
        return 0.0
    return mechanism.compliance * decayed(mechanism_state.strength, now - mechanism_state.since, mechanism.half_life)


@jitted
def at_rung(number: float, growth: float, rung: int) -> float:
    """What is ``number`` in a strike on militants, in one at ``rung``: ``growth`` times as much for each rung."""
    for _ in range(SANCTUARY_STRIKE, rung):
        number = number * growth
    return number / growth if rung < SANCTUARY_STRIKE else number


@jitted
def harm(nation: Plain, rung: int, dead: int) -> float:
    """Harm felt by ``nation`` from an act at ``rung`` that killed ``dead`` of its nationals; a strike on militants is 1."""
    return max(0.0, 1.0 + nation.harm_step * (rung - SANCTUARY_STRIKE)) + nation.harm_by_death * dead
