"""A probability over two swept axes."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from sim.plotting.style import GREY, INK, NOTE, TEXT, dressed

CELLS = 80  # up to so many cells are annotated
TICKS = 12  # at most so many ticks an axis
UNEVEN = 0.1  # of a step: what short decimals may move it
MAP = "viridis"  # perceptually uniform, light against dark in print without colour too


def heat_map(
    axes: Axes,
    x: Sequence,
    y: Sequence,
    p: ArrayLike,
    xlabel: str,
    ylabel: str,
    contour: float | None = None,
    label: str = "probability",
    ends: tuple[float, float] | None = None,
    scale: bool = True,
) -> Axes:
    """``p`` [len(y), len(x)] as coloured cells over the values ``x`` and ``y``, numbers or words.

    Cells are of equal size whatever the steps between values. The colours span ``ends``, or what there is in ``p``.
    ``contour`` is a probability whose line is drawn, between the cells where they are few enough to be annotated, and marked
    on the colour bar, which ``label`` names and which is drawn where a ``scale`` is wanted.
    """
    p = np.ma.masked_invalid(np.asarray(p, float))
    dressed(axes, grid="")
    image = axes.pcolormesh(np.arange(len(x)), np.arange(len(y)), p, cmap=MAP, shading="nearest")
    image.set_clim(*_ends(p, ends))
    axes.set_facecolor("#F0F0F0")
    axes.set(xlabel=xlabel, ylabel=ylabel)
    _ticks(axes.xaxis, x)
    _ticks(axes.yaxis, y)
    within = contour is not None and p.min() < contour < p.max()
    if p.size <= CELLS:
        _annotate(axes, p, image)
    if within and (p.size <= CELLS or min(p.shape) < 2):
        _steps(axes, p, contour)
    elif within:
        _line(axes, p, contour)
    if scale:
        _bar(axes, image, label, contour if within else None)
    return axes


def _bar(axes, image, label, contour):
    """The colour bar, beside the cells."""
    bar = axes.figure.colorbar(image, cax=axes.inset_axes((1.02, 0.0, 0.04, 1.0)))
    bar.set_label(label, fontsize=TEXT, color=INK)
    bar.ax.tick_params(labelsize=TEXT, color=GREY, labelcolor=INK, length=3, width=0.7)
    if contour is not None:
        bar.ax.axhline(contour, color="white", linewidth=1.6)
    bar.outline.set_visible(False)


def _ends(p, ends):
    """The ends of the colour scale, apart even where all is the same."""
    low, high = ends or ((float(p.min()), float(p.max())) if p.count() else (0.0, 1.0))
    return (low, high) if high > low else (0.0, max(2.0 * low, 1e-6))


def _even(values):
    """Whether numbers are evenly spaced, but for what shortening them to decimals moves."""
    return float(np.ptp(np.diff(values))) < UNEVEN * abs(float(np.mean(np.diff(values))))


def _ticks(axis, values):
    """Ticks at the cells; where these are too many to be read, at round numbers between them if their steps are even."""
    texts = [v.replace("_", " ") if isinstance(v, str) else f"{v:.4g}" for v in values]
    most = min(TICKS, _room(axis, texts))
    if len(values) > most and all(not isinstance(v, str) for v in values) and _even(values):
        step, round_ = (values[-1] - values[0]) / (len(values) - 1), MaxNLocator(min(8, most), steps=[1, 2, 5, 10])
        found = [v for v in round_.tick_values(values[0], values[-1]) if -0.01 < (v - values[0]) / step < len(values) - 0.99]
        axis.set_ticks([(v - values[0]) / step for v in found], [f"{v:.6g}" for v in found])
        return
    places = range(0, len(values), -(-len(values) // most))
    axis.set_ticks(list(places), [texts[i] for i in places])


def _room(axis, texts):
    """How many ``texts`` find room along an axis."""
    box = axis.axes.bbox
    inches = (box.width if axis.axis_name == "x" else box.height) / axis.axes.figure.dpi
    each = 0.6 * max(map(len, texts)) + 1.0 if axis.axis_name == "x" else 1.4
    return max(2, int(inches / (each * TEXT / 72)))


def _annotate(axes, p, image):
    """The value in every cell, light on dark and dark on light."""
    small = p.shape[1] > 10
    for (row, column), value in np.ndenumerate(p):
        if np.ma.is_masked(p[row, column]):
            continue
        red, green, blue, _ = image.cmap(image.norm(value))
        ink = "white" if 0.299 * red + 0.587 * green + 0.114 * blue < 0.5 else INK
        axes.text(column, row, written(value), ha="center", va="center", color=ink, fontsize=NOTE - 0.8 * small)


def written(p: float) -> str:
    """A probability in two figures: ".034", ".50", "1", "<.001"."""
    if p <= 0 or p >= 0.995:
        return f"{p:.0f}"
    return "<.001" if p < 0.0005 else f"{p:.{2 if p >= 0.0995 else 3}f}"[1:]


def _steps(axes, p, level):
    """The border between cells below ``level`` and at or above it."""
    high, known = p.filled(0.0) >= level, ~np.ma.getmaskarray(p)
    pairs = []
    for row, column in np.argwhere((high[:, 1:] != high[:, :-1]) & known[:, 1:] & known[:, :-1]):
        pairs.append([(column + 0.5, row - 0.5), (column + 0.5, row + 0.5)])
    for row, column in np.argwhere((high[1:] != high[:-1]) & known[1:] & known[:-1]):
        pairs.append([(column - 0.5, row + 0.5), (column + 0.5, row + 0.5)])
    axes.add_collection(LineCollection(pairs, colors="white", linewidths=1.8, capstyle="round"))


def _line(axes, p, level):
    """The line of a probability, named."""
    lines = axes.contour(p.filled(np.nan), levels=[level], colors="white", linewidths=1.6)
    names = axes.clabel(lines, fmt={level: f"{written(level)}"}, fontsize=TEXT, inline=True)
    for name in names:
        name.set_fontweight("bold")
