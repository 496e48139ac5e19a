"""Who writes a folder: a process of this machine, of a container beside it under the same name, or of one elsewhere.

Whoever writes holds a lock on the mark in the folder, which other containers and, where the file system knows locks, other
machines see. Where it knows none, a number of a process tells, and a time of silence.
"""

import hashlib
import os
import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sim.storage.checksums import MARK

try:
    import fcntl
except ImportError:  # there are no such locks on Windows
    fcntl = None  # type: ignore[assignment]

LEFT = re.compile(r"\.(?P<name>.+)-(?P<process>\d+)\.(?P<what>writing|old)")
WEEK, HOUR = 7 * 86_400.0, 3_600.0  # seconds without a change after which another machine, or one of our name, has stopped


class Left(NamedTuple):
    """What the name of a hidden folder tells."""

    name: str  # of the study; with the machine's at its end where that is another
    process: str
    what: str  # "writing" or "old"
    ours: bool  # of this machine as it runs: its processes can be asked for
    namesake: bool  # of a machine of our name: another container, an earlier start of this one, or one elsewhere


@cache
def token() -> str:
    """Eight digits that tell this start of this machine, and this container, from others of its name."""
    seen = []
    for read in (lambda: Path("/proc/sys/kernel/random/boot_id").read_text(), lambda: str(os.stat("/proc/self/ns/pid").st_ino)):
        with suppress(OSError):
            seen.append(read())
    return hashlib.sha256(" ".join(seen).encode()).hexdigest()[:8]


def own(path: Path, what: str) -> Path:
    """The hidden name beside ``path`` that this process uses while it writes."""
    return path.parent / f".{path.name}.{platform.node()}.{token()}-{os.getpid()}.{what}"


def left(path: Path) -> Left | None:
    """What the name of a hidden folder tells, if it is one of a process that writes."""
    found = LEFT.fullmatch(path.name)
    if not found:
        return None
    namesake = re.fullmatch(rf"(.+)\.{re.escape(platform.node())}\.([0-9a-f]{{8}})", found["name"])
    name, ours = (namesake[1], namesake[2] == token()) if namesake else (found["name"], False)
    return Left(name, found["process"], found["what"], ours, bool(namesake))


def stopped(path: Path, about: Left, silence: float) -> bool:
    """Whether the process that wrote a folder has surely ended; ``silence`` is how many seconds nothing in it has changed."""
    if about.ours:
        return not _alive(about.process)
    return not _held(path) and silence > (HOUR if about.namesake else WEEK)


@contextmanager
def holding(mark: Path) -> Iterator[None]:
    """Make ``mark``, and hold the lock on it meanwhile, as far as the file system knows locks."""
    with open(mark, "w", encoding="utf-8") as file:
        with suppress(OSError):
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def _held(path: Path) -> bool:
    """Whether somebody holds the lock on the mark of a folder."""
    if not fcntl:
        return False
    try:
        handle = os.open(path / MARK, os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
    return False


def _alive(process: str) -> bool:
    """Whether the process of a number is running here; taken to be so where that cannot be told."""
    if os.name == "nt" or not process.isdigit():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
