"""The forest plot: the difference each alternative makes, with its interval, beside a line where the base stands."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes

from sim.plotting.style import GREY, INK, NOTE, TEXT, Look, dressed
from sim.statistics.verdict import LOWERS, RAISES, SAME

TOLD = (LOWERS, RAISES)


class Row(NamedTuple):
    """One alternative: label and look, the difference with the ends of its interval, what may be said, and that in words."""

    label: str
    look: Look
    value: float
    low: float
    high: float
    verdict: str
    words: str
    wide: tuple[float, float] | None = None  # the ends of what is not known, drawn light around the interval of chance


def forest(axes: Axes, rows: Sequence[Row], xlabel: str) -> Axes:
    """``rows`` from top to bottom, the resolved filled, the unresolved hollow and grey, below a line of their own."""
    dressed(axes, grid="x")
    height = len(rows)
    axes.axvline(0, color=INK, linewidth=0.9, zorder=1)
    for i, row in enumerate(rows):
        _row(axes, height - 1 - i, row)
    resolved = sum(row.verdict in TOLD for row in rows)
    if 0 < resolved < height:
        axes.axhline(height - resolved - 0.5, color=GREY, linewidth=0.6, linestyle=(0, (2, 2)))
    axes.set_yticks(range(height), [row.label for row in rows[::-1]])
    for text, row in zip(axes.get_yticklabels(), rows[::-1], strict=True):
        text.set_color(INK if row.verdict in TOLD else GREY)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    ends = [x for row in rows for x in (row.low, row.high, *(row.wide or ())) if row.verdict != SAME] or [-1.0, 1.0]
    span = max(max(ends), 0.0) - min(min(ends), 0.0)
    axes.set(xlim=(min(*ends, 0) - 0.06 * span, max(*ends, 0) + 0.06 * span), ylim=(-0.7, height - 0.3), xlabel=xlabel)
    _sides(axes, min(ends), max(ends))
    return axes


def _row(axes, y, row):
    """One alternative: interval, point and words."""
    if row.verdict == SAME:
        axes.plot(0, y, "D", color="white", markeredgecolor=GREY, markersize=4, zorder=3)
    else:
        filled = row.verdict in TOLD
        tint = row.look.colour if filled else GREY
        if row.wide:
            axes.hlines(y, *row.wide, color=tint, linewidth=6.0, alpha=0.25, zorder=1.5)
        axes.hlines(y, row.low, row.high, color=tint, linewidth=1.8 if filled else 1.2, zorder=2)
        shape, face = (row.look.marker, tint) if filled else ("o", "white")
        axes.plot(row.value, y, shape, color=tint, markerfacecolor=face, markersize=5.5, zorder=3)
    axes.annotate(
        row.words, (1.02, y), xycoords=("axes fraction", "data"), fontsize=TEXT, va="center", annotation_clip=False,
        color=INK if row.verdict in TOLD else GREY,
    )  # fmt: skip


def _sides(axes, least, most):
    """Say at the top which side of the line is which, where anything lies there."""
    left, right = axes.get_xlim()
    at = -left / (right - left)
    for side, share, text in ((-1, at, "← lower"), (1, 1 - at, "higher →")):
        if share > 0.12 and (least < 0 if side < 0 else most > 0):
            axes.text(
                at + side * 0.012, 1.005, text, transform=axes.transAxes, fontsize=NOTE, color=GREY,
                ha="right" if side < 0 else "left", va="bottom",
            )  # fmt: skip
