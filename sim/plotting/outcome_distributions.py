"""The distributions of outcomes on one page: strikes, deaths, days without envoys, the highest rung, the time to stand-down.

One crisis, or alternatives on the same axes in their own colours; for ``play`` and for ``compare``.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from sim.execution.outcomes import Outcomes
from sim.model.ladder import WAR
from sim.model.parameter import DAY
from sim.plotting.distribution import (
    LEVELS,
    STRIP,
    counted_line,
    headed,
    log_panel,
    peak_line,
    rung_panel,
    told,
    waiting_line,
)
from sim.plotting.numbers import decimals_for, plain
from sim.plotting.panel_grid import key, panel_grid
from sim.plotting.style import GREY, INK, NOTE, TEXT, Look
from sim.statistics.intervals import clopper_pearson

COUNTED = (("strikes", "further strikes", 1.0), ("deaths", "further deaths", 1.0), ("envoyless", "days without envoys", DAY))
TALL, ROW = 1.0, 0.42  # inches: of a panel, of one of many
ALL = 3  # up to so many alternatives stand on the same axes
DISTRIBUTED = "Beyond the opening act. Stand-down: Kaplan-Meier. Scales end where fewer than 1 run in 500 goes on."
QUICK = 0.1  # days at which scales of days begin
ASKED = "How much follows? The share of runs with at least so much"
READ = (
    "How to read it: the curve is the share\nof runs with at least so much.\n\nA bar under 0: the runs with none.\n"
    "Dots: the median, and the 90th\npercentile, which 1 run in 10 exceeds.\n+: war ended a run that had not\nstood down."
)


def outcomes_figure(kept: list[Outcomes], labels: Sequence[str], looks: Sequence[Look], horizon: float) -> Figure:
    """The page: ``kept`` of each alternative, the first the base, with their ``labels`` and ``looks``; ``horizon`` in days.

    Few alternatives stand on the same axes; of many each has a row, beside the base in grey.
    """
    counts = [one.count for one in kept]
    every = [[counted_line(one.spreads[name], unit) for one in kept] for name, _, unit in COUNTED]
    waits = [waiting_line(count, "stand_down_at", horizon) for count in counts]
    if len(kept) > ALL:
        return _rows([*every, [peak_line(count) for count in counts], waits], labels, looks)
    figure, panels = panel_grid(ASKED, (TALL, TALL), (1.0, 1.0, 1.0))
    for j, ((_, words, unit), lines) in enumerate(zip(COUNTED, every, strict=True)):
        written = _whole if unit == 1.0 else _days
        log_panel(panels[j], lines, looks, len(kept), _least(unit))
        most = [f"most {written(lines[0].steps.x[-1:])}"] if len(lines[0].steps.x) else []
        headed(panels[j], words, told([f"none {_share(lines[0].none)}", *most, *_marks(lines[0], written)]), -STRIP)
    _rungs(panels[3], counts, looks, len(kept))
    _waits(panels[4], waits, counts[0], looks, horizon)
    panels[5].set_axis_off()
    panels[5].text(0.0, 1.0, READ, fontsize=NOTE, color=GREY, va="top", linespacing=1.35)
    if len(kept) > 1:
        key(figure, [(f"{look.sign} {label}", look.colour) for label, look in zip(labels, looks, strict=True)])
    return figure


def _least(unit):
    """Where a scale of a counted quantity begins."""
    return 1.0 if unit == 1.0 else QUICK


def _rows(every, labels, looks):
    """A row an alternative, a column an outcome; the base in grey behind each."""
    figure, panels = panel_grid(ASKED, [ROW] * len(labels), [1.0] * len(every))
    for j, (words, lines) in enumerate(
        zip((*(words for _, words, _ in COUNTED), "highest rung", "days to stand-down"), every, strict=True)
    ):
        for i, line in enumerate(lines):
            axes, some, seen = panels[i * len(every) + j], [line, lines[0]], [looks[i], Look(GREY, "")]
            if j == len(COUNTED):
                rung_panel(axes, some, seen, 1, range(*_rungs_of(lines)))
            else:
                zero = j < len(COUNTED)
                log_panel(axes, some, seen, 1, _least(COUNTED[j][2]) if zero else QUICK, zero, lines)
                ticks = [tick for tick in axes.get_xticks() if tick > QUICK or not zero]  # nothing meets the 0 of the strip
                axes.set_xticks(ticks, [f"{tick:,g}" for tick in ticks])
            for panel in (axes, *axes.child_axes):
                panel.set_yticks([0, 0.5, 1], ["0", ".5", "1"] if j == 0 and panel is not axes else [])
                panel.tick_params(labelbottom=i == len(lines) - 1)
        panels[j].set_title(words, loc="left", x=-STRIP if j < len(COUNTED) else 0.0, fontsize=TEXT, color=INK, pad=4)
    for label, look, axes in zip(labels, looks, panels[:: len(every)], strict=True):
        at: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "ha": "right", "va": "center"}
        axes.annotate(label, (-STRIP, 0.5), (-18, 0), fontsize=TEXT, color=look.colour, **at)
    return figure


def _rungs_of(lines):
    """The first rung that is shown, the last that every run reaches, and one beyond the last."""
    first = max([1, *(r for r in range(1, WAR + 1) if all(line.steps.value[r] >= 1.0 for line in lines))])
    return min(first, WAR - 1), WAR + 1


def _rungs(axes, counts, looks, banded):
    """The panel of the highest rung, from the last that every run reaches."""
    lines = [peak_line(count) for count in counts]
    rungs, steps = range(*_rungs_of(lines)), lines[0].steps
    rung_panel(axes, lines, looks, banded, rungs)
    every = (f"{r} or above {_share((steps.value[r], steps.low[r], steps.high[r]))}" for r in rungs[1:][-3:])
    headed(axes, "highest rung", "\n".join(every))


def _waits(axes, lines, base, looks, horizon):
    """The panel of the time to stand-down, with what is left open at the horizon in the ``base``."""
    log_panel(axes, lines, looks, len(lines), QUICK, zero=False)
    lost, n = int(base.censored["stand_down_at"][1].sum()), base.n
    still = n - lost - int(base.reached["stand_down_at"][1].sum())
    ends = (
        (f"{name}: {_share(clopper_pearson(k, n))}") for name, k in (("war first", lost), (f"open at day {horizon:g}", still))
    )
    headed(axes, "days to stand-down", told([*_marks(lines[0], _days), *ends]))


def _marks(line, written):
    """The median and the 90th percentile in words."""
    return [f"{name} {written(mark)}" for mark, (_, name) in zip(line.marks, LEVELS, strict=True)]


def _share(triple):
    """A share and its interval: ".47 [.46, .48]"; what rounds to 0 or 1 is so written."""
    decimals = max(2, decimals_for(*triple[1:]))
    value, *ends = (f"{x:.{decimals}f}".removeprefix("0") if f"{x:.{decimals}f}".strip("0.") else "0" for x in triple)
    return _bracketed([one.rstrip("0").rstrip(".") if one.startswith("1") else one for one in (value, *ends)])


def _whole(mark):
    """A whole number and its interval: "3 [3, 4]"."""
    return _bracketed([f"{x:,.0f}" if np.isfinite(x) else "∞" for x in mark])


def _days(mark):
    """Days and their interval; an end that the runs leave open is at infinity."""
    if not np.isfinite(mark[0]):
        return "not reached"
    return _bracketed([plain(x, 1 if x < 10 else 0) if np.isfinite(x) else "∞" for x in mark])


def _bracketed(words):
    """A value with its interval, where there is one."""
    value, *ends = words
    return f"{value} [{', '.join(ends)}]" if ends else value
