"""Two limits in a picture: the ladder against its matrix exponential, noisy reciprocity against its Markov chains."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plotting.panel_grid import key, panel_grid, small_print
from sim.plotting.style import INK, NOTE, TEXT, colour, dressed
from sim.statistics.intervals import Z
from sim.studies.known_answers import ladder
from sim.studies.known_answers.limits import Plan, named, variants_of
from sim.studies.known_answers.quantity import Comparison

SHARE = "share of cooperation"
KINDS = (("rounds", "in rounds"), ("reviews", "at Poisson times"))


def known_figure(plans: Sequence[Plan], comparisons: Sequence[Comparison], seed: int) -> Figure:
    """The figure: simulated values with 95 % intervals over exact ones."""
    figure, (left, right) = panel_grid("Does the engine meet what is known exactly?", (3.3,), (1.0, 1.1))
    key(figure, [(f"● {words}", colour(i)) for i, (_, words) in enumerate(KINDS)], "noisy reciprocity")
    _ladder(left, plans, comparisons)
    _reciprocity(dressed(right, grid="x"), comparisons)
    runs = ", ".join(f"{name} {n:,}" for name, n in sorted({(c.limit.split(":")[0], c.n) for c in comparisons if _drawn(c)}))
    played = f"n = {runs} runs of each setting, seed {seed}."
    small_print(
        figure,
        "Limits ladder, rounds and reviews of the game (configs/limit), in settings of rates, rules and noise. "
        f"Lines and rings: exact. Dots: simulated, with 95 % intervals; {played}",
    )
    return figure


def _drawn(c: Comparison) -> bool:
    return c.limit.split(":")[0] in ("ladder", "rounds", "reviews")


def _ladder(axes: Axes, plans: Sequence[Plan], comparisons: Sequence[Comparison]) -> None:
    """P(top by t): the exact curve of every variant, and the simulated points."""
    for i, (label, crisis) in enumerate((label, crisis) for limit, label, crisis, _ in plans if limit.name == "ladder"):
        (up, down), (start, length) = ladder.rates(crisis), ladder.ends(crisis)
        times = np.linspace(0.0, max(ladder.TIMES), 181)
        axes.plot(times, [ladder.top_by(up, down, start, length, t) for t in times], color=colour(i), linewidth=1.2)
        points = [c for c in comparisons if c.limit == label and c.name.startswith("P(top by")]
        for c, t in zip(points, ladder.TIMES, strict=True):
            axes.errorbar(t, c.simulated, yerr=Z * c.error, fmt="o", color=colour(i), markersize=3.5, linewidth=1)
        axes.annotate(
            f"up {up:.3g}, down {down:.3g}, from {start} of {length}", (times[-1], points[-1].exact), xytext=(0, 5),
            textcoords="offset points", ha="right", fontsize=TEXT, color=colour(i),
        )  # fmt: skip
    axes.set(xlabel="time (units of 100 days)", ylabel="P(war by then)")
    axes.set_ylim(0.0)
    axes.set_title("Birth-death ladder", loc="left", fontsize=TEXT, color=INK, pad=8)


def _reciprocity(axes: Axes, comparisons: Sequence[Comparison]) -> None:
    """The share of cooperation of every variant: in rounds and at Poisson times."""
    names = [named(variant) for variant in variants_of("rounds")]
    for y, name in enumerate(names):
        for i, (limit, _) in enumerate(KINDS):
            c = next(c for c in comparisons if c.limit == f"{limit}: {name}" and c.name == SHARE)
            place = y + 0.18 * (2 * i - 1)
            axes.plot(
                c.exact, place, "o", markersize=6.5, markerfacecolor="none", markeredgecolor=colour(i), markeredgewidth=0.9
            )
            axes.errorbar(c.simulated, place, xerr=Z * c.error, fmt="o", color=colour(i), markersize=2.6, linewidth=1)
    axes.set_yticks(range(len(names)), [_short(name) for name in names], fontsize=NOTE)
    axes.set(xlabel="share of a's cooperation", xlim=(-0.02, 1.02), ylim=(len(names) - 0.4, -0.6))
    axes.set_title("Noisy reciprocity", loc="left", fontsize=TEXT, color=INK, pad=8)


def _short(name: str) -> str:
    """A variant's name as a tick label."""
    words = (
        name.replace("_", " ")
        .replace(", execution noise .05", " · execution")
        .replace(", perception noise .05", " · perception")
    )
    return words.replace("generosity 0.3333", "generous ⅓").replace("win stay lose shift", "win-stay lose-shift")
