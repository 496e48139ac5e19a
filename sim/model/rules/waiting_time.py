"""How long does it take? A rule turns a uniform into a wait with a given median and spread.

Every rule has the signature ``rule(median, spread, u) -> minutes``; a spread of 0 is the fixed wait, exactly the median.
"""

from sim.model.numerics.elementary import LN2, exponential, natural_log, normal_quantile, power
from sim.model.numerics.jit import jitted, question
from sim.model.numerics.philox import UNIT, unit_wait
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


@jitted
def uniform_at(law: int, median: float, spread: float, minutes: float) -> float:
    """The uniform at which the law of that code gives a wait of ``minutes``, nearly: what ``choose`` undoes.

    The spread is above 0, the median too.
    """
    if law == WEIBULL:
        return 1.0 if minutes <= 0.0 else exponential(-LN2 * power(minutes / median, 1.0 / spread))
    if minutes <= 0.0:
        return 0.0
    wanted, low, high = natural_log(minutes / median) / spread, UNIT, 1.0 - UNIT
    for _ in range(40):
        middle = 0.5 * (low + high)
        if normal_quantile(middle) < wanted:
            low = middle
        else:
            high = middle
    return low


WEIBULL = delay.code("weibull")


@question
def how_long(u: float, law: int, median: float, spread: float) -> float:
    """How long, by the law of that code, with ``median`` and ``spread``: minutes."""
    return choose(law, median, spread, u)
