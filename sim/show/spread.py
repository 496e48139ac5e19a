"""Skewed quantities with an atom at zero: the share of runs with none, and quantiles as dots on a scale of magnitudes."""

import numpy as np

from sim.show.numbers import share
from sim.show.style import GREY, INK, NOTE, dressed

MARKS = {0.5: ("o", 5.0), 0.75: ("o", 4.0), 0.9: ("o", 3.4), 0.99: ("o", 2.8), 0.999: ("o", 2.2)}  # the rarer, the smaller


def none_bars(axes, shares, tints):
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
    axes.set_xticks([0, 0.5, 1], ["0", ".5", "1"])
    axes.set_yticks([])
    axes.tick_params(labelsize=NOTE)
    return axes


def quantile_dots(axes, rows, tints, unit=1.0):
    """Quantiles, an alternative a row: ``rows`` hold a list of ``Quantile`` each, from top to bottom; zero has its own place.

    The base (the first row) is repeated as grey lines down the page, so that a shift shows. Values are divided by ``unit``.
    An interval that the runs leave open ends in an arrow.
    """
    dressed(axes, grid="x")
    y = np.arange(len(rows))[::-1]
    least = min((q.value / unit for row in rows for q in row if q.value > 0), default=1.0)
    linear = 1.0 if least >= 1.0 else 10.0 ** np.floor(np.log10(least))
    axes.set_xscale("symlog", linthresh=linear, linscale=0.4)
    for quantile in rows[0]:
        axes.axvline(quantile.value / unit, color=GREY, linewidth=0.6, alpha=0.6, zorder=1)
    top = max(x for row in rows for q in row for x in (q.value, q.high) if np.isfinite(x)) / unit
    right = max(top, linear) * 1.4
    for row, quantiles, tint in zip(y, rows, tints, strict=True):
        for one in quantiles:
            shape, size = MARKS[one.q]
            axes.hlines(row, one.low / unit, min(one.high / unit, right), color=tint, linewidth=1.3, zorder=2)
            if not np.isfinite(one.high):
                axes.plot(right, row, ">", color=tint, markersize=3.2, zorder=3, clip_on=False)
            axes.plot(one.value / unit, row, shape, color=tint, markersize=size, zorder=3)
    axes.set(xlim=(-0.15 * linear, max(top, linear) * 1.5), ylim=(-0.6, len(rows) - 0.4))
    ticks = [0.0, *(10.0**k for k in range(int(np.log10(linear)), 9) if linear <= 10.0**k <= top)]
    axes.set_xticks(ticks, [f"{tick:,g}" for tick in ticks])
    axes.minorticks_off()
    axes.set_yticks([])
    axes.tick_params(labelsize=NOTE)
    _heads(axes, rows[0], unit)
    return axes


def _heads(axes, quantiles, unit):
    """Name the base's quantiles above their lines; one that would touch the last is left out."""
    last = -np.inf
    for one in quantiles:
        x = axes.transData.transform((one.value / unit, 0))[0]
        if x - last > 15 * axes.figure.dpi / 72:
            axes.annotate(
                f"{100 * one.q:g}", (one.value / unit, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 1.5), color=GREY,
                textcoords="offset points", ha="center", va="bottom", fontsize=NOTE - 0.5,
            )  # fmt: skip
            last = x
