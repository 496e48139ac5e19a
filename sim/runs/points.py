"""Many crises that differ in numbers alone, each played on the same chances: points of a sample over assumptions.

The numbers are written straight into the records the compiled clock reads: a million crises cost no configuration.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from sim.engine import kernel
from sim.engine.thread_pool import thread_pool
from sim.model.parameter import IN_MINUTES, Parameter, records
from sim.model.setting.crisis import Crisis
from sim.runs.outcome import Outcome


class Varied(Protocol):
    """A number of the setting that is varied, such as a ``sim.design.uncertainty.Assumption``."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Pairs of part and field it is set on."""

    @property
    def parameter(self) -> Parameter:
        """What the field admits, and its unit."""

    def at(self, u: npt.ArrayLike) -> np.ndarray:
        """Its values at uniforms in [0, 1)."""


def drawn(crisis: Crisis, assumptions: Sequence[Varied], u: np.ndarray, mechanism: str = "") -> np.recarray:
    """The records of ``crisis`` with the assumptions at the uniforms ``u`` [points, len(assumptions)]: [points].

    An assumption about a mechanism's own numbers is set where its name is ``mechanism``.
    """
    out = np.repeat(records([crisis]), len(u))
    put(out, assumptions, u, np.full(len(u), mechanism))
    return out.view(np.recarray)


def put(out: np.ndarray, assumptions: Sequence[Varied], u: np.ndarray, mechanisms: np.ndarray) -> None:
    """Write the assumptions at ``u`` [points, len(assumptions)] into records ``out`` [points].

    One about a mechanism's own numbers is written where its name is the point's of ``mechanisms`` [points].
    """
    for j, one in enumerate(assumptions):
        values = one.at(u[:, j]) * IN_MINUTES.get(one.parameter.unit, 1.0)
        for part, field in one.places:
            if not part:
                out[field] = values
            elif part in (out.dtype.names or ()):
                out[part][field] = values
            else:
                own = mechanisms == part
                out["mechanism"][field][own] = values[own]


def played(
    point_sets: Sequence[np.recarray],
    outcome: Outcome,
    seed: int,
    runs: int,
    threads: int = 0,
    bar: tqdm | None = None,
    stride: int = 0,
    first: int = 0,
) -> Iterator[np.ndarray]:
    """The outcome of every run at every point: yields, point by point, an array [len(point_sets), runs].

    ``point_sets`` are arrays of records [points], such as the same points under several mechanisms. Run i meets the same
    chances in every set, and at every point too unless each point's first run is ``stride`` further on than the last's. That
    of the first point is number ``first``.
    """
    return (one[0] for one in several(point_sets, [outcome], seed, runs, threads, bar, stride, first))


def several(
    point_sets: Sequence[np.recarray],
    outcomes: Sequence[Outcome],
    seed: int,
    runs: int,
    threads: int = 0,
    bar: tqdm | None = None,
    stride: int = 0,
    first: int = 0,
) -> Iterator[np.ndarray]:
    """Several outcomes of the same runs, else as ``played``: yields arrays [len(outcomes), len(point_sets), runs]."""

    def job(i: int) -> np.ndarray:
        """The outcomes at the point of that number."""
        values = np.empty((len(outcomes), len(point_sets), runs))
        for k, points in enumerate(point_sets):
            rows = kernel.simulate_record(points, i, seed, runs, first + i * stride)  # numbers already checked
            for m, outcome in enumerate(outcomes):
                values[m, k] = outcome.values(rows)
        return values

    count = len(point_sets[0])
    with thread_pool(threads) as pool:
        for start in range(0, count, 64):
            for values in pool.map(job, range(start, min(count, start + 64))):
                if bar is not None:
                    bar.update(1)
                yield values
