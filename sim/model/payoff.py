"""How the row of a run is closed, with what the run was worth to each side.

Minus its weighted costs, plus what it gained (weights in ``Weights``).
"""

from sim.model import outcome_columns as c
from sim.model.numerics.jit import jitted
from sim.model.parameter import DAY, Plain
from sim.model.state import State
from sim.model.tally import Row, elapsed


@jitted
def closed(t: Row, state: State, horizon: int, weights: Plain) -> None:
    """Close the row ``t`` of a run that has come to its end in ``state``: the time that is left, and both payoffs."""
    elapsed(t, state, state.now if t[c.WAR_AT] != c.UNREACHED else horizon)
    for side in range(2):
        t[c.PAYOFF_A + side] = payoff(t, side, weights)


@jitted
def payoff(t: Row, side: int, weights: Plain) -> float:
    """The payoff of ``side`` (0 or 1) for the run tallied in ``t``, in units of ``Weights``."""
    other = 1 - side
    cost = weights.death * (t[c.KILLED_A + side] + t[c.ATTACK_DEAD_A + side])
    cost = cost + weights.struck * t[c.STRIKES_A + other]
    cost = cost + weights.attacked * t[c.ATTACKS_A + side]
    cost = cost + weights.rung_day * t[c.RUNG_TIME] / DAY
    cost = cost + weights.envoy_day * t[c.ENVOYLESS] / DAY
    cost = cost + weights.force_suffered * t[c.FORCE_A + other] / DAY
    cost = cost + weights.force_both * t[c.FORCE_BOTH] / DAY
    cost = cost + weights.audience * t[c.AUDIENCE_A + side]
    cost = cost + weights.source * t[c.TIPS_A + side]
    if t[c.WAR_AT] != c.UNREACHED:
        cost = cost + weights.war
    gain = weights.force_gain * t[c.FORCE_A + side] / DAY
    return weights.degraded * t[c.HITS_A + side] + gain - cost
