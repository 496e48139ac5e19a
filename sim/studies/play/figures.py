"""The figures of one run and of many."""

from matplotlib.figure import Figure

from sim.engine.event_loop import Story
from sim.execution.outcomes import Outcomes
from sim.model.setting.crisis import Crisis
from sim.model.text import counted
from sim.plotting.escalation_curve import escalation_by_rung, opened
from sim.plotting.names import cased
from sim.plotting.notes import note
from sim.plotting.outcome_distributions import DISTRIBUTED, outcomes_figure
from sim.plotting.panel_grid import panel_grid, small_print
from sim.plotting.style import BASE
from sim.runs.summary import Estimate
from sim.studies.play.options import PlayOptions
from sim.studies.play.timeline import timeline_figure


def play_figures(
    story: Story, crisis: Crisis, estimates: list[Estimate], kept: Outcomes, options: PlayOptions
) -> dict[str, Figure]:
    """The timeline of one run, the escalation curve of many, and how their outcomes are distributed."""
    return {
        "timeline": told_figure(story, crisis, options),
        "escalation": escalation_figure(estimates, crisis, options),
        "outcomes": outcome_figure(kept, crisis, options),
    }


def told_figure(story: Story, crisis: Crisis, options: PlayOptions) -> Figure:
    """The timeline of one run."""
    return timeline_figure(story, crisis, cased(options, f"One run: number {options.run}, seed {options.seed}."))


def escalation_figure(estimates: list[Estimate], crisis: Crisis, options: PlayOptions) -> Figure:
    """How probable it is that a run reaches each rung."""
    figure, (axes,) = panel_grid("How far does it climb?")
    rungs = [e for e in estimates if e.quantity.startswith("peak>=")]
    line = ("", [e.value for e in rungs], [e.low for e in rungs], [e.high for e in rungs])
    escalation_by_rung(axes, [line], log=True)
    small_print(figure, f"{note(options)} Horizon {counted(crisis.horizon, 'day', 'g')}. {opened([line])}")
    return figure


def outcome_figure(kept: Outcomes, crisis: Crisis, options: PlayOptions) -> Figure:
    """How the outcomes of many runs of one crisis are distributed."""
    figure = outcomes_figure([kept], ["all runs"], [BASE], crisis.horizon)
    about = f"n = {counted(options.runs, 'run')}, seed {options.seed}; 95 % intervals, pointwise."
    small_print(figure, cased(options, f"{about} Horizon {counted(crisis.horizon, 'day', 'g')}. {DISTRIBUTED}"))
    return figure
