"""Many lines, each in a panel of its own beside the first one: together they would hide each other."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plotting.escalation_curve import FEW, Lines, floor_of, logged, top_of
from sim.plotting.names import cut
from sim.plotting.paired_panel import points, told
from sim.plotting.panel_grid import panel_grid
from sim.plotting.style import GREY, NOTE, TEXT, Look, looks

ACROSS, TALL = 3, 0.9  # panels beside each other; inches
READ = (
    "Grey: the first line. Filled: told from it by the difference on the same chances, at 95 % of all at once (Bonferroni); "
    "hollow: not told from it, or not set against it."
)


def multiples(
    question: str,
    answer: str,
    x: Sequence[Any] | np.ndarray,
    lines: Lines,
    gaps: Lines,
    xlabel: str,
    rung: int,
    log: bool = False,
) -> Figure:
    """A panel for each of ``lines`` (name, p, low, high) over ``x``, numbers or words, on one scale, with the first in grey.

    ``gaps`` are their differences from the first, where these are known: they decide which markers are filled.
    """
    down = -(-len(lines) // ACROSS)
    figure, panels = panel_grid(question, [TALL] * down, [1.0] * ACROSS, answer, len(lines))
    for i, (axes, line, look) in enumerate(zip(panels, lines, looks([line[0] for line in lines]), strict=True)):
        sure = told(*gaps[i][2:]) if gaps else np.zeros(len(x), bool)
        _panel(axes, x, lines[0], line, look, sure, log)
        axes.set_ylim(0.0, top_of(lines))
        if log:
            logged(axes.yaxis, axes.set_yscale, axes.set_ylim, floor_of(lines), lines)
        axes.set_title(cut(line[0], 30), loc="left", fontsize=TEXT, color=look.colour, pad=3)
        axes.set_ylabel("" if i % ACROSS else f"P(peak ≥ {rung})", fontsize=NOTE)
        axes.set_xlabel(xlabel if i + ACROSS >= len(lines) else "", fontsize=NOTE)
        axes.tick_params(labelsize=NOTE, labelleft=i % ACROSS == 0, labelbottom=i + ACROSS >= len(lines))
    return figure


def _panel(axes: Axes, x: Any, first: tuple, line: tuple, look: Look, sure: np.ndarray, log: bool) -> None:
    """One line with its intervals over the first; what was never seen, on a log scale, is its upper end alone."""
    words = isinstance(x[0], str)
    at = np.arange(len(x)) if words else np.asarray(x, float)
    p, low, high = (np.asarray(values, float) for values in line[1:])
    never = log & (p <= 0)
    axes.plot(at, np.where(log & (np.asarray(first[1]) <= 0), np.nan, first[1]), color=GREY, linewidth=0.0 if words else 1.0,
              marker="_" if words else "", zorder=1.5)  # fmt: skip
    axes.vlines(at, low, high, color=look.colour, linewidth=1.0, alpha=0.6)
    axes.plot(at, np.where(never, np.nan, p), color=look.colour, linewidth=0.0 if words else 1.1)
    points(axes, at[~never], p[~never], sure[~never], look)
    axes.plot(at[never], high[never], "v", color=look.colour, markersize=3.6, markerfacecolor="white")
    if words:
        axes.set_xticks(at, [cut(word, 20) for word in x], rotation=90)
    elif len(x) <= FEW and (at == at.round()).all():
        axes.set_xticks(at)
    else:
        axes.locator_params(axis="x", nbins=4)
