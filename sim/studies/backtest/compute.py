"""Forecasts of many crises held against what came next."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from matplotlib.figure import Figure

from sim.history.record import Record
from sim.model.setting.crisis import Crisis
from sim.studies.backtest.cases import cases
from sim.studies.backtest.figures import reliability_figure, skill_figure
from sim.studies.backtest.options import BacktestOptions
from sim.studies.backtest.scorecard import Scorecard, scorecard
from sim.studies.backtest.table import case_table, summary, table
from sim.studies.backtest.text import text
from sim.studies.result import Result


@dataclass(frozen=True, repr=False, eq=False)
class Backtest(Result):
    """The model's forecasts and those of base rates, scored on the same moments of the same records."""

    experiment, text_file = "backtest", "backtest.txt"
    crisis: Crisis
    options: BacktestOptions
    card: Scorecard

    def told(self) -> Iterator[str]:
        """The scores, and what may be said."""
        yield text(self.card, self.options)

    def tables(self) -> dict[str, pa.Table]:
        """A row a method and outcome; and a row a forecast."""
        return {"table": table(self.card), "forecasts": case_table(self.card)}

    def data(self) -> dict[str, Any]:
        """The scores as plain data."""
        return summary(self.card, self.options)

    def figures(self) -> dict[str, Figure]:
        """Skill over climatology by outcome, and reliability."""
        return {"skill": skill_figure(self.card, self.options), "reliability": reliability_figure(self.card, self.options)}


def backtest(crisis: Crisis, records: list[Record], options: BacktestOptions | None = None) -> Backtest:
    """Forecast each record as of fixed days after its opening with the numbers of ``crisis``, and score what was said.

    ``.frame`` has a row a method, outcome and horizon: scores and skill over climatology with its interval over pairs.

    >>> import sim
    >>> from sim.history.library import given_records
    >>> found = backtest(sim.load("scenario=headline_dyad"), list(given_records()[:5]), BacktestOptions(runs=100, filters=2))
    >>> found.frame.method.iloc[0]
    'model'
    """
    options = options or BacktestOptions()
    return Backtest(crisis, options, scorecard(cases(crisis, records, options), options))
