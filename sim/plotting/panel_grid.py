"""One layout for all figures: a question above, panels in a grid, small print below, and room for all that is written.

Panels are as high as they are asked to be, in inches, and share the width that their labels leave; the page is as long as that
needs. ``arranged`` measures what is drawn and puts everything in its place, and may be called again when more is drawn.
"""

import textwrap
from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation

from sim.plotting.style import DPI, GREY, INK, KEY, NOTE, TEXT, TITLE, Page, dressed, looks

WIDTH, TALL = 7.0, 2.9  # inches: of every page; of a panel alone on it
EDGE, BETWEEN, BELOW, LEAST = 0.14, 0.1, 0.14, 0.3  # inches: beside, between and under panels; the least width of one
FIXED = "\N{NO-BREAK SPACE}"  # where a line must not end
HEAD, FOOT = "head", "foot"  # mark the question with what follows it, and the small print


def panel_grid(
    question: str,
    rows: Sequence[float] = (TALL,),
    columns: Sequence[float] = (1.0,),
    answer: str = "",
    panels: int | None = None,
) -> tuple[Figure, list[Axes]]:
    """A page with its ``question``, a sentence that answers it, and ``panels`` of a grid, row by row: figure and axes.

    ``rows`` are heights in inches, ``columns`` shares of the width.
    """
    figure = Page(figsize=(WIDTH, 1.0), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    for text, size in ((question, TITLE), (answer, TEXT)):
        if text:
            _folded(_headed(figure, text, EDGE, _taken(figure), size, INK), text, size)
    grid = figure.add_gridspec(len(rows), len(columns), height_ratios=rows, width_ratios=columns)
    places = [grid[i, j] for i in range(len(rows)) for j in range(len(columns))][:panels]
    axes = [dressed(figure.add_subplot(place)) for place in places]
    arranged(figure)
    return figure, axes


def key(figure: Figure, entries: Iterable[tuple[str, str]], meaning: str = "") -> None:
    """Say above the panels what colours mean: "mechanism: ● none ■ hotline", in as many lines as it takes.

    ``entries`` are pairs of a text and its colour.
    """
    x, down = EDGE, _taken(figure)
    for text, ink, mark in [*([(f"{meaning}:", INK, HEAD)] if meaning else []), *((*entry, KEY) for entry in entries)]:
        label = _headed(figure, text, x, down, TEXT, ink, mark)
        wide = label.get_window_extent().width / figure.dpi
        if x > EDGE and x + wide > WIDTH - EDGE:
            label.remove()
            x, down = EDGE, down + 1.4 * TEXT / 72
            label = _headed(figure, text, x, down, TEXT, ink, mark)
        x += wide + 0.13
    arranged(figure)


def names_key(figure: Figure, meaning: str, names: Sequence[str]) -> None:
    """Name alternatives above the panels, each in its colour and with its marker."""
    key(figure, [(f"{look.sign} {name}", look.colour) for name, look in zip(names, looks(names), strict=True)], meaning)


def small_print(figure: Figure, text: str) -> Text:
    """Write under the figure what a reader must know to judge it: n, seed, what was varied. Long texts wrap."""
    kept = text.replace(" %", f"{FIXED}%").replace("n = ", f"n{FIXED}={FIXED}")
    written = _written(figure, "", EDGE, 0.0, 0.08, NOTE, GREY, FOOT)
    _folded(written, kept, NOTE)
    arranged(figure)
    return written


def arranged(figure: Figure) -> Figure:
    """``figure`` with its panels where nothing they bear leaves the page or meets what another bears."""
    for _ in range(3):  # labels move when the width of their panel does
        _arrange(figure)
    return figure


def _folded(written, text, size):
    """Write ``text`` in lines that fit on the page."""
    for wide in range(int(WIDTH * 72 / (size * 0.5)), 30, -3):  # characters on a line
        written.set_text(textwrap.fill(text, wide, break_long_words=False, break_on_hyphens=False))
        if written.get_window_extent().x1 <= 0.95 * WIDTH * DPI:  # at other resolutions letters are a little wider
            return


def _headed(figure, text, x, down, size, ink, mark=HEAD):
    """Write a text ``down`` inches below the top."""
    return _written(figure, text, x, 1.0, -down, size, ink, mark)


def _written(figure, text, x, edge, inches, size, ink, mark):
    """Write a text at ``x`` inches, some ``inches`` from the top (1) or the bottom (0) ``edge``, wherever that comes to be."""
    there = figure.transFigure + ScaledTranslation(0.0, inches, figure.dpi_scale_trans)
    return figure.text(
        x / WIDTH,
        edge,
        text,
        transform=there,
        fontsize=size,
        color=ink,
        va="top" if edge else "bottom",
        linespacing=1.25,
        gid=mark,
    )


def _taken(figure):
    """Inches from the top that what stands above the panels takes."""
    above = [text.get_window_extent().y0 for text in figure.texts if text.get_gid() in (HEAD, KEY)]
    return figure.get_figheight() - min(above) / figure.dpi + 0.06 if above else 0.1


def _arrange(figure):
    """Give the page its length and every panel its place, by what is drawn around it now."""
    grid = figure.axes[0].get_subplotspec().get_gridspec()
    tall, shares = np.array(grid.get_height_ratios()), np.array(grid.get_width_ratios())
    around = np.zeros((len(tall), len(shares), 4))
    for axes in figure.axes:
        around[_cell(axes)] = _borne(axes)
    (left, right), (below, above) = around[..., (0, 2)].max(0).T, around[..., (1, 3)].max(1).T
    room = WIDTH - 2 * EDGE - (left + right).sum() - BETWEEN * (len(shares) - 1)
    wide = shares * max(LEAST, room / shares.sum())
    foot = max([0.0, *(text.get_window_extent().y1 / figure.dpi for text in figure.texts if text.get_gid() == FOOT)])
    x = EDGE + np.cumsum(left + wide + right + BETWEEN) - (wide + right + BETWEEN)
    down = _taken(figure) + np.cumsum(above + tall + below + BELOW) - (below + BELOW)  # to the lower ends of the panels
    height = float(down[-1] + below[-1] + BELOW + foot)
    figure.set_figheight(height)
    for axes in figure.axes:
        i, j = _cell(axes)
        axes.set_position((x[j] / WIDTH, 1.0 - down[i] / height, wide[j] / WIDTH, tall[i] / height))


def _cell(axes):
    """The row and the column of a panel."""
    place = axes.get_subplotspec()
    return place.rowspan.start, place.colspan.start


def _borne(axes):
    """Inches that what a panel bears stands out on its left, below, on its right and above."""
    box, frame = axes.get_tightbbox(), axes.bbox
    if box is None:
        return np.zeros(4)
    out = np.array([frame.x0 - box.x0, frame.y0 - box.y0, box.x1 - frame.x1, box.y1 - frame.y1])
    return np.maximum(0.0, out) / axes.figure.dpi
