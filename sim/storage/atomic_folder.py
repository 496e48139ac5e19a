"""A study's folder: written aside under a hidden name, and put in place whole."""

import errno
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sim.storage import checksums
from sim.storage.checksums import MARK
from sim.storage.folder_name import folder_name, said
from sim.storage.provenance import digest
from sim.storage.study_file import as_data
from sim.storage.writer import holding, left, own, stopped

HOW = ("out", "threads", "verbosity", "executor", "scheduler", "workers", "slurm", "retries", "case")  # change no number


def asked(request: Any, *content: object) -> str:
    """A digest of what a request asks, with its ``content``; what changes no number, such as threads, is left out."""
    return digest({key: value for key, value in as_data(request).items() if key not in HOW}, *map(as_data, content))


def place(request: Any, experiment: str, title: str, *content: object, words: Iterable[str] = ()) -> Path:
    """The folder a request writes to: the one asked for, or one named by experiment, title and what was ``asked``.

    Its name says ``words`` about the question, what of case and request is not by default, and a digest of all that was
    asked: another question never lands on an answer, and the same one finds its own.
    """
    if request.out:
        if os.name != "nt" and re.match(r"[A-Za-z]:\\|\\\\", request.out):
            raise OSError(errno.EINVAL, "is a path of Windows; here folders are parted by /", request.out)
        return Path(request.out)
    return Path("outputs") / experiment / folder_name(title, [*words, *said(request, HOW)], asked(request, *content))


def unfinished(path: str | Path, question: str) -> Path:
    """The hidden folder beside ``path`` in which the chunks of a question (its digest) wait until its study is whole."""
    return Path(path).parent / f".{question}.part"


@contextmanager
def folder(path: str | Path) -> Iterator[tuple[Path, Path]]:
    """A hidden folder to write into, and ``path``, whose name it takes when the block ends well; else it vanishes.

    A folder of an earlier study at ``path`` is replaced; anything else there is left alone. Raises ``FileExistsError``
    for a file or a foreign folder at ``path``, ``PermissionError`` where it cannot be written.
    """
    path = Path(path)
    path = path.resolve() if path.is_symlink() else path
    check_place(path)
    aside = own(path, "writing")
    remove(aside)
    above = make(path.parent)
    try:
        aside.mkdir()  # anew: what could not be removed would get into the study
        with holding(aside / MARK):
            yield aside, path
            checksums.write(aside)
        (aside / MARK).unlink()
        _put(aside, path)
    finally:
        remove(aside)
        unmake(above)


def remove(path: Path) -> None:
    """Remove a folder that we made: one with our mark, a study in which all is ours, or an empty one; no other.

    What makes it ours goes last: were we killed meanwhile, the next start goes on.
    """
    if path.is_symlink() or not path.is_dir():
        return
    with suppress(OSError):
        if (path / MARK).is_file() or ((path / checksums.NAME).is_file() and checksums.foreign(path) is None):
            for one in path.iterdir():
                if one.is_dir() and not one.is_symlink():
                    shutil.rmtree(one, ignore_errors=True)
                elif one.name not in (MARK, checksums.NAME):
                    one.unlink()
            (path / MARK).unlink(missing_ok=True)
            (path / checksums.NAME).unlink(missing_ok=True)
        path.rmdir()


def make(path: str | Path) -> list[Path]:
    """Make a folder and those above it; the ones that were not there, the deepest first."""
    path = Path(path)
    missing = [one for one in (path, *path.parents) if not one.exists()]
    path.mkdir(parents=True, exist_ok=True)
    return missing


def unmake(folders: Iterable[Path]) -> None:
    """Remove what ``make`` has made, as far as nothing has come into it."""
    for one in folders:
        with suppress(OSError):
            one.rmdir()


def check_place(path: Path) -> None:
    """Raise ``FileExistsError`` where something else than a study stands at ``path``; tidy what a killed process left."""
    for name in (path, own(path, "writing")):
        with suppress(FileNotFoundError):
            os.lstat(name)  # a name that is too long, or below a file, is told now rather than after the work
    if Path.cwd().is_relative_to(os.path.realpath(path)):
        raise FileExistsError(errno.EEXIST, "is where you are, and cannot be replaced; choose another with out=", str(path))
    found = checksums.foreign(path) if path.is_dir() else None
    if found or (os.path.lexists(path) and not path.is_dir()):
        held = f": it holds {found}, which no study has written" if found else ""
        raise FileExistsError(errno.EEXIST, f"exists and is not a study's folder{held}; choose another with out=", str(path))
    if path.parent.is_dir():
        _tidy(path.parent)


def _tidy(place):
    """Clear away in a folder what killed processes have left of studies, or give it its name again.

    Processes of this machine are known to be dead; those of others, such as containers that are no more, by silence.
    What machines of another name have moved aside stays: it is a whole study, and where its name ends cannot be told.
    """
    for path in place.glob(".*-*"):
        about = left(path)
        if not about or not stopped(path, about, _silence(path)) or (about.what == "old" and not about.namesake):
            continue
        if about.what == "old" and checksums.foreign(path) is None and not (place / about.name).exists():
            path.rename(place / about.name)  # killed between its two renames
        else:
            remove(path)


def _silence(path: Path) -> float:
    """How many seconds nothing in a folder has changed; none where that cannot be told."""
    with suppress(OSError):
        return time.time() - max(one.lstat().st_mtime for one in (path, *path.rglob("*")))
    return 0.0


def _put(aside: Path, path: Path) -> None:
    """Give ``aside`` the name ``path``, in place of the study that has it, if any."""
    old = own(path, "old")
    for attempt in range(100):
        try:
            with suppress(FileNotFoundError):
                path.rename(old)
            aside.rename(path)
            break
        except OSError as error:  # another process has just put the same study there
            if attempt == 99 or error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
            remove(old)
    remove(old)
