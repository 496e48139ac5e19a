"""Skewed quantities with an atom at zero: the share of runs with none, and quantiles as dots on a log scale."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from sim.plotting.labels import spread as apart
from sim.plotting.numbers import share
from sim.plotting.style import GREY, INK, NOTE, dressed
from sim.runs.quantiles import Quantile
from sim.statistics.intervals import Triple

MOST_TICKS = 3
MARKS = {0.5: ("o", 5.0), 0.75: ("o", 4.0), 0.9: ("o", 3.4), 0.99: ("o", 2.8), 0.999: ("o", 2.2)}  # the rarer, the smaller


def none_bars(axes: Axes, shares: Sequence[Triple], tints: Sequence[str]) -> Axes:
    """The share of runs with none, an alternative a row: ``shares`` are (value, low, high) from top to bottom."""
    dressed(axes, grid="x")
    y = np.arange(len(shares))[::-1]
    for row, (value, low, high), tint in zip(y, shares, tints, strict=True):
        axes.barh(row, value, color=tint, alpha=0.35, height=0.62, linewidth=0)
        axes.hlines(row, low, high, color=tint, linewidth=1.4)
        inside = value > 0.6
        place, side = (value - 0.04, "right") if inside else (max(value, high) + 0.06, "left")
        axes.text(place, row, share(value), ha=side, va="center", fontsize=NOTE, color=INK)
    axes.set(xlim=(0, 1), ylim=(-0.6, len(shares) - 0.4))
    axes.set_xticks([0, 1])
    axes.set_yticks([])
    axes.tick_params(labelsize=NOTE)
    return axes


def quantile_dots(
    axes: Axes, rows: Sequence[Sequence[Quantile]], tints: Sequence[str], unit: float = 1.0, least: float = 1.0
) -> list[tuple[float, str]]:
    """Quantiles, an alternative a row: ``rows`` hold a list of ``Quantile`` each, from top to bottom, on a log scale.

    Below its lower end, ``least``, all stands at 0, which has a place of its own left of a break. The base (the first row) is
    repeated as grey lines down the page, so that a shift shows. Values are divided by ``unit``. An interval that the runs
    leave open ends in an arrow. Returns the places of the base's quantiles and their names, for ``name_quantiles``.
    """
    dressed(axes, grid="")
    y, zero = np.arange(len(rows))[::-1], 0.3 * least
    most = max(x for row in rows for q in row for x in (q.value, q.high) if np.isfinite(x)) / unit
    right = 1.5 * max(most, 10.0 * least)
    axes.set(xscale="log", xlim=(0.6 * zero, right), ylim=(-0.6, len(rows) - 0.4))

    def at(value: float) -> float:
        return value / unit if value / unit >= least else zero

    for row, quantiles, tint in zip(y, rows, tints, strict=True):
        for one in quantiles:
            shape, size = MARKS[one.q]
            axes.hlines(row, at(one.low), at(one.high) if np.isfinite(one.high) else right, color=tint, linewidth=1.3, zorder=2)
            if not np.isfinite(one.high):
                axes.plot(right, row, ">", color=tint, markersize=3.2, zorder=3, clip_on=False)
            axes.plot(at(one.value), row, shape, color=tint, markersize=size, zorder=3)
    ticks = [10.0**k for k in range(12) if 10.0**k <= right]
    ticks = ticks[:: 1 + (len(ticks) > MOST_TICKS)]
    axes.set_xticks([zero, *ticks], [f"<{least:g}".replace("0.", ".") if least < 1.0 else "0", *(f"{x:,g}" for x in ticks)])
    axes.axvspan(0.5 * least, 0.7 * least, color="white", zorder=5, ymin=-0.02, ymax=1.0, clip_on=False)  # the break
    axes.minorticks_off()
    axes.set_yticks([])
    axes.tick_params(labelsize=NOTE)
    return [(at(one.value), f"{100 * one.q:g}") for one in rows[0]]


def name_quantiles(axes: Axes, named: list[tuple[float, str]]) -> None:
    """Name the base's quantiles above their lines, each: apart from each other, with a thin line down to their own.

    Where the panel stands must be known; ``named`` is what ``quantile_dots`` returns.
    """
    for x, _ in named:
        axes.axvline(x, color=GREY, linewidth=0.6, alpha=0.6, zorder=1)
    width, scale = axes.bbox.width, axes.figure.dpi / 72
    own = [axes.transData.transform((x, 0))[0] - axes.bbox.x0 for x, _ in named]
    places = apart(own, 13 * scale, 0.0, width - 4 * scale)
    for (x, text), place in zip(named, places, strict=True):
        axes.annotate(
            text, (x, 1.0), (place / width, 1.0 + 8 * scale / axes.bbox.height), xycoords=("data", "axes fraction"),
            textcoords="axes fraction", color=GREY, ha="center", va="bottom", fontsize=NOTE - 0.5, annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": GREY, "lw": 0.5, "shrinkA": 0, "shrinkB": 0, "relpos": (0.5, 0)},
        )  # fmt: skip
