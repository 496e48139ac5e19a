"""Kernels that are shipped compiled: LLVM's bitcode, made of these very sources, so that nobody waits for Numba.

``make kernel`` writes the code and ``kernels.json``: of what each was made, and which arguments it takes. Here it is turned
into the machine's own instructions, in some tenths of a second, and kept so in the folder of compiled code. The bits are
those of what Numba compiles. Where the sources are others, the arguments are, or the code cannot be loaded, Numba compiles as
ever.
"""

import ctypes
import json
import lzma
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import llvmlite.binding as llvm
import numpy as np

from sim.model.numerics.rules_digest import PACKAGE, bytes_digest, digest_of, sources

FOLDER = PACKAGE / "compiled"
WORDS = {"i64": 1, "f64": 1}
RUNTIME = ("PyMem_RawMalloc", "PyMem_RawFree")  # what the code asks memory of
LOCK = threading.Lock()
REFUSED: list[str] = []  # why shipped code could not be loaded on this machine, if so


class Shipped(NamedTuple):
    """Compiled code and what it takes and gives: "i64", "f64", or "dtype/dimensions" of an array without gaps."""

    call: Callable[..., int]
    release: Callable[..., None]
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    alive: Any  # what keeps the code in memory

    def fits(self, arguments: Sequence[Any]) -> bool:
        """Whether it can be called with these."""
        return len(arguments) == len(self.takes) and all(map(_fits, self.takes, arguments))

    def __call__(self, *arguments: Any) -> Any:
        """What the code answers; raises ``MemoryError`` where there was no room for an array."""
        answer = (ctypes.c_int64 * sum(map(_size, self.gives)))()
        raised = ctypes.c_void_p()
        words = [word for kind, argument in zip(self.takes, arguments, strict=True) for word in _words(kind, argument)]
        if self.call(ctypes.byref(answer), ctypes.byref(raised), *words):
            raise MemoryError("a kernel failed")
        return self._given(list(answer))

    def _given(self, words: list[int]) -> Any:
        """What the code has answered: one thing, or a tuple."""
        given = []
        for kind in self.gives:
            given.append(words[0] if kind == "i64" else _array(kind, words))
            if kind != "i64":
                self.release(words[0])
            del words[: _size(kind)]
        return given[0] if len(given) == 1 else tuple(given)


def _size(kind: str) -> int:
    """The words of eight bytes that a value takes: for an array, owner, parent, length, item, data, shape and strides."""
    return 1 if kind in WORDS else 5 + 2 * int(kind.rpartition("/")[2])


def _fits(kind: str, argument: Any) -> bool:
    """Whether an argument is of a kind."""
    if kind == "i64":
        return isinstance(argument, (int, np.integer)) and not isinstance(argument, bool)
    if kind == "f64":
        return isinstance(argument, float)
    return isinstance(argument, np.ndarray) and argument.flags.c_contiguous and kind == _kind(argument.dtype, argument.ndim)


@cache
def _kind(dtype: np.dtype, dimensions: int) -> str:
    """The kind of an array, in words; a record is known by a digest of its fields."""
    name = dtype.str if dtype.names is None else f"record-{sha256(repr(_plain(dtype)).encode()).hexdigest()[:16]}"
    return f"{name}/{dimensions}"


def _plain(dtype: np.dtype) -> Any:
    """The fields of a record with their places, records within it too."""
    fields: Any = dtype.fields
    return dtype.str if fields is None else [(name, fields[name][1], _plain(fields[name][0])) for name in dtype.names or ()]


def kind_of(argument: Any) -> str:
    """The kind of an argument."""
    if isinstance(argument, np.ndarray):
        return _kind(argument.dtype, argument.ndim)
    return "f64" if isinstance(argument, float) else "i64"


def _words(kind: str, argument: Any) -> list[Any]:
    """An argument as Numba's own functions take it."""
    if kind in WORDS:
        return [argument if kind == "f64" else int(argument)]
    data = argument.ctypes.data
    return [None, None, argument.size, argument.itemsize, data, *argument.shape, *argument.strides]


def _types(kind: str) -> list[Any]:
    """The types of these words."""
    if kind in WORDS:
        return [ctypes.c_double if kind == "f64" else ctypes.c_int64]
    pointer = ctypes.c_void_p
    return [pointer, pointer, ctypes.c_int64, ctypes.c_int64, pointer, *[ctypes.c_int64] * (_size(kind) - 5)]


def _array(kind: str, words: list[int]) -> np.ndarray:
    """An array that the code has made, copied."""
    dtype, _, dimensions = kind.rpartition("/")
    shape = words[5 : 5 + int(dimensions)]
    data = ctypes.string_at(words[4], words[2] * words[3])
    return np.frombuffer(bytearray(data), dtype).reshape(shape)


@cache
def manifest() -> dict[str, Any]:
    """What is shipped, by the name of the kernel; nothing where nothing is."""
    path = FOLDER / "kernels.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@cache
def made_of_these(module: str) -> bool:
    """Whether what is shipped of a module was made of its sources as they are: byte for byte, or of a program that is equal."""
    made_of = manifest().get("sources", {}).get(module)
    if made_of is None:
        return False
    return made_of["bytes"] == _bytes_of(made_of["files"]) or made_of["program"] == digest_of(sources(module))


def _bytes_of(names: Sequence[str]) -> str:
    """The digest of the bytes of some files of the package; "" where one is not there."""
    paths = {name: PACKAGE / name for name in names}
    return (
        bytes_digest({name: path.read_bytes() for name, path in paths.items()})
        if all(map(Path.is_file, paths.values()))
        else ""
    )


def shipped(name: str, module: str, kept: Path) -> Shipped | None:
    """The shipped code of the kernel ``name`` of a module; None where it is of other sources, or cannot be loaded.

    Instructions for this machine are kept in the folder ``kept``.
    """
    about = manifest().get("kernels", {}).get(name)
    if about is None or not made_of_these(module):
        return None
    with LOCK:
        try:
            return _loaded(name, about, kept)
        except (RuntimeError, OSError, lzma.LZMAError) as error:
            REFUSED.append(str(error))
            return None


def _loaded(name: str, about: dict[str, Any], kept: Path) -> Shipped:
    """Shipped code, ready to be called. Raises ``RuntimeError`` where this machine cannot load it."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    for symbol in RUNTIME:
        llvm.add_symbol(symbol, ctypes.cast(getattr(ctypes.pythonapi, symbol), ctypes.c_void_p).value)
    if missing := [symbol for symbol in about["needs"] if not llvm.address_of_symbol(symbol)]:
        raise RuntimeError(f"{name} needs {', '.join(missing)}")
    packed = (FOLDER / f"{name}.bc.xz").read_bytes()
    if sha256(packed).hexdigest() != about["sha256"]:
        raise RuntimeError(f"{name}.bc.xz is not what kernels.json says")
    engine = _engine(packed, kept)
    given = [ctypes.c_void_p, ctypes.c_void_p, *(one for kind in about["takes"] for one in _types(kind))]
    call = ctypes.CFUNCTYPE(ctypes.c_int32, *given)(engine.get_function_address("kernel"))
    release = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(engine.get_function_address("release"))
    return Shipped(call, release, tuple(about["takes"]), tuple(about["gives"]), engine)


def _engine(packed: bytes, kept: Path) -> Any:
    """The code of this machine for some bitcode: found in the folder ``kept``, or made and left there."""
    target = llvm.Target.from_default_triple()
    processor, features = llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()
    machine = target.create_target_machine(cpu=processor, features=features, opt=2, jit=True, codemodel="jitdefault")
    mark = sha256(packed + f"{processor} {features} {llvm.llvm_version_info}".encode()).hexdigest()
    path = kept / f"{mark[:32]}.o"
    code = _found(path)
    if code is None:
        code = machine.emit_object(laid_out(packed, target.triple, str(machine.target_data)))
        _leave(path, code)
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return engine


def laid_out(packed: bytes, triple: str, layout: str) -> Any:
    """The module in some packed bitcode, for the machine that LLVM calls ``triple``."""
    module = llvm.parse_bitcode(lzma.decompress(packed))
    module.triple, module.data_layout = triple, layout
    return module


def _found(path: Path) -> bytes | None:
    """The code in a file that ``_leave`` has written; None where there is none, or not all of it."""
    if not path.is_file():
        return None
    kept = path.read_bytes()
    return kept[32:] if sha256(kept[32:]).digest() == kept[:32] else None


def _leave(path: Path, code: bytes) -> None:
    """Leave code in a file; where it cannot be written, it is made again next time."""
    fresh = path.with_suffix(f".{os.getpid()}-{threading.get_native_id()}")
    with suppress(OSError):
        fresh.write_bytes(sha256(code).digest() + code)
        fresh.replace(path)
