"""A float taken apart into fraction and exponent, and put together: exact, and without a call when compiled.

Both are what ``math.frexp`` and ``math.ldexp`` give, bit for bit. Plain Python uses those; kernels move the bits themselves,
because the library calls cost a third of a run.
"""

import math
from collections.abc import Callable
from typing import Any

from sim.model.numerics.jit import teach

MANTISSA = (1 << 52) - 1
HALF = 1022 << 52  # the exponent bits of a number in [0.5, 1)


def parted(x: float) -> tuple[float, int]:
    """Fraction in [0.5, 1) and exponent of ``x`` > 0: x = fraction * 2^exponent."""
    return math.frexp(x)


def scaled(x: float, exponent: int) -> float:
    """``x`` times 2^exponent, for an exponent from -1022 to 1023 and a result that is not subnormal."""
    return math.ldexp(x, exponent)


def _for_numba() -> None:
    """Both as a kernel has them."""
    from llvmlite import ir
    from numba.core import types
    from numba.extending import intrinsic, overload

    @intrinsic
    def bits_of(context: Any, x: Any) -> Any:
        """The bits of a float as a whole number."""
        return types.int64(types.float64), lambda _, builder, signature, given: builder.bitcast(given[0], ir.IntType(64))

    @intrinsic
    def float_of(context: Any, bits: Any) -> Any:
        """The float of some bits."""
        return types.float64(types.int64), lambda _, builder, signature, given: builder.bitcast(given[0], ir.DoubleType())

    @overload(parted, jit_options={"forceinline": True})
    def for_parted(x: Any) -> Callable[..., tuple[float, int]]:
        """``parted`` by moving bits."""

        def compiled(x: Any) -> Any:
            """Fraction and exponent by moving bits; a subnormal is first made normal."""
            shift = 0
            if x < 2.2250738585072014e-308:  # subnormal
                x = x * 18014398509481984.0
                shift = 54
            bits: Any = bits_of(x)  # type: ignore[call-arg]  # the compiler gives the context
            return float_of((bits & MANTISSA) | HALF), (bits >> 52) - 1022 - shift

        return compiled

    @overload(scaled, jit_options={"forceinline": True})
    def for_scaled(x: Any, exponent: Any) -> Callable[..., float]:
        """``scaled`` by a power of two put together from its bits."""

        def compiled(x: Any, exponent: Any) -> Any:
            return x * float_of((exponent + 1023) << 52)  # type: ignore[call-arg]

        return compiled


teach(_for_numba)
