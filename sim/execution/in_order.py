"""Many runs of many cells on all processors: chunk by chunk, in order, with progress."""

import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sim.engine import kernel
from sim.engine.thread_pool import processors, thread_pool
from sim.model.setting.crisis import Crisis
from sim.runs.progress_bar import bar


class Chunk(NamedTuple):
    """Some runs of one cell: the rows of runs ``first`` onward, [runs, len(batch.ROW)]."""

    cell: int
    first: int
    rows: np.ndarray


def chunks(crises: Sequence[Crisis], seed: int, runs: int, threads: int = 0, label: str = "runs") -> Iterator[Chunk]:
    """Play ``runs`` runs of every crisis, and yield them as ``Chunk`` in the order of cells and runs.

    At the most a few chunks are in memory at once. Standard error shows progress after two seconds.
    """
    threads = threads or processors()
    spans = ((cell, first) for cell in range(len(crises)) for first in range(0, runs, kernel.CHUNK))

    def job(cell: int, first: int) -> Chunk:
        return Chunk(cell, first, kernel.simulate(crises[cell], seed, min(kernel.CHUNK, runs - first), first, workers=1))

    with bar(total=runs * len(crises), desc=label, unit=" runs", unit_scale=True) as shown, thread_pool(threads) as pool:
        waiting = deque(pool.submit(job, *span) for span in itertools.islice(spans, 2 * threads))
        while waiting:
            chunk = waiting.popleft().result()
            waiting.extend(pool.submit(job, *span) for span in itertools.islice(spans, 1))
            shown.update(len(chunk.rows))
            yield chunk
