"""The figures of an experiment, each drawn on its own page and written to the study's folder."""

from sim.model.text import counted
from sim.plotting.escalation_curve import escalation_by_rung, opened
from sim.plotting.names import cased
from sim.plotting.notes import note
from sim.plotting.outcome_distributions import DISTRIBUTED, outcomes_figure
from sim.plotting.style import BASE, plot, saved, small_print, titled


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


def _written(folder, figure, name):
    """Save a figure; the names of its files."""
    return [path.name for path in saved(figure, folder, name)]
