"""How an outcome is distributed: the share of runs with at least so much, as steps, on axes that show 0 for what it is.

A quantity that may be 0 has a narrow strip of its own for that at the left of a log scale: a bar hangs from the top, as long
as the share of runs with none, and the curve of the others starts at its foot.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from sim.model.parameter import DAY
from sim.plotting.style import GREY, INK, NOTE, PALE, TEXT, Look, dressed
from sim.runs.quantiles import quantile as value_at
from sim.runs.summary import Count
from sim.statistics.intervals import clopper_pearson
from sim.statistics.kaplan_meier import kaplan_meier, life, quantile

POINTS = 240  # at most so many along a curve
LEVELS = ((0.5, "median"), (0.9, "90th"))
STRIP = 0.19  # of the width of the curves: for none at all
RARE = 0.002  # a scale ends where fewer runs go on
LONG = 35  # characters on a line above a panel


class Steps(NamedTuple):
    """A share of runs over values that ascend: from the value before, exclusive, to this one it is so large."""

    x: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray


class Line(NamedTuple):
    """One alternative in a panel: its steps, the share with none (0 where there is no such thing), and two quantiles."""

    steps: Steps
    none: tuple  # value and the ends of its interval
    marks: tuple  # the median and the 90th percentile: (value, low, high), infinite where not reached
    lost: np.ndarray  # times at which runs ended otherwise: drawn as a cross


def counted_line(counts: np.ndarray, unit: float = 1.0) -> Line:
    """The ``Line`` of values counted as [2, k]: the share of runs with at least so much, in ``unit``."""
    values, upto = counts[0], np.cumsum(counts[1])
    n, positive = int(upto[-1]), values > 0
    left = n - upto + counts[1]  # runs with at least so much
    at = values[positive]
    if len(at) > POINTS:
        at = np.unique(np.geomspace(at[0], at[-1], POINTS).astype(np.int64))
    upon = left[np.searchsorted(values, at)] if len(at) else np.empty(0)
    none = clopper_pearson(int(counts[1][~positive].sum()), n)
    marks = tuple(tuple(x / unit for x in value_at(counts, q)[1:]) for q, _ in LEVELS)
    return Line(Steps(at / unit, *clopper_pearson(upon, n)), none, marks, np.empty(0))


def peak_line(count: Count) -> Line:
    """The ``Line`` of the highest rung."""
    counts = np.stack([np.arange(len(count.peaks)), count.peaks])
    above = np.cumsum(count.peaks[::-1])[::-1]
    return Line(Steps(counts[0], *clopper_pearson(above, count.n)), (0.0, 0.0, 0.0), (), np.empty(0))


def waiting_line(count: Count, name: str, horizon: float) -> Line:
    """The ``Line`` of a time: the share that has not reached it by a day (Kaplan-Meier), up to the ``horizon`` (days).

    War ends a run without it, which is marked; what is left at the horizon is left open.
    """
    one = life(count, name)
    curve = kaplan_meier(one)
    first = max(1.0, float(one.at[one.events > 0].min(initial=horizon * DAY)))
    days = np.geomspace(first, horizon * DAY, POINTS)
    marks = tuple(tuple(x / DAY for x in quantile(curve, q)) for q, _ in LEVELS)
    return Line(Steps(days / DAY, *curve.read(days)), (0.0, 0.0, 0.0), marks, one.at[one.lost > 0] / DAY)


def log_panel(
    axes: Axes,
    lines: Sequence[Line],
    looks: Sequence[Look],
    banded: int,
    least: float = 1.0,
    zero: bool = True,
    scaled: Sequence[Line] = (),
) -> Axes:
    """A panel of ``Line``s over magnitudes from ``least`` on, on a scale that holds those ``scaled`` too.

    ``looks`` are those of the lines; the intervals of the first ``banded`` are drawn. Where ``zero`` may be, it has its strip.
    """
    if zero:
        _strip(axes.inset_axes((-STRIP, 0.0, STRIP, 1.0), zorder=0), lines, looks)
    axes.patch.set_alpha(0.0)  # a sign at the lower end of the scale is seen whole
    _curves(axes, lines, looks, banded, least=least)
    least, most = _range([*lines, *scaled], least)
    axes.set(xscale="log", xlim=(least, most))
    powers = [10.0**k for k in range(int(np.ceil(np.log10(least) - 1e-9)), int(np.log10(most) + 1e-9) + 1)]
    axes.set_xticks(powers, [f"{x:,g}" for x in powers])
    axes.minorticks_off()
    if zero:
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.set_yticklabels([])
    return axes


def rung_panel(axes: Axes, lines: Sequence[Line], looks: Sequence[Look], banded: int, rungs: Sequence[int]) -> Axes:
    """A panel of ``Line``s over ``rungs`` of the ladder (ascending)."""
    _curves(axes, lines, looks, banded, "steps-mid")
    axes.set(xlim=(rungs[0] - 0.5, rungs[-1] + 0.5))
    axes.set_xticks(rungs)
    return axes


def _curves(axes, lines, looks, banded, style="steps-pre", least=0.0):
    """The curves of a panel, bands first, and a sign where each is down at one half and at one in ten, from ``least`` on."""
    dressed(axes)
    step = style.removeprefix("steps-")
    for line, look in list(zip(lines, looks, strict=True))[:banded]:
        axes.fill_between(line.steps.x, line.steps.low, line.steps.high, step=step, color=look.colour, alpha=0.2, linewidth=0)
    for line, look in list(zip(lines, looks, strict=True))[::-1]:  # the base on top
        axes.plot(line.steps.x, line.steps.value, color=look.colour, linewidth=1.2, drawstyle=style)
        at = [(mark[0], 1.0 - q) for mark, (q, _) in zip(line.marks, LEVELS, strict=False) if least <= mark[0] < np.inf]
        mark = {"color": look.colour, "marker": look.marker, "markersize": 4, "linestyle": "", "zorder": 4, "clip_on": False}
        if at:  # a line without points would claim the corner of the page
            axes.plot(*np.array(at).T, **mark)
        if len(line.lost):
            axes.plot(line.lost, np.interp(line.lost, line.steps.x, line.steps.value), "+", color=look.colour, markersize=4)
    for q, _ in LEVELS:
        axes.axhline(1.0 - q, color=GREY, linewidth=0.5, linestyle=(0, (1, 2)), zorder=1)
    axes.set_ylim(0.0, 1.0)
    axes.set_yticks([0, 0.1, 0.5, 1], ["0", ".1", ".5", "1"])
    axes.tick_params(labelsize=NOTE, labelcolor=INK)


def _range(lines, least):
    """The ends of a scale of magnitudes: from ``least`` on, up to where fewer than 1 run in 500 has more."""
    ends = [line.steps.x[line.steps.value >= RARE][-1:] for line in lines]
    marks = [mark[0] for line in lines for mark in line.marks if mark[0] < np.inf]
    most = max((float(x) for some in (*ends, marks) for x in some), default=0.0)
    return least, max(1.3 * most, 12.0 * least)


def _strip(axes, lines, looks):
    """The share with none, a bar an alternative, hanging from the top."""
    dressed(axes, grid="")
    for i, (line, look) in enumerate(zip(lines, looks, strict=True)):
        axes.bar(i, line.none[0], bottom=1.0 - line.none[0], width=0.8, color=look.colour, alpha=0.45, linewidth=0)
        if len(lines) <= 2:
            axes.vlines(i, 1.0 - line.none[2], 1.0 - line.none[1], color=look.colour, linewidth=1.2)
    axes.set(xlim=(-0.8, len(lines) - 0.2), ylim=(0.0, 1.0))
    axes.set_xticks([(len(lines) - 1) / 2], ["0"])
    axes.set_yticks([0, 0.1, 0.5, 1], ["0", ".1", ".5", "1"])
    axes.tick_params(labelsize=NOTE, labelcolor=INK)
    axes.tick_params(axis="x", length=0)
    axes.spines["right"].set(visible=True, color=PALE, linewidth=0.7)


def told(parts: Iterable[str], long: int = LONG) -> str:
    """Phrases in as few lines of ``long`` characters as hold them, up to four."""
    lines = [""]
    for part in parts:
        if lines[-1] and len(lines[-1]) + len(part) + 2 > long and len(lines) < 4:
            lines.append("")
        lines[-1] = f"{lines[-1]}, {part}" if lines[-1] else part
    return "\n".join(lines)


def headed(axes: Axes, text: str, below: str, left: float = 0.0) -> None:
    """Name a panel above its upper left corner, with lines ``below``; ``left`` is where, as a share of the axes' width."""
    at: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "ha": "left", "va": "bottom"}
    axes.annotate(text, (left, 1.0), (0, 5 + 1.3 * NOTE * (below.count("\n") + 1)), fontsize=TEXT, color=INK, **at)
    axes.annotate(below, (left, 1.0), (0, 4), fontsize=NOTE, color=GREY, linespacing=1.2, **at)
