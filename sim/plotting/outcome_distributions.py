"""The distributions of outcomes on one page: strikes, deaths, days without envoys, the highest rung, the time to stand-down.

One crisis, or alternatives on the same axes in their own colours; for ``play`` and for ``compare``.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from sim.execution.outcomes import Outcomes
from sim.model.ladder import WAR
from sim.model.parameter import DAY
from sim.plotting.distribution import (
    LEVELS,
    LONG,
    STRIP,
    counted_line,
    headed,
    log_panel,
    peak_line,
    rung_panel,
    told,
    waiting_line,
)
from sim.plotting.escalation_panels import SHORT
from sim.plotting.numbers import decimals_for, plain
from sim.plotting.style import GREY, NOTE, TEXT, Look, page
from sim.plotting.style import headed as titled
from sim.statistics.intervals import clopper_pearson

COUNTED = (("strikes", "further strikes", 1.0), ("deaths", "further deaths", 1.0), ("envoyless", "days without envoys", DAY))
LEFT, ACROSS, WIDE, TALL = 0.06, 0.327, 0.27, 1.0  # panels: shares of the page's width; inches
HEAD, LINE, ROOM = 0.45, 0.145, 12  # inches above a panel for its words; of a line of the key; lines that find room
ALL = 3  # up to so many alternatives each has its band; more of them, only the first
DISTRIBUTED = "Beyond the opening act. Stand-down: Kaplan-Meier. Scales end where fewer than 1 run in 500 goes on."
QUICK = 0.1  # days at which scales of days begin
READ = (
    "How to read it: the curve is the share\nof runs with at least so much.\n\nA bar under 0: the runs with none.\n"
    "Dots: the median, and the 90th\npercentile, which 1 run in 10 exceeds.\n+: war ended a run that had not\nstood down."
)


def outcomes_figure(kept: list[Outcomes], labels: Sequence[str], looks: Sequence[Look], horizon: float) -> Figure:
    """The page: ``kept`` of each alternative, the first the base, with their ``labels`` and ``looks``; ``horizon`` in days."""
    figure = titled(
        page(height=4.5 + LINE * max(0, len(kept) - ROOM)), "How much follows? The share of runs with at least so much"
    )
    banded = len(kept) if len(kept) <= ALL else 1
    for j, (name, words, unit) in enumerate(COUNTED):
        lines = [counted_line(one.spreads[name], unit) for one in kept]
        least, written = (1.0, _whole) if unit == 1.0 else (QUICK, _days)
        axes = log_panel(figure, _box(figure, 0, j), lines, looks, banded, least)
        most = [f"most {written(lines[0].steps.x[-1:])}"] if len(lines[0].steps.x) else []
        parts = [f"none {_share(lines[0].none)}", *most, *_marks(lines[0], written)]
        headed(axes, words, told(parts, LONG - 7 * (j == 2)), -STRIP / (1 - STRIP))
    _rungs(figure, [one.count for one in kept], looks, banded)
    _waits(figure, [one.count for one in kept], looks, banded, horizon)
    if len(kept) > 1:
        _key(figure, labels, looks)
    else:
        left, bottom, _, tall = _box(figure, 1, 2)
        figure.text(left, bottom + tall, READ, fontsize=NOTE, color=GREY, va="top", linespacing=1.35)
    return figure


def _rungs(figure, counts, looks, banded):
    """The panel of the highest rung, from the last that every run reaches."""
    lines = [peak_line(count) for count in counts]
    first = max([1, *(r for r in range(1, WAR + 1) if all(line.steps.value[r] >= 1.0 for line in lines))])
    rungs = list(range(min(first, WAR - 1), WAR + 1))
    axes = rung_panel(figure, _box(figure, 1, 0), lines, looks, banded, rungs)
    if len(rungs) <= 4:
        axes.set_xticks(rungs, [f"{rung}\n{SHORT[rung]}" for rung in rungs])
        axes.tick_params(axis="x", labelsize=NOTE - 0.5)
    steps = lines[0].steps
    every = (f"{r} or above {_share((steps.value[r], steps.low[r], steps.high[r]))}" for r in rungs[1:][-3:])
    headed(axes, "highest rung", "\n".join(every))


def _waits(figure, counts, looks, banded, horizon):
    """The panel of the time to stand-down, with what is left open at the horizon."""
    lines = [waiting_line(count, "stand_down_at", horizon) for count in counts]
    axes = log_panel(figure, _box(figure, 1, 1), lines, looks, banded, QUICK, zero=False)
    lost, n = int(counts[0].censored["stand_down_at"][1].sum()), counts[0].n
    still = n - lost - int(counts[0].reached["stand_down_at"][1].sum())
    ends = (
        (f"{name}: {_share(clopper_pearson(k, n))}") for name, k in (("war first", lost), (f"open at day {horizon:g}", still))
    )
    headed(axes, "days to stand-down", told([*_marks(lines[0], _days), *ends]))


def _key(figure, labels, looks):
    """Which alternative is which, where a sixth panel would stand."""
    left, bottom, _, tall = _box(figure, 1, 2)
    for i, (label, look) in enumerate(zip(labels, looks, strict=True)):
        y = bottom + tall + (HEAD - i * LINE) / figure.get_figheight()
        figure.text(left, y, f"{look.sign} {label}", fontsize=TEXT - 0.5, color=look.colour, va="top")


def _box(figure, row, column):
    """A panel's place on the page: left, bottom, width, height."""
    height = figure.get_figheight()
    return LEFT + ACROSS * column, 1 - (1.84 + 1.86 * row) / height, WIDE, TALL / height


def _marks(line, written):
    """The median and the 90th percentile in words."""
    return [f"{name} {written(mark)}" for mark, (_, name) in zip(line.marks, LEVELS, strict=True)]


def _share(triple):
    """A share and its interval: ".47 [.46, .48]"."""
    decimals = max(2, decimals_for(*triple[1:]))
    return "{} [{}, {}]".format(*(f"{x:.{decimals}f}"[1:] if 0.0 < x < 1.0 else f"{x:.0f}" for x in triple))


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
