"""The figure of a sweep: the probability of escalation over its cells."""

import itertools
from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from sim.plotting.cells import MOST_PANELS, Cells, along, kind, numeric
from sim.plotting.escalation_curve import escalation_along, escalation_by_rung, heights, looks_of, opened
from sim.plotting.heat_map import heat_map
from sim.plotting.multiples import READ, multiples
from sim.plotting.names import cut, event, readable
from sim.plotting.one_at_a_time import MOST_DOTS, first_order_panel, moves
from sim.plotting.paired_panel import SAID, gap_panel, gap_rows, sentence
from sim.plotting.panel_grid import TALL, names_key, panel_grid
from sim.plotting.style import INK, NOTE, TEXT, looks
from sim.plotting.wide_band import MOST_BANDS, wide_bands, wide_bars

ABREAST = 2  # heat maps beside each other


def cells_figure(found: Cells, curve: Sequence[Sequence[float]], contour: float = 0.0, log: bool = False) -> tuple[Figure, str]:
    """The figure, and what its small print must say beside the design: see ``kind`` for which of them it is.

    ``curve`` is what a design of one cell shows: P(peak >= r) for r = 1 to 9 and the ends of its intervals, nine each.
    """
    shape = kind(found, log)
    if shape == "curve":
        return _curve(curve)
    if shape == "maps":
        return _maps(found, contour)
    if shape in ("lines", "multiples"):
        return _lines(found, log, shape == "multiples")
    return _rows(found, log) if shape == "rows" else _one_by_one(found, log)


def _question(found):
    """What a figure answers."""
    return f"How likely is {event(found.rung)}, by {' and '.join(found.words.values())}?"


def _curve(curve):
    """Rung by rung, where there is one cell."""
    figure, (axes,) = panel_grid("How far does it climb?")
    escalation_by_rung(axes, [("", *curve)], log=True)
    return figure, opened([("", *curve)])


def _called(found, axis, value):
    """A value as a line or a panel is called: words as they are, a number after its axis."""
    return readable(value) if isinstance(value, str) else f"{found.words[axis]} {value:.6g}"


def _lines(found, log, apart=False):
    """One line for each combination of the other axes, along the one with the most numbers (or words), or a panel for each."""
    values, at = found.values, {label: i for i, label in enumerate(found.labels)}
    longest = along(found.axes, values)
    rest = [axis for axis in found.axes if axis != longest]
    names, cells = [], []
    for point in itertools.product(*(values[axis] for axis in rest)):
        fixed = dict(zip(rest, point, strict=True))
        cells.append([at[tuple((fixed | {longest: x})[axis] for axis in found.axes)] for x in values[longest]])
        names.append(", ".join(_called(found, axis, value) for axis, value in zip(rest, point, strict=True)))
    first = names[0] or _called(found, longest, values[longest][0])
    x = np.array(values[longest], float) if numeric(values[longest]) else list(map(readable, values[longest]))
    drawn = _multiples if apart else _curves if numeric(values[longest]) else _dots
    return drawn(found, x, names, cells, found.words[longest], first, log), READ if apart else _paired(found)


def _paired(found):
    """How the differences are to be read, where they are drawn."""
    return SAID if found.gaps is not None else ""


def _curves(found, x, names, cells, xlabel, first, log):
    """Lines over numbers; under them, where they are known, their differences from the first on the same chances."""
    lines, gaps = _told(found.chances, names, cells), _gaps(found, names, cells)
    rows = (TALL, 0.55 * TALL) if gaps else (TALL,)
    figure, (axes, *under) = panel_grid(_question(found), rows, answer=_answer(found, names, cells, first))
    shown = [] if found.wide is None else cells if len(cells) <= MOST_BANDS else cells[:1]
    top = max((float(np.nanmax(found.wide[some])) for some in shown), default=0.0)
    escalation_along(axes, x, lines, "" if gaps else xlabel, found.rung, log=log, top=1.05 * top)
    if shown:
        wide_bands(axes, x, [found.wide[some] for some in shown], looks(names)[: len(shown)])
    for below in under:
        gap_panel(below, x, gaps, first).set(xlim=axes.get_xlim(), xticks=axes.get_xticks(), xlabel=xlabel)
        if found.wide_gaps is not None:
            wide_bands(below, x, [found.wide_gaps[some] for some in cells], looks(names))
        below.set_xlim(axes.get_xlim())
        axes.tick_params(labelbottom=False)
    return figure


def _multiples(found, x, names, cells, xlabel, first, log):
    """A panel a line, too many for one; where differences from the first are known, they fill the markers."""
    lines, gaps = _told(found.chances, names, cells), _gaps(found, names, cells)
    figure = multiples(_question(found), _answer(found, names, cells, first), x, lines, gaps, xlabel, found.rung, log)
    if found.wide is not None:
        at, panels = np.arange(len(x)) if isinstance(x, list) else x, figure.axes[: len(lines)]
        for axes, some, look in zip(panels, cells, looks(names), strict=True):
            wide_bands(axes, at, [found.wide[some]], [look])
        top = max(axes.get_ylim()[1] for axes in panels)
        for axes in panels:
            axes.set_ylim(top=top)
    return figure


def _dots(found, words, names, cells, ylabel, first, log):
    """A row a word; beside it, where they are known, the differences from the first on the same chances."""
    lines, gaps = _told(found.chances, names, cells), _gaps(found, names, cells)
    said = _answer(found, names, cells, first, words if len(names) == 1 else ())
    tall = max(1.2, len(words) * max(0.24, 0.13 * len(names)))
    figure, (axes, *aside) = panel_grid(_question(found), (tall,), (1.0, 1.0) if gaps else (1.0,), said)
    if len(names) > 1:
        names_key(figure, _meaning(found, ylabel), [cut(name, 40) for name in names])
    escalation_along(axes, words, lines, ylabel, found.rung, log=log)
    at, tints = heights(len(words), len(names)), looks_of(names, words)
    if found.wide is not None:
        wide_bars(axes, at, [found.wide[some] for some in cells], tints)
    for beside in aside:
        rows = at, gaps, tints
        if found.wide_gaps is not None:
            wide_bars(beside, at, [found.wide_gaps[some] for some in cells], tints)
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
    points = list(itertools.product(*(values[axis] for axis in others)))
    columns = min(ABREAST, len(points))
    rows = -(-len(points) // columns)
    figure, panels = panel_grid(_question(found), [TALL / columns**0.6] * rows, [1.0] * columns, panels=len(points))
    ends = found.chances[:, 0].min(), found.chances[:, 0].max()
    for i, (axes, point) in enumerate(zip(panels, points, strict=True)):
        here, last = dict(zip(others, point, strict=True)), i % columns == columns - 1
        keys = [[tuple((here | {x: u, y: v})[axis] for axis in found.axes) for u in values[x]] for v in values[y]]
        p, label = [[at[key] for key in row] for row in keys], f"P(peak ≥ {found.rung})"
        words = found.words[x], "" if i % columns else found.words[y]
        heat_map(axes, values[x], values[y], p, *words, contour or None, label, ends, last or len(points) == i + 1)
        named = ", ".join(_called(found, axis, value) for axis, value in zip(others, point, strict=True))
        axes.set_title(named, loc="left", fontsize=TEXT, color=INK, pad=4)
    return figure, _widest(found)


def _one_by_one(found, log):
    """A panel an axis, those first along which the mean moves most; and how to read it."""
    p, columns = found.chances[:, 0], {axis: [label[i] for label in found.labels] for i, axis in enumerate(found.axes)}
    shown = sorted(found.axes, key=lambda axis: -moves(columns[axis], p))[:MOST_PANELS]
    across = 2 if len(shown) in (2, 4) else min(3, len(shown))
    down, p_name = -(-len(shown) // across), f"P(peak ≥ {found.rung})"
    question = f"What moves the chance of {event(found.rung)}?"
    figure, panels = panel_grid(question, [1.5] * down, [1.0] * across, panels=len(shown))
    for i, (axis, axes) in enumerate(zip(shown, panels, strict=True)):
        first_order_panel(axes, columns[axis], p, log)
        axes.set_xlabel(found.words[axis], fontsize=NOTE)
        axes.set_ylabel("" if i % across else p_name, fontsize=NOTE)
    ends = [axes.get_ylim() for axes in panels]
    low, high = (min(low for low, _ in ends), max(high for _, high in ends)) if log else (0.0, 1.06 * p.max() or 1.0)
    for axes in panels:
        axes.set_ylim(low, high)
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
