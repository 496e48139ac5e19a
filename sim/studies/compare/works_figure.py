"""What stops an exchange, what prevents the next, and by which way: one figure, a row an alternative."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plotting.names import shown
from sim.plotting.panel_grid import arranged, panel_grid
from sim.plotting.style import BASE, GREY, INK, NOTE, TEXT, Look, dressed, looks
from sim.runs.ranking import Ranking
from sim.runs.ways import EARLY
from sim.statistics.intervals import Triple
from sim.statistics.verdict import LOWERS, RAISES, verdict
from sim.studies.compare.paired_runs import Comparison
from sim.studies.compare.summary import scale
from sim.studies.compare.works_on import early_differences, works_on

SAID = (
    "Differences from the base in the same runs: the outcome by an early day and by the horizon (95 % each, all alternatives "
    "at once), and what lies between (in per cent of the base's value; 95 %, all at once). Hollow, grey: not told from zero. "
    "Best in: share of what is plausible in which the outcome is lowest under it (in a report)."
)
TALL, MORE = 0.24, 0.1  # inches of a row, and more where it says a share


class Panel(NamedTuple):
    """A column of the figure: its heading in two lines, and each alternative's difference and verdict."""

    on: str
    words: str
    rows: list[tuple[Triple, str]]


def works_figure(comparison: Comparison, horizon: float, orders: Sequence[Ranking] = ()) -> Figure:
    """The figure: where the runs tell it the outcome by day EARLY and by the horizon, then every way.

    ``orders`` are the rankings over what is not known, in the outcome and by day EARLY: the shares in which each is best.
    """
    labels = comparison.labels[1:]
    panels = [*_horizons(comparison, horizon), *_ways(comparison)]
    tall, bests = (TALL + MORE * bool(orders)) * len(labels), [*orders[1:], *orders[:1]]
    figure, columns = panel_grid("What does each work on?", (tall,), (1.0,) * len(panels))
    for i, (axes, panel) in enumerate(zip(columns, panels, strict=True)):
        draw(axes, panel, looks(labels))
        if i < len(bests):
            _best(axes, bests[i], labels)
    columns[0].set_yticks(range(len(labels)), [shown(label) for label in labels[::-1]])
    return arranged(figure)


def _horizons(comparison: Comparison, horizon: float) -> list[Panel]:
    """The outcome by the early day and by the horizon; the latter alone where the runs tell no early one."""
    factor, unit, _ = scale(comparison.outcome)
    words, several = "percentage points" if unit == "%" else f"difference, {unit}", len(comparison.labels) > 2
    found = [(f"by day {EARLY:g}", early_differences(comparison))] if several else []
    found.append((f"by day {horizon:g}", [c.simultaneous for c in comparison.contrasts]))
    return [Panel(on, words, [_scaled(gap, factor) for gap in gaps]) for on, gaps in found if gaps]


def _scaled(gap: Triple, factor: float) -> tuple[Triple, str]:
    value, low, high = (factor * x for x in gap)
    return (value, low, high), verdict((value, low, high), 1)


def _ways(comparison: Comparison) -> list[Panel]:
    """What each alternative does to each way, in per cent of the base's value."""
    by_way = zip(*works_on(comparison), strict=True)
    return [
        Panel(works[0].way.on, works[0].way.words, [(_relative(w.difference, w.base), w.verdict) for w in works])
        for works in by_way
    ]


def _relative(gap: Triple, base: float) -> Triple:
    """A difference in per cent of the base's value."""
    value, low, high = (100 * x / base if base else float("nan") for x in gap)
    return value, low, high


def draw(axes: Axes, panel: Panel, tints: Sequence[Look]) -> Axes:
    """One column: a point and an interval a row, from the top."""
    dressed(axes, grid="x")
    axes.axvline(0, color=INK, linewidth=0.9, zorder=1)
    for y, ((value, low, high), said), look in zip(range(len(panel.rows))[::-1], panel.rows, tints, strict=True):
        told = said in (LOWERS, RAISES)
        tint = look.colour if told else GREY
        axes.hlines(y, low, high, color=tint, linewidth=1.6 if told else 1.0, zorder=2)
        axes.plot(value, y, look.marker if told else BASE.marker, color=tint, markersize=4.6, zorder=3,
                  markerfacecolor=tint if told else "white")  # fmt: skip
    ends = np.array([end for gap, _ in panel.rows for end in gap if np.isfinite(end)] or [0.0])
    low, high = min(ends.min(), 0.0), max(ends.max(), 0.0)
    room = 0.08 * (high - low) or 1.0
    axes.set(xlim=(low - room, high + room), ylim=(-0.6, len(panel.rows) - 0.4))
    axes.set_yticks([])
    axes.tick_params(axis="y", length=0)
    axes.locator_params(axis="x", nbins=2)
    axes.spines["left"].set_visible(False)
    axes.set_title(panel.on.removeprefix("the "), loc="center", fontsize=TEXT, color=INK, pad=4)
    axes.set_xlabel(_folded(panel.words), fontsize=NOTE, color=INK)
    return axes


def _best(axes: Axes, order: Ranking, labels: Sequence[str]) -> None:
    """In how much of what is plausible each is best, under the points of its row."""
    share = {place.name: place.best for place in order.places}
    left = axes.get_xlim()[0]
    for y, label in zip(range(len(labels))[::-1], labels, strict=True):
        axes.text(left, y - 0.38, f"best in {100 * share[label]:.0f} %", fontsize=NOTE - 1.0, color=INK, va="center")


def _folded(words: str) -> str:
    """A heading on lines of few characters."""
    lines = [""]
    for word in words.split():
        lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if len(lines[-1]) + len(word) < 14 else [*lines, word]
    return "\n".join(lines)
