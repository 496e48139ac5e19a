"""The figure of a sweep of rare events: the probability of escalation over its axes, on a log scale."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from sim.design.options import SweepOptions
from sim.model.setting.crisis import Crisis
from sim.plotting.cell_figure import cells_figure
from sim.plotting.cells import cells
from sim.plotting.names import nations_of
from sim.plotting.notes import unseen, varied
from sim.plotting.panel_grid import small_print
from sim.plotting.rare_words import curve, note
from sim.runs.rare_events import Replicates, interval


def sweep_figure(
    axes: list[str], labels: Sequence[dict], replicates: Sequence[Replicates], options: SweepOptions, crisis: Crisis
) -> Figure:
    """The probability of escalation over the design's axes on a log scale.

    ``labels`` are dicts from axis to value, a cell each as ``replicates``; ``crisis`` is one of those it starts from.
    """
    chances = [interval(cell.estimates[:, options.rung], cell.particles) for cell in replicates]
    told = cells(axes, labels, chances, options.rung, nations_of(crisis, axes))
    figure, said = cells_figure(told, curve(replicates[0]), log=True)
    small_print(figure, " ".join([note(options, not unseen(told, log=True)), varied(told), said]))
    return figure
