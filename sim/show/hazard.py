"""Policies fixed and policies re-chosen, side by side: what a mechanism does to escalation, and what the sides make of it."""

import numpy as np

from sim.show.style import GREY, INK, NOTE, PALETTE, dressed
from sim.study.equilibrium.stopping import stopped

FIXED, CHOSEN = PALETTE[0], PALETTE[1]


def hazard_rows(axes, found, rung):
    """A row a mechanism, for ``found``, a ``Choice`` each: P(peak >= rung) fixed (circle), re-chosen (square), with intervals,
    and the span of all equilibria (grey bar)."""
    dressed(axes, grid="x")
    height = len(found)
    base = found[0].fixed.peaks[rung - 1][0]
    axes.axvline(100 * base, color=GREY, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
    for k, one in enumerate(found):
        y = height - 1 - k
        high, low = one.worst(rung)
        axes.plot([100 * low, 100 * high], [y, y], color="#CFCFCF", linewidth=7, solid_capstyle="butt", zorder=1)
        if high - low < 1e-4:
            axes.plot(100 * low, y, "|", color="#CFCFCF", markersize=10, markeredgewidth=3, zorder=1)
        marks = ((0.14, one.fixed.peaks[rung - 1], FIXED, "o"), (-0.14, one.peak(rung), CHOSEN, "s"))
        for shift, (value, least, most), tint, shape in marks:
            axes.plot([100 * least, 100 * most], [y + shift] * 2, color=tint, linewidth=1.6, zorder=2)
            axes.plot(100 * value, y + shift, shape, color=tint, markersize=5, zorder=3)
        axes.annotate(
            _words(one), (1.02, y), xycoords=("axes fraction", "data"), fontsize=NOTE, color=INK, va="center",
            annotation_clip=False, linespacing=1.15,
        )  # fmt: skip
    axes.set_yticks(range(height), [one.mechanism.replace("_", " ") for one in found][::-1])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set(ylim=(-0.6, height - 0.4), xlabel=f"P(peak ≥ {rung}), %")
    axes.set_xlim(left=min(0, axes.get_xlim()[0]))
    return axes


def _words(one):
    """The policies, fixed and re-chosen."""
    game = one.answer.game
    if not one.end.settled:
        return f"re-chosen: no rest, a cycle of {len(one.end.profiles)}"
    i, j = one.end.profiles[0]
    same = "kept: " if (i, j) == one.start else "re-chosen: "
    return f"{same}a {game.rows[i]},\nb {game.columns[j]}"


def noise_column(upper, lower, games, rung, tints):
    """One mechanism over the noise: above the regret of what is watched, below P(peak >= rung) fixed and re-chosen."""
    x = [one.noise for one in games]
    dressed(upper)
    dressed(lower)
    for k, name in enumerate(games[0].answer.watched):
        stood = [one.answer.watched[name] for one in games]
        middle, low, high = zip(*(each.regret for each in stood), strict=True)
        upper.fill_between(x, low, high, color=tints[k], alpha=0.18, linewidth=0)
        upper.plot(x, middle, color=tints[k], linewidth=1.4)
        for at, value, each in zip(x, middle, stood, strict=True):
            face = tints[k] if each.share >= 0.5 else "white"
            upper.plot(at, value, "o", color=tints[k], markerfacecolor=face, markersize=4.5, zorder=3, clip_on=False)
        mark_stop(upper, stopped(games, name), x, tints[k], k)
    spans = [one.worst(rung) for one in games]
    lower.fill_between(x, [100 * low for _, low in spans], [100 * high for high, _ in spans], color="#CFCFCF", linewidth=0)
    for tint, shape, drawn in (
        (FIXED, "o", [g.fixed.peaks[rung - 1] for g in games]),
        (CHOSEN, "s", [g.peak(rung) for g in games]),
    ):
        middle, low, high = ([100 * v for v in values] for values in zip(*drawn, strict=True))
        lower.vlines(x, low, high, color=tint, linewidth=1.0)
        lower.plot(x, middle, color=tint, marker=shape, markersize=3.6, linewidth=1.3)
    lower.set_ylim(bottom=0)
    return upper, lower


def mark_stop(axes, stop, values, tint, level=0):
    """A line where a profile stops being an equilibrium, within the band of its interval, and the value above the axes.

    The ``level`` raises the words above those of other profiles.
    """
    value, *ends = stop.stop
    if not values[0] < value < values[-1]:
        return
    low, high = np.clip(ends, values[0], values[-1])
    axes.axvspan(low, high, color=tint, alpha=0.15, linewidth=0, zorder=0)
    axes.axvline(value, color=tint, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1)
    left = value > (values[0] + values[-1]) / 2
    axes.annotate(
        f"{value:.3g} [{low:.3g}, {high:.3g}]", (value, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 3 + 9 * level),
        textcoords="offset points", fontsize=NOTE, color=tint, ha="right" if left else "left", va="bottom",
    )  # fmt: skip
