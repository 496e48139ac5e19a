"""The small print of figures: n, the interval, the seed, what was varied."""

from sim.model.text import counted
from sim.plotting.cells import kind
from sim.plotting.names import cased

SHARED = "Every point meets the same chances."


def unseen(found, log=False):
    """Whether the intervals of cells are not drawn."""
    return kind(found, log) in ("maps", "first order")


def varied(found):
    """What a design varies, for the small print."""
    told = ", ".join(f"{found.words[axis]} ({counted(len(values), 'value')})" for axis, values in found.values.items())
    return f"Varied: {told or 'nothing'}."


def note(request, of="", drawn=True):
    """The small print every figure carries: the case, n, the interval where it is ``drawn``, the seed."""
    runs = f"n = {counted(request.runs, 'run')}{' ' + of if of else ''}"
    return cased(request, f"{runs}{', 95 % Clopper-Pearson intervals' if drawn else ''}, seed {request.seed}.")
