"""The code that Numba makes of a kernel, as LLVM's text: of the same functions as everywhere, for no particular processor."""

import re
from typing import Any, NamedTuple

import numba
import numpy as np
from numba.core.registry import cpu_target

from sim.model.numerics.shipped import kind_of


class Code(NamedTuple):
    """A kernel as LLVM's text, the name of its function in it, and the kinds of what it takes and gives."""

    text: str
    name: str
    takes: tuple[str, ...]
    gives: tuple[str, ...]


def code_of(kernel: Any, *arguments: Any) -> Code:
    """The code of a kernel for arguments of such types; compiled afresh, since one found in the cache has no text.

    Raises ``RuntimeError`` where Numba was there first, and would compile for the processor it found.
    """
    _, *processor = cpu_target.target_context.codegen().magic_tuple()
    if processor != ["generic", ""]:
        raise RuntimeError("Numba was imported before sim.making")
    compiled = numba.njit(kernel.numbas.py_func, nogil=True, error_model="numpy")
    compiled.compile(tuple(numba.typeof(argument) for argument in arguments))
    signature = compiled.nopython_signatures[0]
    text = compiled.inspect_llvm(signature.args)
    found = re.search(r"^define [^\n]*@(_ZN3sim[^(]+)\(", text, re.MULTILINE)
    assert found
    return Code(text, found[1], tuple(map(kind_of, arguments)), _kinds(signature.return_type))


def unprocessed(text: str) -> str:
    """LLVM's text without what is one processor's own: counts of references, intrinsics; roots and roundings are LLVM's."""
    for name in ("NRT_incref", "NRT_decref"):
        text = re.sub(rf"^define [^\n]*@{name}\(.*?^}}\n", f"declare void @{name}(ptr)\n", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^declare .*@llvm\.x86\..*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"= common (local_unnamed_addr )?global", "= internal global", text)
    text = re.sub(r"@(sqrt|floor|ceil)\(", r"@llvm.\1.f64(", text)
    return re.sub(r"^(declare double @llvm\.(?:sqrt|floor|ceil)\.f64\(double\)).*$", r"\1", text, flags=re.MULTILINE)


def _kinds(kind: Any) -> tuple[str, ...]:
    """The kinds of what a kernel gives."""
    if isinstance(kind, numba.types.Array):
        return (f"{np.dtype(str(kind.dtype)).str}/{kind.ndim}",)
    return ("i64",) if isinstance(kind, numba.types.Integer) else tuple(one for part in kind for one in _kinds(part))
