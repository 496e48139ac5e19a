"""The unfinished work of a study: chunks in a hidden folder beside it, found again by the same question.

A chunk's name is a digest of all its numbers depend on: a changed number or rule asks for another name and never meets a
stale chunk. No clock and no lock is consulted. Several processes may fill one store: they skip what is there, and where two
finish the same chunk, the one replaces the other by the same bytes.
"""

import contextlib
import errno
import logging
import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import numpy as np

from sim.storage import arrays
from sim.storage.atomic_folder import make, unmake
from sim.storage.regular_file import content

LOG = logging.getLogger(__name__)
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


OURS = re.compile(r"\.?([0-9a-f]{40}(\.rows)?\.chunk|status\.json)(\.\d+-[0-9a-f]{8}\.tmp)?|escalation-\d+.*")


class Answered(Exception):
    """Another process has meanwhile finished the same study, and cleared the chunks away."""


class Chunks(Protocol):
    """Where chunks can be read from, by name."""

    def get(self, name: str, expected: arrays.Expected) -> dict[str, np.ndarray] | None:
        """The arrays of a chunk, None where there is none."""


class Store:
    """The chunks of a question in ``folder``, which is made where there is none. Raises ``OSError`` where it cannot be.

    ``answered`` tells whether the study stands already in its place; asked where the folder has gone.
    """

    def __init__(self, folder: str | Path, answered: Callable[[], bool] = lambda: False) -> None:
        self.folder, self.answered = Path(folder), answered
        self.found = self.folder.is_dir()  # an earlier start, or another process, has been here
        self.above = make(self.folder)[1:]

    def has(self, name: str) -> bool:
        """Whether there is a chunk of that name, whole or not."""
        return self._path(name).exists()

    def get(self, name: str, expected: arrays.Expected) -> dict[str, np.ndarray] | None:
        """The arrays of a chunk as ``chunk.unpacked`` gives them; None where it is missing, or not as it should be."""
        try:
            return arrays.unpacked(content(self._path(name), arrays.largest(expected)), expected, name)
        except FileNotFoundError:
            self._check_gone()
            return None
        except (arrays.Damaged, OSError) as error:
            self.refuse(name, getattr(error, "strerror", None) or error)
            return None

    def put(self, name: str, content: bytes) -> None:
        """Keep the bytes of a chunk. Raises ``OSError``, and keeps what there is, where they cannot be written."""
        with self.kept():
            try:
                arrays.write(self._path(name), content)
            except FileNotFoundError:
                self._check_gone()
                self.folder.mkdir(parents=True, exist_ok=True)
                arrays.write(self._path(name), content)

    def refuse(self, name: str, why: object) -> None:
        """Forget a chunk that is not what it should be, and say so; a folder in its place, which is not ours, is set aside."""
        path = self._path(name)
        LOG.warning("%s %s: it is played again", path, why)
        with contextlib.suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                path.rename(path.with_suffix(f".{secrets.token_hex(4)}.foreign"))
            else:
                path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Say, where the disk is full, that what is done stays done and how to go on."""
        try:
            yield
        except OSError as error:
            if error.errno not in FULL and "No space left" not in str(error):
                raise
            words = "no space left on the disk; what is done is kept, and the same command goes on from there"
            raise OSError(error.errno or errno.ENOSPC, words, str(self.folder)) from None

    @contextlib.contextmanager
    def unbroken(self) -> Iterator[None]:
        """Leave nothing behind where the work stops before the first chunk; say otherwise that it can be taken up again."""
        try:
            with self.kept():
                yield
        except BaseException as stop:
            if isinstance(stop, Answered):
                raise
            if not any(self.folder.glob("*.chunk")):
                self.clear()
            elif isinstance(stop, KeyboardInterrupt):
                raise KeyboardInterrupt("what is done is kept, and the same command goes on from there") from None
            raise

    def clear(self) -> None:
        """Remove the folder, once the study stands in its place; if none came to stand there, what was made for it too."""
        cleared(self.folder)
        unmake(self.above)

    def _check_gone(self) -> None:
        """Raise ``Answered`` where there is nothing left to do."""
        if not self.folder.is_dir() and self.answered():
            raise Answered

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.chunk"


def cleared(folder: Path) -> None:
    """Remove a store's folder and what we keep in it; what someone else has put there stays, and the folder with it."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if OURS.fullmatch(path.name) and (path.is_symlink() or not path.is_dir()):
                path.unlink(missing_ok=True)
        folder.rmdir()


class MemoryStore:
    """The chunks of a question that fits into memory."""

    def __init__(self) -> None:
        self.chunks: dict[str, bytes] = {}

    def put(self, name: str, content: bytes) -> None:
        """Keep a chunk."""
        self.chunks[name] = content

    def get(self, name: str, expected: arrays.Expected) -> dict[str, np.ndarray] | None:
        """The arrays of a chunk, None where there is none."""
        return arrays.unpacked(self.chunks[name], expected, name) if name in self.chunks else None
