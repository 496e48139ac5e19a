"""What is not known, drawn light around what is drawn for chance: bands along numbers, bars along words."""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes

from sim.plotting.style import Look

MOST_BANDS = 3  # lines up to which each has its band of levels; of more, the first alone: they would hide each other
PALE = 0.13


def wide_bands(axes: Axes, x: np.ndarray, bands: Sequence[np.ndarray], looks: Sequence[Look]) -> None:
    """A band for each of some lines that is told all along it: ``bands`` are [values, 3], the mean and the ends of most draws.

    Where chance hides the ends they are NaN.
    """
    told = [(band, look) for band, look in zip(bands, looks, strict=True) if np.isfinite(band).all()]
    for band, look in told:
        axes.fill_between(x, band[:, 1], band[:, 2], color=look.colour, alpha=PALE, linewidth=0, zorder=0.6)
    _hold(axes.get_ylim(), axes.set_ylim, [band for band, _ in told])


def wide_bars(axes: Axes, y: np.ndarray, bands: Sequence[np.ndarray], looks: Sequence[Sequence[Look]]) -> None:
    """A bar for each of some points: ``y`` are the heights of every line's points, ``bands`` as of ``wide_bands``."""
    for heights, band, some in zip(y, bands, looks, strict=True):
        axes.hlines(
            heights, band[:, 1], band[:, 2], color=[look.colour for look in some], alpha=2 * PALE, linewidth=5, zorder=0.6
        )
    _hold(axes.get_xlim(), axes.set_xlim, bands)


def _hold(limits: tuple[float, float], set_limits: Callable, bands: Sequence[np.ndarray]) -> None:
    """Widen a scale until it holds what is told of all bands."""
    ends = np.concatenate([np.empty(0), *(band[:, 1:].ravel() for band in bands)])
    ends = ends[np.isfinite(ends)]
    if len(ends):
        low, high = limits
        room = 0.03 * (max(high, ends.max()) - min(low, ends.min()))
        set_limits(low if low <= ends.min() else ends.min() - room, high if high >= ends.max() else ends.max() + room)
