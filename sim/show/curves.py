"""The escalation curve, P(peak ≥ rung): along a swept axis, or rung by rung, one line an alternative."""

import numpy as np
from matplotlib.ticker import LogFormatterMathtext, LogLocator, NullFormatter

from sim.game.ladder import RUNGS, WAR
from sim.show.labels import end_labels
from sim.show.style import GREY, HEAD, INK, NOTE, TEXT, dressed, looks, titled

SHORT = ("", "protest", "sanction", "alert", "militant\nattack", "border\nclash", "strike on\nmilitants", "strike on\nforces",
         "sustained\nexchange", "war")  # fmt: skip


def escalation_along(axes, x, lines, xlabel, rung, label_x=None, log=False):
    """P(peak ≥ ``rung``) against the values ``x`` of a swept parameter.

    ``lines`` is a list of (label, p, low, high), each an array as long as ``x``: estimates and the ends of their intervals.
    Numbers give lines with bands, words a dot plot with whiskers. ``label_x`` is the value of ``x`` beside which the lines
    are named, the last one where it is not given. On a ``log`` scale what was never seen (p = 0) is the upper end of its
    interval alone, a hollow triangle.
    """
    if any(isinstance(value, str) for value in x):
        return _dots(axes, x, lines, xlabel, rung, log)
    dressed(axes)
    x = np.asarray(x, float)
    floor = _floor(lines) if log else 0.0
    shade = 0.14 if len(lines) < 5 else 0.08
    for (tint, marker), (_, p, low, high) in zip(_looks(lines), _arrays(lines), strict=True):
        axes.fill_between(x, np.maximum(low, floor), high, color=tint, alpha=shade, linewidth=0)
        if log:
            axes.plot(x[p <= 0], high[p <= 0], "v", color=tint, markersize=4, markerfacecolor="white")
            p = np.where(p > 0, p, np.nan)
        axes.plot(x, p, color=tint, linewidth=1.5, marker=marker, markersize=3.6, markeredgewidth=0, clip_on=False, zorder=3)
    axes.set(xlim=(x.min(), x.max()), ylim=(0, _top(lines)), xlabel=xlabel)
    if log:
        _logged(axes.yaxis, axes.set_yscale, axes.set_ylim, floor, lines)
    axes.set_ylabel(_of(rung))
    at = len(x) - 1 if label_x is None else int(np.argmin(np.abs(x - label_x)))
    span = x.max() - x.min()
    share = (x[at] - x.min()) / span if span else 1.0
    end_labels(axes, [line[1][at] for line in lines], *_names(lines), x=share)
    return axes


def _of(rung):
    """What a scale of P(peak ≥ ``rung``) is called."""
    return f"P(peak ≥ {rung})   {RUNGS[rung]}{' or worse' if rung < WAR else ''}"


def _names(lines):
    """The labels of lines, and their colours."""
    return [line[0] for line in lines], [look.colour for look in _looks(lines)]


def _looks(lines):
    """How each line is drawn."""
    return looks([line[0] for line in lines])


def _arrays(lines):
    """The lines, their numbers as arrays."""
    return [(line[0], *(np.asarray(values, float) for values in line[1:])) for line in lines]


def _top(lines):
    """The upper end of a scale of probabilities that shows all intervals and never more than 1."""
    highest = max(float(np.nanmax(line[3])) for line in lines)
    return 1.02 if highest > 0.85 else max(1.12 * highest, 1e-6)


def _floor(lines):
    """The lower end of a log scale: below every probability that was seen, and every upper end of one that was not."""
    ends = np.concatenate([np.where(np.asarray(line[1]) > 0, line[2], line[3]) for line in lines]).astype(float)
    return float(0.5 * ends[ends > 0].min()) if (ends > 0).any() else 1e-9


def _logged(axis, scale, limits, floor, lines):
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
    rows = np.arange(len(words))[::-1]
    offsets = (np.arange(len(lines)) - (len(lines) - 1) / 2) * -min(0.22, 0.66 / len(lines))
    floor = _floor(lines) if log else 0.0
    for offset, (tint, marker), (_, p, low, high) in zip(offsets, _looks(lines), _arrays(lines), strict=True):
        y = rows + offset
        axes.hlines(y, np.maximum(low, floor), high, color=tint, linewidth=1.2)
        if log:
            axes.plot(high[p <= 0], y[p <= 0], "<", color=tint, markersize=4.5, markerfacecolor="white")
            p = np.where(p > 0, p, np.nan)
        axes.plot(p, y, marker, color=tint, markersize=4.5, clip_on=False, zorder=3)
    for row in rows[:-1]:
        axes.axhline(row - 0.5, color=GREY, linewidth=0.3, alpha=0.5)
    axes.set_yticks(rows, [word.replace("_", " ") for word in words])
    axes.tick_params(axis="y", length=0)
    axes.set(ylim=(-0.6, len(words) - 0.4), xlim=(0, _top(lines)), ylabel=xlabel)
    if log:
        _logged(axes.xaxis, axes.set_xscale, axes.set_xlim, floor, lines)
    axes.set_xlabel(_of(rung))
    if len(lines) > 1:
        head(axes, [line[0] for line in lines])
    return axes


def head(axes, names):
    """Name the alternatives in their looks in a line above the axes, from the right end."""
    x = 1.0
    for name, look in list(zip(names, looks(names), strict=True))[::-1]:
        words = {"s": f"{look.sign} {name}", "color": look.colour, "fontsize": TEXT, "ha": "right", "gid": HEAD}
        label = axes.text(x, 1.015, transform=axes.transAxes, **words)
        box = label.get_window_extent()
        x -= (box.width + TEXT * axes.figure.dpi / 72) / axes.bbox.width
    return titled(axes, axes.get_title(loc="left"))


def escalation_by_rung(axes, lines, log=False):
    """P(peak ≥ r) for r = 1 to 9, one curve an alternative, with whiskers.

    ``lines`` is a list of (label, p, low, high), each an array of nine. On a ``log`` scale what was never seen (p = 0) is
    drawn as the whisker's upper end alone; the scale stays linear where what was seen spans less than a power of ten.
    """
    dressed(axes)
    rungs, floor = np.arange(1, WAR + 1), _floor(lines) if log else 1.0
    log = floor < 0.1
    floor = floor if log else 0.0
    for i, ((tint, marker), (_, p, low, high)) in enumerate(zip(_looks(lines), _arrays(lines), strict=True)):
        x = rungs + (i - (len(lines) - 1) / 2) * min(0.1, 0.4 / len(lines))
        axes.vlines(x, np.maximum(low, floor), high, color=tint, linewidth=1.2)
        p = np.where(p > 0, p, np.nan) if log else p
        axes.plot(x, p, color=tint, lw=1.3, marker=marker, markersize=3.6, clip_on=False, zorder=3)
    if log:
        axes.set_yscale("log")
        axes.yaxis.set_major_formatter(LogFormatterMathtext() if floor < 1e-4 else lambda value, _: f"{value:g}")
        axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set(ylim=(floor, 1.05 if not log else 1.3), xlim=(0.7, WAR + 0.3), ylabel="P(peak ≥ rung)")
    axes.set_xticks(rungs, [f"{r}\n{SHORT[r]}" for r in rungs])
    axes.tick_params(axis="x", labelsize=NOTE, labelcolor=INK)
    end_labels(axes, [line[1][-1] for line in lines], *_names(lines))
    return axes
