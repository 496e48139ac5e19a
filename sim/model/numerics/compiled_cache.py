"""Where compiled code is kept between processes: it is run as it is found, so in no place that others may write to.

A folder of this user's alone is kept. Where there is none, code is compiled into a private folder that goes with its process.
Nothing is deleted here that does not bear our mark.
"""

import atexit
import os
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TextIO

try:
    import fcntl
    import grp
    import pwd
except ImportError:  # there are no such locks, nor owners of files, on Windows
    fcntl = None  # type: ignore[assignment]

MARK, MARKED = "escalation-cache", "Compiled code of the program escalation: it may be deleted at any time.\n"
PRIVATE = "escalation-cache-"
KEEP, YOUNG = 8, 86_400.0  # folders of older sources that are left in place; seconds within which one may be in use
UNKEPT: list[str] = []  # why nothing is kept, if so


def folder_for(name: str) -> str:
    """The folder for compiled code of that name, as a text."""
    try:
        return str(_kept(_root(), name))
    except (OSError, RuntimeError) as error:  # no home, or none that can be written
        UNKEPT[:] = [str(error)]
        folder = _private() / name
        folder.mkdir(exist_ok=True)
        return str(folder)


def _root() -> Path:
    """The folder all compiled code of this user lives in."""
    if chosen := os.environ.get("ESCALATION_CACHE"):
        return Path(chosen)
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "escalation"


def _kept(root: Path, name: str) -> Path:
    """The folder ``name`` in ``root``, made where there is none. Raises ``OSError`` where it cannot be used."""
    folder = root / name
    fresh = not folder.is_dir()
    for path in (*reversed(root.parents), root, folder):
        if not path.is_dir():
            path.mkdir(mode=0o700, exist_ok=True)  # each of them: with parents=True those above would be as umask says
    if fresh:
        (folder / MARK).write_text(MARKED, encoding="utf-8")
    folder = folder.resolve()  # what is checked is what is used, whatever becomes of a link
    _check_owner(folder)
    if not os.access(folder, os.W_OK):
        raise PermissionError(f"{folder} cannot be written")
    os.utime(folder)  # used now, which keeps others from deleting it
    if fresh:
        _prune(root)
        _remove_stale()
    return folder


def _check_owner(folder: Path) -> None:
    """Raise ``PermissionError`` where others may write to a folder, or to one above it up to the home."""
    if not hasattr(os, "geteuid"):
        return
    home = _home()
    for path in (folder, *folder.parents):
        about, owners = path.stat(), {os.geteuid()} if path == folder else {os.geteuid(), 0}
        sticky = path != folder and about.st_mode & stat.S_ISVTX  # as /tmp: others can neither rename nor delete what is ours
        if about.st_uid not in owners:
            raise PermissionError(f"{path} is another user's")
        shared = stat.S_IWOTH if _alone(about.st_gid) else stat.S_IWOTH | stat.S_IWGRP
        if about.st_mode & shared and not sticky:
            raise PermissionError(f"others may write to {path} (chmod go-w {path})")
        if path == home:
            return


def _alone(group: int) -> bool:
    """Whether a group holds this user alone: many systems give each user one, and write permission to it (umask 002)."""
    with suppress(KeyError):
        me, found = pwd.getpwuid(os.geteuid()), grp.getgrgid(group)
        others = {one.pw_name for one in pwd.getpwall() if one.pw_gid == group} | set(found.gr_mem)
        return found.gr_name == me.pw_name and others <= {me.pw_name}
    return False


def _home() -> Path | None:
    """The user's home; None in a container that knows of none."""
    with suppress(RuntimeError):
        return Path.home().resolve()
    return None


def _prune(root: Path) -> None:
    """Delete all but the newest few of our folders, so that edits do not pile up; none that may be in use."""
    ours = [path for path in root.iterdir() if _marked(path)]
    for old in sorted(ours, key=_age)[KEEP:]:
        if _age(old) > YOUNG:
            shutil.rmtree(old, ignore_errors=True)


def _age(path: Path) -> float:
    """How many seconds ago a folder was last used; one that has gone meanwhile is the youngest."""
    with suppress(OSError):
        return time.time() - path.stat().st_mtime
    return 0.0


def _marked(path: Path) -> bool:
    """Whether a path is a folder that we made."""
    return path.is_dir() and not path.is_symlink() and (path / MARK).is_file()


@cache
def _private() -> Path:
    """A folder of this process, deleted when it ends; those that killed processes left behind are deleted first."""
    _remove_stale()
    folder = Path(tempfile.mkdtemp(prefix=PRIVATE))
    held = open(folder / f"{MARK}.new", "w", encoding="utf-8")  # noqa: SIM115  its lock lasts as long as we do
    held.write(MARKED)
    held.flush()
    if fcntl:
        fcntl.flock(held, fcntl.LOCK_EX)
    os.rename(held.name, folder / MARK)  # whoever sees the mark finds it locked
    atexit.register(_forget, folder, os.getpid(), held)
    return folder


def _forget(folder: Path, process: int, held: TextIO) -> None:
    """Delete the private folder of a process that ends; a child it forked leaves it alone."""
    if os.getpid() == process:
        held.close()
        shutil.rmtree(folder, ignore_errors=True)


def _remove_stale() -> None:
    """Delete the private folders of processes that are no more: ours by owner and mark, and locked by nobody."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PRIVATE}*") if fcntl else ():
        with suppress(OSError):
            if _marked(folder) and folder.stat().st_uid == os.geteuid():
                with open(folder / MARK, encoding="utf-8") as mark:
                    fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
