"""An exact solution in two figures: how soon it climbs, and how far."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from sim.model.ladder import CLASH, RUNGS, WAR
from sim.model.setting.crisis import Crisis
from sim.plotting.escalation_curve import escalation_by_rung
from sim.plotting.labels import end_labels
from sim.plotting.names import cased
from sim.plotting.panel_grid import panel_grid, small_print
from sim.plotting.style import colour, dash
from sim.runs.summary import Estimate
from sim.studies.exact.options import ExactOptions
from sim.studies.exact.solution import NOTHING, Solution


def curve_figure(solution: Solution, options: ExactOptions) -> Figure:
    """P(peak ≥ r) by day, one line a rung, both scales logarithmic; what the opening act gave, or never comes, has none."""
    figure, (axes,) = panel_grid("How soon does it climb? Solved exactly")
    days = solution.days[1:]
    lines = [(rung, solution.curves[f"peak>={rung}"]) for rung in range(CLASH, WAR + 1)]
    lines = [(rung, p[1:]) for rung, p in lines if p[0] < 1.0 - NOTHING and p[-1] > NOTHING]
    for i, (_, p) in enumerate(lines):
        axes.plot(days, p, color=colour(i), linestyle=dash(i), linewidth=1.6)
    axes.set(xscale="log", yscale="log", xlim=(days[0], days[-1]), xlabel="day", ylabel="P(peak ≥ rung) by that day")
    ends = [float(p[-1]) for _, p in lines]
    axes.set_ylim(1e-3 * min(ends, default=1e-3), 1.5 * max(ends, default=1.0))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    end_labels(axes, ends, [f"{rung} {RUNGS[rung]}" for rung, _ in lines], [colour(i) for i in range(len(lines))])
    small_print(figure, f"{_small(solution, options)} Rungs reached by the opening act, or never, are left out.")
    return figure


def rung_figure(solution: Solution, crisis: Crisis, played: Sequence[Estimate], options: ExactOptions) -> Figure:
    """The escalation curve by the horizon, exact; with the played runs beside it where there are some."""
    figure, (axes,) = panel_grid(f"How far does it climb by day {crisis.horizon:g}?")
    p = np.array([solution.curves[f"peak>={rung}"][-1] for rung in range(1, WAR + 1)])
    p = np.where(p > NOTHING, p, 0.0)
    lines: list[tuple] = [("exact", p, p, p)]
    rungs = [e for e in played if e.quantity.startswith("peak>=")]
    if rungs:
        lines.append((f"{options.runs:,} runs", *([getattr(e, part) for e in rungs] for part in ("value", "low", "high"))))
    escalation_by_rung(axes, lines, log=bool(p.any()))
    beside = (
        f" Beside it {options.runs:,} played runs with 95 % Clopper-Pearson intervals, seed {options.seed}." if rungs else ""
    )
    small_print(figure, f"{_small(solution, options)}{beside}")
    return figure


def _small(solution: Solution, options: ExactOptions) -> str:
    """The small print of an exact figure."""
    size = f"{solution.states:,} states"
    return cased(options, f"Exact: a Markov chain of {size} built from the rules; no chance drawn, so no interval.")
