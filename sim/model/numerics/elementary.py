"""exp, log and the normal quantile from additions, products and quotients alone.

The C library's ``exp``, ``log`` and ``pow`` differ in the last bit between processors (its variants with and without
fused multiply-add), so a run that used them could differ between machines. IEEE arithmetic does not: these functions
give the same bits wherever a float has 64 of them, in plain Python and compiled.
"""

import math

from sim.model.numerics.ieee754 import parted, scaled
from sim.model.numerics.jit import jitted

LN2 = 0.6931471805599453
LN2_HIGH = 6.93147180369123816490e-01
LN2_LOW = 1.90821492927058770002e-10


@jitted
def natural_log(x: float) -> float:
    """The logarithm of ``x`` > 0, within 1 ulp (algorithm: Sun Microsystems, fdlibm, 1993)."""
    fraction, exponent = parted(x)
    if fraction < 0.7071067811865476:
        fraction = fraction * 2.0
        exponent = exponent - 1
    f = fraction - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332))
    even = z * (0.6666666666666735130 + w * (0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591)))
    half = 0.5 * f * f
    return exponent * LN2_HIGH - ((half - (s * (half + odd + even) + exponent * LN2_LOW)) - f)


@jitted
def exponential(x: float) -> float:
    """e to the ``x``, within 1 ulp; 0 below -700 and e^700 above 700 (algorithm: Sun Microsystems, fdlibm, 1993)."""
    if x < -700.0:
        return 0.0
    if x > 700.0:
        x = 700.0
    k = math.floor(x * 1.4426950408889634 + 0.5)
    high = x - k * LN2_HIGH
    low = k * LN2_LOW
    r = high - low
    t = r * r
    tail = t * (-2.77777777770155933842e-03 + t * (6.61375632143793436117e-05 + t * -1.65339022054652515390e-06))
    c = r - t * (1.66666666666666019037e-01 + tail + t * t * t * t * 4.13813679705723846039e-08)
    return scaled(1.0 - ((low - (r * c) / (2.0 - c)) - high), int(k))


@jitted
def power(x: float, y: float) -> float:
    """``x`` to the ``y`` for ``x`` > 0; exactly 1 where ``y`` is 0."""
    return exponential(y * natural_log(x))


@jitted
def decayed(value: float, minutes: float, half_life: float) -> float:
    """``value`` after ``minutes`` of exponential decay with ``half_life`` (minutes; infinite: no decay)."""
    if value == 0.0 or minutes == 0:
        return value
    return value * exponential(-LN2 * (minutes / half_life))


@jitted
def normal_quantile(p: float) -> float:
    """The standard normal quantile of ``p`` in (0, 1), to 7 digits (Wichura 1988, algorithm AS 241, PPND7)."""
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        over = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
        return q * over / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0)
    r = math.sqrt(-natural_log(min(p, 1.0 - p)))
    if r <= 5.0:
        r = r - 1.6
        over = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
        z = over / ((0.12021132975 * r + 0.73700164250) * r + 1.0)
    else:
        r = r - 5.0
        over = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150
        z = over / ((0.012258202635 * r + 0.24197894225) * r + 1.0)
    return -z if q < 0.0 else z
