"""The figures of an experiment, each drawn on its own page and written to the study's folder."""

from sim.model.text import counted
from sim.plotting.cell_figure import cells_figure
from sim.plotting.cells import cells, kind
from sim.plotting.escalation_curve import escalation_by_rung, opened
from sim.plotting.names import cased, nations_of
from sim.plotting.outcome_distributions import DISTRIBUTED, outcomes_figure
from sim.plotting.style import BASE, plot, saved, small_print, titled

SHARED = "Every point meets the same chances."


def play_figures(folder, story, crisis, estimates, request):
    """The timeline of one run and the escalation curve of many; the names of the files written."""
    from sim.studies.play.timeline import timeline_figure

    timeline = timeline_figure(story, crisis, cased(request, f"One run: number {request.run}, seed {request.seed}."))
    figure, axes = plot()
    rungs = [e for e in estimates if e.quantity.startswith("peak>=")]
    line = ("all runs", [e.value for e in rungs], [e.low for e in rungs], [e.high for e in rungs])
    escalation_by_rung(axes, [line], log=True)
    titled(axes, "How far does it climb?")
    small_print(figure, f"{note(request)} Horizon {counted(crisis.horizon, 'day', 'g')}. {opened([line])}")
    return [*_written(folder, timeline, "timeline"), *_written(folder, figure, "escalation")]


def outcome_figure(folder, kept, crisis, request):
    """How the outcomes of many runs of one crisis are distributed; the names of the files written."""
    figure = outcomes_figure([kept], ["all runs"], [BASE], crisis.horizon)
    about = f"n = {counted(request.runs, 'run')}, seed {request.seed}; 95 % intervals, pointwise."
    small_print(figure, cased(request, f"{about} Horizon {counted(crisis.horizon, 'day', 'g')}. {DISTRIBUTED}"))
    return _written(folder, figure, "outcomes")


def sweep_figures(folder, axes, labels, climbs, request, crisis, gaps=None):
    """The probability of escalation over the design's axes; the names of the files written. ``labels`` are dicts from axis
    to value, ``climbs`` [cells, 9, 3] the chances of reaching each rung, ``crisis`` one of those it starts from and ``gaps``
    [cells, 9, 3] the differences from other cells, see ``sim.plotting.cells.others``."""
    gaps = None if gaps is None else gaps[:, request.rung - 1]
    found = cells(axes, labels, climbs[:, request.rung - 1], request.rung, nations_of(crisis, axes), gaps)
    figure, said = cells_figure(found, climbs[0].T, request.contour)
    told = [note(request, "a point", not unseen(found)), SHARED if found.axes else "", varied(found), said]
    small_print(figure, " ".join(filter(None, told)))
    return _written(folder, figure, "escalation")


def unseen(found, log=False):
    """Whether the intervals of cells are not drawn."""
    return kind(found, log) in ("maps", "first order")


def varied(found):
    """What a design varies, for the small print."""
    told = ", ".join(f"{found.words[axis]} ({counted(len(values), 'value')})" for axis, values in found.values.items())
    return f"Varied: {told or 'nothing'}."


def note(request, of="", drawn=True):
    """The small print every figure carries: the case, n, the interval where it is ``drawn``, the seed."""
    runs = f"n = {counted(request.runs, 'run')}{' ' + of if of else ''}"
    return cased(request, f"{runs}{', 95 % Clopper-Pearson intervals' if drawn else ''}, seed {request.seed}.")


def _written(folder, figure, name):
    """Save a figure; the names of its files."""
    return [path.name for path in saved(figure, folder, name)]
