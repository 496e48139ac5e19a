"""What a reader of a figure would stumble over: texts cut off or on top of each other, colours twice, names out of order.

A test asks for ``flaws`` and requires ``flaws(figure) == []``.
"""

from itertools import combinations, pairwise

import numpy as np
import pytest
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from sim.plotting.labels import NAME
from sim.plotting.style import GREY, KEY

TOUCH = 1.0  # pixels by which the boxes of two texts may overlap: they hold the room of letters that are not there


@pytest.fixture(scope="session")
def flaws():
    """The function from a figure to all that is wrong with it, a sentence each: an empty list for a good one."""
    return _flaws


def _flaws(figure):
    figure.canvas.draw()
    keys = _alike(text for text in figure.texts if text.get_gid() == KEY)
    apart = [*_beyond(figure), *_overlapping(figure), *_axes_astray(figure)]
    return [*apart, *keys, *(flaw for axes in figure.axes for flaw in _misleading(axes))]


def _texts(figure):
    """The texts a figure shows, as pairs of the text and its box in pixels; tick labels only of ticks within the axes."""
    every = {id(text): text for text in figure.findobj(Text)}
    for axes in (panel for one in figure.axes for panel in (one, *one.child_axes)):
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            slack = 1e-9 * (high - low)
            for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
                if not (
                    axes.get_visible() and axes.axison and axis.get_visible() and low - slack <= tick.get_loc() <= high + slack
                ):
                    every.pop(id(tick.label1), None)
                    every.pop(id(tick.label2), None)
    shown = [text for text in every.values() if text.get_visible() and text.get_text().strip()]
    return [(text.get_text(), _box(text)) for text in shown]


def _box(text):
    """The box of a text in pixels, without an annotation's arrow; of one aslant, a strip, only its left edge."""
    box = Text.get_window_extent(text)
    if text.get_rotation() % 90 == 0:
        return box
    return Bbox.from_bounds(box.x0, box.y0, 2 * TOUCH, box.height)


def _beyond(figure):
    """Texts that leave the page."""
    page = figure.bbox
    for text, box in _texts(figure):
        if box.x0 < page.x0 - TOUCH or box.y0 < page.y0 - TOUCH or box.x1 > page.x1 + TOUCH or box.y1 > page.y1 + TOUCH:
            yield f"{text!r} leaves the page"


def _overlapping(figure):
    """Texts on top of each other."""
    for (one, a), (other, b) in combinations(_texts(figure), 2):
        if min(a.x1, b.x1) - max(a.x0, b.x0) > TOUCH and min(a.y1, b.y1) - max(a.y0, b.y0) > TOUCH:
            yield f"{one!r} and {other!r} overlap"


def _axes_astray(figure):
    """Axes that leave the page, or lie on each other without being twins of one place."""
    boxes = [axes.get_window_extent() for axes in figure.axes if axes.get_visible()]
    page = figure.bbox
    for i, box in enumerate(boxes):
        if box.x0 < page.x0 - TOUCH or box.y0 < page.y0 - TOUCH or box.x1 > page.x1 + TOUCH or box.y1 > page.y1 + TOUCH:
            yield f"panel {i} leaves the page"
    for (i, a), (j, b) in combinations(enumerate(boxes), 2):
        across, up = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        if across > TOUCH and up > TOUCH and not np.allclose(a.extents, b.extents, atol=TOUCH):
            yield f"panels {i} and {j} overlap"


def _alike(names):
    """Names in one colour; grey says: told by the name alone."""
    for one, other in combinations([text for text in names if text.get_color() != GREY], 2):
        if one.get_color() == other.get_color():
            yield f"{one.get_text()!r} and {other.get_text()!r} have one colour"


def _misleading(axes):
    """Names of lines in one colour, or in another order than what they name."""
    named = [text for text in axes.texts if text.get_gid() == NAME]
    yield from _alike(named)
    names = sorted((text for text in named if text.get_color() != GREY), key=lambda text: Text.get_window_extent(text).y0)
    for lower, upper in pairwise(names):
        if _value(axes, lower) > _value(axes, upper):
            yield f"{lower.get_text()!r} stands below {upper.get_text()!r}, its line above"


def _value(axes, name):
    """What the line of that name shows where it is named; 0 where it has left a log scale."""
    (line,) = [line for line in axes.lines if line.get_color() == name.get_color() and line.get_marker() not in ("v", "<")]
    x, y = line.get_data()
    at = axes.transData.inverted().transform(axes.transAxes.transform(name.xy))[0]
    value = y[int(np.argmin(np.abs(np.asarray(x, float) - at)))]
    return 0.0 if np.isnan(value) else value
