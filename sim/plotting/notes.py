"""The small print of figures: n, the interval, the seed, what was varied."""

from typing import Any

from sim.model.text import counted
from sim.plotting.cells import Cells, kind
from sim.plotting.names import cased

SHARED = "Every point meets the same chances."


def unseen(found: Cells, log: bool = False) -> bool:
    """Whether the intervals of cells are not drawn."""
    return kind(found, log) in ("maps", "first order")


def varied(found: Cells) -> str:
    """What a design varies, for the small print."""
    told = ", ".join(f"{found.words[axis]} ({counted(len(values), 'value')})" for axis, values in found.values.items())
    return f"Varied: {told or 'nothing'}."


def note(request: Any, of: str = "", drawn: bool = True) -> str:
    """The small print every figure carries: the case, n, the interval where it is ``drawn``, the seed."""
    runs = f"n = {counted(request.runs, 'run')}{' ' + of if of else ''}"
    return cased(request, f"{runs}{', 95 % Clopper-Pearson intervals' if drawn else ''}, seed {request.seed}.")
