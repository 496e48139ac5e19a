"""What a sweep under way knows already, in lines for people."""

from collections.abc import Iterator, Sequence

import numpy as np

from sim.design.grid import Cell
from sim.execution.schedule import read
from sim.execution.tasks import Tasks
from sim.model.text import counted
from sim.runs.summary import Count, combined_counts, numbers
from sim.storage.chunk_store import Store

MOST = 40  # cells that are told


def interim_lines(tasks: Tasks, store: Store, cells: Sequence[Cell], rung: int) -> list[str]:
    """P(peak >= rung) of the cells played so far, each with its 95 % interval and the runs it rests on: lines of text."""
    lines, known = [], 0
    for cell, values, n in _known(tasks, store):
        known += 1
        if known <= MOST:
            p, low, high = values[rung - 1]
            words = ", ".join(f"{axis} = {value}" for axis, value in cells[cell].labels.items()) or "all runs"
            lines.append(f"  {words}: P(peak >= {rung}) = {p:.4f} [{low:.4f}, {high:.4f}], {counted(n, 'run')}")
    begun = f"{known:,} of {counted(len(cells), 'cell')} begun"
    return [begun, *lines, *([f"  and {known - MOST:,} more"] if known > MOST else [])]


def _known(tasks: Tasks, store: Store) -> Iterator[tuple[int, np.ndarray, int]]:
    """Triples of cell, values and runs, from the chunks there are."""
    count: Count | None = None
    cell = 0
    for task in tasks:
        if count is not None and task.cell != cell:
            yield cell, numbers(count), count.n
            count = None
        result = read(store, task) if store.has(task.name) else None
        if result is None:
            continue
        if isinstance(result, Count):
            count, cell = result if count is None else combined_counts(count, result), task.cell
        else:
            yield from ((task.cell + i, values, task.of) for i, values in enumerate(result))
    if count is not None:
        yield cell, numbers(count), count.n
