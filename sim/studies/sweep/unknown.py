"""What is not known, over the cells of a sweep: the same draws in every cell, each on runs of its own, paired within a draw."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from sim.design.draws import Draws, draws
from sim.design.factorial import Design
from sim.design.grid import GROUP_AXES, chosen, fields_of
from sim.design.options import SweepOptions
from sim.execution.tasks import Tasks, expected, played
from sim.model.ladder import WAR
from sim.model.setting.crisis import Crisis
from sim.plotting.ignorance_words import doubts, heading, named
from sim.plotting.numbers import bracketed
from sim.plotting.paragraphs import wrapped
from sim.runs.ignorance import affordable, shared
from sim.runs.points import put
from sim.statistics.intervals import finite
from sim.statistics.random_effects import Source, interval, latent, sources
from sim.storage import arrays as chunk
from sim.storage import parquet
from sim.storage.chunk_store import MemoryStore, Store

HALF = 2  # a sweep, whose time is its runs, has half the share for draws that a comparison has
MOST = 2000  # cells; a larger design is a study of its own of what is not known

TIDY = (
    ("quantity", pa.string(), "", "peak>=r, the chance of reaching a rung"),
    ("value", pa.float64(), "probability", "mean over the draws of what is not known"),
    ("low", pa.float64(), "probability", "lower end of 95 % of the draws, chance taken out; null where chance hides it"),
    ("high", pa.float64(), "probability", "upper end"),
    ("difference", pa.float64(), "probability", "mean difference from the cell it is set against; null where there is none"),
    ("difference_low", pa.float64(), "probability", "lower end of 95 % of the draws, chance taken out"),
    ("difference_high", pa.float64(), "probability", "upper end"),
    ("below", pa.float64(), "share of draws", "draws in which it is below that cell; null where chance hides it"),
    ("draws", pa.int64(), "draws", "draws of what is not known"),
)


class Unknown(NamedTuple):
    """How far what is not known moves the chances of reaching each rung, in every cell."""

    drawn: Draws
    runs: int  # of a cell in a draw
    levels: np.ndarray  # [cells, 9, 3] mean over the draws, and the ends of 95 % of them
    gaps: np.ndarray  # [cells, 9, 3] the same of the difference from the cell each is set against; NaN where there is none
    below: np.ndarray  # [cells, 9] share of the draws in which it is below that cell
    sources: list[Source]  # of the mean over all cells of the chance of the rung that is drawn


def drawn_for(plan: Design, options: SweepOptions, job: Any) -> Draws | None:
    """What is drawn in place of numbers that neither an axis nor anybody has set; None: nothing, too many cells, few runs."""
    count = affordable(options.draws, options.runs // HALF)
    if options.splits or len(plan.cells) > MOST or not count:
        return None
    choices = _choices(plan)
    crises, cases = dict[str, Crisis](), {}
    for crisis, own in zip(plan.bases, choices, strict=True):
        if crisis.mechanism.name not in crises:
            crises[crisis.mechanism.name], cases[crisis.mechanism.name] = crisis, job.case(crisis, **own)
    axes = {key for axis in plan.axes for key in fields_of(axis)}
    kept = {name: axes | job.chosen(case) for name, case in cases.items()}
    asked = options.uncertainty, job.mapping.get("assumptions"), crises, kept, count, options.seed, cases
    return draws(*asked, others=plan.bases)


def _choices(plan: Design) -> list[dict[str, str]]:
    """The groups each base was chosen by."""
    found: list[dict[str, str]] = [{} for _ in plan.bases]
    for cell in plan.cells:
        found[cell.base] = dict(chosen({k: v for k, v in cell.labels.items() if k in GROUP_AXES and isinstance(v, str)}))
    return found


def tasks_over_draws(plan: Design, options: SweepOptions, drawn: Draws) -> Tasks:
    """The tasks of every cell at every draw: record ``cell * draws + draw``."""
    cells, n = plan.settings(), len(drawn.u)
    names = np.array([crisis.mechanism.name for crisis in plan.bases])
    of = np.array([cell.base for cell in plan.cells])

    def some(start: int, stop: int) -> np.recarray:
        """The records from ``start`` to ``stop``."""
        first, at = start // n, np.arange(start, stop)
        out = cells(first, -(-stop // n))[at // n - first]
        put(out, drawn.varied, drawn.u[at % n], names[of[at // n]])
        return out.view(np.recarray)

    each = shared(options.runs // HALF, n)
    return Tasks(some, len(plan.cells) * n, options.seed, each, draws=n)


def unknown(tasks: Tasks, store: Store | MemoryStore, drawn: Draws, against: list[int], rung: int) -> Unknown:
    """The ``Unknown`` from the chunks of ``tasks_over_draws``; ``against`` are the cells others are set against."""
    peaks = np.concatenate([_peaks(task, store) for task in tasks]).reshape(-1, len(drawn.u), tasks.runs)
    count = len(peaks)
    levels, gaps, below = np.empty((count, WAR, 3)), np.full((count, WAR, 3), np.nan), np.full((count, WAR), np.nan)
    for r in range(1, WAR + 1):
        reached = peaks >= r
        for cell in range(count):
            levels[cell, r - 1] = interval(*_moments(reached[cell]), surely=False)
            if against and against[cell] != cell:
                apart = _moments(reached[cell].astype(np.int8) - reached[against[cell]])
                gaps[cell, r - 1] = interval(*apart)
                if np.isfinite(gaps[cell, r - 1, 1]):
                    below[cell, r - 1] = (latent(*apart) < 0.0).mean()
    given = sources(*_moments((peaks >= rung).mean(0)), drawn.numbers)
    return Unknown(drawn, tasks.runs, levels, gaps, below, given)


def _moments(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Means over the runs of each draw, and their sampling variances: ``values`` [draws, runs] to two arrays [draws]."""
    return values.mean(1), values.var(1, ddof=1) / values.shape[1]


def _peaks(task: Any, store: Store | MemoryStore) -> np.ndarray:
    """The peaks of a task; played again where its chunk has come to harm."""
    kept = store.get(task.name, expected(task)) or chunk.unpacked(played(task)[0], expected(task), task.name)
    return kept["of runs"]


def unknown_of_cell(found: Unknown, cell: int) -> dict[str, Any]:
    """What is not known of a cell, for the summary."""
    told = {"not known": _by_rung(found.levels[cell])}
    if not np.isfinite(found.gaps[cell, :, 0]).any():
        return told
    return told | {"differences, not known": _by_rung(found.gaps[cell])}


def _by_rung(some: np.ndarray) -> dict[str, list[float | None]]:
    """Triples [9, 3] by rung; what is not told is null."""
    return {f"peak>={r}": [finite(x) for x in one] for r, one in enumerate(some.tolist(), 1)}


def unknown_table(found: Unknown, axes: Sequence[str], labels: Sequence[dict]) -> pa.Table:
    """What is not known: a row a cell and rung."""
    columns, rows = (
        [parquet.field("cell", pa.int32(), "", "number of the cell"), *parquet.axis_fields(axes, labels)],
        len(labels),
    )
    every = np.repeat(np.arange(rows), WAR)
    arrays = [
        pa.array(every.astype(np.int32)),
        *(parquet.axis_values(axis, labels).take(pa.array(every)) for axis in columns[1:]),
    ]
    arrays.append(pa.array([f"peak>={r}" for r in range(1, WAR + 1)] * rows))
    for some in (*np.moveaxis(found.levels, 2, 0), *np.moveaxis(found.gaps, 2, 0), found.below):
        arrays.append(pa.array(some.ravel(), pa.float64(), from_pandas=True))
    arrays.append(pa.array(np.full(rows * WAR, len(found.drawn.u))))
    return pa.table(arrays, schema=parquet.versioned([*columns, *(parquet.field(*about) for about in TIDY)]))


def unknown_text(found: Unknown, rung: int) -> str:
    """What is drawn, how far it moves the cells, and which numbers do it."""
    low, high = found.levels[:, rung - 1, 1], found.levels[:, rung - 1, 2]
    head = [*doubts(found.drawn), heading(found.drawn, found.runs)]
    if np.isfinite(low).any():
        wide, at = np.nanmax(high - low), int(np.nanargmax(high - low))
        ends = bracketed(found.levels[at, rung - 1], 100)
        head.append(f"It moves P(peak >= {rung}) of a cell over as much as {100 * wide:.0f} points: {ends} % (cell {at}).")
    return wrapped(" ".join([*head, f"Of the spread of the mean over all cells: {named(found.sources)}."]))
