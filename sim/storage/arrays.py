"""A chunk: a few named arrays in one file that is whole or is not there, and says so itself.

A line with a checksum, then an Arrow stream. Nothing in it can be run, and nothing of it is believed before the checksum,
the names, the types and the shapes have been compared with what is expected.
"""

import contextlib
import hashlib
import math
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import DTypeLike

MARK = b"escalation chunk 2 "  # the format and its version; then the checksum and a line feed
FREE = 2**22  # numbers in a length that may be any
HEAD = len(MARK) + 64 + 1
Expected = Mapping[str, tuple[DTypeLike, tuple[int, ...]]]  # by name: type and shape, in which one length may be -1: any


class Damaged(ValueError):
    """A file that is no whole chunk, or not the one expected."""


def packed(arrays: Mapping[str, np.ndarray], name: str) -> bytes:
    """The bytes of named arrays of numbers, as the chunk called ``name``: the same bytes for the same arrays."""
    flat = [pa.array(array.reshape(-1)) for array in arrays.values()]
    lists = [pa.ListArray.from_arrays(pa.array([0, len(values)], pa.int32()), values) for values in flat]
    batch = pa.record_batch(lists, names=list(arrays))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_batch(batch)
    return sealed(sink.getvalue().to_pybytes(), name)


def sealed(body: bytes, name: str) -> bytes:
    """The bytes of a chunk: ``body`` behind the checksum of it and its name, so that none passes for another."""
    return MARK + hashlib.sha256(name.encode() + b"\n" + body).hexdigest().encode() + b"\n" + body


def largest(expected: Expected) -> int:
    """The most bytes a chunk of arrays as ``expected`` can take: what is larger need not be read."""
    numbers = sum(np.dtype(kind).itemsize * math.prod(FREE if n < 0 else n for n in shape) for kind, shape in expected.values())
    return HEAD + 2 * numbers + 2**16  # of the stream around them, and of what does not compress


def unpacked(content: bytes, expected: Expected, name: str) -> dict[str, np.ndarray]:
    """The arrays in the bytes of the chunk called ``name``. Raises ``Damaged`` unless they are whole and as ``expected``.

    ``expected`` maps each name to a type and a shape, in which one length may be -1: any.
    """
    if content[:HEAD] != sealed(content[HEAD:], name)[:HEAD]:
        raise Damaged("is cut short, altered, or another")
    try:
        with pa.ipc.open_stream(content[HEAD:]) as reader:
            table = reader.read_all()
        table.validate(full=True)
    except (pa.ArrowException, OSError, MemoryError) as error:
        raise Damaged(f"cannot be read: {error}") from None
    if table.num_rows != 1 or table.column_names != list(expected):
        raise Damaged(f"must hold {', '.join(expected)}, holds {', '.join(table.column_names)}")
    return {name: _array(name, table[name].chunk(0), *expected[name]) for name in expected}


def _array(name: str, column: pa.Array, kind: DTypeLike, shape: tuple[int, ...]) -> np.ndarray:
    """One array of a chunk, of the type and shape expected."""
    if not pa.types.is_list(column.type) or column.type.value_type != pa.from_numpy_dtype(kind) or column.flatten().null_count:
        raise Damaged(f"{name} must hold {np.dtype(kind)}, holds {column.type}")
    try:
        return column.flatten().to_numpy().reshape(shape)
    except ValueError:
        raise Damaged(f"{name} must be of shape {shape}, holds {len(column.flatten())} numbers") from None


def write(path: Path, content: bytes, lasting: bool = True) -> None:
    """Write bytes under a name of their own, and give them ``path``'s once they are on the disk: whole or not at all.

    What need not outlive a crash of the machine is not ``lasting``, and quicker.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        with open(aside, "wb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        os.replace(aside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    if lasting:
        _settle(path.parent)


def _settle(folder: Path) -> None:
    """Let the name of a new file reach the disk too, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
