"""The figures of an experiment, each drawn on its own page and written to the study's folder."""

import itertools
import math
from typing import NamedTuple

from sim.line import counted
from sim.show.curves import escalation_along, escalation_by_rung
from sim.show.heat import heat_map
from sim.show.style import page, plot, saved, small_print, titled

MOST_PANELS = 6
MOST_POINTS = 40


def play_figures(folder, story, crisis, estimates, request):
    """The timeline of one run and the escalation curve of many; the names of the files written."""
    from sim.show.timeline import timeline_figure

    timeline = timeline_figure(story, crisis, f"{crisis.title}. One run: number {request.run}, seed {request.seed}.")
    figure, axes = plot()
    rungs = [e for e in estimates if e.quantity.startswith("peak>=")]
    line = ("all runs", [e.value for e in rungs], [e.low for e in rungs], [e.high for e in rungs])
    escalation_by_rung(axes, [line], log=True)
    titled(axes, f"{crisis.title}: how far it climbs")
    small_print(figure, f"{note(request)} Horizon {counted(crisis.horizon, 'day', 'g')}; nothing varied.")
    return [*_written(folder, timeline, "timeline"), *_written(folder, figure, "escalation")]


class Chance(NamedTuple):
    """A probability and the ends of its interval."""

    value: float
    low: float
    high: float


def sweep_figures(folder, axes, labels, climbs, request, title):
    """The probability of escalation over the design's axes; the names of the files written (none for a design of
    more axes than a page can show). ``climbs`` [cells, 9, 3] are the chances of reaching each rung."""
    chances = climbs[:, request.rung - 1].tolist()
    found = {tuple(label.values()): Chance(*chance) for label, chance in zip(labels, chances, strict=True)}
    values = {axis: list(dict.fromkeys(label[axis] for label in labels)) for axis in axes}
    numeric = [axis for axis in axes if len(values[axis]) > 1 and all(isinstance(v, (int, float)) for v in values[axis])]
    others = [axis for axis in axes if axis not in numeric and len(values[axis]) > 1]
    panels = list(itertools.product(*(values[axis] for axis in others)))
    fixed = {axis: values[axis][0] for axis in axes if len(values[axis]) == 1}

    def at(**point):
        return found[tuple((fixed | point)[axis] for axis in axes)]

    whole = len(found) == math.prod(map(len, values.values()))
    if whole and len(numeric) == 2 and len(panels) <= MOST_PANELS:
        figure = _heat_maps(values, numeric, others, panels, at, request)
    elif not whole and len(found) <= MOST_POINTS:
        figure = _points(found, request.rung)
    elif not whole or len(numeric) > 1 or len(panels) > MOST_POINTS:
        return []
    elif not axes:
        figure, box = plot()
        escalation_by_rung(box, [("all runs", *climbs[0].T)])
    else:
        figure = _lines(values, numeric, others, at, request.rung)
    if figure.axes and len(figure.axes) < 3:
        titled(figure.axes[0], f"{title}: probability of escalation")
    varied = ", ".join(f"{readable(axis)} ({counted(len(values[axis]), 'value')})" for axis in [*numeric, *others]) or "nothing"
    small_print(figure, f"{note(request, 'a point')} Varied: {varied}; all else as configured.")
    return _written(folder, figure, "escalation")


def _points(found, rung):
    """A row a cell, where the cells are a list and no grid."""
    words = [", ".join(f"{v:g}" if isinstance(v, (int, float)) else readable(v) for v in point) for point in found]
    figure, axes = plot(box=(0.3, 0.17, 0.66, 0.72))
    escalation_along(axes, words, [("", *_columns(found.values()))], "", rung)
    return figure


def _lines(values, numeric, others, at, rung):
    """One line an alternative along the numeric axis; along the longest axis of words where there is none."""
    along = numeric[0] if numeric else max(others, key=lambda axis: len(values[axis]))
    rest = [axis for axis in others if axis != along]
    lines = []
    for point in itertools.product(*(values[axis] for axis in rest)):
        estimates = [at(**dict(zip(rest, point, strict=True)), **{along: x}) for x in values[along]]
        lines.append((", ".join(readable(str(v)) for v in point), *_columns(estimates)))
    figure, axes = plot()
    escalation_along(axes, values[along], lines, readable(along), rung)
    return figure


def _heat_maps(values, numeric, others, panels, at, request):
    """A heat map over the two numeric axes, one a combination of the other axes."""
    x, y = sorted(numeric, key=lambda axis: -len(values[axis]))
    columns = min(3, len(panels))
    rows = -(-len(panels) // columns)
    figure = page(3.2 + 3.8 * columns, 1.2 + 3.4 * rows) if len(panels) > 1 else page()
    maps = [
        [[at(**dict(zip(others, point, strict=True)), **{x: u, y: v}).value for u in values[x]] for v in values[y]]
        for point in panels
    ]
    top = max(max(map(max, p)) for p in maps)
    for i, (point, p) in enumerate(zip(panels, maps, strict=True)):
        axes = figure.add_subplot(rows, columns, i + 1)
        heat_map(
            axes,
            values[x],
            values[y],
            p,
            readable(x),
            readable(y),
            request.contour or None,
            f"P(peak ≥ {request.rung})",
            top or None,
        )
        if point:
            titled(axes, ", ".join(readable(str(v)) for v in point))
    figure.subplots_adjust(
        left=0.1, right=0.91 if len(panels) == 1 else 0.95, bottom=0.2 / rows, top=0.9, wspace=0.45, hspace=0.45
    )
    return figure


def _columns(estimates):
    """Values, lower ends and upper ends of estimates."""
    estimates = list(estimates)
    return [e.value for e in estimates], [e.low for e in estimates], [e.high for e in estimates]


def readable(name):
    """An axis or a value as a reader says it: fields of both sides once, underscores as spaces."""
    keys = name.split(" + ")
    tails = {key.partition(".")[2] for key in keys}
    if len(keys) > 1 and len(tails) == 1:
        return f"{tails.pop().replace('_', ' ')} (both sides)"
    return name.replace("_", " ")


def note(request, of=""):
    """The small print every figure carries: n, the interval, the seed."""
    return f"n = {counted(request.runs, 'run')}{' ' + of if of else ''}, 95 % Clopper-Pearson intervals, seed {request.seed}."


def _written(folder, figure, name):
    """Save a figure; the names of its files."""
    return [path.name for path in saved(figure, folder, name)]
