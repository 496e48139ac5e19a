"""What a run was worth to each side: minus its weighted costs, plus what it gained (weights in ``Weights``)."""

from sim.game import tally
from sim.game.jit import jitted

MINUTES_A_DAY = 1440.0


@jitted
def payoff(t, side, weights):
    """The payoff of ``side`` (0 or 1) for the run tallied in ``t``, in units of ``Weights``."""
    other = 1 - side
    cost = weights.death * (t[tally.KILLED_A + side] + t[tally.ATTACK_DEAD_A + side])
    cost = cost + weights.struck * t[tally.STRIKES_A + other]
    cost = cost + weights.attacked * t[tally.ATTACKS_A + side]
    cost = cost + weights.rung_day * t[tally.RUNG_TIME] / MINUTES_A_DAY
    cost = cost + weights.envoy_day * t[tally.ENVOYLESS] / MINUTES_A_DAY
    cost = cost + weights.force_suffered * t[tally.FORCE_A + other] / MINUTES_A_DAY
    cost = cost + weights.force_both * t[tally.FORCE_BOTH] / MINUTES_A_DAY
    cost = cost + weights.audience * t[tally.AUDIENCE_A + side]
    cost = cost + weights.source * t[tally.TIPS_A + side]
    if t[tally.WAR_AT] != tally.UNREACHED:
        cost = cost + weights.war
    gain = weights.force_gain * t[tally.FORCE_A + side] / MINUTES_A_DAY
    return weights.degraded * t[tally.HITS_A + side] + gain - cost
