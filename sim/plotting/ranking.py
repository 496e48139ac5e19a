"""Does the ranking survive the assumptions? How often each mechanism is best, and how much is lost by choosing it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.model.setting.crisis import Crisis
from sim.plotting.html import Section, paragraphs, table
from sim.plotting.html import figure as drawn
from sim.plotting.names import cased, literal, readable
from sim.plotting.panel_grid import panel_grid, small_print
from sim.plotting.reversal_words import reversal
from sim.plotting.style import GREY, INK, NOTE, dressed
from sim.runs.outcome import Outcome
from sim.runs.ranking import Place, Ranking
from sim.statistics.intervals import clopper_pearson

POINTS = "points of a Latin hypercube"
DARK, PALER = "#4D4D4D", "#BDBDBD"  # no mechanism's


def ranking_figure(order: Ranking, outcome: Outcome, crisis: Crisis, request: Any, of: str = POINTS) -> Figure:
    """How often best and the distribution of regret, a row a mechanism, with the answer in words; ``of`` names the points."""
    said, tall = literal(" ".join(reversal(order))), 0.24 * len(order.places)
    figure, (left, right) = panel_grid("Which is best if the assumptions are wrong?", (tall,), (0.9, 1.0), said)
    best(left, order.places, len(order.u))
    regret(right, order.places, outcome)
    small_print(
        figure,
        cased(
            request,
            f"n = {len(order.u):,} {of} over {order.u.shape[1]} assumptions, "
            f"mechanisms' own numbers included, {order.runs:,} runs of each at each on the same chances, seed {request.seed}. "
            "Brackets: 95 %. Dark: its lead at the point is more than chance (95 % together).",
        ),
    )
    return figure


def ranking_section(order: Ranking, svg: str) -> Section:
    """The section of a report on what would reverse the ranking: the answer, the table of places, the figure (SVG)."""
    rows = [("alternative", "best at", "rank", "by more than chance", "mean regret", "95 % of regrets below")]
    for place in order.places:
        shares = (f"{100 * place.best:.1f} %", ranked(place), f"{100 * place.resolved:.1f} %")
        regrets = (f"{place.regrets.mean():.4f}", f"{np.quantile(place.regrets, 0.95):.4f}")
        rows.append((place.name.replace("_", " "), *shares, *regrets))
    said = (
        f"The ranking was tried at {len(order.u):,} points of the assumptions, {order.runs:,} runs of each alternative at each."
    )
    parts = [
        paragraphs(reversal(order), "answer"),
        paragraphs([said]),
        table(
            rows,
            "How often each alternative is best, the ranks that all pairs together allow, and its regret: the outcome under "
            "it less that under the best there.",
        ),
        drawn(svg, "ranking", "How often each is best over the points, and the distribution of its regret."),
    ]
    return Section("reversal", "What would have to be true for the ranking to reverse", parts)


def best(axes: Axes, places: Sequence[Place], points: int) -> Axes:
    """The share of ``points`` at which each is best, with its interval: dark where the runs resolve its lead."""
    dressed(axes, grid="x")
    rows = np.arange(len(places))[::-1]
    shares = [100 * place.best for place in places]
    resolved = [100 * place.resolved for place in places]
    axes.barh(rows, shares, height=0.62, color=PALER)
    axes.barh(rows, resolved, height=0.62, color=DARK)
    top = max(shares)
    for row, share in zip(rows, shares, strict=True):
        _, low, high = clopper_pearson(share * points / 100, points)
        said = f"{share:.0f} %" if share >= 1 else "<1 %" if share else "never"
        axes.text(share + 0.02 * top, row, f"{said} [{100 * low:.0f}, {100 * high:.0f}]", va="center", fontsize=NOTE, color=INK)
    axes.set_yticks(rows, [readable(place.name) for place in places])
    axes.tick_params(axis="y", length=0)
    axes.set(xlim=(0, 1.4 * top), ylim=(-0.6, len(places) - 0.4), xlabel="best at this share of the points (%)")
    axes.set_xticks([tick for tick in axes.get_xticks() if tick <= min(100, 1.4 * top)])
    axes.set_title("■ ahead by more than chance", loc="left", fontsize=NOTE, color=DARK, pad=3)
    axes.set_title("■ by less", loc="right", fontsize=NOTE, color=GREY, pad=3)
    return axes


def regret(axes: Axes, places: Sequence[Place], outcome: Outcome) -> Axes:
    """Regret over the points: median, middle half, and 5 to 95 %."""
    dressed(axes, grid="x")
    rows = np.arange(len(places))[::-1]
    for row, place in zip(rows, places, strict=True):
        q = np.quantile(place.regrets, [0.05, 0.25, 0.5, 0.75, 0.95])
        axes.hlines(row, q[0], q[4], color=GREY, linewidth=1.0)
        axes.hlines(row, q[1], q[3], color=DARK, linewidth=5.0)
        axes.plot(
            q[2], row, "o", color="white", markeredgecolor=INK, markeredgewidth=0.8, markersize=4.2, zorder=4, clip_on=False
        )
    axes.set_yticks([])
    name = outcome.name.replace(">=", " ≥ ")
    words = f"regret: {f'P({name})' if outcome.probability else name} above the best at the point"
    axes.set(xlim=(0, None), ylim=(-0.6, len(places) - 0.4), xlabel=words)
    axes.locator_params(axis="x", nbins=5)
    axes.set_title("○ median   ▬ middle half   ─ 5 to 95 % of the points", loc="left", fontsize=NOTE, color=INK, pad=3)
    return axes


def ranked(place: Place) -> str:
    """The ranks a place may have: "1", "1-3"."""
    low, high = place.ranks
    return f"{low}" if low == high else f"{low}-{high}"
