"""The one mark of the model's functions: plain Python when Python calls them, compiled when a kernel does.

Numba's cache on disk does not notice edits in imported files, so it is kept in folders named by a digest of every source
that may be compiled into a kernel, and of the versions of Python, Numba and NumPy: of the model and the clocks; for kernels
elsewhere, of their own part of the program too. ``cache`` says where the folders lie.
"""

import hashlib
import importlib.metadata
import os
import platform
import sys
from functools import cache, wraps
from pathlib import Path

from sim.model.numerics.compiled_cache import folder_for

PACKAGE = Path(__file__).resolve().parents[2]
RULES = ("model", "engine")


def sources_digest(parts=RULES):
    """A hexadecimal digest of the sources of some parts; of the model's and the clocks': the version of the rules."""
    digest = hashlib.sha256()
    for part in parts:
        for path in sorted((PACKAGE / part).rglob("*.py")):
            digest.update(f"{path.relative_to(PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()


@cache
def _cache_of(*parts):
    """The folder for code compiled of exactly these sources and versions."""
    versions = [importlib.metadata.version(name) for name in ("numba", "numpy", "llvmlite")]
    mark = "-".join([sources_digest(parts), *versions, platform.python_version(), sys.platform, platform.machine()])
    name = hashlib.sha256(mark.encode()).hexdigest()[:16]
    return folder_for(name)


os.environ.setdefault("NUMBA_OPT", "1")  # compiles faster than 3, and the kernel runs no slower
CACHE = os.environ["NUMBA_CACHE_DIR"] = _cache_of(*RULES)

import numba  # noqa: E402
from numba.extending import overload, register_jitable  # noqa: E402

numba.config.CACHE_DIR = CACHE


def cold(module=""):
    """Whether nothing has been compiled yet for these sources, or none of the kernels in the file named ``module``."""
    return not any(Path(CACHE).rglob(f"{module}*.nbi")) and not numba.config.DISABLE_JIT


def jitted(function):
    """Mark a function of the model; it stays an ordinary Python function, and kernels may compile it.

    A division by zero, which Python refuses, would go unnoticed when compiled: the agreement of the clocks is tested.
    """
    return register_jitable(forceinline=True, error_model="numpy")(function)


def compiled_as(model):
    """Mark a plain Python function that kernels compile as the jitted function ``model``: it may do more, never else."""

    def mark(function):
        options = {"forceinline": True, "error_model": "numpy"}
        overload(function, jit_options=options, strict=False)(lambda *arguments: model)
        return function

    return mark


def question(model):
    """Mark a question put to chance, answered by ``model`` from a uniform, its first argument, in Python and compiled.

    What another kind of chance gives in place of a uniform answers for itself, by its method of the same name.
    """
    answered = jitted(model)

    @wraps(model)
    def ask(u, *others):
        return answered(u, *others) if isinstance(u, float) else getattr(u, model.__name__)(*others)

    options = {"forceinline": True, "error_model": "numpy"}
    overload(ask, jit_options=options, strict=False)(lambda u, *others: answered if isinstance(u, numba.types.Float) else None)
    return ask


def kernel(function):
    """Compile ``function`` on its first call, without the interpreter's lock and with a cache on disk."""
    part = function.__module__.removeprefix("sim.").partition(".")[0]
    numba.config.CACHE_DIR = _cache_of(*RULES, part) if (PACKAGE / part).is_dir() and part not in RULES else CACHE
    try:
        return numba.njit(function, nogil=True, cache=True, error_model="numpy")
    finally:
        numba.config.CACHE_DIR = CACHE
