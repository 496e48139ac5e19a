"""How crises end over time: the cumulative incidence of each end, small panels, each alternative beside the base in grey."""

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from sim.model.parameter import DAY
from sim.plotting.numbers import share
from sim.plotting.style import GREY, INK, NOTE, TEXT, dressed
from sim.statistics.kaplan_meier import Curve

POINTS = 160  # along a curve
FIRST = 0.1  # days
FEW = 20  # runs on which a curve should rest


def incidence_panel(
    axes: Axes, base: Curve | None, curve: Curve, horizon: float, tint: str, top: float, runs: float = math.inf
) -> Axes:
    """One end under one alternative: its ``Curve`` with its interval, and the base's in grey, over days on a log scale.

    ``base`` is None in the base's own panel; ``top`` is the upper end of the scale. A curve that rests on few ``runs`` is
    dotted: its steps are single runs.
    """
    dressed(axes)
    days = np.geomspace(FIRST, horizon, POINTS)
    if base is not None:
        axes.plot(days, stepped(base, days)[0], color=GREY, linewidth=1.0, linestyle=(0, (3, 1.5)))
    value, low, high = stepped(curve, days)
    axes.fill_between(days, low, high, color=tint, alpha=0.22, linewidth=0)
    axes.plot(days, value, color=tint, linewidth=1.5 if runs >= FEW else 1.0, linestyle="-" if runs >= FEW else ":")
    axes.set(xscale="log", xlim=(FIRST, horizon), ylim=(0, top))
    powers = range(-1, int(np.log10(horizon) + 1e-9) + 1)
    axes.set_xticks([10.0**k for k in powers], [f"{10.0**k:g}" if k < 3 else f"$10^{k}$" for k in powers])
    round_one = 1.0 if top > 1 else _round_below(0.8 * top)
    axes.set_yticks([0, round_one], ["0", f"{round_one:g}".removeprefix("0")])
    axes.minorticks_off()
    axes.tick_params(labelsize=NOTE)
    return axes


def top_of(curves: Sequence[Curve], horizon: float) -> float:
    """The upper end of the scale of one end's panels: all curves and the intervals at their ends."""
    days = np.geomspace(FIRST, horizon, POINTS)
    most = max(max(float(value.max()), float(high[-1])) for value, _, high in (stepped(curve, days) for curve in curves))
    return 1.05 if most > 0.6 else 1.2 * most


def _round_below(x: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is at most ``x``."""
    power = 10.0 ** np.floor(np.log10(x))
    return float(power * max(k for k in (1, 2, 5) if k * power <= x))


def stepped(curve: Curve, days: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A curve at given days: value and the ends of its interval, each [len(days)]; held from its last step on."""
    return curve.read(days * DAY)


def at_end(axes: Axes, curve: Curve, horizon: float, tint: str, more: str) -> None:
    """Write the value at the horizon beside the end of the curve, at its height, and below it what ``more`` there is to say."""
    value = stepped(curve, np.array([horizon]))[0][0]
    text = f"{share(value)}\n{more}"
    axes.annotate(
        text, (1.0, value), (4, 0), xycoords=("axes fraction", "data"), textcoords="offset points", fontsize=NOTE, color=tint,
        va="top" if value > 0.5 * axes.get_ylim()[1] else "bottom", linespacing=1.15, annotation_clip=False,
    )  # fmt: skip


def named_row(axes: Axes, text: str, tint: str = INK) -> None:
    """Name a row of panels, left of its first."""
    axes.annotate(
        text, (-0.16, 0.5), xycoords="axes fraction", ha="right", va="center", fontsize=TEXT, color=tint, annotation_clip=False
    )
