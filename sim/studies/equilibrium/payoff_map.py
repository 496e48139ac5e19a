"""A game on a page: what each side gets for every pair of strategies, where the equilibria are, where best replies lead."""

from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.games.best_response import best_responses
from sim.games.bimatrix import Bimatrix
from sim.plotting.heat_map import MAP
from sim.plotting.numbers import plain
from sim.plotting.style import INK, NOTE, PALETTE, TEXT, Look, dressed
from sim.studies.equilibrium.bootstrap_profile import BootstrapProfile

FEW = 36  # cells up to which arrows are drawn
BESIDE = 0.3  # of a cell


def payoff_map(axes: Axes, game: Bimatrix, side: int, equilibria: Iterable[BootstrapProfile], xlabel: str, ylabel: str) -> Axes:
    """The payoffs of ``side`` (0 or 1): rows are a's strategies. Light is good; equal steps of colour are equal ratios of loss.

    ``equilibria`` are standings: pure ones are framed, the strategies of mixed ones dotted. Arrows are the side's replies.
    """
    values = (game.a, game.b)[side]
    loss = np.log1p(values.max() - values)
    dressed(axes, grid="")
    image = axes.imshow(-loss, cmap=MAP, aspect="auto")
    axes.set_xticks(range(values.shape[1]), game.columns, rotation=40, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(values.shape[0]), game.rows)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    small = values.size > FEW
    for (i, j), value in np.ndenumerate(values):
        red, green, blue, _ = image.cmap(image.norm(-loss[i, j]))
        ink = "white" if 0.299 * red + 0.587 * green + 0.114 * blue < 0.5 else INK
        text = plain(value, 0 if small or abs(value) >= 100 else 1)
        axes.text(j, i, text, ha="center", va="center", color=ink, fontsize=NOTE - 1.6 * small)
    _mark(axes, equilibria)
    if not small:
        _arrows(axes, game, side)
    return axes


def _mark(axes: Axes, equilibria: Iterable[BootstrapProfile]) -> None:
    """Frame the pure equilibria, and dot the pairs mixed ones play."""
    for one in equilibria:
        rows, columns = np.flatnonzero(one.x), np.flatnonzero(one.y)
        for i in rows:
            for j in columns:
                if one.pure:
                    box = (j - 0.47, i - 0.47), 0.94, 0.94
                    axes.add_patch(Rectangle(*box, fill=False, edgecolor=PALETTE[1], linewidth=2.0, zorder=4))
                else:
                    axes.plot(j + 0.38, i - 0.36, "o", color=PALETTE[1], markersize=2.5, zorder=4)


def _arrows(axes: Axes, game: Bimatrix, side: int) -> None:
    """Where the side would go from every pair."""
    to_column, to_row = best_responses(game)
    values = (game.a, game.b)[side]
    loss = np.log1p(values.max() - values)
    for i, j in np.ndindex(game.a.shape):
        k, l = (to_column[j], j) if side == 0 else (i, to_row[i])  # noqa: E741
        if (k, l) != (i, j):
            sign = np.sign([k - i, l - j])
            ink = INK if loss[i, j] < loss.max() / 2 else "white"
            i += BESIDE * abs(sign[1])  # arrows to the side run under the numbers
            tip, tail = (j + 0.5 * sign[1], i + 0.5 * sign[0]), (j + 0.26 * sign[1], i + 0.26 * sign[0])
            style = {"arrowstyle": "-|>", "color": ink, "lw": 0.9, "mutation_scale": 6, "shrinkA": 0, "shrinkB": 0}
            axes.annotate("", tip, tail, arrowprops=style)


def legend_text(game: Bimatrix) -> str:
    """What the marks mean."""
    arrows = " arrows: the side's best reply;" if game.a.size <= FEW else ""
    return f"Framed: pure equilibrium; dotted: played in a mixed one;{arrows} colour: log of the loss."


def rising(path: np.ndarray, shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The points of a path [points] and its weights [points, k] as the path rises: where it folds back, a gap and a jump."""
    record = path > np.maximum.accumulate(np.append(-np.inf, path[:-1]))
    broken = np.diff(record.astype(int)) > 0  # from a fold to the next point beyond all before
    shares = shares.copy()
    shares[:-1][broken] = np.nan
    keep = record | np.append(broken, False)
    path = np.maximum.accumulate(path)
    return path[keep], shares[keep]


def path_lines(
    axes: Axes, path: np.ndarray, names: Sequence[str], shares: np.ndarray, xlabel: str, tints: Sequence[Look]
) -> Axes:
    """The weights of one side's strategies along a path, in ``tints``, a ``Look`` each; the few that matter are named."""
    from sim.plotting.labels import end_labels
    from sim.plotting.style import dash

    dressed(axes)
    keep = sorted(np.argsort(-np.nanmax(shares, 0), kind="stable")[:6])
    for c, k in enumerate(keep):
        axes.plot(path, shares[:, k], color=tints[k].colour, linestyle=dash(c), linewidth=1.6)
    axes.set(xscale="log", ylim=(-0.02, 1.02), xlabel=xlabel)
    axes.set_ylabel("weight", fontsize=TEXT)
    ends = [shares[-1, k] for k in keep]
    end_labels(axes, ends, [names[k] for k in keep], [tints[k].colour for k in keep])
    return axes
