"""Where the command runs is none of its business: closed or full streams, a poor alphabet, a user's look of figures.

Results are written whatever becomes of what is said meanwhile; figures are the same bytes whatever any style file says.
"""

import codecs
import contextlib
import io
import logging
import os
import signal
import sys
import threading
import unicodedata
from collections.abc import Iterator
from typing import Any, TextIO

ROOM = 1_200_000_000  # bytes of address space; measured with two threads
PLAIN = {
    "\N{EN DASH}": "-", "\N{EM DASH}": "-", "\N{MINUS SIGN}": "-", "\N{HORIZONTAL ELLIPSIS}": "...", "\N{INFINITY}": "inf",
    "\N{GREATER-THAN OR EQUAL TO}": ">=", "\N{LESS-THAN OR EQUAL TO}": "<=", "\N{MULTIPLICATION SIGN}": "x",
    "\N{MIDDLE DOT}": "*", "\N{RIGHTWARDS ARROW}": "->", "\N{RIGHT SINGLE QUOTATION MARK}": "'",
}  # fmt: skip


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """In the place of what an alphabet lacks: the nearest it has, or a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    words = error.object[error.start : error.end]
    bare = (PLAIN.get(sign) or unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode() or "?" for sign in words)
    return "".join(bare), error.end


codecs.register_error("plainly", _plainly)


class Heard(io.RawIOBase):
    """A stream that takes everything: what its reader cannot take any more is dropped, and the first error kept."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.error: OSError | None = None

    def writable(self) -> bool:
        """It can always be written to."""
        return True

    def isatty(self) -> bool:
        """Whether a terminal reads it."""
        return os.isatty(self.number)

    def fileno(self) -> int:
        """The number of the stream it writes to."""
        return self.number

    def write(self, data: Any) -> int:
        """Hand ``data`` on, as long as somebody takes it."""
        left = memoryview(data).cast("B")
        while left and self.error is None:
            try:
                left = left[os.write(self.number, left) :]
            except OSError as error:
                self.error = error
        return len(data)


@contextlib.contextmanager
def steady() -> Iterator[Heard]:
    """Give this process streams that nothing said on them can end; the standard output's ``Heard``."""
    opened()
    heard, unheard = Heard(1), Heard(2)
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_text(*one) for one in zip((heard, unheard), before, strict=True))
    try:
        yield heard
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        sys.stdout, sys.stderr = before


def opened() -> None:
    """Let the standard streams that are closed lead nowhere: else the next file that is opened would get their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, number)
            if nowhere != number:
                os.close(nowhere)


def _text(raw: Heard, like: TextIO | None) -> io.TextIOWrapper:
    """A text stream over ``raw`` in the encoding of the stream it replaces (None: it was closed)."""
    encoding = getattr(like, "encoding", None) or "utf-8"
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, "plainly", line_buffering=raw.isatty() or raw.number == 2)


@contextlib.contextmanager
def own_look() -> Iterator[None]:
    """Let figures look as this program has them, for as long as a block lasts, whatever Matplotlib's settings say."""
    os.environ["MPLBACKEND"] = "agg"  # a notebook passes on its own, which may be none here
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # where there is no home, its fonts are looked for anew: no news
    with _inside_matplotlib():
        from sim.plotting import own_look as plotting
    with plotting.own_look():
        yield


@contextlib.contextmanager
def _inside_matplotlib() -> Iterator[None]:
    """Stand where Matplotlib keeps its own settings: the first place it looks for some is where one is."""
    from importlib.util import find_spec
    from pathlib import Path

    if "matplotlib" in sys.modules:
        yield
        return
    before, found = os.open(".", os.O_RDONLY), find_spec("matplotlib")
    os.chdir(Path((found and found.origin) or "").parent / "mpl-data")
    try:
        yield
    finally:
        os.fchdir(before)
        os.close(before)


def cramped() -> str:
    """The line about a limit on address space (ulimit -v) under which the libraries would wait for ever, or "" ."""
    try:
        import resource
    except ImportError:  # a system without such limits
        return ""
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit == resource.RLIM_INFINITY or limit >= ROOM:
        return ""
    return f"address space must be at least {ROOM / 1e9:g} GB, got {limit / 1e9:.2g} GB: raise ulimit -v"


def gone() -> bool:
    """Whether the current folder has been deleted."""
    try:
        return not os.getcwd()
    except FileNotFoundError:
        return True


@contextlib.contextmanager
def unasked() -> Iterator[None]:
    """Ignore the signal USR1, which asks a sweep how far it is: where nobody answers, it would end the process."""
    if not hasattr(signal, "SIGUSR1") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGUSR1, signal.SIG_DFL if before is None else before)
