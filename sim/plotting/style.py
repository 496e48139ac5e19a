"""One look for all figures: colours, markers, grid, and files whose bytes depend on nothing but the figure.

Figures are ``matplotlib.figure.Figure`` objects; nothing here touches pyplot or leaves a global setting changed.
"""

import io
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Literal, NamedTuple

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Okabe & Ito (2008), told apart with any colour vision; their yellow is left out, too pale for lines on white
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
DASHES = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 1.5, 1.5, 1.5)), "-", (0, (6, 2)), (0, (2, 1.5)))
SIDES = PALETTE[:2]  # the colours of a and b
MORE = ("#5D3A00", "#117733", "#4B0082", "#B22222", "#8A2BE2", "#7B4173", "#8F8F1F", "#44AA99", "#003F3F", "#00429D", "#E75480")
MARKERS = {"s": "■", "^": "▲", "D": "◆", "P": "✚", ">": "▶", "*": "★", "p": "⬟", "h": "⬢", "d": "♦", "H": "⬣", "X": "✖"}
MECHANISMS = ("hotline", "notification", "liaison_officers", "intelligence_cell", "joint_inquiry", "comprehensive",
              "border_commission", "joint_patrols", "mediation", "settlement", "shuttle_talk", "sovereignty_pledge",
              "targeting")  # fmt: skip
INK, GREY, PALE = "#222222", "#6E6E6E", "#DDDDDD"
TITLE, TEXT, NOTE = 9.5, 8.0, 6.8  # points
DPI = 150
KEY = "key"  # marks the names of alternatives above axes
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


BASE = Look(INK, "o")  # of the base, of no mechanism, and of a line alone
LOOKS = tuple(map(Look, (*PALETTE[:6], *MORE), cycle(MARKERS)))  # those of the mechanisms, then four spare ones
BEYOND = Look(GREY, "o")  # of what is left when all are taken: told by its label alone
OWN = dict(zip(MECHANISMS, LOOKS, strict=False)) | {"none": BASE, "base": BASE, "exact": BASE, "": BASE}


def looks(names: Sequence[str]) -> list[Look]:
    """The ``Look`` of each of the alternatives a figure shows: no two have the same colour, up to the last of ``LOOKS``.

    A mechanism has its own in every figure; what is none takes what is left, beside mechanisms the spare ones first.
    """
    keys = [name.replace(" ", "_") for name in names]
    fixed = {OWN[key] for key in keys if key in OWN}
    left = (look for look in (LOOKS[::-1] if fixed - {BASE} else LOOKS) if look not in fixed)
    found = {key: OWN.get(key) or next(left, BEYOND) for key in dict.fromkeys(keys)}
    return [found[key] for key in keys]


class Page(Figure):
    """A figure that a notebook shows, whatever backend it has."""

    def _repr_png_(self) -> bytes:
        """The page as PNG."""
        content = io.BytesIO()
        self.savefig(content, format="png")
        return content.getvalue()


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


def colour(i: int) -> str:
    """The colour of line number ``i``."""
    return PALETTE[i % len(PALETTE)]


def dash(i: int) -> str | tuple:
    """The dashes of line number ``i``, so that lines also differ in print without colour."""
    return DASHES[i % len(DASHES)]


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
