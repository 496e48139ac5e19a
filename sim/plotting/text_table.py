"""Rows of a table as aligned text: a line of names, a line of units, and the values.

Columns that find no place in the terminal are continued below, beside the first.
"""

import pyarrow as pa

from sim.model.text import counted, shown, width
from sim.plotting.paragraphs import GAP, parts

WIDEST = 40  # characters of a text


def rows(table: pa.Table, total: int, why: str = "") -> str:
    """The rows of an Arrow table in lines, how many there are in all, and ``why`` there are none."""
    heads = [(_written(name), _unit(field)) for name, field in zip(table.column_names, table.schema, strict=True)]
    columns = [[*head, *map(_written, _values(column))] for head, column in zip(heads, table.columns, strict=True)]
    right = [pa.types.is_integer(field.type) or pa.types.is_floating(field.type) for field in table.schema]
    widths = [max(map(len, column)) for column in columns]
    for column, wide, number in zip(columns, widths, right, strict=True):
        column.insert(2, "-" * wide)
        column[:] = [text.rjust(wide) if number else text.ljust(wide) for text in column]
    blocks = ["\n".join(_beside([columns[j] for j in shown_here])) for shown_here in parts(widths, width())]
    return "\n".join(["\n\n".join(blocks), _foot(table.num_rows, total, why)])


def _beside(columns):
    """The lines of some columns of equal length."""
    return [GAP.join(line).rstrip() for line in zip(*columns, strict=True)]


def _values(column):
    """The values of a column; dates as texts, for Arrow holds some that Python does not."""
    return (column.cast(pa.string()) if pa.types.is_temporal(column.type) else column).to_pylist()


def _unit(field):
    """The unit of a column, in brackets."""
    unit = (field.metadata or {}).get(b"unit", b"").decode("utf-8", "replace")
    return f"[{_written(unit)}]" if unit else ""


def _written(value):
    """A value as a reader sees it."""
    if value is None:
        return "-"
    text = f"{value:z.6g}" if isinstance(value, float) else shown(str(value)[: 2 * WIDEST])
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


def _foot(found, total, why):
    if found == total:
        return counted(total, "row") + (f": {shown(why)}" if why else "")
    return f"{found:,} of {total:,} rows; rows={min(total, 10**6)} shows more"
