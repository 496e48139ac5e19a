"""A task: some runs of some cells, and what is kept of them. A sweep is cut into tasks the same way on every machine.

Small cells go many to a task, a large cell over many tasks. What a task yields is a pure function of what it holds, so it may
be played anywhere, twice, or not at all where a chunk with its name is already there.
"""

import hashlib
import importlib.metadata
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, reduce
from typing import NamedTuple

import numpy as np

from sim.engine import kernel
from sim.model.numerics.jit import sources_digest
from sim.runs.ignorance import BEYOND
from sim.runs.summary import HELD, QUANTITIES, TIMED, Count, combined_counts, counted, numbers, step_of
from sim.storage import arrays as chunk

SCHEMA = 1  # of the chunks
RUNS, CELLS = 4 * kernel.CHUNK, 512  # at most so many of them in a task
TRIPLES = (len(QUANTITIES), 3)


class Task(NamedTuple):
    """Runs ``first`` to ``first + runs`` of each of the cells ``cell`` onward."""

    cell: int
    settings: np.recarray  # [cells] what the compiled clock reads
    seed: int
    first: int
    runs: int
    of: int  # runs of a cell in all; more than ``runs`` where a cell takes several tasks
    peaks: bool = False  # whether the peak of each run is kept too, to be set against the same run of another cell
    draws: int = 0  # of what is not known, to each cell: a record each, with runs of its own of which peaks alone are kept

    @property
    def name(self) -> str:
        """A digest of all that its results depend on, the sources of the program included; not where in the sweep it stands."""
        about = [SCHEMA, *_sources(), self.seed, self.first, self.runs, self.of, self.peaks, self.settings.dtype.descr]
        about += [self.draws, self.cell % self.draws] if self.draws else []
        return hashlib.sha256(json.dumps(about).encode() + self.settings.tobytes()).hexdigest()[:40]

    def pieces(self) -> list[tuple[int, int]]:
        """The runs of each of its cells, as pairs of the first and the number, as many as are played at a time."""
        end = self.first + self.runs
        return [(first, min(kernel.CHUNK, end - first)) for first in range(self.first, end, kernel.CHUNK)]


@cache
def _sources() -> list[str]:
    """The version of everything a chunk is made by."""
    parts = sources_digest(("model", "engine", "statistics", "runs", "storage", "execution"))
    return [parts, *(importlib.metadata.version(name) for name in ("numpy", "numba", "llvmlite"))]


class Tasks:
    """The tasks of a sweep in order, each made when it is asked for: memory does not grow with the cells.

    ``settings(start, stop)`` gives the records of some of the ``cells`` cells; for ``peaks`` see ``Task``.
    """

    def __init__(
        self,
        settings: Callable[[int, int], np.ndarray],
        cells: int,
        seed: int,
        runs: int,
        peaks: bool = False,
        draws: int = 0,
    ) -> None:
        self.settings, self.cells, self.seed, self.runs, self.peaks, self.draws = settings, cells, seed, runs, peaks, draws
        self.together = max(1, min(CELLS, RUNS // runs))  # cells of a task
        self.parts = -(-runs // RUNS)  # tasks of a cell

    def __len__(self) -> int:
        return -(-self.cells // self.together) * self.parts

    def __iter__(self) -> Iterator[Task]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, i: int) -> Task:
        """The task of a number."""
        if not 0 <= i < len(self):
            raise IndexError(i)
        group, part = divmod(i, self.parts)
        start, first = group * self.together, part * RUNS
        some = self.settings(start, min(self.cells, start + self.together)).view(np.recarray)
        return Task(start, some, self.seed, first, min(RUNS, self.runs - first), self.runs, self.peaks, self.draws)

    def digest(self) -> str:
        """A digest of all tasks: the name of the question their chunks answer."""
        firsts = (self[i].name for i in range(0, len(self), self.parts))  # a cell's later tasks follow from its first
        return hashlib.sha256("".join(firsts).encode()).hexdigest()[:16]


def played(task: Task, keep: bool = False) -> tuple[bytes, bytes | None]:
    """Play a task: the bytes of its chunk, and those of its runs where they are to be kept (else None)."""
    if task.draws:
        return chunk.packed({"of runs": _over_draws(task)}, task.name), None
    found, kept, peaks = [], [], []
    for i in range(len(task.settings)):
        counts = []
        for first, runs in task.pieces():
            rows = kernel.simulate_record(task.settings, i, task.seed, runs, first)
            counts.append(counted(rows, int(task.settings.horizon[i])))
            if keep:
                kept.append(rows)
            if task.peaks:
                peaks.append(rows[:, 0].astype(np.int8))
        found.append(reduce(combined_counts, counts))
    arrays = {"values": np.stack([numbers(one) for one in found])} if task.runs == task.of else _flat(found[0])
    if task.peaks:
        arrays["of runs"] = np.concatenate(peaks)
    return chunk.packed(arrays, task.name), chunk.packed({"rows": np.concatenate(kept)}, rows_of(task)) if keep else None


def _over_draws(task: Task) -> np.ndarray:
    """The peaks of a task's runs, [records, runs]: the runs of draw d of every cell are the d-th ``runs`` beyond all others."""
    peaks = np.empty((len(task.settings), task.runs), np.int8)
    for i in range(len(task.settings)):
        first = BEYOND + (task.cell + i) % task.draws * task.runs
        peaks[i] = kernel.simulate_record(task.settings, i, task.seed, task.runs, first)[:, 0]
    return peaks


def rows_of(task: Task) -> str:
    """The name of the chunk that holds a task's runs."""
    return f"{task.name}.rows"


def expected(task: Task) -> chunk.Expected:
    """The names, types and shapes of the arrays in a task's chunk."""
    kept = {"of runs": (np.int8, (len(task.settings), task.runs))} if task.peaks or task.draws else {}
    if task.draws:
        return kept
    if task.runs == task.of:
        return {"values": (np.float64, (len(task.settings), *TRIPLES))} | kept
    return {
        "peaks": (np.int64, (10,)), "sums": (np.float64, (len(HELD),)), "squares": (np.float64, (len(HELD),)),
        "sizes": (np.int64, (2, len(TIMED))), "steps": (np.int32, (-1,)), "counts": (np.int32, (-1,)), **kept,
    }  # fmt: skip


def expected_rows(task: Task) -> chunk.Expected:
    """Likewise of the chunk of its runs."""
    return {"rows": (np.float64, (len(task.settings) * task.runs, len(kernel.ROW)))}


def _flat(count: Count) -> dict[str, np.ndarray]:
    """The count of a part of a cell as arrays: its histograms laid end to end."""
    parts = [*count.reached.values(), *count.censored.values()]
    steps, counts = np.concatenate(parts, axis=1).astype(np.int32)
    sizes = np.array([part.shape[1] for part in parts]).reshape(2, -1)
    return {
        "peaks": count.peaks,
        "sums": count.sums,
        "squares": count.squares,
        "sizes": sizes,
        "steps": steps,
        "counts": counts,
    }


def result_of(task: Task, arrays: Mapping[str, np.ndarray]) -> np.ndarray | Count:
    """What a task's chunk says: values [cells, len(QUANTITIES), 3] of whole cells, the ``Count`` of a part of one, or peaks.

    Raises ``chunk.Damaged`` where its numbers do not fit together.
    """
    if task.draws:
        return arrays["of runs"]
    if task.runs == task.of:
        return arrays["values"]
    sizes, n = arrays["sizes"].reshape(-1), len(arrays["steps"])
    fits = (sizes >= 0).all() and (sizes <= n).all() and sizes.sum() == n == len(arrays["counts"])
    if not fits or arrays["peaks"].sum() != task.runs:
        raise chunk.Damaged("does not add up")
    laid = np.stack([arrays["steps"], arrays["counts"]]).astype(np.int64)
    parts = np.split(laid, np.cumsum(sizes)[:-1], axis=1)
    reached, censored = (dict(zip(TIMED, some, strict=True)) for some in (parts[: len(TIMED)], parts[len(TIMED) :]))
    step = step_of(int(task.settings.horizon[0]))
    return Count(task.runs, arrays["peaks"], arrays["sums"], arrays["squares"], reached, censored, step)
