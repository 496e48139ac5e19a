"""A page of a set width with its title, and labels that fit on it."""

from matplotlib.figure import Figure

from sim.plotting.names import literal
from sim.plotting.style import headed, page

LONGEST = 20  # characters of a label
WIDTH = 7.0  # inches


def shown(label: str) -> str:
    """A label as a figure shows it, cut where it is long."""
    text = label.replace("_", " ")
    return literal(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")


def sheet(height: float, title: str) -> Figure:
    """A page ``height`` inches high, with its title."""
    return headed(page(WIDTH, height), title)
