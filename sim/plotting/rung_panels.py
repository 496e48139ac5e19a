"""How far it climbs under each of many alternatives: a panel a rung with a scale of its own, a row an alternative.

A curve an alternative would hide what is asked: over the orders of magnitude from rung to rung all of them look alike.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter

from sim.model.ladder import WAR
from sim.plotting.escalation_curve import SHORT, Lines, beyond
from sim.plotting.panel_grid import panel_grid
from sim.plotting.style import GREY, INK, NOTE, PALE, TEXT, Look, dressed

ACROSS = 3  # panels beside each other
SPREAD = 30.0  # from this ratio between what is drawn on a scale is logarithmic


def rungs_figure(lines: Lines, looks: Sequence[Look]) -> Figure:
    """P(peak ≥ rung) of ``lines``, (name, p, low, high: nine each), the base first, drawn in their ``looks``.

    Rungs that every run of all reached are left out: they are no outcome of a choice.
    """
    rungs = range(beyond(lines), WAR + 1)
    across = min(ACROSS, len(rungs))
    down = -(-len(rungs) // across)
    figure, panels = panel_grid("How far does it climb?", [0.17 * len(lines)] * down, [1.0] * across, panels=len(rungs))
    for i, (rung, axes) in enumerate(zip(rungs, panels, strict=True)):
        rung_panel(axes, [[values[rung - 1] for values in line[1:]] for line in lines], looks)
        named = f"{rung}  {SHORT[rung]}".replace("\n", " ").replace("other state's ", "other\nstate's ")
        axes.set_title(named, loc="left", fontsize=TEXT, color=INK, pad=3)
        if i % across == 0:
            axes.set_yticks(np.arange(len(lines))[::-1], [line[0] for line in lines])
            axes.tick_params(axis="y", length=0, labelsize=TEXT)
    return figure


def rung_panel(axes: Axes, points: Sequence[Sequence[float]], looks: Sequence[Look]) -> Axes:
    """One rung: ``points`` are (p, low, high) from the top down, the base first, whose p is the grey line.

    What was never reached is the upper end of its interval alone, a hollow triangle.
    """
    dressed(axes, grid="x")
    ends = [x for p, low, high in points for x in ((p, low, high) if p > 0 else (high,)) if x > 0]
    log = bool(ends) and max(ends) > SPREAD * min(ends)
    if points[0][0] > 0:
        axes.axvline(points[0][0], color=GREY, linewidth=0.8, zorder=1)
    for y, (p, low, high), look in zip(range(len(points))[::-1], points, looks, strict=True):
        axes.axhline(y - 0.5, color=PALE, linewidth=0.4)
        least = 0.5 * min(ends) if log and low <= 0 else low
        axes.hlines(y, least, high, color=look.colour, linewidth=1.4, zorder=2)
        mark, face, at = (look.marker, look.colour, p) if p > 0 else ("<", "white", high)
        axes.plot(at, y, mark, color=look.colour, markerfacecolor=face, markersize=4.2, zorder=3, clip_on=False)
    axes.set(ylim=(-0.6, len(points) - 0.4), yticks=[])
    _scaled(axes, log)
    axes.tick_params(axis="x", labelsize=NOTE, labelcolor=INK)
    return axes


def _scaled(axes, log):
    """Few ticks at round numbers, on either scale."""
    if not log:
        axes.margins(x=0.08)
        axes.locator_params(axis="x", nbins=3)
        return
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(numticks=4))
    axes.xaxis.set_minor_formatter(NullFormatter())
