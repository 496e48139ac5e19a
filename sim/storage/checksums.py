"""The checksums of a study's files, in the form that ``sha256sum --check checksums.txt`` reads."""

import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path

from sim.storage.regular_file import content

NAME = "checksums.txt"
MARK = ".escalation"  # in a folder that is being written: ours to remove; gone once it is whole
LARGEST = 2**20  # bytes of the file of checksums
AT = 64 + 2  # where a file's name begins: after the digits of its checksum and two spaces


def write(folder: Path) -> None:
    """Write the checksums of all files of ``folder``."""
    lines = [f"{_line(path, path.relative_to(folder).as_posix())}\n" for path in _files(folder)]
    (folder / NAME).write_text("".join(lines), encoding="utf-8", newline="\n")  # sha256sum would read another as of the name


def whole(folder: Path, names: Iterable[str]) -> bool:
    """Whether every file of ``folder`` that was written, ``names`` among them, is there still, and as it was written."""
    written = {line[AT:] for line in _lines(folder)}
    return {*names} <= written and not altered(folder, written)


def altered(folder: Path, names: Collection[str] = ()) -> list[str]:
    """Those of ``names``, or of all files with a checksum, that are missing, have none, or are not as they were written."""
    lines, found = _lines(folder), {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    written = {line[AT:]: line for line in lines}
    return [name for name in names or written if not _same(found.get(name), name, written.get(name))]


def _same(path: Path | None, name: str, line: str | None) -> bool:
    """Whether the file at ``path`` is as its ``line`` says."""
    try:
        return path is not None and line is not None and _line(path, name) == line
    except OSError:
        return False


def foreign(folder: Path) -> str | None:
    """The first thing in ``folder`` that was not written with a study: its name, or None."""
    known = {NAME, *(line[AT:] for line in _lines(folder))}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name not in known and (path.is_symlink() or not path.is_dir()):
            return name
    return None


def _lines(folder: Path) -> list[str]:
    """The lines about the files of a study; none where it has no checksums."""
    try:
        return content(folder / NAME, LARGEST).decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def _files(folder: Path) -> list[Path]:
    """The files of a folder and of those in it, by name; no links."""
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and path.name not in (NAME, MARK)
    )


def _line(path: Path, name: str) -> str:
    """The line about the file at ``path``, called ``name``."""
    with open(path, "rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}"
