"""How long does it take? A rule turns a uniform into a wait with a given median and spread.

Every rule has the signature ``rule(median, spread, u) -> minutes``; a spread of 0 is the fixed wait, exactly the median.
"""

from sim.model.numerics.elementary import LN2, exponential, normal_quantile, power
from sim.model.numerics.jit import question
from sim.model.numerics.philox import unit_wait
from sim.model.registry import Registry

delay = Registry("delay", "how long does it take?")


@delay.rule
def weibull(median: float, spread: float, u: float) -> float:
    """Weibull of shape 1 / spread: spread 1 is the exponential, above it a heavy tail."""
    if median == 0.0 or spread == 0.0:
        return median
    if spread == 1.0:
        return median * (unit_wait(u) / LN2)
    return median * power(unit_wait(u) / LN2, spread)


@delay.rule
def lognormal(median: float, spread: float, u: float) -> float:
    """Lognormal whose logarithm has the standard deviation ``spread``."""
    if median == 0.0 or spread == 0.0:
        return median
    return median * exponential(spread * normal_quantile(u))


choose = delay.switch()


@question
def how_long(u: float, law: int, median: float, spread: float) -> float:
    """How long, by the law of that code, with ``median`` and ``spread``: minutes."""
    return choose(law, median, spread, u)
