"""Cells of a sweep on the same chances: how much P(peak >= r) differs from that of another cell, run by run.

What chance brings to a run depends on the run's number alone, so two cells differ far more surely than their own intervals
say. Of each pair only the counts are kept: memory does not grow with cells or runs.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from sim.execution.tasks import Tasks, expected, played
from sim.model.ladder import WAR
from sim.statistics.paired_differences import bonferroni_z, mover_interval
from sim.storage import arrays as chunk
from sim.storage.chunk_store import Chunks

MOST = 2000  # cells that are set against another


def differences(tasks: Tasks, store: Chunks, others: Sequence[int]) -> np.ndarray:
    """The differences of P(peak >= r), r = 1 to 9, of each cell from another and their intervals: [cells, 9, 3].

    ``others`` gives the number of that other cell, itself where there is none (then NaN). The intervals hold together with
    95 % over the cells (Bonferroni). ``store`` holds the chunks of ``tasks``, in which peaks are kept.
    """
    found, z = np.full((len(others), WAR, 3), np.nan), bonferroni_z(sum(i != other for i, other in enumerate(others)))
    peaks = _reader(tasks, store)
    for cell, other in enumerate(others):
        if cell != other:
            parts = (apart(peaks(cell, part), peaks(other, part)) for part in range(tasks.parts))
            only, only_other = sum(parts, np.zeros((2, WAR), np.int64))
            low, high = mover_interval(only, only_other, tasks.runs, z)
            found[cell] = np.stack([(only - only_other) / tasks.runs, low, high], axis=-1)
    return found


def apart(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Runs that reached r under the first alone, and under the second alone, r = 1 to 9, from the runs' peaks: [2, 9]."""
    both, first, second = (_reached(peaks) for peaks in (np.minimum(one, two), one, two))
    return np.stack([first - both, second - both])


def _reached(peaks: np.ndarray) -> np.ndarray:
    """Runs that reached r, r = 1 to 9."""
    return np.cumsum(np.bincount(peaks, minlength=WAR + 1)[::-1])[::-1][1:]


def _reader(tasks: Tasks, store: Chunks) -> Callable[[int, int], np.ndarray]:
    """The function from a cell and a part of its runs to their peaks; the last chunks read are at hand."""

    @lru_cache(maxsize=2)
    def kept(number: int) -> np.ndarray:
        """The peaks of a task's cells."""
        task = tasks[number]
        arrays = store.get(task.name, expected(task)) or chunk.unpacked(played(task)[0], expected(task), task.name)
        return arrays["of runs"]

    return lambda cell, part: kept(cell // tasks.together * tasks.parts + part)[cell % tasks.together]
