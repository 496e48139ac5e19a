"""The figure of a sweep: the probability of escalation over its axes."""

from sim.plotting.cell_figure import cells_figure
from sim.plotting.cells import cells
from sim.plotting.names import nations_of
from sim.plotting.notes import SHARED, note, unseen, varied
from sim.plotting.style import small_print


def sweep_figures(axes, labels, climbs, request, crisis, gaps=None):
    """The probability of escalation over the design's axes. ``labels`` are dicts from axis
    to value, ``climbs`` [cells, 9, 3] the chances of reaching each rung, ``crisis`` one of those it starts from and ``gaps``
    [cells, 9, 3] the differences from other cells, see ``sim.plotting.cells.others``."""
    gaps = None if gaps is None else gaps[:, request.rung - 1]
    found = cells(axes, labels, climbs[:, request.rung - 1], request.rung, nations_of(crisis, axes), gaps)
    figure, said = cells_figure(found, climbs[0].T, request.contour)
    told = [note(request, "a point", not unseen(found)), SHARED if found.axes else "", varied(found), said]
    small_print(figure, " ".join(filter(None, told)))
    return {"escalation": figure}
