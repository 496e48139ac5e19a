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
import threading
from collections.abc import Callable, Iterable
from functools import cache, cached_property, update_wrapper, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from sim.model.numerics.compiled_cache import folder_for
from sim.model.numerics.rules_digest import PACKAGE
from sim.model.numerics.shipped import Shipped, shipped

RULES = ("model", "engine")


P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])


class Question(Protocol):
    """What a kind of chance other than the plain one gives in place of a uniform: it answers each question itself."""

    def happens(self, p: float) -> bool: ...
    def which(self, first: float, second: float) -> int: ...
    def aside(self, below: float, above: float) -> int: ...
    def unit_wait(self) -> Any: ...
    def wait(self, mean: float, haste: float) -> Any: ...
    def how_long(self, law: int, median: float, spread: float) -> Any: ...
    def toll(self, least: float, scale: float, tail: float) -> int: ...


Uniform = float | Question  # what rules put to the questions


def sources_digest(parts: Iterable[str] = RULES) -> str:
    """A hexadecimal digest of the sources of some parts; of the model's and the clocks': the version of the rules."""
    digest = hashlib.sha256()
    for part in parts:
        for path in sorted((PACKAGE / part).rglob("*.py")):
            digest.update(f"{path.relative_to(PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()


@cache
def _cache_of(*parts: str) -> str:
    """The folder for code compiled of exactly these sources and versions."""
    versions = [importlib.metadata.version(name) for name in ("numba", "numpy", "llvmlite")]
    mark = "-".join([sources_digest(parts), *versions, platform.python_version(), sys.platform, platform.machine()])
    name = hashlib.sha256(mark.encode()).hexdigest()[:16]
    return folder_for(name)


os.environ.setdefault("NUMBA_OPT", "1")  # compiles faster than 3, and the kernel runs no slower
CACHE = os.environ["NUMBA_CACHE_DIR"] = _cache_of(*RULES)

PLAIN = os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")  # nothing is compiled, as when coverage is measured
INLINED: Any = {"forceinline": True, "error_model": "numpy"}
CALLED: Any = {"error_model": "numpy"}
LATER: list[Callable[[], object]] = []  # what Numba is told of the model, once it is there


def teach(lesson: Callable[[], object]) -> None:
    """Have Numba told something: now where it is loaded, else when it is; most commands never need it."""
    if "numba" in sys.modules:
        lesson()
    else:
        LATER.append(lesson)


@cache
def _numba() -> Any:
    """Numba, told of the model, with its cache in our folder."""
    import numba

    numba.config.CACHE_DIR = CACHE  # type: ignore[attr-defined]  # its names are made as it is loaded
    while LATER:
        LATER.pop(0)()
    numba.extending.typeof_impl.register(Kernel)(lambda kernel, _: numba.types.Dispatcher(kernel.numbas))
    return numba


def cold(module: str = "") -> bool:
    """Whether nothing has been compiled yet for these sources, or none of the kernels in the file named ``module``."""
    return not any(Path(CACHE).rglob(f"{module}*.nbi")) and not PLAIN


def jitted(function: F) -> F:
    """Mark a function of the model; it stays an ordinary Python function, and kernels may compile it.

    A division by zero, which Python refuses, would go unnoticed when compiled: the agreement of the clocks is tested.
    """
    teach(lambda: _numba().extending.register_jitable(**INLINED)(function))
    return function


def called(function: F) -> F:
    """Mark a function that kernels call rather than have written into them: what is asked in many places compiles sooner so."""
    teach(lambda: _numba().extending.register_jitable(**CALLED)(function))
    return function


def compiled_as(
    model: Callable[..., Any], when: Callable[..., bool] = lambda *arguments: True, options: Any = INLINED
) -> Callable[[F], F]:
    """Mark a plain Python function that kernels compile as the jitted function ``model``: it may do more, never else.

    ``when`` says for which types of arguments, where others are compiled otherwise; ``options`` are Numba's.
    """

    def mark(function: F) -> F:
        """Tell Numba of ``function``, which stays what it is in plain Python."""

        def for_numba(*arguments: Any) -> Any:
            return model if when(*arguments) else None

        teach(lambda: _numba().extending.overload(function, jit_options=options, strict=False)(for_numba))
        return function

    return mark


def question(model: Callable[Concatenate[float, P], R]) -> Callable[Concatenate[Uniform, P], R]:
    """Mark a question put to chance, answered by ``model`` from a uniform, its first argument, in Python and compiled.

    What another kind of chance gives in place of a uniform answers for itself, by its method of the same name.
    """
    answered: Callable[..., R] = jitted(model)

    @wraps(model)
    def ask(u: Uniform, *others: Any) -> Any:
        return answered(u, *others) if isinstance(u, float) else getattr(u, model.__name__)(*others)

    def for_numba(u: Any, *others: Any) -> Any:
        return answered if isinstance(u, _numba().types.Float) else None

    teach(lambda: _numba().extending.overload(ask, jit_options=INLINED, strict=False)(for_numba))
    return cast(Any, ask)


class Kernel:
    """A compiled function: the code that is shipped where it fits, else what Numba compiles on the first call."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.py_func = function
        self.lock, self.asked, self.code = threading.Lock(), False, cast(Shipped | None, None)
        update_wrapper(self, function)

    def __call__(self, *arguments: Any) -> Any:
        """What the function answers: the same bytes either way."""
        code = self.code if self.asked else self._shipped()
        return code(*arguments) if code is not None and code.fits(arguments) else self.numbas(*arguments)

    @cached_property
    def numbas(self) -> Any:
        """What Numba makes of the function; compiled on its first call, or found in the cache."""
        part = self.__module__.removeprefix("sim.").partition(".")[0]
        own = (PACKAGE / part).is_dir() and part not in RULES
        numba = _numba()
        numba.config.CACHE_DIR = _cache_of(*RULES, part) if own else CACHE
        try:
            return numba.njit(self.py_func, nogil=True, cache=True, error_model="numpy")
        finally:
            numba.config.CACHE_DIR = CACHE

    def _shipped(self) -> Shipped | None:
        """The shipped code, looked for once."""
        with self.lock:
            if not self.asked:
                self.code, self.asked = shipped(shipped_name(self), self.__module__, Path(CACHE)), True
        return self.code


def shipped_name(kernel: Any) -> str:
    """What the shipped code of a kernel is called."""
    return f"{kernel.__module__.rpartition('.')[2]}.{kernel.__name__.strip('_')}"


def kernel(function: F) -> F:
    """A kernel: shipped, or compiled on its first call; without the interpreter's lock and with a cache on disk."""
    return function if PLAIN else cast(F, Kernel(function))


if "numba" in sys.modules:
    _numba()
