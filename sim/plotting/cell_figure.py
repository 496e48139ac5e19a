"""The figure of a sweep: the probability of escalation over its cells."""

import itertools
from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from sim.plotting.cells import MOST_PANELS, Cells, along, kind, numeric
from sim.plotting.escalation_curve import escalation_along, escalation_by_rung, heights, looks_of, opened
from sim.plotting.heat_map import heat_map
from sim.plotting.names import cut, event, readable
from sim.plotting.one_at_a_time import CROWD, MOST_DOTS, first_order_panel, moves
from sim.plotting.paired_panel import SAID, gap_panel, gap_rows, sentence
from sim.plotting.style import NOTE, asked, key, page, plot, titled


def cells_figure(found: Cells, curve: Sequence[Sequence[float]], contour: float = 0.0, log: bool = False) -> tuple[Figure, str]:
    """The figure, and what its small print must say beside the design: see ``kind`` for which of them it is.

    ``curve`` is what a design of one cell shows: P(peak >= r) for r = 1 to 9 and the ends of its intervals, nine each.
    """
    shape = kind(found, log)
    if shape == "curve":
        return _curve(curve)
    if shape == "maps":
        return _maps(found, contour)
    if shape == "lines":
        return _lines(found, log)
    return _rows(found, log) if shape == "rows" else _one_by_one(found, log)


def _question(found):
    """What a figure answers."""
    return f"How likely is {event(found.rung)}, by {' and '.join(found.words.values())}?"


def _curve(curve):
    """Rung by rung, where there is one cell."""
    figure, axes = plot()
    escalation_by_rung(axes, [("", *curve)], log=True)
    asked(figure, "How far does it climb?")
    return figure, opened([("", *curve)])


def _called(found, axis, value):
    """A value as a line or a panel is called: words as they are, a number after its axis."""
    return readable(value) if isinstance(value, str) else f"{found.words[axis]} {value:.6g}"


def _lines(found, log):
    """One line for each combination of the other axes, along the one with the most numbers (or words)."""
    values, at = found.values, {label: i for i, label in enumerate(found.labels)}
    longest = along(found.axes, values)
    rest = [axis for axis in found.axes if axis != longest]
    names, cells = [], []
    for point in itertools.product(*(values[axis] for axis in rest)):
        fixed = dict(zip(rest, point, strict=True))
        cells.append([at[tuple((fixed | {longest: x})[axis] for axis in found.axes)] for x in values[longest]])
        names.append(", ".join(_called(found, axis, value) for axis, value in zip(rest, point, strict=True)))
    first = names[0] or _called(found, longest, values[longest][0])
    if numeric(values[longest]):
        return _curves(found, np.array(values[longest], float), names, cells, found.words[longest], first, log), _paired(found)
    return _dots(found, list(map(readable, values[longest])), names, cells, found.words[longest], first, log), _paired(found)


def _paired(found):
    """How the differences are to be read, where they are drawn."""
    return SAID if found.gaps is not None else ""


def _curves(found, x, names, cells, xlabel, first, log):
    """Lines over numbers; under them, where they are known, their differences from the first on the same chances."""
    lines, gaps = _told(found.chances, names, cells), _gaps(found, names, cells)
    figure = page(height=6.3 if gaps else 4.5)
    height = figure.get_figheight()
    top = 1 - (asked(figure, _question(found), _answer(found, names, cells, first)) + 0.12) / height
    low = (2.9 if gaps else 0.95) / height
    axes = escalation_along(
        figure.add_axes((0.11, low, 0.86, top - low)), x, lines, "" if gaps else xlabel, found.rung, log=log
    )
    if gaps:
        box = axes.get_position()
        under = gap_panel(figure.add_axes((box.x0, 1.0 / height, box.width, 1.6 / height)), x, gaps, first)
        under.set(xlim=axes.get_xlim(), xlabel=xlabel)
        axes.tick_params(labelbottom=False)
    return figure


def _dots(found, words, names, cells, ylabel, first, log):
    """A row a word; beside it, where they are known, the differences from the first on the same chances."""
    lines, gaps = _told(found.chances, names, cells), _gaps(found, names, cells)
    figure = page(height=max(4.5, 1.9 + 0.17 * len(words) * min(4, len(names))))
    height = figure.get_figheight()
    said = _answer(found, names, cells, first, words if len(names) == 1 else ())
    down = asked(figure, _question(found), said)
    if len(names) > 1:
        down = key(figure, down + 0.04, _meaning(found, ylabel), [cut(name, 40) for name in names])
    top = 1 - (down + 0.12) / height
    left, low = min(0.5, 0.05 + 0.0095 * max(map(len, words))) + 0.03 * bool(ylabel), 0.95 / height
    wide = (0.96 - left) / (2 if gaps else 1)
    axes = figure.add_axes((left, low, wide - 0.02, top - low))
    escalation_along(axes, words, lines, ylabel, found.rung, log=log)
    if gaps:
        beside = figure.add_axes((left + wide + 0.02, low, wide - 0.02, top - low))
        rows = heights(len(words), len(names)), gaps, looks_of(names, words)
        gap_rows(beside, *rows).set(ylim=axes.get_ylim(), xlabel=f"difference from {first}")
        axes.locator_params(axis="x", nbins=5)
    return figure


def _meaning(found, along_):
    """What the lines stand for: the axes that do not run ``along_``."""
    return ", ".join(words for words in found.words.values() if words != along_)


def _told(numbers, names, cells):
    """Lines of a table [cells, 3]: (name, value, low, high)."""
    return [(name, *numbers[some].T) for name, some in zip(names, cells, strict=True)]


def _gaps(found, names, cells):
    """The lines of the differences; none where they are not known."""
    return [] if found.gaps is None else _told(found.gaps, names, cells)


def _answer(found, names, cells, first, words=()):
    """What the differences say; of one line along ``words``, of each of them."""
    if found.gaps is None:
        return ""
    if words:  # of one line: a value is an alternative
        return sentence(words, found.gaps[cells[0], None], first)
    return sentence(names, [found.gaps[some] for some in cells], first)


def _rows(found, log):
    """A row a cell, where the cells are a short list and no grid."""
    words = [", ".join(readable(v) if isinstance(v, str) else f"{v:.6g}" for v in label) for label in found.labels]
    words = _told_apart([cut(word, 48) for word in words])
    return _dots(found, words, [""], [list(range(len(words)))], "", words[0], log), _paired(found)


def _told_apart(words):
    """Words that were shortened, with their number where two are the same."""
    return [word if words.count(word) == 1 else f"{word} ({i})" for i, word in enumerate(words)]


def _maps(found, contour):
    """A heat map over the two axes of numbers, one for each combination of the others; and how sure its cells are."""
    values, at = found.values, dict(zip(found.labels, found.chances[:, 0], strict=True))
    x, y = sorted((axis for axis in found.axes if numeric(values[axis])), key=lambda axis: -len(values[axis]))
    others = [axis for axis in found.axes if axis not in (x, y)]
    panels = list(itertools.product(*(values[axis] for axis in others)))
    columns = min(3, len(panels))
    rows = -(-len(panels) // columns)
    figure = page(3.2 + 3.8 * columns, 1.5 + 3.4 * rows) if len(panels) > 1 else page()
    top, ends = asked(figure, _question(found)) / figure.get_figheight(), (found.chances[:, 0].min(), found.chances[:, 0].max())
    for i, point in enumerate(panels):
        axes, here = figure.add_subplot(rows, columns, i + 1), dict(zip(others, point, strict=True))
        keys = [[tuple((here | {x: u, y: v})[axis] for axis in found.axes) for u in values[x]] for v in values[y]]
        p, label = [[at[key] for key in row] for row in keys], f"P(peak ≥ {found.rung})"
        heat_map(axes, values[x], values[y], p, found.words[x], found.words[y], contour or None, label, ends)
        titled(axes, ", ".join(_called(found, axis, value) for axis, value in zip(others, point, strict=True)))
    figure.subplots_adjust(
        left=0.1, right=0.91 if len(panels) == 1 else 0.95, bottom=0.2 / rows, top=0.98 - top - 0.3 / figure.get_figheight(),
        wspace=0.45, hspace=0.45,
    )  # fmt: skip
    return figure, _widest(found)


def _one_by_one(found, log):
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
        axes.set_xlabel(found.words[axis], fontsize=NOTE)
        if i % across == 0:
            axes.set_ylabel(f"P(peak ≥ {found.rung})", fontsize=NOTE)
    if first is not None and not log:
        first.set_ylim(0, 1.06 * p.max() or 1)
    top = 1 - (asked(figure, f"What moves the chance of {event(found.rung)}?") + 0.1) / height
    low = (1.15 + 0.7 * crowded) / height
    figure.subplots_adjust(
        left=0.09 + 0.03 * log, right=0.98, bottom=low, top=top, wspace=0.3 + 0.1 * log, hspace=0.8 if crowded else 0.6
    )
    return figure, _reading(found, len(shown), log)


def _reading(found, shown, log):
    """How to read a page of one axis at a time."""
    n = len(found.labels)
    every, never = -(-n // MOST_DOTS), int((found.chances[:, 0] <= 0).sum())
    dots = "Grey: cells" if every == 1 else f"Grey: one cell in {every}"
    said = [f"{dots}; black: mean of the cells along one axis, with its 95 % interval over them (Student)."]
    if shown < len(found.axes):
        said.append(f"Shown: the {shown} of {len(found.axes)} axes along which it moves most.")
    if log and never:
        said.append(f"{never} of {n} cells never saw it and lie below the scale.")
    return " ".join([*said, _widest(found)])


def _widest(found):
    """How sure the cells are that are drawn without intervals."""
    low, high = found.chances[np.argmax(found.chances[:, 2] - found.chances[:, 1]), 1:]
    return f"The widest 95 % interval of a cell is {low:.2g} to {high:.2g}."
