"""How much lines differ from the first one on the same chances: what their own intervals, drawn alone, would hide."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from sim.plotting.escalation_curve import Lines
from sim.plotting.numbers import listed
from sim.plotting.style import INK, TEXT, Look, dressed, looks

SAID = "Differences: of the same runs, 95 % intervals that hold all at once (Bonferroni); hollow: not told from zero."
BANDS = 25  # values from which on intervals are drawn as bands


def gap_panel(axes: Axes, x: np.ndarray, lines: Lines, named: str) -> Axes:
    """The differences ``lines``, (name, value, low, high) each as long as the numbers ``x``, from the line called ``named``.

    Hollow: zero lies within the interval. All ``lines`` of the figure must be given, the first too (NaN): it fixes the looks.
    """
    dressed(axes)
    axes.axhline(0, color=INK, linewidth=0.9, zorder=1.5)
    step, span = float(np.min(np.diff(x))), float(np.ptp(x))
    apart = min(0.12 * step, 0.012 * span) if len(x) <= BANDS else 0.0
    for i, (look, (_, value, low, high)) in enumerate(zip(looks([line[0] for line in lines]), lines, strict=True)):
        at = x + apart * (i - len(lines) / 2)
        if apart:
            axes.vlines(at, low, high, color=look.colour, linewidth=1.1)
        else:
            axes.fill_between(at, low, high, color=look.colour, alpha=0.15, linewidth=0)
        axes.plot(at, value, color=look.colour, linewidth=0.6)
        points(axes, at, value, told(low, high), look)
    axes.set_title(f"difference from {named}", loc="left", fontsize=TEXT, color=INK, pad=4)
    return axes


def gap_rows(axes: Axes, y: np.ndarray, lines: Lines, tints: Sequence[Sequence[Look]]) -> Axes:
    """The same along words, a row each: ``y`` are the heights of every line's points and ``tints`` their looks."""
    dressed(axes, grid="x")
    axes.axvline(0, color=INK, linewidth=0.9, zorder=1.5)
    for heights, (_, value, low, high), some in zip(y, lines, tints, strict=True):
        axes.hlines(heights, low, high, color=[look.colour for look in some], linewidth=1.1)
        for k, look in enumerate(some):
            one = slice(k, k + 1)
            points(axes, value[one], heights[one], told(low, high)[one], look)
    axes.locator_params(axis="x", nbins=4)
    axes.set_yticks([])
    return axes


def points(axes: Axes, x: np.ndarray, y: np.ndarray, sure: np.ndarray, look: Look) -> None:
    """Markers, hollow where not ``sure``."""
    there = np.isfinite(x) & np.isfinite(y)
    for some, face in ((sure & there, look.colour), (~sure & there, "white")):
        style: dict[str, Any] = {"color": look.colour, "markerfacecolor": face, "markersize": 3.6, "markeredgewidth": 0.8}
        if some.any():  # a line without points would claim the corner of the page
            axes.plot(x[some], y[some], look.marker, clip_on=False, zorder=3, linestyle="", **style)


def told(low: ArrayLike, high: ArrayLike) -> np.ndarray:
    """Where an interval leaves out zero; not where there is none (NaN)."""
    return (np.asarray(low) > 0) | (np.asarray(high) < 0)


def sentence(names: Sequence[str], gaps: Sequence[np.ndarray] | np.ndarray, against: str) -> str:
    """What the differences ``gaps`` of lines from the one called ``against`` say; each [values, 3], NaN where there is none."""
    known = [(name, gap[np.isfinite(gap[:, 1])]) for name, gap in zip(names, gaps, strict=True)]
    known = [(name, gap) for name, gap in known if len(gap)]
    parts = [
        _listed("less likely", known, lambda gap: gap[:, 2] < 0),
        _listed("more likely", known, lambda gap: gap[:, 1] > 0),
        ", ".join(name or "any value" for name, gap in known if not told(gap[:, 1], gap[:, 2]).any()),
    ]
    parts[2] = parts[2] and f"not told apart by these runs: {parts[2]}"
    return f"On the same chances as {against}: {'; '.join(filter(None, parts))}."


def _listed(words, known, holds):
    """``words`` and the lines for which something ``holds`` at some values, by at how many; a line may have no name."""
    found: dict[tuple[int, int], list[str]] = {}
    for name, gap in known:
        if k := int(np.sum(holds(gap))):
            found.setdefault((k, len(gap)), []).append(name)
    parts = [" ".join(filter(None, [_with(found[at]), _at(*at)])) for at in sorted(found, reverse=True)]
    return f"{words} {', '.join(parts)}" if found else ""


def _with(names):
    """Some lines, named: "with one, two and three"."""
    return f"with {listed(names)}" if all(names) else ""


def _at(k, n):
    """At ``k`` of ``n`` values."""
    return "" if n == 1 else f"at all {n} values" if k == n else f"at {k} of {n} values"
