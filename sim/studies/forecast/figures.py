"""A forecast in two figures: the fan of the crisis rung, and what it says under every mechanism."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.history.outcomes import DAY, middle
from sim.history.record import FORCE, STAND_DOWN
from sim.model.ladder import RUNGS
from sim.plotting.names import cased, literal
from sim.plotting.panel_grid import panel_grid, small_print
from sim.plotting.style import GREY, INK, NOTE, PALETTE, TEXT, dressed, looks
from sim.studies.forecast.table import horizons, rows

if TYPE_CHECKING:
    from sim.studies.forecast.compute import Forecast

BANDS = ((0.05, 0.95, 0.18), (0.25, 0.75, 0.35))  # from and to which quantile, how opaque


def fan_figure(found: Forecast) -> Figure:
    """The record up to the moment, then the spread of the crisis rung day by day."""
    question = f"Where does it go? {literal(found.record.title)}"
    figure, (axes,) = panel_grid(question, answer=_answer(found))
    now, days = found.known.end / DAY, found.options.days
    at = now + np.arange(days + 1)
    sums = np.cumsum(found.pool.rungs(0), axis=1)
    levels = {q: (sums >= q - 1e-12).argmax(1) for q in (0.05, 0.25, 0.5, 0.75, 0.95)}
    for low, high, alpha in BANDS:
        axes.fill_between(at, levels[low] - 0.12, levels[high] + 0.12, step="post", color=PALETTE[0], alpha=alpha, linewidth=0)
    axes.step(at, levels[0.5], where="post", color=PALETTE[0], linewidth=1.6)
    _record(axes, found)
    axes.axvline(now, color=INK, linewidth=0.9)
    axes.annotate("as of", (now, 1.0), xycoords=("data", "axes fraction"), fontsize=NOTE, ha="center", va="bottom", color=INK)
    first = max(0.0, now - days)
    axes.set(
        xlim=(first - 0.015 * (now + days - first), now + days),
        ylim=(-0.5, 9.5),
        xlabel=f"days since the opening, {found.record.start[:10]}",
    )
    axes.set_yticks(range(10), [f"{_cut(RUNGS[rung])} {rung}" for rung in range(10)])
    small_print(figure, cased(found.options, _fan_note(found)))
    return figure


def _cut(text: str) -> str:
    """A rung's name as the axis has room for it."""
    return {
        "accusation or protest": "protest",
        "diplomatic or economic sanction": "sanction",
        "militant attack attributed to the other side": "militant attack",
        "strike on militants on the other's soil": "strike on militants",
        "strike on the other state's forces": "strike on forces",
    }.get(text, text)


def _record(axes: Axes, found: Forecast) -> None:
    """The acts of force and the stand-downs of the record so far."""
    entries = [found.known.opening, *found.known.entries]
    for side, marker, tint in (("a", "^", PALETTE[1]), ("b", "v", PALETTE[2]), ("both", "D", GREY)):
        mine = [one for one in entries if one.kind == FORCE and one.actor == side]
        if mine:
            name = literal(dict(zip("ab", found.record.sides, strict=True)).get(side, "both"))
            x, y = [middle(one) / DAY for one in mine], [sum(one.rungs) / 2 for one in mine]
            axes.plot(x, y, marker, color=tint, markersize=5.5, label=f"force by {name}", linestyle="none")
    downs = [middle(one) / DAY for one in entries if one.kind == STAND_DOWN]
    if downs:
        axes.plot(
            downs,
            [0.0] * len(downs),
            "o",
            color=INK,
            markerfacecolor="white",
            markersize=5,
            label="stand-down",
            linestyle="none",
        )
    axes.legend(fontsize=NOTE, frameon=False, loc="upper right", ncols=4, bbox_to_anchor=(1.0, 1.0))


def _answer(found: Forecast) -> str:
    """The forecast in a sentence."""
    days = 30 if 30 in horizons(found) else horizons(found)[-1]
    p, war = found.pool.chance(0, "strike", days), found.pool.chance(0, "war", days)
    return (
        f"Another act of force within {days} days: {100 * p.value:.0f} % [{100 * p.low:.0f}, {100 * p.high:.0f}] by chance"
        f"{_ignorance(found, days)}; war {100 * war.value:.2g} %."
    )


def _ignorance(found: Forecast, days: int) -> str:
    """What not knowing the numbers does to the chance of a strike, in words."""
    if not found.draws:
        return " alone"
    drawn = found.draws.chance(0, "strike", days)
    return f", [{100 * drawn.low:.0f}, {100 * drawn.high:.0f}] by ignorance"


def _fan_note(found: Forecast) -> str:
    """The small print of the fan chart."""
    options = found.options
    return (
        f"Line: the median of the crisis rung (what talks have not yet walked back) at the start of each day; bands: half and "
        f"nine tenths of the particles. n = {options.runs:,} particles in {options.filters} filters, worth "
        f"{found.pool.effective:.0f}, seed {options.seed}. Marks: the record's acts at the middle of their windows. The band "
        "is the model's own chance: what is not known of its numbers is not in it."
    )


def mechanism_figure(found: Forecast) -> Figure:
    """The chance of another act of force and of a stand-down under every mechanism, with both intervals."""
    days = 30 if 30 in horizons(found) else horizons(found)[-1]
    question = f"What would a mechanism change? {literal(found.record.title)}"
    answer = f"Put in force as of the forecast; within {days} days."
    figure, panels = panel_grid(question, rows=(0.35 + 0.24 * len(found.names),), columns=(1.0, 1.0), answer=answer)
    every = [row for row in rows(found) if row.days == days]
    order = [*sorted(range(1, len(found.names)), key=lambda cell: -found.pool.chance(cell, "strike", days).value), 0]
    for i, (quantity, words) in enumerate((("strike", "another act of force"), ("stand_down", "a stand-down"))):
        axes = dressed(panels[i], grid="x")
        own = {row.cell: row for row in every if row.quantity == quantity}
        _panel(axes, found, [own[cell] for cell in order], words, labelled=i == 0, days=days)
    small_print(figure, cased(found.options, _mechanism_note(found)))
    return figure


def _panel(axes: Axes, found: Forecast, own: list, words: str, labelled: bool, days: int) -> None:
    """One outcome: a row for each alternative, and the base rates as lines."""
    for y, (row, look) in enumerate(zip(own, looks([row.alternative for row in own]), strict=True)):
        tint = INK if row.cell == 0 else look.colour
        if row.ignorance:
            axes.hlines(y, row.ignorance.low, row.ignorance.high, color=tint, linewidth=0.8, alpha=0.6)
        axes.hlines(y, row.chance.low, row.chance.high, color=tint, linewidth=2.6)
        axes.plot(row.chance.value, y, "o" if row.cell == 0 else look.marker, color=tint, markersize=5)
    rates = ((own[0].mie, (0, (2, 2)), "MIE", 2), (own[0].library, (0, (5, 2)), "library", 11))  # points above the panel
    for value, dash, name, up in rates:
        if value is not None:
            axes.axvline(value, color=GREY, linewidth=0.9, linestyle=dash, zorder=1)
            axes.annotate(
                name, (value, 1.0), (0, up), xycoords=("data", "axes fraction"), textcoords="offset points", fontsize=NOTE,
                ha="center", va="bottom", color=GREY,
            )  # fmt: skip
    names = [literal(row.alternative.replace("_", " ")) for row in own]
    axes.set_yticks(range(len(own)), names if labelled else [""] * len(own))
    axes.set(ylim=(-0.6, len(own) - 0.4), xlim=(-0.02, 1.02), xlabel=f"P({words})")
    axes.xaxis.label.set_fontsize(TEXT)


def _mechanism_note(found: Forecast) -> str:
    """The small print of the figure by mechanism."""
    options = found.options
    drawn = (
        f"thin: 5th to 95th percentile over {len(found.draws.weights)} draws of the assumptions, each weighed by the record's "
        f"probability under it (worth {found.draws.effective:.0f}); a mark outside it: the scenario's numbers say "
        "what few draws do."
        if found.draws
        else "ignorance of the numbers is not in them."
    )
    return (
        f"Thick: 95 % for chance, n = {options.runs:,} particles in {options.filters} filters, seed {options.seed}, all from "
        f"the same particles on the same chances; {drawn} Dashed: base rates (MIE 1.0: after a new blow; library: other coded "
        "crises as long after their opening)."
    )
