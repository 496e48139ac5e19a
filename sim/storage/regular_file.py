"""Files that may have been put there by anyone: only regular ones, no larger than they can be, are read."""

import os
import stat


class Odd(OSError):
    """What stands there is no regular file, or larger than what is looked for can be."""


def check_regular(path: str | os.PathLike[str], most: int | None = None) -> None:
    """Raise ``Odd`` where ``path`` is a folder, a pipe or a device, or holds more than ``most`` bytes."""
    _check(os.stat(path), path, most)


def content(path: str | os.PathLike[str], most: int) -> bytes:
    """The bytes of a regular file of at most ``most`` bytes. Raises ``Odd`` for anything else; it waits for nobody."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:
        _check(os.fstat(handle), path, most)
        return file.read(most + 1)


def _check(found: os.stat_result, path: str | os.PathLike[str], most: int | None) -> None:
    """Raise ``Odd`` where what was ``found`` at ``path`` is no regular file, or too large."""
    if not stat.S_ISREG(found.st_mode):
        raise Odd(None, "is no regular file", str(path))
    if most is not None and found.st_size > most:
        raise Odd(None, f"must be of at most {most:,} bytes, is of {found.st_size:,}", str(path))
