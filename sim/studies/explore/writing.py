"""The page made and written: one file, whole or not at all, in place of an earlier page and of nothing else."""

import os
import tempfile
from pathlib import Path
from typing import Any

from sim.design.errors import InputError
from sim.engine.browser.module import OtherRules, webassembly
from sim.model.setting.crisis import Crisis
from sim.storage.provenance import provenance
from sim.studies.explore.assembly import SIGN, assembled
from sim.studies.explore.knowledge import knowledge
from sim.studies.explore.options import ExploreOptions

APART = ("threads", "compare", "assumptions")  # which are no fields; a page has as many threads as its browser gives
HEAD = 4096  # bytes in which a page of ours says that it is one


def page_of(job: Any) -> str:
    """The page of a job: it opens with the job's crisis. Raises ``InputError``, also where the rules are not the module's."""
    crisis, options = asked(job)
    try:
        kernel = webassembly()
    except OtherRules as error:
        raise InputError(f"the page would not play by your rules: {error}") from None
    made = provenance()
    said = f"Made by escalation-game {made['program']}, rules {made['rules']}."
    return assembled(knowledge(job, crisis, options), kernel, said)


def asked(job: Any) -> tuple[Crisis, ExploreOptions]:
    """The crisis and the options of a job. Raises ``InputError``."""
    return job._replace(mapping={key: value for key, value in job.mapping.items() if key not in APART}).asked(ExploreOptions)


def place(out: str, scenario: str) -> Path:
    """Where the page goes. Raises ``InputError`` for what is no name of a page, ``FileExistsError`` for another's file."""
    path = Path(out or f"outputs/explore/{scenario}.html")
    if path.suffix != ".html" or path.is_dir():
        raise InputError(f"out must be a file that ends in .html, got {out!r}")
    if os.path.lexists(path) and not (path.is_file() and _ours(path)):
        raise InputError(f"out must not be a file that explore has not written, got {out!r}: choose another")
    return path


def _ours(path: Path) -> bool:
    """Whether a page of ours stands at ``path``."""
    with open(path, "rb") as file:
        return SIGN.encode() in file.read(HEAD)


def write(path: Path, page: str) -> None:
    """Write the page to ``path``, whole or not at all; folders on the way are made. Raises ``OSError`` that names ``path``."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(page)
        os.chmod(aside, 0o644)
        os.replace(aside, path)
    except BaseException:
        os.unlink(aside)
        raise
