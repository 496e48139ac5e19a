"""Text in a terminal of 80 columns, whatever terminal it is: paragraphs, and tables that are continued below themselves."""

import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 80  # characters; not the terminal's own, so that the same study gives the same text
GAP, NAME = "  ", 30  # between columns; the longest line of a name at the left


def wrapped(text: str, indent: str = "") -> str:
    """A paragraph."""
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def table(rows: Iterable[Sequence[str]]) -> str:
    """Rows of words as columns, the first row a head; columns that find no place are continued below, beside the first."""
    rows = [line for row in rows for line in _lines(row)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n\n".join(_part(rows, widths, shown) for shown in parts(widths, WIDTH))


def _lines(row):
    """A row, and more of them where its name is long."""
    names = textwrap.wrap(row[0], NAME) or [""]
    return [(name, *(cell if i == 0 else "" for cell in row[1:])) for i, name in enumerate(names)]


def parts(widths: Sequence[int], wide: int) -> list[list[int]]:
    """Which columns of some ``widths`` stand beside each other: the first in every part, the others once each."""
    found, room = list[list[int]](), -1
    for j in range(1, len(widths)):
        if not found or widths[j] + len(GAP) > room:
            found.append([0])
            room = wide - widths[0]
        found[-1].append(j)
        room -= widths[j] + len(GAP)
    return found or [[0]]


def _part(rows, widths, shown):
    """Some of the columns of a table."""
    lines = [GAP.join(row[j].ljust(widths[j]) for j in shown).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])
