"""The figure of a sweep: the probability of escalation over its axes."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from sim.design.options import SweepOptions
from sim.model.setting.crisis import Crisis
from sim.plotting.cell_figure import cells_figure
from sim.plotting.cells import cells, kind
from sim.plotting.names import nations_of
from sim.plotting.notes import SHARED, note, unseen, varied
from sim.plotting.panel_grid import small_print
from sim.studies.sweep.unknown import Unknown

LIGHT = "Light: 95 % of {} draws of what is not known, chance taken out, where that is told (of many lines: the first)."


def sweep_figures(
    axes: list[str],
    labels: Sequence[dict],
    chances: np.ndarray,
    options: SweepOptions,
    crisis: Crisis,
    gaps: np.ndarray | None = None,
    unknown: Unknown | None = None,
) -> dict[str, Figure]:  # fmt: skip
    """The probability of escalation over the design's axes.

    ``labels`` are dicts from axis to value, ``chances`` [cells, 9, 3] the chances of reaching each rung, ``crisis`` one of
    those it starts from and ``gaps`` [cells, 9, 3] the differences from other cells, see ``sim.plotting.cells.others``;
    ``unknown`` is what is not known of all of these.
    """
    gaps = None if gaps is None else gaps[:, options.rung - 1]
    found = cells(axes, labels, chances[:, options.rung - 1], options.rung, nations_of(crisis, axes), gaps)
    if unknown:
        found = found._replace(wide=unknown.levels[:, options.rung - 1], wide_gaps=unknown.gaps[:, options.rung - 1])
    figure, said = cells_figure(found, chances[0].T, options.contour)
    light = LIGHT.format(len(unknown.drawn.u)) if unknown and kind(found) in ("lines", "rows") else ""
    told = [note(options, "a point", not unseen(found)), SHARED if found.axes else "", varied(found), said, light]
    small_print(figure, " ".join(filter(None, told)))
    return {"escalation": figure}
