"""Replicator dynamics as a phase portrait: a square where each side has two strategies, two triangles where it has more."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from sim.games.bimatrix import Bimatrix, part
from sim.games.replicator import growth, trajectory
from sim.plotting.style import GREY, INK, NOTE, PALETTE, TEXT, dressed

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(0.75)]])
STARTS = (0.15, 0.5, 0.85)


def leading(weights: npt.ArrayLike, most: int) -> list[int]:
    """The numbers of the ``most`` strategies with the largest ``weights``, in their order."""
    return sorted(np.argsort(-np.asarray(weights), kind="stable")[:most].tolist())


def square(axes: Axes, game: Bimatrix, rows: Sequence[int], columns: Sequence[int]) -> Axes:
    """Two strategies of each side: arrows of the flow, and paths from nine starts. The share of the second is drawn."""
    two = part(game, rows, columns)
    dressed(axes, grid="")
    at = np.linspace(0.04, 0.96, 13)
    flow = np.array([[_pace(two, p, q) for p in at] for q in at])
    speed = np.hypot(*np.moveaxis(flow, 2, 0))
    unit = flow / np.where(speed > 0, speed, 1)[..., None]
    axes.quiver(at, at, unit[..., 0], unit[..., 1], color="#B5B5B5", pivot="mid", width=0.004, headwidth=4)
    for p in STARTS:
        for q in STARTS:
            x, y = trajectory(two, np.array([1 - p, p]), np.array([1 - q, q]))
            axes.plot(x[:, 1], y[:, 1], color=PALETTE[0], linewidth=0.9)
            axes.plot(p, q, "o", color=PALETTE[0], markersize=2.5)
            axes.plot(x[-1, 1], y[-1, 1], "s", color=PALETTE[1], markersize=5, zorder=5)
    axes.set(xlim=(-0.03, 1.03), ylim=(-0.03, 1.03), aspect="equal")
    axes.set_xlabel(f"a: {two.rows[0]}  →  {two.rows[1]}", fontsize=TEXT)
    axes.set_ylabel(f"b: {two.columns[0]}  →  {two.columns[1]}", fontsize=TEXT)
    return axes


def _pace(two: Bimatrix, p: float, q: float) -> tuple[float, float]:
    grown = growth(two, np.array([1 - p, p]), np.array([1 - q, q]))
    return grown[0][1], grown[1][1]


def triangles(left: Axes, right: Axes, game: Bimatrix, rows: Sequence[int], columns: Sequence[int]) -> None:
    """Up to three strategies of each side: the paths of both populations from the same four starts, in two triangles."""
    three = part(game, rows, columns)
    starts = [np.full(3, 1 / 3), *(np.full(3, 0.1) + 0.7 * np.eye(3)[k] for k in range(3))]
    for axes, names, side in ((left, three.rows, "a"), (right, three.columns, "b")):
        axes.set_axis_off()
        axes.set_aspect("equal")
        axes.plot(*np.vstack([CORNERS, CORNERS[:1]]).T, color=GREY, linewidth=0.8)
        for corner, name, up, align in zip(CORNERS, names, (-1, -1, 1), ("center",) * 3, strict=True):
            axes.text(corner[0], corner[1] + 0.06 * up, f"{side}: {name}", fontsize=NOTE, color=INK, ha=align, va="center")
        axes.set(xlim=(-0.2, 1.2), ylim=(-0.14, 1.0))
    for k, start in enumerate(starts):
        x, y = trajectory(three, start, start)
        for axes, path in ((left, x), (right, y)):
            points = path @ CORNERS
            axes.plot(*points.T, color=PALETTE[k], linewidth=1.3)
            axes.plot(*points[0], "o", color=PALETTE[k], markersize=3.5)
            axes.plot(*points[-1], "s", color=PALETTE[k], markersize=6 - k, zorder=5)
