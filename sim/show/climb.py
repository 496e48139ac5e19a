"""How far it climbs, in small panels: P(peak ≥ rung) under each alternative beside the base, rung by rung on a log scale.

For many alternatives at once, where ``sim.show.curves`` would draw all in one pair of axes.
"""

import numpy as np

from sim.game.ladder import WAR
from sim.show.style import GREY, INK, NOTE, dressed

SHORT = {1: "protest", 2: "sanction", 3: "alert", 4: "attack", 5: "clash", 6: "militants", 7: "forces", 8: "exchange", 9: "war"}
RUNGS = np.arange(1, WAR + 1)


def lowest(lines):
    """The rung from which the curves are worth drawing: the last that every line reaches in all runs, or the first."""
    sure = [rung for rung in RUNGS if all(line[1][rung - 1] >= 1.0 for line in lines)]
    return int(max(sure, default=1))


def floor(lines):
    """The lower end of the scale: below every probability that was seen, and every upper end of one that was not."""
    seen = np.concatenate([np.where(np.asarray(line[1]) > 0, line[1], line[3]) for line in lines])
    return float(0.4 * seen[seen > 0].min())


def climb_panel(axes, base, line, tint, start, least):
    """One alternative's ``line`` (label, p, low, high: nine each) and the base's in grey; None for the base's own panel.

    A rung never reached in the runs is drawn as an arrow down from the upper end of its interval. ``start`` is the first
    rung drawn, ``least`` the lower end of the scale.
    """
    dressed(axes)
    shown = start <= RUNGS
    if base is not None:
        p = np.asarray(base[1], float)[shown]
        axes.plot(RUNGS[shown], np.where(p > 0, p, np.nan), color=GREY, linewidth=1.0, linestyle=(0, (3, 1.5)), zorder=2)
    p, low, high = (np.asarray(values, float)[shown] for values in line[1:])
    axes.vlines(RUNGS[shown], np.maximum(low, least), high, color=tint, linewidth=1.4, zorder=3)
    axes.plot(RUNGS[shown], np.where(p > 0, p, np.nan), color=tint, linewidth=1.4, marker="o", markersize=3.2, zorder=3)
    axes.plot(RUNGS[shown][p <= 0], high[p <= 0], "v", color=tint, markersize=4, markerfacecolor="white", zorder=4)
    axes.set(yscale="log", ylim=(least, 1.5), xlim=(start - 0.3, WAR + 0.3))
    powers = range(int(np.ceil(np.log10(least))), 1)
    axes.set_yticks([10.0**k for k in powers], ["1" if k == 0 else f"$10^{{{k}}}$" for k in powers])
    axes.set_xticks(RUNGS[shown], [f"{rung}\n{SHORT[rung]}" for rung in RUNGS[shown]])
    axes.minorticks_off()
    axes.tick_params(labelsize=NOTE - 0.5, labelcolor=INK)
    return axes
