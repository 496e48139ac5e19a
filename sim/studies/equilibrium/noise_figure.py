"""Equilibria over the noise: a column a mechanism."""

from collections.abc import Callable, Sequence
from itertools import cycle

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plotting.names import cased, literal, readable
from sim.plotting.sheet import sheet, shown
from sim.plotting.style import GREY, INK, NOTE, PALETTE, TEXT, small_print
from sim.studies.equilibrium.cost import Cost, escalation, pay, saturated
from sim.studies.equilibrium.fixed_vs_equilibrium import Grid, SolvedGame
from sim.studies.equilibrium.game_spec import GameSpec
from sim.studies.equilibrium.moral_hazard import CHOSEN, FIXED, cost_panel, regret_panel
from sim.studies.equilibrium.options import EquilibriumOptions

TINTS = (PALETTE[2], PALETTE[4], PALETTE[3], PALETTE[5], PALETTE[0])
ACROSS = 6  # columns on a page at the most


def note(options: EquilibriumOptions, *more: str) -> str:
    """The small print: runs, seed, and what the marks mean."""
    counted = f"n = {options.runs:,} runs of each pair or more, same chances, seed {options.seed}."
    return cased(options, " ".join(part for part in (counted, *more) if part))


def noise_figure(grid: Grid, spec: GameSpec, options: EquilibriumOptions) -> Figure:
    """A column a mechanism: is what is watched an equilibrium, and what does it cost, over the noise."""
    columns, watched = min(ACROSS, len(grid)), list(grid[0][0].answer.watched)
    words = 0.13 * len(watched)  # inches above the axes for where each stops
    each = 3.0 + words
    height = 1.15 + each * -(-len(grid) // columns)
    figure = sheet(height, "Does it hold that both play it, as the noise grows, and what does that cost?")
    cost, named, why = price(grid, spec, options.rung)
    tops, gap = scales(grid, cost), 0.89 / columns
    for k, games in enumerate(grid):
        row, column = divmod(k, columns)
        ceiling = 1 - (0.62 + words + each * row) / height
        boxes = [(0.095 + gap * column, ceiling - below / height, gap - 0.025, 1.1 / height) for below in (1.25, 2.5)]
        upper, lower = map(figure.add_axes, boxes)
        regret_panel(upper, games, TINTS)
        cost_panel(lower, games, cost)
        scaled(upper, lower, games, tops, columns <= 2)
        upper.set_title(column_head(games[0].mechanism), loc="left", fontsize=TEXT, color=INK, pad=6 + 9 * len(watched))
        upper.set_ylabel("" if column else f"regret, {spec.unit}", fontsize=NOTE)
        lower.set_ylabel("" if column else named, fontsize=NOTE)
        if column:
            upper.set_yticklabels([])
            lower.set_yticklabels([])
    legend(figure, watched)
    figure.text(0.5, 0.56 / height, readable(spec.varied), fontsize=TEXT, color=GREY, ha="center", va="center")
    marks = "Filled: an equilibrium in half of the resamples or more. Dashed: where it stops being one."
    small_print(figure, note(options, marks, "Grey: span of all equilibria. Bands and bars: 95 %.", why))
    return figure


def price(grid: Grid, spec: GameSpec, rung: int) -> tuple[Callable[[SolvedGame], Cost], str, str]:
    """What the lower axes show: the function from a game to its ``Cost``, its name, and why if it is not escalation."""
    if saturated(grid, rung):
        p = escalation(rung)(grid[0][-1]).fixed[0] / 100
        why = f"Payoff: mean of both sides. P(peak ≥ {rung}) is next to {p:.0f} at all but the least noise."
        return pay, f"payoff, {spec.unit}", why
    return escalation(rung), f"P(peak ≥ {rung}), %", ""


def scales(grid: Grid, cost: Callable[[SolvedGame], Cost]) -> tuple[tuple[float, float], tuple[float, float]]:
    """The limits of all columns' scales: of regrets, and of costs, which begin at 0 where none is below."""
    games = [one for games in grid for one in games]
    top = max(1e-9, *(each.regret[2] for one in games for each in one.answer.watched.values()))
    ends = [x for one in games for part in cost(one) for x in part]
    low, high = min(0.0, *ends), max(0.0, *ends)
    room = 0.05 * (high - low) or 1.0
    return (-0.03 * top, 1.05 * top), (low - room * (low < 0), high + room)


def scaled(upper: Axes, lower: Axes, games: Sequence[SolvedGame], limits: tuple, every: bool) -> None:
    """Both axes of a column on the scales ``limits``, with ticks at ``every`` value of the noise or at its ends."""
    upper.set_ylim(limits[0])
    lower.set_ylim(limits[1])
    if len(games) > 1:
        ticks = [one.noise for one in (games if every else (games[0], games[-1]))]
        upper.set_xticks(ticks, [])
        lower.set_xticks(ticks, [f"{tick:g}" for tick in ticks])


def column_head(mechanism: str) -> str:
    """The name above a column."""
    return "no mechanism" if mechanism == "none" else shown(mechanism)


def legend(figure: Figure, watched: Sequence[str]) -> None:
    """What the colours of both rows of axes mean, from left to right under the title, in a second line where it is long."""
    marks = [(f"● both {literal(name)}", tint) for name, tint in zip(watched, cycle(TINTS), strict=False)]
    start, line = 0.095, 0.14 / figure.get_figheight()
    x, y = start, 1 - 0.36 / figure.get_figheight()
    for text, tint in (*marks, ("○ policies fixed", FIXED), ("■ policies re-chosen", CHOSEN)):
        label = figure.text(x, y, text, fontsize=NOTE, color=tint, va="center")
        width = label.get_window_extent().width / figure.bbox.width
        if x + width > 0.98:
            x, y = start, y - line
            label.set_position((x, y))
        x += width + 0.025
