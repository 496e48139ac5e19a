"""Many axes at once, one at a time: every cell as a dot over each axis of a design, and the mean of the cells along it.

What a sample over many fields can show without a model of its own: how the outcome moves along each axis while the others
range over the design. It shows no interaction.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullFormatter
from scipy.special import stdtrit

from sim.plotting.names import cut, readable
from sim.plotting.style import GREY, INK, NOTE, dressed

FEW = 12  # values of an axis that are taken one by one; more are put into bins
BINS = 10  # of as many cells each
MOST_DOTS = 2000  # of a panel; of more cells every k-th is drawn
CROWD = 2  # words on an axis; more stand upright
LONGEST = 20  # characters of a word on an axis
JITTER = 0.15  # of the room between words or few values, to part dots


def groups(x: np.ndarray, words: bool = False) -> list[np.ndarray]:
    """The cells along ``x`` [n] that are taken together, as arrays of places: each value, or even bins."""
    values = np.unique(x)
    if words or len(values) <= FEW:
        return [np.flatnonzero(x == value) for value in values]
    return np.array_split(np.argsort(x, kind="stable"), BINS)


def means(x: np.ndarray, p: np.ndarray, words: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Two arrays, where the groups along ``x`` stand and the mean of ``p`` in each (``x`` and ``p`` [n])."""
    together = groups(x, words)
    return np.array([x[part].mean() for part in together]), np.array([p[part].mean() for part in together])


def reaches(x: np.ndarray, p: np.ndarray, words: bool = False) -> np.ndarray:
    """Half the 95 % interval of each of those means over the cells of its group: Student's; none for a cell alone."""
    return np.array([_reach(p[part]) for part in groups(x, words)])


def _reach(p: np.ndarray) -> float:
    return -float(stdtrit(len(p) - 1, 0.025)) * float(p.std(ddof=1)) / math.sqrt(len(p)) if len(p) > 1 else math.nan


def places(values: Sequence[Any]) -> np.ndarray:
    """Where the values of an axis stand: numbers as they are, words in their order; an array."""
    if any(isinstance(value, str) for value in values):
        words = list(dict.fromkeys(values))
        return np.array([float(words.index(value)) for value in values])
    return np.array(values, float)


def moves(values: Sequence[Any], p: np.ndarray) -> float:
    """How far the mean of ``p`` moves along an axis."""
    return float(np.ptp(means(places(values), p, _worded(values))[1]))


def first_order_panel(axes: Axes, values: Sequence[Any], p: np.ndarray, log: bool = False) -> Axes:
    """The cells' ``p`` over one axis's ``values`` (a list as long), and their mean."""
    dressed(axes)
    x, every = places(values), -(-len(p) // MOST_DOTS)
    along, mean = means(x, p, _worded(values))
    reach = reaches(x, p, _worded(values))
    axes.errorbar(along, mean, reach, fmt="none", ecolor=INK, elinewidth=1.1, zorder=3)
    axes.plot(_parted(x)[::every], p[::every], "o", color=GREY, markersize=2.2, alpha=0.45, markeredgewidth=0, clip_on=False)
    if any(isinstance(value, str) for value in values):
        axes.hlines(mean, along - 0.35, along + 0.35, color=INK, linewidth=1.8, zorder=3)
        words = [cut(readable(word), LONGEST) for word in dict.fromkeys(values)]
        if len(words) > CROWD:
            axes.set_xticks(range(len(words)), words, ha="right", va="center", rotation=90, rotation_mode="anchor")
        else:
            axes.set_xticks(range(len(words)), [word.replace(" ", "\n") for word in words])
        axes.set_xlim(-0.5, len(words) - 0.5)
    else:
        axes.plot(along, mean, color=INK, marker="o", markersize=3.6, linewidth=1.4, clip_on=False)
        axes.locator_params(axis="x", nbins=5)
    if log and (p > 0).any():
        axes.set_yscale("log", nonpositive="mask")
        axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0) if p.max() < 300 * p[p > 0].min() else (1.0,)))
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.yaxis.set_minor_formatter(NullFormatter())
    axes.tick_params(labelsize=NOTE, labelcolor=INK)
    return axes


def _worded(values):
    """Whether words stand on an axis."""
    return any(isinstance(value, str) for value in values)


def _parted(x):
    """``x`` with dots on the same value set a little apart, the same way each time."""
    values = np.unique(x)
    if len(values) > FEW or len(values) == len(x):
        return x
    room = JITTER * (np.diff(values).min() if len(values) > 1 else 1.0)
    return x + room * (2 * (np.arange(len(x)) * 0.6180339887498949 % 1) - 1)
