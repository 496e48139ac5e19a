"""Where to write: labels at the ends of lines, beside points and along a strip, none on top of another."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from numpy.typing import ArrayLike

from sim.plotting.style import INK, NOTE, TEXT

NAME = "name"  # marks the names of lines
HALO = withStroke(linewidth=2.2, foreground="white")
NEAR = ((0, 1), (0, -1), (1, 0), (-1, 0), (0.5, 1), (0.5, -1), (-0.5, 1), (-0.5, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
FAR = ((0.6, 2.4), (-0.6, 2.4), (0.6, -2.4), (-0.6, -2.4))  # with a thin line back to the point
AROUND = (*NEAR, *FAR)


def spread(positions: ArrayLike, gap: float, low: float = -np.inf, high: float = np.inf) -> np.ndarray:
    """Positions at least ``gap`` apart and within [low, high], as near as can be to those given (least squares)."""
    positions = np.asarray(positions, float)
    order = np.argsort(positions, kind="stable")
    blocks = []  # pool adjacent violators: [sum, count]
    for rank, i in enumerate(order):
        blocks.append([positions[i] - rank * gap, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1] = [blocks[-1][0] + total, blocks[-1][1] + count]
    level = np.concatenate([np.full(count, total / count) for total, count in blocks] or [np.empty(0)])
    level = np.clip(level, low, max(low, high - (len(positions) - 1) * gap))
    out = np.empty(len(positions))
    out[order] = level + gap * np.arange(len(positions))
    return out


def end_labels(axes: Axes, ys: Sequence[float], texts: Sequence[str], colours: Sequence[str], x: float = 1.0) -> list[Text]:
    """Name lines at their right ends: ``texts`` at the heights ``ys`` (data), right of ``x`` (share of the axes' width).

    Call it once the limits are set. A line without a name has none.
    The labels stand in the order of the values, those too that lie below the scale (0 on a log one, at its foot).
    """
    named = sorted((line for line in zip(ys, texts, colours, strict=True) if line[1]), key=lambda line: line[0])
    ys, texts, colours = zip(*named, strict=True) if named else ((), (), ())
    height = axes.bbox.height
    points = np.array([(axes.get_xlim()[0], y) for y in ys]).reshape(-1, 2)
    pixels = axes.transData.transform(points)[:, 1] - axes.bbox.y0
    pixels = np.clip(pixels, 0, height)  # 0 on a log scale lies far below
    gap = 1.25 * TEXT * axes.figure.dpi / 72
    places = spread(pixels, gap, 0, height)
    return [
        axes.annotate(
            text, (x, pixel / height), xytext=(x + 0.035, place / height), xycoords="axes fraction", textcoords="axes fraction",
            fontsize=TEXT, color=colour, va="center", annotation_clip=False, path_effects=[HALO], gid=NAME,
            arrowprops={"arrowstyle": "-", "color": colour, "lw": 0.6, "shrinkA": 1, "shrinkB": 2, "relpos": (0, 0.5)},
        )
        for text, colour, pixel, place in zip(texts, colours, pixels, places, strict=True)
    ]  # fmt: skip


def beside(
    axes: Axes, points: Sequence[Sequence[float]] | np.ndarray, texts: Sequence[str], colours: Sequence[str], size: float = 5.0
) -> list[Text]:
    """Write ``texts`` beside ``points`` (data), the first first; one that finds no free place is left out.

    ``size`` is the radius in points of the markers at ``points``, which are kept free as well. Returns the texts written.
    """
    scale = axes.figure.dpi / 72
    centres = axes.transData.transform(points) if len(points) else np.empty((0, 2))
    taken = [(x - size * scale, y - size * scale, x + size * scale, y + size * scale) for x, y in centres]
    written = []
    for centre, text, colour in zip(centres, texts, colours, strict=True):
        if not text:
            continue
        label = axes.text(0, 0, text, fontsize=NOTE, color=colour, ha="center", va="center", zorder=6)
        box = label.get_window_extent()
        place = _free(centre, box.width, box.height, size * scale, taken, axes.bbox)
        if place is None:
            label.remove()
            continue
        taken.append(_around(place, box.width, box.height))
        label.set_position(tuple(axes.transData.inverted().transform(place)))
        written.append(label)
        if abs(place[1] - centre[1]) > box.height + 2 * size * scale:
            ends = axes.transData.inverted().transform(
                [centre, (place[0], place[1] - np.sign(place[1] - centre[1]) * box.height / 2)]
            )
            axes.plot(*ends.T, color=colour, linewidth=0.5, zorder=3)
    return written


def _free(centre, width, height, reach, taken, frame):
    """The first place around ``centre`` (pixels) where a box of that size overlaps nothing and stays in the frame."""
    for right, up in AROUND:
        x = centre[0] + right * (width / 2 + reach * 1.25)
        y = centre[1] + up * (height / 2 + reach * 1.1)
        left, low, far, top = _around((x, y), width, height)
        inside = left >= frame.x0 and far <= frame.x1 + 4 and low >= frame.y0 and top <= frame.y1 + 8
        if abs(up) > 1 and any(_crosses(centre, (x, y), box) for box in taken):
            continue
        if inside and not any(left < b[2] and far > b[0] and low < b[3] and top > b[1] for b in taken):
            return x, y
    return None


def _crosses(start, end, box):
    """Whether the line from the marker at ``start`` to ``end`` runs through another's box."""
    if box[0] <= start[0] <= box[2] and box[1] <= start[1] <= box[3]:
        return False
    steps = np.linspace(0, 1, 12)
    x, y = start[0] + steps * (end[0] - start[0]), start[1] + steps * (end[1] - start[1])
    return bool(((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).any())


def _around(place, width, height):
    """The box of that size around ``place``."""
    return place[0] - width / 2, place[1] - height / 2, place[0] + width / 2, place[1] + height / 2


def along(axes: Axes, xs: Sequence[float], texts: Sequence[str], y: float, most: int = 4) -> list[Text]:
    """Write ``texts`` under the ticks at ``xs`` (data, in order) from the height ``y`` down; returns the texts written.

    Labels that would touch are stacked in order, one a line and at most ``most``; a repeated one is counted.
    """
    clusters: list[tuple[list[float], list[str]]] = []  # pixels of the ticks, their texts
    for x, text in zip(axes.transData.transform([(x, y) for x in xs])[:, 0] if len(xs) else [], texts, strict=True):
        clusters.append(([x], [text]))
        while len(clusters) > 1 and _touching(axes, clusters[-2], clusters[-1], most):
            pixels, more = clusters.pop()
            clusters[-1] = (clusters[-1][0] + pixels, clusters[-1][1] + more)
    return [_stack(axes, cluster, y, most) for cluster in clusters]


def _touching(axes, left, right, most):
    """Whether two stacks of labels would touch."""
    return _place(axes, left, most)[1] + 5 * axes.figure.dpi / 72 > _place(axes, right, most)[0]


def _place(axes, cluster, most):
    """The left and right ends of a stack (pixels), kept within the axes."""
    pixels, texts = cluster
    half = max(len(text) for text in _lines(texts, most)) * 0.29 * NOTE * axes.figure.dpi / 72
    middle = min(max(sum(pixels) / len(pixels), axes.bbox.x0 + half), axes.bbox.x1 - half)
    return middle - half, middle + half


def _lines(texts, most):
    """Texts as the lines of a stack: one in a row told once ("3 contacts"), two on a line where they are too many."""
    runs = [(text, len(list(same))) for text, same in groupby(texts)]
    lines = [text if n == 1 else f"{n} {text}s" for text, n in runs]
    if len(lines) > most:
        lines = [", ".join(lines[i : i + 2]) for i in range(0, len(lines), 2)]
    return lines if len(lines) <= most else [*lines[: most - 2], "…", lines[-1]]


def _stack(axes, cluster, y, most):
    """Write one stack."""
    left, right = _place(axes, cluster, most)
    middle = axes.transData.inverted().transform(((left + right) / 2, 0))[0]
    text = "\n".join(_lines(cluster[1], most))
    return axes.text(middle, y, text, fontsize=NOTE, color=INK, ha="center", va="top", linespacing=1.05, zorder=5)
