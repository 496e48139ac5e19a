"""A study's folder: written aside under a hidden name, and put in place whole."""

import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path

from sim.record.provenance import digest
from sim.record.study import as_data


def place(request, experiment, title, *content):
    """The folder a request writes to: the one asked for, or one named by experiment, title and content.

    The name holds a digest of what was asked, so another question never lands on an answer; the number of threads,
    which changes no number, is left out.
    """
    if request.out:
        return Path(request.out)
    asked = {key: value for key, value in as_data(request).items() if key not in ("out", "threads")}
    name = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or "crisis"
    return Path("outputs") / experiment / f"{name}-{digest(asked, *map(as_data, content))}"


@contextmanager
def folder(path):
    """A hidden folder to write into, and ``path``, whose name it takes when the block ends well; else it vanishes.

    A folder of an earlier study at ``path`` is replaced; anything else there is left alone. Raises ``FileExistsError``
    for a file or a foreign folder at ``path``, ``PermissionError`` where it cannot be written.
    """
    path = Path(path)
    if path.exists() and not _is_study(path):
        raise FileExistsError(17, "exists and is not a study's folder; choose another with out=", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.parent / f".{path.name}.{os.getpid()}.writing"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        yield aside, path
        old = path.parent / f".{path.name}.{os.getpid()}.old"
        if path.exists():
            path.rename(old)
        aside.rename(path)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _is_study(path):
    """Whether ``path`` is a folder this program wrote, or an empty one."""
    return path.is_dir() and ((path / "summary.json").is_file() or not any(path.iterdir()))
