"""One look for all figures: page, colours, grid, small print, and files whose bytes depend on nothing but the figure.

Figures are ``matplotlib.figure.Figure`` objects; nothing here touches pyplot or leaves a global setting changed.
"""

import textwrap
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Literal, NamedTuple

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

# Okabe & Ito (2008), told apart with any colour vision; their yellow is left out, too pale for lines on white
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
DASHES = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 1.5, 1.5, 1.5)), "-", (0, (6, 2)), (0, (2, 1.5)))
SIDES = PALETTE[:2]  # the colours of a and b
MORE = ("#5D3A00", "#117733", "#4B0082", "#B22222", "#8A2BE2", "#7B4173", "#8F8F1F", "#44AA99", "#003F3F", "#00429D", "#E75480")
MARKERS = {"s": "■", "^": "▲", "D": "◆", "P": "✚", "X": "✖", "*": "★", "p": "⬟", "h": "⬢", ">": "▶", "d": "♦", "H": "⬣"}
MECHANISMS = ("hotline", "notification", "liaison_officers", "intelligence_cell", "joint_inquiry", "comprehensive",
              "border_commission", "joint_patrols", "mediation", "settlement", "shuttle_talk", "sovereignty_pledge",
              "targeting")  # fmt: skip
INK, GREY, PALE = "#222222", "#6E6E6E", "#DDDDDD"
PAGE = (7.0, 4.5)  # inches
TITLE, TEXT, NOTE = 9.5, 8.0, 6.8  # points
DPI = 150
KEY = "key"  # marks the names of alternatives above axes
FIXED = "\N{NO-BREAK SPACE}"  # where a line must not end
Box = tuple[float, float, float, float]  # left, bottom, width, height, as shares of the page
Grid = Literal["x", "y", "both", ""]
SALT = "escalation"  # for the identifiers inside an SVG


class Look(NamedTuple):
    """How an alternative is drawn wherever it is drawn."""

    colour: str
    marker: str  # of matplotlib; a hollow "v" or "<" is a bound

    @property
    def sign(self) -> str:
        """The marker as a sign in a text."""
        return MARKERS.get(self.marker, "●")


BASE = Look(INK, "o")  # of the base, and of no mechanism
LOOKS = tuple(map(Look, (*PALETTE[:6], *MORE), cycle(MARKERS)))  # those of the mechanisms, then four spare ones
BEYOND = Look(GREY, "o")  # of what is left when all are taken: told by its label alone
OWN = dict(zip(MECHANISMS, LOOKS, strict=False)) | {"none": BASE, "base": BASE}


def looks(names: Sequence[str]) -> list[Look]:
    """The ``Look`` of each of the alternatives a figure shows: no two have the same colour, up to the last of ``LOOKS``.

    A mechanism has its own in every figure; what is none takes what is left, beside mechanisms the spare ones first.
    """
    keys = [name.replace(" ", "_") for name in names]
    fixed = {OWN[key] for key in keys if key in OWN}
    left = (look for look in (LOOKS[::-1] if fixed - {BASE} else LOOKS) if look not in fixed)
    found = {key: OWN.get(key) or next(left, BEYOND) for key in dict.fromkeys(keys)}
    return [found[key] for key in keys]


def page(width: float = PAGE[0], height: float = PAGE[1]) -> Figure:
    """An empty figure, ``width`` by ``height`` inches."""
    figure = Figure(figsize=(width, height), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def plot(figure: Figure | None = None, box: Box = (0.1, 0.2, 0.86, 0.69)) -> tuple[Figure, Axes]:
    """A page with one pair of axes in ``box`` (left, bottom, width, height, as shares of the page): figure and axes."""
    figure = figure or page()
    return figure, dressed(figure.add_axes(box))


def dressed(axes: Axes, grid: Grid = "y") -> Axes:
    """``axes`` in the common look, with a light grid along ``grid`` ("x", "y", "both" or "")."""
    for name, spine in axes.spines.items():
        spine.set_visible(name in ("left", "bottom"))
        spine.set_color(GREY)
        spine.set_linewidth(0.7)
    axes.tick_params(which="both", labelsize=TEXT, labelcolor=INK, color=GREY, width=0.7, length=3)
    axes.tick_params(which="minor", length=1.5)
    axes.xaxis.label.set(fontsize=TEXT, color=INK)
    axes.yaxis.label.set(fontsize=TEXT, color=INK)
    axes.set_axisbelow(True)
    axes.grid(False)  # of an earlier look
    if grid:
        axes.grid(True, axis=grid, color=PALE, linewidth=0.6)
    return axes


def titled(axes: Axes, text: str) -> Axes:
    """``axes`` under a left-aligned title that says what is seen."""
    axes.set_title(text, loc="left", fontsize=TITLE, color=INK, pad=8)
    return axes


def key(figure: Figure, down: float, meaning: str, names: Sequence[str]) -> float:
    """Say what colours mean, "mechanism: ● none ■ hotline", ``down`` inches below the top; returns the inches taken then."""
    x, height = 0.02, figure.get_figheight()
    entries = [
        (f"{meaning}:", INK, None),
        *((f"{look.sign} {name}", look.colour, KEY) for name, look in zip(names, looks(names), strict=True)),
    ]
    for text, ink, mark in entries:
        label = figure.text(x, 1 - down / height, text, fontsize=TEXT, color=ink, va="top", gid=mark)
        width = label.get_window_extent().width / figure.bbox.width
        if x > 0.02 and x + width > 0.98:
            x, down = 0.02, down + 1.4 * TEXT / 72
            label.set_position((x, 1 - down / height))
        x += width + 0.018
    return down + 1.6 * TEXT / 72


def asked(figure: Figure, question: str, answer: str = "") -> float:
    """Write a question above the axes of a page, and a sentence that answers it; returns the inches from the top they take."""
    down = 0.1
    for text, size, ink in ((question, TITLE, INK), (answer, TEXT, INK)):
        if text:
            lines = wrapped(figure, text, size)
            figure.text(0.02, 1 - down / figure.get_figheight(), lines, fontsize=size, color=ink, va="top", linespacing=1.25)
            down += (1.3 * (lines.count("\n") + 1) * size + 3) / 72
    return down


def wrapped(figure: Figure, text: str, size: float) -> str:
    """``text`` in lines of ``size`` points that fit on the page."""
    return "\n".join(textwrap.wrap(text, int(figure.get_figwidth() * 72 * 0.96 / (size * 0.52))))


def headed(figure: Figure, text: str) -> Figure:
    """``figure`` under a title at the left of its page, for pages of several axes."""
    figure.text(0.02, 1 - 0.19 / figure.get_figheight(), text, fontsize=TITLE, color=INK, va="center")
    return figure


def colour(i: int) -> str:
    """The colour of line number ``i``."""
    return PALETTE[i % len(PALETTE)]


def dash(i: int) -> str | tuple:
    """The dashes of line number ``i``, so that lines also differ in print without colour."""
    return DASHES[i % len(DASHES)]


def small_print(figure: Figure, text: str) -> Text:
    """Write under the figure what a reader must know to judge it: n, seed, what was varied. Long texts wrap."""
    width = int(figure.get_figwidth() * 72 * 0.96 / (NOTE * 0.55))  # characters on a line
    kept = text.replace(" %", f"{FIXED}%").replace("n = ", f"n{FIXED}={FIXED}")
    lines = textwrap.wrap(kept, width, break_long_words=False, break_on_hyphens=False)
    _make_room(figure, 0.08 + 1.25 * len(lines) * NOTE / 72)
    low = 0.081 / figure.get_figheight()
    return figure.text(0.02, low, "\n".join(lines), fontsize=NOTE, color=GREY, ha="left", va="bottom", linespacing=1.25)


def _make_room(figure, inches):
    """Lengthen the page until nothing on it stands in its lowest ``inches``; what is there keeps its size and its place."""
    drawn = [axes.get_tightbbox() for axes in figure.axes] + [text.get_window_extent() for text in figure.texts]
    more = inches + 0.06 - min((box.y0 for box in drawn if box is not None), default=figure.bbox.height) / figure.dpi
    if more <= 0.0:
        return
    places = [axes.get_position() for axes in figure.axes]
    old = figure.get_figheight()
    figure.set_figheight(old + more)
    for axes, box in zip(figure.axes, places, strict=True):
        axes.set_position([box.x0, (box.y0 * old + more) / (old + more), box.width, box.height * old / (old + more)])
    for text in figure.texts:
        text.set_y((text.get_position()[1] * old + more) / (old + more))


def saved(figure: Figure, folder: str | Path, name: str) -> tuple[Path, Path]:
    """Write the figure to ``folder`` as name.png (150 dots an inch) and name.svg; returns both paths.

    The same figure gives the same bytes: no date, no version of any program, fixed identifiers.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    png, svg = folder / f"{name}.png", folder / f"{name}.svg"
    with rc_context({"svg.hashsalt": SALT, "svg.fonttype": "path"}):
        figure.savefig(png, dpi=DPI, metadata={"Software": None})
        figure.savefig(svg, metadata={"Date": None, "Creator": None})
    return png, svg
