"""The unfinished work of a study: chunks in a hidden folder beside it, found again by the same question.

A chunk's name is a digest of all its numbers depend on: a changed number or rule asks for another name and never meets a
stale chunk. No clock and no lock is consulted. Several processes may fill one store: they skip what is there, and where two
finish the same chunk, the one replaces the other by the same bytes.
"""

import contextlib
import errno
import logging
import shutil
from pathlib import Path

from sim.record import chunk
from sim.record.folder import make, unmake

LOG = logging.getLogger(__name__)
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Answered(Exception):
    """Another process has meanwhile finished the same study, and cleared the chunks away."""


class Store:
    """The chunks of a question in ``folder``, which is made where there is none. Raises ``OSError`` where it cannot be.

    ``answered`` tells whether the study stands already in its place; asked where the folder has gone.
    """

    def __init__(self, folder, answered=lambda: False):
        self.folder, self.answered = Path(folder), answered
        self.found = self.folder.is_dir()  # an earlier start, or another process, has been here
        self.above = make(self.folder)[1:]

    def has(self, name):
        """Whether there is a chunk of that name, whole or not."""
        return self._path(name).exists()

    def get(self, name, expected):
        """The arrays of a chunk as ``chunk.unpacked`` gives them; None where it is missing, or not as it should be."""
        try:
            return chunk.unpacked(self._path(name).read_bytes(), expected, name)
        except FileNotFoundError:
            self._check_gone()
            return None
        except (chunk.Damaged, OSError) as error:
            self.refuse(name, error)
            return None

    def put(self, name, content):
        """Keep the bytes of a chunk. Raises ``OSError``, and keeps what there is, where they cannot be written."""
        with self.kept():
            try:
                chunk.write(self._path(name), content)
            except FileNotFoundError:
                self._check_gone()
                self.folder.mkdir(parents=True, exist_ok=True)
                chunk.write(self._path(name), content)

    def refuse(self, name, why):
        """Forget a chunk that is not what it should be, and say so."""
        LOG.warning("%s %s: it is played again", self._path(name), why)
        with contextlib.suppress(OSError):
            self._path(name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def kept(self):
        """Say, where the disk is full, that what is done stays done and how to go on."""
        try:
            yield
        except OSError as error:
            if error.errno not in FULL and "No space left" not in str(error):
                raise
            words = "no space left on the disk; what is done is kept, and the same command goes on from there"
            raise OSError(error.errno or errno.ENOSPC, words, str(self.folder)) from None

    @contextlib.contextmanager
    def unbroken(self):
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

    def clear(self):
        """Remove the folder, once the study stands in its place; if none came to stand there, what was made for it too."""
        shutil.rmtree(self.folder, ignore_errors=True)
        unmake(self.above)

    def _check_gone(self):
        """Raise ``Answered`` where there is nothing left to do."""
        if not self.folder.is_dir() and self.answered():
            raise Answered

    def _path(self, name):
        return self.folder / f"{name}.chunk"
