"""A backtest in two figures: skill over climatology, and reliability."""

import numpy as np
from matplotlib.figure import Figure

from sim.plotting.names import cased
from sim.plotting.panel_grid import panel_grid, small_print
from sim.plotting.style import GREY, INK, NOTE, colour, dressed
from sim.statistics.scores import reliability
from sim.studies.backtest.cases import at
from sim.studies.backtest.options import BacktestOptions
from sim.studies.backtest.scorecard import MODEL, POOL, REFERENCE, Scorecard

HORIZON = 30
OUTCOMES = (("time to strike", 0), ("strike", 7), ("strike", 30), ("strike", 90))


def skill_figure(card: Scorecard, options: BacktestOptions) -> Figure:
    """Log skill over climatology with its interval, method by method, for the next act of force."""
    question = "Does the model forecast the next act of force better than base rates?"
    figure, panels = panel_grid(question, rows=(2.0,), columns=(1.0,) * len(OUTCOMES), answer=_answer(card))
    methods = [name for name in dict.fromkeys(one.method for one in card.lines) if name != REFERENCE]
    for i, (outcome, days) in enumerate(OUTCOMES):
        axes = dressed(panels[i], grid="x")
        lines = {one.method: one for one in card.lines if (one.outcome, one.days) == (outcome, days)}
        for y, name in enumerate(reversed(methods)):
            one, tint = lines[name].log_skill, INK if name == MODEL else colour(0) if name == POOL else GREY
            axes.hlines(y, one.low, one.high, color=tint, linewidth=1.8)
            axes.plot(one.value, y, "o", color=tint, markersize=4.5)
        axes.axvline(0.0, color=INK, linewidth=0.8)
        axes.set_yticks(range(len(methods)), methods[::-1] if i == 0 else [""] * len(methods))
        axes.set(xlim=(-1.05, 0.65), ylim=(-0.6, len(methods) - 0.4))
        axes.set_xticks([-1.0, -0.5, 0.0, 0.5], ["-1", "-.5", "0", ".5"])
        axes.set_title("time, in day bins" if not days else f"strike within {days} d", fontsize=NOTE, color=INK)
        axes.set_xlabel("log skill")
    note = "Log skill over climatology: 0 is as good, above it better; 95 % by a bootstrap over pairs. What lies beyond"
    small_print(figure, cased(options, f"{_n(card)} {note} an axis is cut off. {_runs(options)}"))
    return figure


def _answer(card: Scorecard) -> str:
    one = next(line for line in card.lines if line.method == MODEL and line.outcome == "time to strike")
    return f"Model: log skill {one.log_skill.value:+.2f} [{one.log_skill.low:+.2f}, {one.log_skill.high:+.2f}] on the time."


def _n(card: Scorecard) -> str:
    crises, pairs = {one.record.name for one in card.cases}, {one.pair for one in card.cases}
    return f"n = {len(card.cases)} forecasts of {len(crises)} crises of {len(pairs)} pairs."


def _runs(options: BacktestOptions) -> str:
    return f"{options.runs:,} particles a forecast, seed {options.seed}."


def reliability_figure(card: Scorecard, options: BacktestOptions) -> Figure:
    """How often an act of force came within a month, by the chance that was given it: the model and the pool."""
    figure, (axes,) = panel_grid("Does what is given a chance come as often?", rows=(3.6,))
    came = np.array([one.came["strike"].by(HORIZON) for one in card.cases], dtype=object)
    told = np.flatnonzero([one is not None for one in came])
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=0.8, linestyle=(0, (4, 3)))
    for name, tint in ((POOL, colour(0)), (MODEL, INK)):
        found = reliability(card.chances[name]["strike"][told, at(HORIZON)], came[told].astype(float))
        axes.plot(found.p, found.rate, "o-", color=tint, markersize=3, linewidth=1.4, label=name)
    rugs = card.chances[MODEL]["strike"][told, at(HORIZON)], came[told].astype(float)
    axes.plot(rugs[0], np.where(rugs[1] > 0, 1.03, -0.03), "|", color=INK, markersize=6)
    axes.set(
        xlim=(-0.02, 1.02),
        ylim=(-0.06, 1.06),
        xlabel=f"chance given to an act of force within {HORIZON} days",
        ylabel="share that came",
    )
    axes.legend(fontsize=NOTE, frameon=False, loc="lower right")
    note = (
        f"{len(told)} of them are followed for {HORIZON} days or until it came. Isotonic regression (CORP), without an "
        "interval: of so few the steps are rough. On the diagonal they are right. Ticks: the model's forecasts of what came "
        "(top) or not."
    )
    small_print(figure, cased(options, f"{_n(card)} {note} {_runs(options)}"))
    return figure
