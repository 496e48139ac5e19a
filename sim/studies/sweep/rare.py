"""The cells of a design by splitting: how probable rare rungs are."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
from matplotlib.figure import Figure

from sim.design.factorial import Design
from sim.design.options import SweepOptions
from sim.model.setting.crisis import Crisis
from sim.plotting.rare_words import warnings
from sim.runs.rare_events import Replicates, replicates_of
from sim.storage.rare_table import LEFT_OUT, data, tidy
from sim.studies.result import Result
from sim.studies.sweep.rare_figure import sweep_figure


@dataclass(frozen=True, repr=False, eq=False)
class RareSweep(Result):
    """What splitting found in every cell."""

    experiment, text_file = "sweep", ""
    plan: Design
    options: SweepOptions
    replicates: list[Replicates]

    @property
    def labels(self) -> list[dict]:
        """What each cell sets, by axis."""
        return [cell.labels for cell in self.plan.cells]

    def told(self) -> Iterator[str]:
        """What is left out, and which cells need more particles."""
        yield f"{LEFT_OUT[0].upper()}{LEFT_OUT[1:]}."
        if self.plan.saltelli:
            yield "No Sobol indices are taken of what splitting estimates."
        yield from warnings(self.replicates, self.options.rung)

    def tables(self) -> dict[str, pa.Table]:
        """One row a cell and quantity."""
        return {"table": tidy(self.plan.axes, self.labels, self.replicates)}

    def data(self) -> dict:
        """The probabilities of every cell."""
        return data("sweep", self.options, self.plan.axes, self.labels, self.replicates, {})

    def figures(self) -> dict[str, Figure]:
        """The probability of escalation over the axes, on a log scale."""
        return {"escalation": sweep_figure(self.plan.axes, self.labels, self.replicates, self.options, self.plan.bases[0])}

    def cells(self) -> tuple[list[Crisis], list[dict]]:
        """The cells: the particles of the first replicate start as their plain runs."""
        return self.plan.bases, [cell._asdict() for cell in self.plan.cells]


def rare_sweep(plan: Design, options: SweepOptions) -> RareSweep:
    """The cells of a design by splitting."""
    crises = [plan.crisis(cell) for cell in plan.cells]
    found = replicates_of(crises, options.seed, options.particles, options.replicates, options.threads)
    return RareSweep(plan, options.started, found)
