"""Input that cannot be taken, in one line each, and the name that may have been meant."""

import difflib
from collections.abc import Iterable, Sequence

from sim.design.groups import GROUPS
from sim.model.text import one_line

NEAR = 0.75  # likeness from which a name may have been meant
RENAMED = {"feud": "type_correlation"}  # what fields were called before


class InputError(ValueError):
    """Input that cannot be taken; ``lines`` say why, one a problem."""

    def __init__(self, *lines: str) -> None:
        self.lines = tuple(one_line(line) for line in lines)
        super().__init__("; ".join(self.lines))


def unknown(key: str, names: Sequence[str]) -> str:
    """The line about a key that is no field: with the nearest names there are."""
    if key in names:  # it is one, but not in this place
        group = key.split("@")[0] in (*GROUPS, "scenario")
        return f"{key} is a group, which nothing can be joined with" if group else f"{key} cannot stand here"
    now = f"; it is {RENAMED[key]} now" if key in RENAMED else nearest(key, names)
    return f"{key} is not a field{now}"


def nearest(word: str, names: Iterable[str]) -> str:
    """The question whether one of the nearest ``names`` was meant; "" where none is near."""
    near = difflib.get_close_matches(str(word), list(names), n=2, cutoff=NEAR)
    return f"; did you mean {' or '.join(near)}?" if near else ""
