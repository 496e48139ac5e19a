"""The escalation curve, P(peak ≥ rung): along a swept axis, or rung by rung, one line an alternative."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import LogFormatterMathtext, LogLocator, NullFormatter

from sim.model.ladder import WAR
from sim.plotting.labels import end_labels
from sim.plotting.style import GREY, INK, NOTE, OWN, Look, dressed, looks

Lines = Sequence[tuple[Any, ...]]  # of each: its name, then p and the ends of its interval, each as long as the scale
SHORT = ("", "protest", "sanction", "military\nsignal", "militant\nattack", "border\nclash", "strike on\nmilitants",
         "strike on\nother state's\nforces", "sustained\nexchange", "war")  # fmt: skip
FEW = 8  # values that are ticks themselves


def escalation_along(
    axes: Axes,
    x: Sequence[Any] | np.ndarray,
    lines: Lines,
    xlabel: str,
    rung: int,
    label_x: float | None = None,
    log: bool = False,
    top: float = 0.0,
) -> Axes:
    """P(peak ≥ ``rung``) against the values ``x`` of a swept parameter.

    ``lines`` is a list of (label, p, low, high), each an array as long as ``x``: estimates and the ends of their intervals.
    Numbers give lines with bands, words a dot plot with whiskers. ``label_x`` is the value of ``x`` beside which the lines
    are named, the last one where it is not given. On a ``log`` scale what was never seen (p = 0) is the upper end of its
    interval alone, a hollow triangle. The scale reaches to ``top`` at the least.
    """
    if any(isinstance(value, str) for value in x):
        return _dots(axes, x, lines, xlabel, rung, log)
    dressed(axes)
    x = np.asarray(x, float)
    floor = floor_of(lines) if log else 0.0
    shade = 0.14 if len(lines) < 5 else 0.08
    for (tint, marker), (_, p, low, high) in zip(_looks(lines), _arrays(lines), strict=True):
        axes.fill_between(x, np.maximum(low, floor), high, color=tint, alpha=shade, linewidth=0)
        if log:
            axes.plot(x[p <= 0], high[p <= 0], "v", color=tint, markersize=4, markerfacecolor="white")
            p = np.where(p > 0, p, np.nan)
        axes.plot(x, p, color=tint, linewidth=1.5, marker=marker, markersize=3.6, markeredgewidth=0, clip_on=False, zorder=3)
    room = 0.025 * float(np.ptp(x)) or 0.5
    axes.set(xlim=(x.min() - room, x.max() + room), ylim=(0, max(top, top_of(lines))), xlabel=xlabel, ylabel=_of(rung))
    if len(x) <= FEW and (x == x.round()).all():
        axes.set_xticks(x)
    if log:
        logged(axes.yaxis, axes.set_yscale, axes.set_ylim, floor, lines)
    at = len(x) - 1 if label_x is None else int(np.argmin(np.abs(x - label_x)))
    share = (x[at] - x.min() + room) / (np.ptp(x) + 2 * room)
    names, tints = _names(lines)
    end_labels(axes, [line[1][at] for line in lines], names, tints, x=share)
    return axes


def _of(rung):
    """What a scale of P(peak ≥ ``rung``) is called."""
    return f"P(peak ≥ {rung})"


def _names(lines):
    """The labels of lines, and their colours."""
    return [line[0] for line in lines], [look.colour for look in _looks(lines)]


def _looks(lines):
    """How each line is drawn."""
    return looks([line[0] for line in lines])


def _arrays(lines):
    """The lines, their numbers as arrays."""
    return [(line[0], *(np.asarray(values, float) for values in line[1:])) for line in lines]


def top_of(lines: Lines) -> float:
    """The upper end of a scale of probabilities that shows all intervals and never more than 1."""
    highest = max(float(np.nanmax(line[3])) for line in lines)
    return 1.02 if highest > 0.85 else max(1.12 * highest, 1e-6)


def floor_of(lines: Lines) -> float:
    """The lower end of a log scale: below every probability that was seen, and every upper end of one that was not."""
    ends = np.concatenate([np.where(np.asarray(line[1]) > 0, line[2], line[3]) for line in lines]).astype(float)
    return float(0.5 * ends[ends > 0].min()) if (ends > 0).any() else 1e-9


def logged(axis: Axis, scale: Callable, limits: Callable, floor: float, lines: Lines) -> None:
    """Put ``axis`` on a log scale from ``floor``, its ticks at powers of ten, or closer where there are fewer than three."""
    highest = min(1.0, 1.5 * max(float(np.nanmax(line[3])) for line in lines))
    scale("log")
    limits(floor, highest)
    if highest / floor > 300:
        axis.set_major_formatter(LogFormatterMathtext())
        axis.set_minor_formatter(NullFormatter())
    else:
        axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        axis.set_major_formatter(lambda value, _: f"{value:g}")
        axis.set_minor_formatter(NullFormatter())


def _dots(axes, words, lines, xlabel, rung, log=False):
    """The dot plot: a row a word, a point with whiskers an alternative."""
    dressed(axes, grid="x")
    floor = floor_of(lines) if log else 0.0
    tints = looks_of([line[0] for line in lines], words)
    for y, some, (_, p, low, high) in zip(heights(len(words), len(lines)), tints, _arrays(lines), strict=True):
        axes.hlines(y, np.maximum(low, floor), high, color=[look.colour for look in some], linewidth=1.2)
        for value, end, height, (tint, marker) in zip(p, high, y, some, strict=True):
            if log and value <= 0:
                axes.plot(end, height, "<", color=tint, markersize=4.5, markerfacecolor="white")
            else:
                axes.plot(value, height, marker, color=tint, markersize=4.5, clip_on=False, zorder=3)
    for row in range(1, len(words)):
        axes.axhline(row - 0.5, color=GREY, linewidth=0.3, alpha=0.5)
    axes.set_yticks(np.arange(len(words))[::-1], [word.replace("_", " ") for word in words])
    axes.tick_params(axis="y", length=0)
    axes.set(ylim=(-0.6, len(words) - 0.4), xlim=(0, top_of(lines)), ylabel=xlabel)
    if log:
        logged(axes.xaxis, axes.set_xscale, axes.set_xlim, floor, lines)
    axes.set_xlabel(_of(rung))
    return axes


def looks_of(names: Sequence[str], words: Sequence[str]) -> list[list[Look]]:
    """The looks of the points of lines called ``names`` at ``words``, a list a line: of one line, mechanisms have their own."""
    if len(names) == 1 and any(word.replace(" ", "_") in OWN for word in words):
        return [looks(words)]
    return [[look] * len(words) for look in looks(names)]


def heights(words: int, lines: int) -> np.ndarray:
    """The heights of the points of each line of a dot plot, from the top down: [lines, words]."""
    offsets = (np.arange(lines) - (lines - 1) / 2) * -min(0.22, 0.66 / lines)
    return np.arange(words)[::-1] + offsets[:, None]


def escalation_by_rung(axes: Axes, lines: Lines, log: bool = False) -> Axes:
    """P(peak ≥ r) by rung, one curve an alternative, with whiskers; the rungs that every run reached are named and not drawn.

    ``lines`` is a list of (label, p, low, high), each an array of nine. On a ``log`` scale what was never seen (p = 0) is
    drawn as the whisker's upper end alone; the scale stays linear where what was seen spans less than a power of ten.
    """
    dressed(axes)
    start = beyond(lines)
    rungs, lines = (
        np.arange(start, WAR + 1),
        [(line[0], *(values[start - 1 :] for values in line[1:])) for line in _arrays(lines)],
    )
    floor = floor_of(lines)
    log = log and 1e-9 < floor < 0.1 * top_of(lines)
    floor = floor if log else 0.0
    for i, ((tint, marker), (_, p, low, high)) in enumerate(zip(_looks(lines), lines, strict=True)):
        x = rungs + (i - (len(lines) - 1) / 2) * min(0.1, 0.4 / len(lines))
        axes.vlines(x, np.maximum(low, floor), high, color=tint, linewidth=1.2)
        if log:
            axes.plot(x[p <= 0], high[p <= 0], "v", color=tint, markersize=4, markerfacecolor="white")
            p = np.where(p > 0, p, np.nan)
        axes.plot(x, p, color=tint, lw=1.3, marker=marker, markersize=3.6, clip_on=False, zorder=3)
    if log:
        axes.set_yscale("log")
        axes.yaxis.set_major_formatter(LogFormatterMathtext() if floor < 1e-4 else lambda value, _: f"{value:g}")
        axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set(ylim=(floor, (1.3 if log else 1.0) * top_of(lines)), xlim=(start - 0.3, WAR + 0.3), ylabel="P(peak ≥ rung)")
    axes.set_xticks(rungs, [f"{r}\n{SHORT[r]}" for r in rungs])
    axes.tick_params(axis="x", labelsize=NOTE, labelcolor=INK)
    end_labels(axes, [line[1][-1] for line in lines], *_names(lines))
    return axes


def beyond(lines: Lines) -> int:
    """The first rung that is not reached in all runs of all lines: what follows the opening."""
    return next((rung for rung in range(1, WAR) if any(line[1][rung - 1] < 1.0 for line in lines)), WAR)


def opened(lines: Lines) -> str:
    """What a figure says of the rungs it does not draw."""
    start = beyond(lines)
    return f"Rungs 1 to {start - 1} are reached in every run." if start > 1 else ""
