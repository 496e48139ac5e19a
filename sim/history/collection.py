"""Many records in one file, one a line: each the mapping that a YAML file of ``configs/record`` would hold, and its name."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from sim.history.reading import BadRecord, record
from sim.history.record import Record

SUFFIX = ".jsonl"
NAME = "name"  # the one key of a line beside those of a record
LARGEST = 200_000_000  # bytes


def target(text: str) -> Path:
    """The path of a new file. Raises ``BadRecord``."""
    path = Path(text)
    if path.suffix != SUFFIX or "\0" in text or os.path.lexists(path):
        raise BadRecord([f"to must be a new file that ends in {SUFFIX}, got {text!r}"])
    return path


def write(path: Path, mappings: Iterable[dict]) -> None:
    """Write mappings, each with its name, one a line."""
    text = "".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in mappings)
    path.write_text(text, encoding="utf-8")


def read(path: str) -> Iterator[Record]:
    """The records of a file, line by line. Raises ``BadRecord`` naming the line, and within it the entry."""
    if not os.path.isfile(path) or os.path.getsize(path) > LARGEST:
        raise BadRecord([f"records must be library or a file of records that ends in {SUFFIX}, got {path!r}"])
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield _one(line)
            except BadRecord as error:
                raise BadRecord([f"{path}, line {number}: {one}" for one in error.lines]) from None
            except (ValueError, RecursionError):
                raise BadRecord([f"{path}, line {number}: must be a record as a JSON mapping with a name"]) from None


def _one(line: str) -> Record:
    """The record of a line."""
    mapping = json.loads(line)
    if not isinstance(mapping, dict) or not isinstance(mapping.get(NAME), str):
        raise ValueError
    return record({key: value for key, value in mapping.items() if key != NAME}, mapping[NAME])
