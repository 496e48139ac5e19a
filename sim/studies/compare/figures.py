"""The figures of a comparison, each on its own page: differences, what each works on, how far it climbs, ends over time, how
much follows, the way down."""

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.execution.outcomes import Outcomes
from sim.model.setting.crisis import Crisis
from sim.model.text import counted
from sim.plotting.forest import Row, forest
from sim.plotting.names import cased, shown
from sim.plotting.numbers import bracketed, share, signed
from sim.plotting.outcome_distributions import COUNTED, DISTRIBUTED, QUICK, outcomes_figure
from sim.plotting.panel_grid import arranged, panel_grid, small_print
from sim.plotting.rung_panels import rungs_figure
from sim.plotting.style import BASE, INK, NOTE, TEXT, Look, looks
from sim.runs.competing_risks import ends
from sim.runs.ignorance import Ignorance
from sim.runs.outcome import Outcome
from sim.runs.quantiles import quantile
from sim.runs.quantiles import share as none
from sim.runs.ranking import Ranking
from sim.runs.summary import estimates
from sim.runs.time_to_step import times_to_steps
from sim.statistics.intervals import clopper_pearson
from sim.statistics.verdict import SAME, UNRESOLVED
from sim.studies.compare.durations_panel import passage_panel
from sim.studies.compare.incidence import FEW, at_end, incidence_panel, named_row, top_of
from sim.studies.compare.options import CompareOptions
from sim.studies.compare.paired_runs import Comparison
from sim.studies.compare.quantile_panel import name_quantiles, none_bars, quantile_dots
from sim.studies.compare.spec import ComparisonSpec
from sim.studies.compare.summary import ordered, scale
from sim.studies.compare.table import QUANTILES
from sim.studies.compare.works_figure import SAID as WORKS
from sim.studies.compare.works_figure import works_figure

ASIDE = 0.42  # of the width of a panel of quantiles: room left of it for the share with none
ENDS = (("stand_down", "stood down first"), ("war", "war before any stand-down"))
OPEN = {SAME: "exactly the same in every run", UNRESOLVED: "unresolved"}
LIGHT = "Light: 95 % of {} draws of what is not known, chance taken out."
SAID = {
    "differences": "Intervals of 95 % that hold all at once (Bonferroni). Hollow and grey: not resolved by these runs.",
    "works": WORKS,
    "escalation": "95 % Clopper-Pearson intervals; each rung on a scale of its own, grey line: the base. A triangle: never "
    "reached, upper end of the interval.",
    "ends": "Whichever came first: a war after a stand-down counts left (compare war_at counts all). Aalen-Johansen, pointwise "
    f"95 % intervals; dashed: the base; dotted: rests on fewer than {FEW} runs. At the right: by the horizon.",
    "outcomes": f"{DISTRIBUTED} 95 % intervals, pointwise; marks: median and 90th percentile; grey: the base.",
    "spread": "Beyond the opening act. Left: share with none. Right: quantiles, the rarer the smaller "
    f"({', '.join(f'{100 * q:g}' for q in QUANTILES)} %), 95 % intervals (arrow: open); lines: base.",
    "passage": "Kaplan-Meier, 95 % intervals. Hollow: not told from the base, by the medians' difference at 95 % all together "
    "(or a log-rank test, where fewer than half reach it).",
}


def compare_figures(
    comparison: Comparison,
    spec: ComparisonSpec,
    options: CompareOptions,
    found: Sequence[Ignorance] = (),
    orders: Sequence[Ranking] = (),
) -> dict[str, Figure]:
    """The figures by name."""
    drawn = {
        "differences": differences(comparison, found),
        "works": works_figure(comparison, spec.crises[0].horizon, orders),
        "escalation": escalations(comparison),
        "ends": incidences(comparison, spec.crises),
        "outcomes": distributions(comparison, spec.crises),
        "spread": spreads(comparison),
        "passage": passages(comparison),
    }
    about = f"n = {comparison.n:,} runs of each alternative on the same chances, seed {options.seed}."
    wide = f" {LIGHT.format(found[0].level.draws)}" if found else ""
    for name, figure in drawn.items():
        small_print(figure, cased(options, f"{about} {SAID[name]}{wide if name == 'differences' else ''}"))
    return drawn


def seen(comparison: Comparison) -> list[Look]:
    """The look of each alternative: the base black, a mechanism its own."""
    return [BASE, *looks(comparison.labels[1:])]


def tints(comparison: Comparison) -> list[str]:
    """The colour of each alternative."""
    return [look.colour for look in seen(comparison)]


def differences(comparison: Comparison, found: Sequence[Ignorance] = ()) -> Figure:
    """The forest plot: chance dark, and ``found``, what is not known, light around it."""
    outer = {one.label: one.difference for one in found if one.difference}
    factor, _, unit = scale(comparison.outcome)
    rows, look = [], dict(zip(comparison.labels, seen(comparison), strict=True))
    for c in ordered(comparison):
        value, low, high = (factor * x for x in c.simultaneous)
        said = OPEN.get(c.verdict, bracketed(c.simultaneous, factor, signed))
        far = outer.get(c.label)
        wide = (factor * far.low, factor * far.high) if far and far.told and c.verdict != SAME else None
        rows.append(Row(shown(c.label), look[c.label], value, low, high, c.verdict, said, wide))
    figure, (axes,) = panel_grid("What would each have changed?", (0.1 + 0.28 * len(rows),))
    forest(axes, rows, f"difference from the base in {_short(comparison.outcome)}{f', {unit}' if unit else ''}")
    return figure


def _short(outcome: Outcome) -> str:
    """An outcome in few characters."""
    name = outcome.name.replace(">=", " ≥ ").removesuffix("_at").replace("_", " ")
    return f"P({name})" if outcome.probability else f"mean {name}"


def escalations(comparison: Comparison) -> Figure:
    """P(peak ≥ rung), a panel a rung, a row an alternative."""
    lines = []
    for label, count in zip(comparison.labels, comparison.played.counts, strict=True):
        rungs = [e for e in estimates(count) if e.quantity.startswith("peak>=")]
        lines.append((shown(label), *([getattr(e, end) for e in rungs] for end in ("value", "low", "high"))))
    return rungs_figure(lines, seen(comparison))


def incidences(comparison: Comparison, crises: Sequence[Crisis]) -> Figure:
    """How crises end over time: a row an alternative, a column an end. What is neither, at the horizon, is said."""
    curves, rows = [ends(count) for count in comparison.played.counts], len(comparison.labels)
    figure, panels = panel_grid("How does it first end, and when?", [0.5] * rows, [1.0] * len(ENDS))
    for j, (name, words) in enumerate(ENDS):
        top = top_of([one[name] for one in curves], max(crisis.horizon for crisis in crises))
        for i, (one, tint, crisis) in enumerate(zip(curves, tints(comparison), crises, strict=True)):
            axes = panels[len(ENDS) * i + j]
            wars = int(comparison.played.counts[i].censored["stand_down_at"][1].sum())
            few = wars if name == "war" else math.inf
            incidence_panel(axes, curves[0][name] if i else None, one[name], crisis.horizon, tint, top, few)
            left = share(float(one["neither"].read(math.inf)[0]))
            at_end(axes, one[name], crisis.horizon, tint, f"({counted(wars, 'run')})" if name == "war" else f"neither {left}")
            if i < rows - 1:
                axes.set_xticklabels([])
            else:
                axes.set_xlabel("days from the start (log scale)")
            if i == 0:
                axes.set_title(words, loc="left", fontsize=TEXT, color=INK, pad=4)
            if j == 0:
                named_row(axes, shown(comparison.labels[i]), tint)
    return figure


def distributions(comparison: Comparison, crises: Sequence[Crisis]) -> Figure:
    """The distributions of outcomes, all alternatives on the same axes."""
    kept = [Outcomes(count, spread) for count, spread in zip(comparison.played.counts, comparison.played.spreads, strict=True)]
    return outcomes_figure(
        kept, [shown(label) for label in comparison.labels], seen(comparison), max(one.horizon for one in crises)
    )


def spreads(comparison: Comparison) -> Figure:
    """Strikes, deaths and days without envoys: the share with none, and quantiles, an alternative a row."""
    rows, colours = len(comparison.labels), tints(comparison)
    figure, panels = panel_grid("How much follows, and how much in the rarer runs?", (0.24 * rows,), [1.0] * len(COUNTED))
    heads = []
    for j, (name, words, unit) in enumerate(COUNTED):
        counts = [spread[name] for spread in comparison.played.spreads]
        beside = panels[j].inset_axes((-ASIDE, 0.0, 0.8 * ASIDE, 1.0))
        bars = none_bars(beside, [clopper_pearson(*none(c, 0)) for c in counts], colours)
        bars.set_xlabel("P(none)", fontsize=NOTE)
        bars.set_title(words, loc="left", fontsize=TEXT, color=INK, pad=21)
        if j == 0:
            _named(bars, comparison.labels)
        rows_of = [[quantile(c, q) for q in QUANTILES] for c in counts]
        heads.append(quantile_dots(panels[j], rows_of, colours, unit, 1.0 if unit == 1.0 else QUICK))
    arranged(figure)
    for dots, named in zip(panels, heads, strict=True):
        name_quantiles(dots, named)
    return figure


def passages(comparison: Comparison) -> Figure:
    """Median time to each step of the way down, a panel a step."""
    every, rows = times_to_steps(comparison), len(comparison.labels)
    steps = list(dict.fromkeys(pace.step for pace in every))
    across = min(3, len(steps))
    tall = [0.17 * rows] * -(-len(steps) // across)
    figure, panels = panel_grid("How soon does it come down? Median days to each step", tall, [1.0] * across, panels=len(steps))
    for i, (step, axes) in enumerate(zip(steps, panels, strict=True)):
        passage_panel(axes, [pace for pace in every if pace.step == step], seen(comparison))
        axes.set_title(_step(step), loc="left", fontsize=TEXT, color=INK, pad=3)
        if i % across == 0:
            _named(axes, comparison.labels)
    return figure


def _named(axes: Axes, labels: list[str]) -> None:
    """Name the rows of a panel, from the top."""
    axes.set_yticks(np.arange(len(labels))[::-1], [shown(label) for label in labels])
    axes.tick_params(axis="y", length=0, labelsize=TEXT)


def _step(step: str) -> str:
    """A step in few words."""
    return step.removesuffix("_at").replace("_", "-" if step == "stand_down_at" else " ")
