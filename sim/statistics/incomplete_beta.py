"""SciPy's incomplete beta function where a kernel can call it: by the address SciPy publishes for compiled code.

Kernels name it by a symbol, so that they can be kept on disk; ``ready`` says in each process where the symbol leads.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from numba import types
from numba.extending import get_cython_function_address, overload

SYMBOL = "escalation_betainc"
_number: Any = types.float64
_scipy: Any = types.ExternalFunction(SYMBOL, _number(_number, _number, _number, types.intc))


def betainc(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b): the chance that a beta distribution stays below ``x``."""
    from scipy import special

    return float(special.betainc(a, b, x))


@overload(betainc)
def _compiled(a: Any, b: Any, x: Any) -> Callable[..., float]:
    """The same, as a kernel calls it."""

    def compiled(a: Any, b: Any, x: Any) -> Any:
        return _scipy(a, b, x, 0)  # 0: Cython's mark that no Python method may stand in its place

    return compiled


@cache
def ready() -> None:
    """Make ``betainc`` known to the kernels of this process; before the first of them is called."""
    from llvmlite.binding import add_symbol

    add_symbol(SYMBOL, get_cython_function_address("scipy.special.cython_special", "__pyx_fuse_0betainc"))
