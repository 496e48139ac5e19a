"""The code that Numba makes of a kernel, as LLVM's text: of the same functions as everywhere, for no particular processor."""

import re
from typing import Any, NamedTuple

import numba
import numpy as np
from numba.core.registry import cpu_target

from sim.engine import kernel
from sim.model.parameter import records
from sim.model.setting.crisis import Crisis


class Code(NamedTuple):
    """A kernel as LLVM's text, and the name of its function in it."""

    text: str
    name: str


def code_of(function: Any, *arguments: Any) -> Code:
    """The code of a kernel for arguments of such types; compiled afresh, since one found in the cache has no text.

    Raises ``RuntimeError`` where Numba was there first, and would compile for the processor it found.
    """
    _, *processor = cpu_target.target_context.codegen().magic_tuple()
    if processor != ["generic", ""]:
        raise RuntimeError("Numba was imported before sim.engine.making")
    compiled = numba.njit(function.py_func, nogil=True, error_model="numpy")
    compiled.compile(tuple(numba.typeof(argument) for argument in arguments))
    text = compiled.inspect_llvm(compiled.signatures[0])
    found = re.search(r"^define [^\n]*@(_ZN3sim[^(]+)\(", text, re.MULTILINE)
    assert found
    return Code(text, found[1])


def played() -> Code:
    """The code of the kernel that plays runs."""
    return code_of(kernel._played, records([Crisis()]), 0, 1, 0, np.empty((1, len(kernel.ROW))), kernel.NO_LOG)
