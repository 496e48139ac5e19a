"""A study on disk: what was asked, cell by cell, so that any run of it can be told again.

``study.json`` holds the seed, the runs, the crises the cells start from and what each cell sets on them. It is read as
data: every number goes through the same checks as a configuration, and nothing in it is run.
"""

import dataclasses
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.design.options import Options
from sim.model.parameter import parameters
from sim.model.setting.crisis import Crisis
from sim.storage.checksums import NAME, altered, whole
from sim.storage.provenance import provenance, write_listed
from sim.storage.regular_file import check_regular
from sim.storage.regular_file import content as content_of

LARGEST = 2**29  # bytes of a study.json
SCHEMA = 1  # version of the files of a study
FILES = ("table.parquet", "summary.json", "study.json", "config.yaml")  # of every sweep
EXPECTED = {"experiment": str, "seed": int, "runs": int, "bases": list, "cells": list}


def as_data(setting: object) -> Any:
    """A dataclass of the setting, or any nest of them, as plain data JSON can hold: infinities become the text "inf"."""
    if dataclasses.is_dataclass(setting) and not isinstance(setting, type):
        setting = dataclasses.asdict(setting)
    return _without_infinities(setting)


def _without_infinities(value: Any) -> Any:
    """Plain data in which infinity is a text."""
    if isinstance(value, dict):
        return {key: as_data(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_data(inner) for inner in value]
    return "inf" if isinstance(value, float) and math.isinf(value) else value


def from_data(value: Any) -> Any:
    """Plain data as it was before ``as_data``."""
    if isinstance(value, dict):
        return {key: from_data(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [from_data(inner) for inner in value]
    return math.inf if value == "inf" else value


def write_cells(
    folder: Path, experiment: str, request: Any, bases: Sequence[Crisis], cells: Iterable[Mapping[str, object]], asked: str = ""
) -> None:
    """Write ``study.json``: ``asked`` is a digest of the question, ``bases`` are crises.

    ``cells`` are dicts of labels, base and numbers, taken one at a time.
    """
    head = {
        "schema": SCHEMA,
        "experiment": experiment,
        "asked": asked,
        "seed": request.seed,
        "runs": request.runs,
        "made by": provenance(),
        "bases": as_data(bases),
        "case": request.case.words,
    }
    write_listed(folder / "study.json", head, "cells", map(as_data, cells))


def answers(folder: Path, asked: str) -> bool:
    """Whether there is a study in ``folder`` that answers the question ``asked``, made by the same program, and whole."""
    head = _head(folder)
    return head.get("asked") == asked and head.get("made by") == provenance() and whole(folder, FILES)


def _head(folder: Path) -> dict[str, Any]:
    """What ``study.json`` says before the crises; {} where that cannot be read."""
    try:
        check_regular(folder / "study.json")
        with open(folder / "study.json", encoding="utf-8") as file:
            head = json.loads(file.read(4096).partition('"bases": ')[0].strip().removesuffix(",") + "}")
    except (OSError, ValueError, RecursionError):
        return {}
    return head if isinstance(head, dict) else {}


def doubts(folder: Path, names: Sequence[str] = ("study.json",)) -> Iterator[str]:
    """What a reader of a study's files ``names`` must know first, a line each: that they were altered, or made by other rules.

    Checksums tell an accident, not a forger: who alters a file can write its checksum too.
    """
    if not (folder / NAME).is_file():
        yield f"{folder} has no checksums: whether it is as it was written cannot be told"
    elif changed := altered(folder, names):
        yield f"{', '.join(changed)} in {folder}: altered since it was written (see {NAME})"
    made, now = _head(folder).get("made by"), provenance()["rules"]
    rules = made.get("rules") if isinstance(made, dict) else None
    if rules != now and (folder / "study.json").exists():
        yield f"{folder} was made by other rules ({rules or 'unnamed'}) than these ({now}): a run told again may differ"


def read_study(folder: Path) -> dict[str, Any]:
    """The content of a study's ``study.json`` as plain data. Raises ``ValueError`` where it is not one."""
    try:
        content = json.loads(content_of(folder / "study.json", LARGEST).decode("utf-8"))
    except (OSError, ValueError, RecursionError, MemoryError):
        raise ValueError(f"study must be the folder of a study (with a readable study.json), got {str(folder)!r}") from None
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        raise ValueError(f"study must be of schema {SCHEMA}, got {str(folder)!r}")
    content = from_data(content)
    if not all(isinstance(content.get(key), kind) for key, kind in EXPECTED.items()):
        raise ValueError(f"study must hold {', '.join(EXPECTED)}, got {str(folder)!r}")
    for key in ("seed", "runs"):
        if parameters(Options)[key].refuses(content[key]):
            raise ValueError(f"study: {key} must {parameters(Options)[key].admits()}, got {content[key]!r}")
    if not isinstance(content.get("case", ""), str):
        raise ValueError(f"study must hold a text as its case, got {str(folder)!r}")
    if not content["cells"]:
        raise ValueError(f"study must hold at least one cell, got {str(folder)!r}")
    return content
