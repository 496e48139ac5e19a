"""The checksums of a study's files, in the form that ``sha256sum --check checksums.txt`` reads."""

import hashlib

NAME = "checksums.txt"
AT = 64 + 2  # where a file's name begins: after the digits of its checksum and two spaces


def write(folder):
    """Write the checksums of all files of ``folder``."""
    lines = [f"{_line(path, path.relative_to(folder).as_posix())}\n" for path in _files(folder)]
    (folder / NAME).write_text("".join(lines), encoding="utf-8", newline="\n")  # sha256sum would read another as of the name


def whole(folder):
    """Whether every file of ``folder`` that was written is there still, as it was written; further files do not count."""
    try:
        lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
        found = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
        return bool(lines) and all(line == _line(found[line[AT:]], line[AT:]) for line in lines)
    except (OSError, UnicodeDecodeError, KeyError):
        return False


def _files(folder):
    """The files of a folder and of those in it, by name; no links."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and path.name != NAME)


def _line(path, name):
    """The line about the file at ``path``, called ``name``."""
    with open(path, "rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}"
