"""The tornado: which assumptions move the outcome, which way, and what share of its variance each has to do with."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.design.uncertainty import Assumption
from sim.model.setting.crisis import Crisis
from sim.plotting.names import cased, literal, readable
from sim.plotting.numbers import listed
from sim.plotting.panel_grid import panel_grid, small_print
from sim.plotting.reversal_words import readable as plainly
from sim.plotting.style import GREY, INK, NOTE, PALE, SIDES, TEXT, dressed
from sim.runs.outcome import Outcome
from sim.statistics.sobol_indices import largest

MOST = 6  # fields in a tie that are told one by one

SHOWN = 14
UP, DOWN = SIDES[1], SIDES[0]


def tornado_figure(found: Any, assumptions: Sequence[Assumption], outcome: Outcome, crisis: Crisis, request: Any) -> Figure:
    """The fields with the largest total indices on a page: change of the outcome left, Sobol indices right."""
    shown = found.indices[:SHOWN]
    ranges = {one.name: one for one in assumptions}
    figure, (left, right) = panel_grid(f"What drives {_what(outcome, crisis, request)}?", (0.21 * len(shown),), (1.0, 1.0))
    swings(left, shown, ranges)
    shares(right, shown)
    first = literal(plainly(drivers([one.name for one in found.indices], [one.total for one in found.indices])))
    small_print(
        figure,
        cased(
            request,
            f"{first} {len(assumptions)} assumptions varied uniformly over their ranges, {len(shown)} drawn, of both nations "
            f"where no other is named. n = {found.points:,} points of {found.runs:,} runs, the same chances at "
            f"every point, seed {request.seed}. Lines: 95 % intervals (left: normal; right: bootstrap). Pale: the sign is "
            "not told. Chance adds at most "
            f"{100 * found.chance:.0f} % of the variance.",
        ),
    )
    return figure


def _what(outcome, crisis, request):
    """What is driven, in few words."""
    name = outcome.name.replace(">=", " ≥ ")
    name = f"P({name})" if outcome.probability else name
    made_by = literal(crisis.mechanism.name.replace("_", " "))
    return f"the difference {made_by} makes to {name}" if request.difference else name


def swings(axes: Axes, shown: Sequence[Any], ranges: Mapping[str, Assumption]) -> Axes:
    """Mean change of the outcome from the low to the high end of each field's range: bars in order of total index."""
    dressed(axes, grid="x")
    rows = np.arange(len(shown))[::-1]
    for row, one in zip(rows, shown, strict=True):
        value, low, high = one.swing
        told = low > 0.0 or high < 0.0
        axes.barh(row, value, height=0.62, color=(UP if value > 0 else DOWN) if told else PALE, alpha=0.85)
        axes.hlines(row, low, high, color=INK, linewidth=0.9)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_yticks(rows, [label(ranges[one.name]) for one in shown])
    axes.tick_params(axis="y", length=0, labelsize=NOTE)
    axes.tick_params(axis="x", labelsize=NOTE)
    axes.spines["left"].set_visible(False)
    axes.set_ylim(-0.7, len(shown) - 0.3)
    axes.set_xlabel("change of the outcome, low to high end of the range")
    axes.xaxis.label.set_fontsize(NOTE)
    axes.locator_params(axis="x", nbins=5)
    axes.set_title("Raises", loc="right", fontsize=TEXT, color=UP, pad=3)
    axes.set_title("Lowers", loc="left", fontsize=TEXT, color=DOWN, pad=3)
    return axes


def shares(axes: Axes, shown: Sequence[Any]) -> Axes:
    """Total indices as points with intervals, first-order indices as bars behind them."""
    dressed(axes, grid="x")
    rows = np.arange(len(shown))[::-1]
    for row, one in zip(rows, shown, strict=True):
        axes.barh(row, max(0.0, one.first[0]), height=0.62, color="#B9C4CC")
        axes.hlines(row, max(0.0, one.total[1]), one.total[2], color=INK, linewidth=1.1)
        axes.plot(max(0.0, one.total[0]), row, "o", color=INK, markersize=4, clip_on=False)
    axes.set_yticks([])
    axes.spines["left"].set_color(PALE)
    axes.set(xlim=(0, None), ylim=(-0.7, len(shown) - 0.3))
    axes.tick_params(axis="x", labelsize=NOTE)
    axes.set_xlabel("share of the outcome's variance")
    axes.xaxis.label.set_fontsize(NOTE)
    axes.locator_params(axis="x", nbins=5)
    axes.set_title("● with interactions   ", loc="right", fontsize=TEXT, color=INK, pad=3)
    axes.set_title("■ alone", loc="left", fontsize=TEXT, color="#8797A3", pad=3)
    return axes


def label(one: Assumption) -> str:
    """A field with its range: "perception error, both sides  0–0.3"."""
    scope, _, field = one.name.partition(".")
    where = {"nation": "", "militants": "militants: ", "diplomacy": "channel: ", "mechanism": "mechanism: "}.get(
        scope, f"{scope}: "
    )
    unit = f" {one.parameter.unit}" if one.parameter.unit else ""
    return f"{where}{readable(field)}  [{one.low:.3g}, {one.high:.3g}]{unit}"


def drivers(names: Sequence[str], totals: Sequence[Sequence[float]]) -> str:
    """Which field has the largest share of the variance, in a sentence; a tie is called one. Largest total index first."""
    tied = [name for name, may in zip(names, largest(totals), strict=True) if may]
    if len(tied) == 1:
        return f"The largest share is that of {tied[0]}: its interval lies above those of all others."
    told = [*tied[:MOST], *([f"{len(tied) - MOST} more"] if len(tied) > MOST else [])]
    return f"Which has the largest share, the points do not tell: the intervals of {listed(told)} overlap."
