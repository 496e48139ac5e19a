"""Equilibria over the noise: a column a mechanism."""

from collections.abc import Callable, Sequence
from itertools import cycle

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plotting.names import cased, literal, readable, shown
from sim.plotting.panel_grid import key, panel_grid, small_print
from sim.plotting.style import INK, NOTE, PALETTE, TEXT
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
    asked = "Does it hold that both play it, as the noise grows, and what does that cost?"
    down = -(-len(grid) // columns)
    figure, panels = panel_grid(asked, [1.1, 1.1] * down, [1.0] * columns)
    marks = [(f"● both {literal(name)}", tint) for name, tint in zip(watched, cycle(TINTS), strict=False)]
    key(figure, [*marks, ("○ policies fixed", FIXED), ("■ policies re-chosen", CHOSEN)])
    cost, named, why = price(grid, spec, options.rung)
    tops = scales(grid, cost)
    for spare in range(len(grid), down * columns):
        for axes in (panels[(2 * (down - 1) + part) * columns + spare % columns] for part in (0, 1)):
            axes.set_axis_off()
    for k, games in enumerate(grid):
        row, column = divmod(k, columns)
        upper, lower = (panels[(2 * row + part) * columns + column] for part in (0, 1))
        regret_panel(upper, games, TINTS)
        cost_panel(lower, games, cost)
        scaled(upper, lower, games, tops, columns <= 2)
        upper.set_title(column_head(games[0].mechanism), loc="left", fontsize=TEXT, color=INK, pad=6 + 9 * len(watched))
        upper.set_ylabel("" if column else f"regret, {spec.unit}", fontsize=NOTE)
        lower.set_ylabel("" if column else named, fontsize=NOTE)
        lower.set_xlabel(readable(spec.varied) if column == 0 else "", fontsize=NOTE)
        if column:
            upper.set_yticklabels([])
            lower.set_yticklabels([])
    said = "Filled: an equilibrium in half of the resamples or more. Dashed: where it stops being one."
    small_print(figure, note(options, said, "Grey: span of all equilibria. Bands and bars: 95 %.", why))
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
