"""Every cell of a design measured, beside another cell on the same chances, and explained where it is a sample for that."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from matplotlib.figure import Figure

from sim.design.draws import Draws
from sim.design.errors import InputError
from sim.design.factorial import Design
from sim.design.grid import Labels
from sim.design.options import SweepOptions
from sim.execution.measuring import measured_tasks, play_all, runs_of
from sim.execution.tasks import Tasks
from sim.model.setting.crisis import Crisis
from sim.plotting.cells import cells, others
from sim.plotting.numbers import bracketed
from sim.plotting.paragraphs import table, wrapped
from sim.storage.atomic_folder import asked
from sim.storage.cell_table import Cells, CellTable, Measured, about, summed
from sim.storage.chunk_store import MemoryStore
from sim.storage.draw_table import draw_table
from sim.storage.parquet import RunTable, run_batch, write
from sim.storage.provenance import digest_of, write_listed
from sim.studies.result import Result
from sim.studies.sweep import figures
from sim.studies.sweep.paired_cells import MOST, differences
from sim.studies.sweep.sobol import Share, indices, shares
from sim.studies.sweep.sobol_figure import sobol_figure, sobol_table
from sim.studies.sweep.unknown import Unknown, tasks_over_draws, unknown, unknown_of_cell, unknown_table, unknown_text

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 50  # cells that the words list


@dataclass(frozen=True, repr=False, eq=False)
class Sweep(Result):
    """The cells of a design, measured. ``measured`` may be read but once: then the tables can only be written."""

    experiment, text_file, listed = "sweep", "", "cells"
    plan: Design
    options: SweepOptions
    measured: Iterable[Measured]
    gaps: np.ndarray | None = None  # [cells, 9, 3] differences from other cells, see ``differences``
    question: str = ""  # a digest of all that was asked
    unknown: Unknown | None = None  # how far what is not known moves the cells; None: it is taken as it is
    kept: Callable[[], Iterator[tuple[int, int, np.ndarray]]] | None = None  # every run: cell, number of the first, rows

    @cached_property
    def runs(self) -> "pd.DataFrame":
        """Every run of every cell, a row each: ``cell``, ``run`` and what happened in it. Raises ``InputError`` where none
        are kept.

        A time that was not reached by the end of its run is missing. Units and meanings are those of ``simulate``'s columns.
        """
        if self.kept is None:
            raise InputError('keep must be "runs" for the runs of a sweep to be looked at')
        return pa.Table.from_batches([run_batch(*some) for some in self.kept()]).to_pandas()

    @cached_property
    def chances(self) -> np.ndarray:
        """The chances of reaching each rung: [cells, 9, 3], each with the ends of its interval."""
        return np.array([one.values[:9] for one in self.measured])

    @property
    def labels(self) -> Labels:
        """What each cell sets, by axis."""
        return Labels(self.plan.cells)

    @cached_property
    def explained(self) -> list[tuple[dict, list[Share]]]:
        """The Sobol indices of a Saltelli sample, for each combination of the axes it is crossed with; else nothing."""
        if not self.plan.saltelli:
            return []
        fields, points = self.plan.saltelli
        found = []
        for first in range(0, len(self.plan.cells), points):
            on = {axis: value for axis, value in self.labels[first].items() if axis not in fields}
            chances = self.chances[first : first + points, :, 0]
            found.append((on, shares(chances, fields, self.options.runs, self.options.seed)))
        return found

    def told(self) -> Iterator[str]:
        """What drives the chance of the rung, where the design can tell; else the chance in each cell."""
        if len(self.explained) == 1:
            points = len(self.plan.cells)
            yield sobol_table(self.explained[0][1], self.options.rung, points, self.options.runs)
        else:
            yield cell_table(self)
        if self.unknown:
            yield f"\n{unknown_text(self.unknown, self.options.rung)}"

    def tables(self) -> dict[str, pa.Table]:
        """A row a cell and quantity; and the Sobol indices, where there are such."""
        rows = Cells(self.plan.axes, self.labels).table(list(self.measured), list(self.labels))
        return {"table": rows} | self._more()

    def _more(self) -> dict[str, pa.Table]:
        """The table of Sobol indices, where there are such; what is not known of each cell, and the draws."""
        more = {"indices": indices(self.explained, self.plan.saltelli.points)} if self.plan.saltelli else {}
        if not self.unknown:
            return more
        tables = {
            "unknown": unknown_table(self.unknown, self.plan.axes, list(self.labels)),
            "draws": draw_table(self.unknown.drawn),
        }
        return more | tables

    def data(self) -> dict:
        """The probabilities of every cell, and their differences from the cell each is set against."""
        return self._about() | {"cells": list(self._summed(self.measured))}

    def _about(self) -> dict:
        """What the summary says before the cells; what is drawn of them, too, so that it can be drawn again."""
        return about("sweep", self.options, self.plan.axes) | {"rung": self.options.rung, "contour": self.options.contour}

    def _summed(self, measured: Iterable[Measured]) -> Iterator[dict]:
        """Each cell in the summary."""
        for one, labels in zip(measured, self.labels, strict=True):
            told = summed(one, labels) | (_apart(self.gaps[one.cell]) if self.gaps is not None else {})
            yield told | (unknown_of_cell(self.unknown, one.cell) if self.unknown else {})

    def write_tables(self, folder: Path) -> list[str]:
        """Write the tables and the summary cell by cell: memory does not grow with them."""
        chances = np.empty((len(self.plan.cells), 9, 3))
        with CellTable(folder / "table.parquet", self.plan.axes, self.plan.cells) as rows:

            def passed() -> Iterator[Measured]:
                """The cells, each noted in the table as it passes."""
                for one, labels in zip(self.measured, self.labels, strict=True):
                    rows.add(one, labels)
                    chances[one.cell] = one.values[:9]
                    yield one

            write_listed(folder / "summary.json", self._about(), "cells", self._summed(passed()))
        vars(self)["chances"] = chances
        more = self._more()
        for name, some in more.items():
            write(folder / f"{name}.parquet", some)
        return ["table.parquet", *(f"{name}.parquet" for name in more), "summary.json"]

    def write_more(self, folder: Path, path: Path) -> list[str]:
        """Write the table of runs, where they are kept."""
        if self.kept is None:
            return []
        with RunTable(folder / "runs.parquet") as rows:
            for some in self.kept():
                rows.add(*some)
        return ["runs.parquet"]

    def figures(self) -> dict[str, Figure]:
        """The probability of escalation over the axes; and the Sobol indices, where there are such."""
        crisis = self.plan.bases[0]
        drawn = figures.sweep_figures(self.plan.axes, self.labels, self.chances, self.options, crisis, self.gaps, self.unknown)
        if len(self.explained) == 1:
            drawn |= sobol_figure(self.explained[0][1], len(self.plan.cells), self.options, crisis)
        return drawn

    def cells(self) -> tuple[list[Crisis], Iterable[dict]]:
        """The crises the cells start from, and what each sets."""
        return self.plan.bases, (cell._asdict() for cell in self.plan.cells)


def sweep(plan: Design, options: SweepOptions, drawn: Draws | None = None) -> Sweep:
    """The cells of a design, played here and kept in memory; ``drawn`` is what is drawn in place of what is not known."""
    against = beside(plan, options)
    tasks, store = tasks_of(plan, options, against), MemoryStore()
    measured = measured_tasks(tasks, options.threads, keep=store.put if against else None)
    gaps = differences(tasks, store, against) if against else None
    every_run = partial(runs_of, tasks, store) if options.keep == "runs" else None
    if not drawn:
        return Sweep(plan, options, measured, gaps, question_of(plan, options, tasks), None, every_run)
    over, kept = tasks_over_draws(plan, options, drawn), MemoryStore()
    play_all(over, kept, options.threads)
    found = unknown(over, kept, drawn, against, options.rung)
    return Sweep(plan, options, measured, gaps, question_of(plan, options, tasks, drawn), found, every_run)


def tasks_of(plan: Design, options: SweepOptions, against: list[int]) -> Tasks:
    """The tasks of a design; peaks are kept where cells are set against others."""
    return Tasks(plan.settings(), len(plan.cells), options.seed, options.runs, bool(against))


def content_of(plan: Design) -> tuple:
    """What tells a design from others."""
    return plan.bases, digest_of(cell._asdict() for cell in plan.cells), plan.axes, plan.saltelli


def question_of(plan: Design, options: SweepOptions, tasks: Tasks, drawn: Draws | None = None) -> str:
    """A digest of all that is asked."""
    return f"{asked(options, *content_of(plan))}-{tasks.digest()}{f'-{drawn.mark}' if drawn else ''}"


def beside(plan: Design, options: SweepOptions) -> list[int]:
    """By cell: the number of the one its figure sets it against; empty where there is none, or too many cells to show it."""
    few = 1 < len(plan.cells) <= MOST
    return others(cells(plan.axes, Labels(plan.cells), [], options.rung)) if few else []


def cell_table(found: Sweep) -> str:
    """The chance of the rung in each cell, as text."""
    options, size = found.options, len(found.plan.cells)
    head = wrapped(f"P(peak >= {options.rung}), {size:,} cells x {options.runs:,} runs, seed {options.seed}; 95 % intervals.")
    rows = [(*found.plan.axes, "value")]
    for labels, chance in zip(found.labels, found.chances[:SHOWN, options.rung - 1], strict=False):
        rows.append((*(f"{labels[axis]}" for axis in found.plan.axes), bracketed(tuple(chance))))
    more = f"\nand {size - SHOWN:,} more: see .frame" if size > SHOWN else ""
    return f"{head}\n\n{table(rows)}{more}"


def _apart(gaps: np.ndarray) -> dict:
    """The differences of a cell from the one it is set against, for the summary; nothing for that one itself."""
    if not np.isfinite(gaps).any():
        return {}
    return {"differences": {f"peak>={rung}": triple for rung, triple in enumerate(np.asarray(gaps).tolist(), 1)}}
