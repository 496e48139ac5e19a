"""The accepted set: vectors of numbers that are not known under which the model meets what is known of real crises.

It is made by ``escalation targets accept=...``, which says what acceptance means, and shipped as a text: lines of ``# key:
value`` that tell what it was made by, then a table with a column a number, its first two rows the ends of each range.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.design.errors import InputError
from sim.design.paths import CONFIGS

PATH = CONFIGS / "assumptions" / "accepted.csv"
FIRST, ENDS = "draw", ("low", "high")


class AcceptedSet(NamedTuple):
    """Accepted vectors, uniform over what the targets leave of the ranges."""

    names: tuple[str, ...]  # of the numbers, such as nation.exceed
    ends: np.ndarray  # [2, numbers] the low and the high end of each range
    values: np.ndarray  # [vectors, numbers]
    about: Mapping[str, str]  # what it was made by: command, date, rules, targets, candidates, accepted

    def shares(self, name: str) -> np.ndarray:
        """Where each vector lies between the ends of a number's range: shares [vectors] in [0, 1]."""
        j = self.names.index(name)
        low, high = self.ends[:, j]
        return (self.values[:, j] - low) / (high - low)


def written(found: AcceptedSet) -> str:
    """The set as a text."""
    lines = [f"# {key}: {value}" for key, value in found.about.items()]
    rows = [(FIRST, *found.names), *_rows(ENDS, found.ends), *_rows(range(len(found.values)), found.values)]
    return "\n".join([*lines, *(",".join(map(str, row)) for row in rows), ""])


def _rows(names: Iterable[object], values: np.ndarray) -> list[tuple[object, ...]]:
    return [(name, *(f"{x:.10g}" for x in row)) for name, row in zip(names, values, strict=True)]


@cache
def accepted_set(path: Path = PATH) -> AcceptedSet:
    """The set in a file. Raises ``InputError`` where there is none that can be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return _of([line for line in lines if line.startswith("#")], [line for line in lines if not line.startswith("#")])
    except (OSError, ValueError, IndexError) as error:
        raise InputError(f"the accepted set in {path} cannot be read: {error}") from None


def _of(notes: Sequence[str], lines: Sequence[str]) -> AcceptedSet:
    """The set in the lines of a file: what is noted at its head, the ends of each range, and the vectors."""
    about = dict(note.removeprefix("# ").split(": ", 1) for note in notes)
    head, *rows = csv.reader(lines)
    numbers = np.array([[float(x) for x in row[1:]] for row in rows])
    if (head[0], *(row[0] for row in rows[:2])) != (FIRST, *ENDS) or numbers.shape[1] != len(head) - 1 or len(rows) < 4:
        raise ValueError("it must hold a head, the ends of each range, and at least two vectors")
    return AcceptedSet(tuple(head[1:]), numbers[:2], numbers[2:], about)
