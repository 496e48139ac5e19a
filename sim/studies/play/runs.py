"""Many runs of one crisis: a frame with a run a row, chances with their intervals, and all that ``play`` says of them."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.design.errors import InputError
from sim.engine import kernel
from sim.model.ladder import RUNGS
from sim.model.outcome_columns import DECLARED, ROW, TIME
from sim.runs.outcome import outcome
from sim.runs.progress_bar import bar
from sim.runs.summary import Estimate
from sim.statistics.intervals import clopper_pearson
from sim.studies.play.compute import Play
from sim.studies.play.ends import ends

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

COLUMNS = DECLARED[: len(ROW)]
BLOCK = 1 << 18  # runs between two looks at the bar


@dataclass(frozen=True, repr=False, eq=False)
class Runs(Play):
    """Many runs of a crisis. ``save`` writes what ``escalation play`` writes, with run 0 as the one that is told."""

    @cached_property
    def array(self) -> np.ndarray:
        """The runs as the engine has them: a float array [runs, columns], a run a row; -1 for a time not reached."""
        seed, runs, workers = self.options.seed, self.options.runs, self.options.threads or None
        blocks = []
        with bar(total=runs, desc="runs", unit=" runs", unit_scale=True) as shown:
            for first in range(0, runs, BLOCK):
                blocks.append(kernel.simulate(self.crisis, seed, min(BLOCK, runs - first), first, workers))
                shown.update(len(blocks[-1]))
        return np.concatenate(blocks)

    @cached_property
    def frame(self) -> "pd.DataFrame":
        """The runs as a pandas frame, a run a row.

        A time that was not reached by the end of its run is NaN, and its column ``<name>_censored`` is True. Units and
        meanings: ``columns_doc``.
        """
        import pandas as pd

        columns: dict[str, np.ndarray] = {}
        for column, values in zip(COLUMNS, self.array.T, strict=True):
            if column.kind == TIME:
                columns[column.name] = np.where(values < 0, np.nan, values)
                columns[f"{column.name}_censored"] = values < 0
            else:
                columns[column.name] = values.astype(np.int64) if column.whole else values
        return pd.DataFrame(columns, index=pd.RangeIndex(len(self.array), name="run"))

    @property
    def columns_doc(self) -> "pd.DataFrame":
        """Unit and meaning of every column of ``frame``, a row each."""
        import pandas as pd

        rows = {}
        for column in COLUMNS:
            rows[column.name] = (column.unit, column.meaning)
            if column.kind == TIME:
                rows[f"{column.name}_censored"] = ("", f"whether the run ended before: {column.meaning}")
        return pd.DataFrame.from_dict(rows, orient="index", columns=["unit", "meaning"]).rename_axis("column")

    def probability(self, event: str) -> Estimate:
        """The chance of an event with its 95 % interval (Clopper and Pearson): ``value, low, high, n``.

        ``event`` is ``peak>=r``, r from 1 to 9, or a time of the columns (reached by the horizon). Raises ``InputError``.
        """
        try:
            asked = outcome(event)
        except ValueError as error:
            raise InputError(f"event {error}") from None
        if not asked.probability:
            raise InputError(f"event must be peak>=r or a time such as war_at, got {event!r}: see .frame for its mean")
        return self._estimate(asked.name, int(asked.values(self.array).sum()))

    def _estimate(self, name: str, hits: int) -> Estimate:
        """The share of the runs that are ``hits``."""
        n = len(self.array)
        value, low, high = clopper_pearson(hits, n)
        return Estimate(name, "probability", float(value), float(low), float(high), n)

    def escalation_curve(self) -> "pd.DataFrame":
        """How probable it is that a run reaches each rung: rows by ``rung`` (1 to 9), its name, value, low, high and n."""
        import pandas as pd

        rows = [(rung, RUNGS[rung], *self.probability(f"peak>={rung}")[2:]) for rung in range(1, len(RUNGS))]
        return pd.DataFrame(rows, columns=["rung", "name", "value", "low", "high", "n"]).set_index("rung")

    def summary(self) -> str:
        """How the runs end, in a short table."""
        return ends(self.estimates, self.crisis, self.options)

    def plot(self, name: str = "escalation") -> "Figure":
        """A figure of the runs: ``escalation`` (how far they climb), ``outcomes``, or the ``timeline`` of the first."""
        return super().plot(name)
