"""Policies fixed and policies re-chosen, side by side: what a mechanism does to escalation, and what the sides make of it."""

from collections.abc import Callable, Sequence
from itertools import cycle
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sim.games.regret import Triple
from sim.plotting.numbers import NONE, share
from sim.plotting.style import GREY, INK, NOTE, dressed
from sim.studies.equilibrium.answer import SURE, profile_of
from sim.studies.equilibrium.cost import Cost
from sim.studies.equilibrium.fixed_vs_equilibrium import SolvedGame
from sim.studies.equilibrium.noise_threshold import NoiseThreshold, threshold_of

FIXED, CHOSEN, PLAYED, SPAN = GREY, "#B22222", INK, "#CFCFCF"  # no mechanism's


def response_rows(axes: Axes, firsts: Sequence[SolvedGame], rung: int) -> Axes:
    """A row a mechanism, for ``firsts``, a ``SolvedGame`` each: P(peak >= rung) fixed (circle), re-chosen (square) and at the
    equilibria (diamonds, hollow where the runs do not tell), with intervals. What both would play stands at the right."""
    dressed(axes, grid="x")
    height = len(firsts)
    base = firsts[0].fixed.peaks[rung - 1][0]
    axes.axvline(100 * base, color=GREY, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
    for k, one in enumerate(firsts):
        y = height - 1 - k
        marks = [(0.24, one.fixed.peaks[rung - 1], FIXED, "o", FIXED), (0.0, one.peak(rung), CHOSEN, "s", CHOSEN)]
        marks += [
            (-0.24, each.peaks[rung - 1], PLAYED, "D", PLAYED if each.share >= SURE else "white")
            for each in one.answer.equilibria
        ]
        for shift, (value, least, most), tint, shape, face in marks:
            axes.plot([100 * least, 100 * most], [y + shift] * 2, color=tint, linewidth=1.6, zorder=2, clip_on=False)
            axes.plot(100 * value, y + shift, shape, color=tint, markerfacecolor=face, markersize=4.6, zorder=3, clip_on=False)
        axes.annotate(
            _words(one), (1.02, y), xycoords=("axes fraction", "data"), fontsize=NOTE, color=INK, va="center",
            annotation_clip=False, linespacing=1.15,
        )  # fmt: skip
    axes.set_title("both would play", loc="left", x=1.02, fontsize=NOTE, color=INK, pad=3)
    axes.set_yticks(range(height), [one.mechanism.replace("_", " ") for one in firsts][::-1])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set(ylim=(-0.6, height - 0.4), xlabel=f"P(peak ≥ {rung}), %")
    axes.set_xlim(left=min(0, axes.get_xlim()[0]))
    return axes


def _words(one: SolvedGame) -> str:
    """What both would play in the likeliest equilibrium, and in how many resamples it is one."""
    a, b = profile_of(one)
    played = f"both {a}" if a == b else f"a {a},\nb {b}"
    return f"{played} ({NONE if np.isnan(one.expected.share) else share(one.expected.share)})"


def regret_panel(axes: Axes, games: Sequence[SolvedGame], tints: Sequence[str]) -> Axes:
    """The regret of what is watched over the noise, under one mechanism."""
    dressed(axes)
    x = [one.noise for one in games]
    watched = list(games[0].answer.watched)
    for k, (name, tint) in enumerate(zip(watched, cycle(tints), strict=False)):
        size = 4.5 + min(1.4, 4.2 / len(watched)) * (len(watched) - 1 - k)  # so that all show where they are the same
        stood = [one.answer.watched[name] for one in games]
        middle, low, high = zip(*(each.regret for each in stood), strict=True)
        axes.fill_between(x, low, high, color=tint, alpha=0.18, linewidth=0)
        axes.plot(x, middle, color=tint, linewidth=1.4)
        for here, value, each in zip(x, middle, stood, strict=True):
            face = tint if each.share >= 0.5 else "white"
            axes.plot(here, value, "o", color=tint, markerfacecolor=face, markersize=size, zorder=3, clip_on=False)
        mark_stop(axes, threshold_of(games, name), x, tint, k)
    return axes


def cost_panel(axes: Axes, games: Sequence[SolvedGame], cost: Callable[[SolvedGame], Cost]) -> Axes:
    """What the equilibria cost over the noise, by ``cost(game)``, a ``Cost``: policies fixed (wide, behind) and re-chosen
    (narrow, in front), so that both show where they are the same."""
    dressed(axes)
    x, costs = [one.noise for one in games], [cost(one) for one in games]
    low, high = zip(*(one.span for one in costs), strict=True)
    axes.fill_between(x, low, high, color=SPAN, linewidth=0)
    styles: tuple[tuple[str, list[Triple], float, float, dict[str, Any]], ...] = (
        (FIXED, [one.fixed for one in costs], 3.4, 0.55, {"marker": "o", "markersize": 7.0, "markerfacecolor": "white"}),
        (CHOSEN, [one.chosen for one in costs], 1.2, 1.0, {"marker": "s", "markersize": 3.2}),
    )
    for tint, drawn, width, alpha, marks in styles:
        middle, low, high = zip(*drawn, strict=True)
        axes.vlines(x, low, high, color=tint, linewidth=width, alpha=alpha)
        axes.plot(x, middle, color=tint, linewidth=width, alpha=alpha, markeredgewidth=1.3, clip_on=False, **marks)
    return axes


def mark_stop(axes: Axes, threshold: NoiseThreshold, values: Sequence[float], tint: str, level: int = 0) -> None:
    """A line where a profile stops being an equilibrium, within the band of its interval, and the value above the axes.

    The ``level`` raises the words above those of other profiles.
    """
    value, *ends = threshold.stop
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
