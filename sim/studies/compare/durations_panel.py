"""Time to each step of the way down: Kaplan–Meier medians with intervals, a panel a step and a row an alternative."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sim.model.parameter import DAY
from sim.plotting.style import GREY, INK, NOTE, PALE, Look, dressed
from sim.runs.time_to_step import TimeToStep


def passage_panel(axes: Axes, paces: Sequence[TimeToStep], looks: Sequence[Look]) -> Axes:
    """Median days to one step, from 0: ``paces`` from top to bottom, the base first, whose median is the grey line.

    What is not told from the base is hollow and grey. A median that fewer than half of the runs reach is written, not drawn;
    where that is all of them, the panel has no scale and says so.
    """
    dressed(axes, grid="x")
    y = np.arange(len(paces))[::-1]
    if paces[0].median[0] == paces[0].median[0]:
        axes.axvline(paces[0].median[0] / DAY, color=GREY, linewidth=0.8, zorder=1)
    for row, pace, look in zip(y, paces, looks, strict=True):
        told = pace.told or pace is paces[0]
        colour = look.colour if told else GREY
        value, low, high = (x / DAY for x in pace.median)
        if value != value:
            share, least, most = (100 * x for x in pace.reached)
            text = f"reached by {share:.0f} % [{least:.0f}, {most:.0f}]"
            where: Any = ("axes fraction", "data")
            axes.annotate(text, (0.5, row), xycoords=where, ha="center", va="center", fontsize=NOTE, color=colour)
            continue
        axes.hlines(row, low if low == low else 0.0, high if high == high else value, color=colour, linewidth=1.4, zorder=2)
        shape, face = (look.marker, colour) if told else ("o", "white")
        axes.plot(value, row, shape, color=colour, markerfacecolor=face, markersize=4.2, zorder=3)
    axes.set_ylim(-0.6, len(paces) - 0.4)
    axes.set_yticks([])
    for row in y[:-1]:
        axes.axhline(row - 0.5, color=PALE, linewidth=0.4)
    axes.margins(x=0.12)
    axes.tick_params(labelsize=NOTE, labelcolor=INK)
    if any(pace.median[0] == pace.median[0] for pace in paces):
        axes.set_xlim(left=0.0)
        axes.locator_params(axis="x", nbins=4)
    else:
        axes.set_xticks([])
        axes.set_xlabel("fewer than half: no median", fontsize=NOTE, color=GREY)
    return axes
