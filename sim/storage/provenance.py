"""What made a result: the versions and the rules. No time and no machine: the same work gives the same bytes."""

import hashlib
import importlib.metadata
import json
import os
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sim import __version__
from sim.design.paths import EXPERIMENTS, PACKAGE
from sim.model.numerics.jit import sources_digest

LIBRARIES = ("numpy", "scipy", "numba", "simpy", "hydra-core", "pyarrow", "matplotlib")


@cache
def provenance() -> dict[str, Any]:
    """Versions of the program, of its rules and of all of it (digests of sources), of Python and of the libraries.

    The same dict each time: to be read only.
    """
    return {
        "program": __version__,
        "rules": sources_digest()[:16],
        "sources": sources_digest((".", os.path.relpath(EXPERIMENTS, PACKAGE)))[:16],
        "python": platform.python_version(),
        "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
    }


def digest(*parts: object) -> str:
    """Eight hexadecimal digits that name a piece of content (anything JSON can hold)."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:8]


def digest_of(items: Iterable[object]) -> str:
    """The same of many pieces of content, one in memory at a time."""
    found = hashlib.sha256()
    for item in items:
        found.update(json.dumps(item, sort_keys=True).encode() + b"\n")
    return found.hexdigest()[:16]


def write_listed(path: Path, content: Mapping[str, object], key: str, items: Iterable[object]) -> None:
    """Write ``content`` with the list of ``items`` under ``key`` as JSON, an item a line and one in memory at a time."""
    head = json.dumps(content, indent=2, ensure_ascii=False, default=_number)[:-2]
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{head},\n  {json.dumps(key)}: [")
        between = "\n"
        for item in items:
            file.write(f"{between}    {json.dumps(item, ensure_ascii=False, default=_number)}")
            between = ",\n"
        file.write("]\n}\n" if between == "\n" else "\n  ]\n}\n")


def write_json(path: Path, content: object) -> None:
    """Write ``content`` as readable JSON, the same bytes for the same content."""
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False, default=_number) + "\n", encoding="utf-8")


def _number(value: Any) -> object:
    """A number of an array as one of Python's; whatever else cannot be written is refused."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} is no part of JSON")
