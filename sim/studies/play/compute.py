"""One run told, and thousands like it measured."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
from matplotlib.figure import Figure

from sim.engine import event_loop
from sim.execution.outcomes import Outcomes, outcomes
from sim.model.setting.crisis import Crisis
from sim.plotting.paragraphs import wrapped
from sim.runs.summary import Estimate, listed, numbers
from sim.storage.cell_table import Cells, Measured, about, summed
from sim.story.telling import told
from sim.studies.play.ends import ends
from sim.studies.play.figures import play_figures
from sim.studies.play.options import PlayOptions
from sim.studies.result import Result


@dataclass(frozen=True, repr=False, eq=False)
class Play(Result):
    """How one run of a crisis went, and how thousands like it end; all of it is played when first asked about."""

    experiment, text_file, listed = "play", "story.txt", "cells"
    crisis: Crisis
    options: PlayOptions

    @cached_property
    def story(self) -> event_loop.Story:
        """The run that is told."""
        return event_loop.trace(self.crisis, self.options.seed, self.options.run)

    @cached_property
    def outcomes(self) -> Outcomes:
        """What is kept of all runs."""
        return outcomes(self.crisis, self.options.seed, self.options.runs, self.options.threads)

    @cached_property
    def measured(self) -> Measured:
        """The numbers of all runs."""
        return Measured(0, numbers(self.outcomes.count), self.outcomes.count.n)

    @property
    def estimates(self) -> list[Estimate]:
        """The same by name."""
        return listed(self.measured.values, self.measured.n)

    def told(self) -> Iterator[str]:
        """The case and the dated story, then how many runs end how."""
        yield "\n\n".join(filter(None, (wrapped(self.options.case.words), told(self.story, self.crisis))))
        yield f"\n{ends(self.estimates, self.crisis, self.options)}"

    def tables(self) -> dict[str, pa.Table]:
        """One row a quantity."""
        return {"table": Cells([], [{}]).table([self.measured], [{}])}

    def data(self) -> dict:
        """The probabilities, as of a design of one cell."""
        return about("play", self.options, []) | {"cells": [summed(self.measured, {})]}

    def figures(self) -> dict[str, Figure]:
        """The timeline of the run, the escalation curve and the distributions of all."""
        return play_figures(self.story, self.crisis, self.estimates, self.outcomes, self.options)

    def cells(self) -> tuple[list[Crisis], list[dict]]:
        """The crisis, of which any run can be told again."""
        return [self.crisis], [{"labels": {}, "base": 0, "numbers": {}}]
