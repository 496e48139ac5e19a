"""SciPy's incomplete beta function where a kernel can call it: by the address SciPy publishes for compiled code.

Kernels name it by a symbol, so that they can be kept on disk; ``ready`` says in each process where the symbol leads.
"""

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

from sim.model.numerics.jit import teach

SYMBOL = "escalation_betainc"


def betainc(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b): the chance that a beta distribution stays below ``x``."""
    from scipy import special

    return float(special.betainc(a, b, x))


def _for_numba() -> None:
    """The same, as a kernel calls it."""
    from numba import types
    from numba.extending import overload

    number: Any = types.float64
    scipys: Any = types.ExternalFunction(SYMBOL, number(number, number, number, types.intc))

    @overload(betainc)
    def for_betainc(a: Any, b: Any, x: Any) -> Callable[..., float]:
        """SciPy's own, by its symbol."""

        def compiled(a: Any, b: Any, x: Any) -> Any:
            return scipys(a, b, x, 0)  # 0: Cython's mark that no Python method may stand in its place

        return compiled


teach(_for_numba)


@cache
def ready() -> None:
    """Make ``betainc`` known to the kernels of this process; before the first of them is called."""
    from llvmlite.binding import add_symbol
    from scipy.special import cython_special

    add_symbol(SYMBOL, _address(cython_special.__pyx_capi__["__pyx_fuse_0betainc"]))


def _address(capsule: object) -> int:
    """Where a capsule, in which Cython publishes a function, leads."""
    name = ctypes.PYFUNCTYPE(ctypes.c_char_p, ctypes.py_object)(("PyCapsule_GetName", ctypes.pythonapi))
    pointer = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.c_char_p)(("PyCapsule_GetPointer", ctypes.pythonapi))
    return int(pointer(capsule, name(capsule)))
