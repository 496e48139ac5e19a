"""The figures of an experiment, each drawn on its own page and written to the study's folder."""

from sim.line import counted
from sim.show.cell_figure import cells_figure
from sim.show.cells import cells
from sim.show.curves import escalation_by_rung
from sim.show.style import plot, saved, small_print, titled
from sim.show.words import cased, readable, title_of

SHARED = "Every point meets the same chances."


def play_figures(folder, story, crisis, estimates, request):
    """The timeline of one run and the escalation curve of many; the names of the files written."""
    from sim.show.timeline import timeline_figure

    timeline = timeline_figure(story, crisis, cased(request, f"One run: number {request.run}, seed {request.seed}."))
    figure, axes = plot()
    rungs = [e for e in estimates if e.quantity.startswith("peak>=")]
    line = ("all runs", [e.value for e in rungs], [e.low for e in rungs], [e.high for e in rungs])
    escalation_by_rung(axes, [line], log=True)
    titled(axes, f"{title_of(crisis)}: how far it climbs")
    small_print(figure, f"{note(request)} Horizon {counted(crisis.horizon, 'day', 'g')}.")
    return [*_written(folder, timeline, "timeline"), *_written(folder, figure, "escalation")]


def sweep_figures(folder, axes, labels, climbs, request, crisis):
    """The probability of escalation over the design's axes; the names of the files written. ``labels`` are dicts from axis
    to value, ``climbs`` [cells, 9, 3] the chances of reaching each rung, ``crisis`` one of those it starts from."""
    found = cells(axes, labels, climbs[:, request.rung - 1], request.rung)
    figure, said = cells_figure(found, title_of(crisis), climbs[0].T, request.contour)
    small_print(figure, " ".join([note(request, "a point"), SHARED if found.axes else "", varied(found), said]))
    return _written(folder, figure, "escalation")


def varied(found):
    """What a design varies, for the small print."""
    told = ", ".join(f"{readable(axis)} ({counted(len(values), 'value')})" for axis, values in found.values.items())
    return f"Varied: {told or 'nothing'}."


def note(request, of=""):
    """The small print every figure carries: the case, n, the interval, the seed."""
    runs = f"n = {counted(request.runs, 'run')}{' ' + of if of else ''}"
    return cased(request, f"{runs}, 95 % Clopper-Pearson intervals, seed {request.seed}.")


def _written(folder, figure, name):
    """Save a figure; the names of its files."""
    return [path.name for path in saved(figure, folder, name)]
