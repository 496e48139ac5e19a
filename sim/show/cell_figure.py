"""The figure of a sweep: the probability of escalation over its cells."""

import itertools

import numpy as np

from sim.show.cells import MOST_PANELS, along, kind, numeric
from sim.show.curves import escalation_along, escalation_by_rung
from sim.show.first_order import CROWD, MOST_DOTS, first_order_panel, moves
from sim.show.heat import heat_map
from sim.show.style import NOTE, headed, page, plot, titled
from sim.show.words import readable


def cells_figure(found, title, curve, contour=0.0, log=False):
    """The figure, and what its small print must say beside the design: see ``kind`` for which of them it is.

    ``curve`` is what a design of one cell shows: P(peak >= r) for r = 1 to 9 and the ends of its intervals, nine each.
    """
    shape, title = kind(found, log), _cut(title, 56)
    if shape == "curve":
        figure, axes = plot()
        escalation_by_rung(axes, [("all runs", *curve)], log)
        said = ""
    elif shape == "maps":
        figure, said = _maps(found, contour, title)
    elif shape == "lines":
        figure, said = _lines(found, log), ""
    elif shape == "rows":
        figure, said = _rows(found, log), ""
    else:
        figure, said = _one_by_one(found, title, log)
    if shape == "rows":
        headed(figure, f"{title}: probability of escalation")
    if shape in ("curve", "lines"):
        titled(figure.axes[0], f"{title}: probability of escalation")
    return figure, said


def _called(axis, value):
    """A value as a line or a panel is called: words as they are, a number after its axis."""
    return readable(value) if isinstance(value, str) else f"{readable(axis)} {value:.3g}"


def _lines(found, log):
    """One line for each combination of the other axes, along the one with the most numbers (or words)."""
    values, at = found.values, dict(zip(found.labels, found.chances, strict=True))
    longest = along(found.axes, values)
    rest = [axis for axis in found.axes if axis != longest]
    lines = []
    for point in itertools.product(*(values[axis] for axis in rest)):
        fixed = dict(zip(rest, point, strict=True))
        keys = [tuple((fixed | {longest: x})[axis] for axis in found.axes) for x in values[longest]]
        lines.append((", ".join(map(_called, rest, point)), *np.array([at[key] for key in keys]).T))
    left = 0.1 if numeric(values[longest]) else 0.22
    figure, axes = plot(box=(left, 0.2, 0.96 - left, 0.69))
    x = [readable(value) if isinstance(value, str) else value for value in values[longest]]
    escalation_along(axes, x, lines, readable(longest), found.rung, log=log)
    return figure


def _rows(found, log):
    """A row a cell, where the cells are a short list and no grid."""
    words = [", ".join(readable(v) if isinstance(v, str) else f"{v:.3g}" for v in label) for label in found.labels]
    words = _told_apart([_cut(word, 48) for word in words])
    height = max(4.5, 1.7 + 0.17 * len(words))
    left = min(0.5, 0.04 + 0.0095 * max(map(len, words)))
    figure, axes = plot(page(height=height), (left, 0.9 / height, 0.96 - left, 1 - 1.4 / height))
    escalation_along(axes, words, [("", *found.chances.T)], "", found.rung, log=log)
    return figure


def _cut(text, most):
    """``text`` of at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 2].rstrip()} …"


def _told_apart(words):
    """Words that were shortened, with their number where two are the same."""
    return [word if words.count(word) == 1 else f"{word} ({i})" for i, word in enumerate(words)]


def _maps(found, contour, title):
    """A heat map over the two axes of numbers, one for each combination of the others; and how sure its cells are."""
    values, at = found.values, dict(zip(found.labels, found.chances[:, 0], strict=True))
    x, y = sorted((axis for axis in found.axes if numeric(values[axis])), key=lambda axis: -len(values[axis]))
    others = [axis for axis in found.axes if axis not in (x, y)]
    panels = list(itertools.product(*(values[axis] for axis in others)))
    columns = min(3, len(panels))
    rows = -(-len(panels) // columns)
    figure = page(3.2 + 3.8 * columns, 1.2 + 3.4 * rows) if len(panels) > 1 else page()
    for i, point in enumerate(panels):
        axes, here = figure.add_subplot(rows, columns, i + 1), dict(zip(others, point, strict=True))
        keys = [[tuple((here | {x: u, y: v})[axis] for axis in found.axes) for u in values[x]] for v in values[y]]
        p, top = [[at[key] for key in row] for row in keys], found.chances[:, 0].max() or None
        heat_map(axes, values[x], values[y], p, readable(x), readable(y), contour or None, f"P(peak ≥ {found.rung})", top)
        titled(axes, ", ".join(map(_called, others, point)) or f"{title}: probability of escalation")
    if len(panels) > 1:
        headed(figure, f"{title}: probability of escalation")
    figure.subplots_adjust(
        left=0.1, right=0.91 if len(panels) == 1 else 0.95, bottom=0.2 / rows, top=0.9 - (len(panels) > 1) * 0.1 / rows,
        wspace=0.45, hspace=0.45,
    )  # fmt: skip
    return figure, _widest(found)


def _one_by_one(found, title, log):
    """A panel an axis, those first along which the mean moves most; and how to read it."""
    p, columns = found.chances[:, 0], {axis: [label[i] for label in found.labels] for i, axis in enumerate(found.axes)}
    shown = sorted(found.axes, key=lambda axis: -moves(columns[axis], p))[:MOST_PANELS]
    across = 2 if len(shown) in (2, 4) else min(3, len(shown))
    down = -(-len(shown) // across)
    crowded = any(len(set(columns[axis])) > CROWD for axis in shown if isinstance(columns[axis][0], str))
    height, first = 1.5 + (3.2 if crowded else 2.2) * down + 0.6 * crowded, None
    figure = page(height=height)
    for i, axis in enumerate(shown):
        first = axes = figure.add_subplot(down, across, i + 1, sharey=first)
        first_order_panel(axes, columns[axis], p, log)
        axes.set_xlabel(readable(axis), fontsize=NOTE)
        if i % across == 0:
            axes.set_ylabel(f"P(peak ≥ {found.rung})", fontsize=NOTE)
    if not log:
        first.set_ylim(0, 1.06 * p.max() or 1)
    low, top = (1.15 + 0.7 * crowded) / height, 1 - 0.45 / height
    figure.subplots_adjust(
        left=0.09 + 0.03 * log, right=0.98, bottom=low, top=top, wspace=0.3 + 0.1 * log, hspace=0.8 if crowded else 0.6
    )
    headed(figure, f"{title}: probability of escalation")
    return figure, _reading(found, len(shown), log)


def _reading(found, shown, log):
    """How to read a page of one axis at a time."""
    n = len(found.labels)
    every, never = -(-n // MOST_DOTS), int((found.chances[:, 0] <= 0).sum())
    dots = "Grey: cells" if every == 1 else f"Grey: one cell in {every}"
    said = [f"{dots}; orange: mean of the cells along one axis, over all values of the others."]
    if shown < len(found.axes):
        said.append(f"Shown: the {shown} of {len(found.axes)} axes along which it moves most.")
    if log and never:
        said.append(f"{never} of {n} cells never saw it and lie below the scale.")
    return " ".join([*said, _widest(found)])


def _widest(found):
    """How sure the cells are that are drawn without intervals."""
    low, high = found.chances[np.argmax(found.chances[:, 2] - found.chances[:, 1]), 1:]
    return f"The widest interval of a cell is {low:.2g} to {high:.2g}."
