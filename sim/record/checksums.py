"""The checksums of a study's files, in the form that ``sha256sum --check checksums.txt`` reads."""

import hashlib

NAME = "checksums.txt"
AT = 64 + 2  # where a file's name begins: after the digits of its checksum and two spaces


def write(folder):
    """Write the checksums of all files of ``folder``."""
    lines = [f"{_line(path, path.relative_to(folder).as_posix())}\n" for path in _files(folder)]
    (folder / NAME).write_text("".join(lines), encoding="utf-8", newline="\n")  # sha256sum would read another as of the name


def whole(folder, names):
    """Whether every file of ``folder`` that was written, ``names`` among them, is there still, and as it was written."""
    lines, found = _lines(folder), {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    try:
        return {*names} <= {line[AT:] for line in lines} and all(line == _line(found[line[AT:]], line[AT:]) for line in lines)
    except (OSError, KeyError):
        return False


def foreign(folder):
    """The first thing in ``folder`` that was not written with a study: its name, or None."""
    known = {NAME, *(line[AT:] for line in _lines(folder))}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name not in known and (path.is_symlink() or not path.is_dir()):
            return name
    return None


def _lines(folder):
    """The lines about the files of a study; none where it has no checksums."""
    try:
        return (folder / NAME).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def _files(folder):
    """The files of a folder and of those in it, by name; no links."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and path.name != NAME)


def _line(path, name):
    """The line about the file at ``path``, called ``name``."""
    with open(path, "rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}"
