"""The forecast from a record."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
from matplotlib.figure import Figure

from sim.design.uncertainty import Assumption
from sim.history.forecasting import Draws, Pool, draws, forecast_pool, under
from sim.history.record import Record
from sim.history.surprise import Foreseen, foreseen, share_less_likely
from sim.model.setting.crisis import Crisis
from sim.studies.forecast.figures import fan_figure, mechanism_figure
from sim.studies.forecast.options import ForecastOptions
from sim.studies.forecast.table import day_table, entry_table, journalled, summary, table
from sim.studies.forecast.text import text
from sim.studies.result import Result

DRAW_PARTICLES = 200  # of the filter of each draw


@dataclass(frozen=True, repr=False, eq=False)
class Forecast(Result):
    """What a record makes likely, with intervals for chance and for ignorance, and how surprising it was so far."""

    experiment, text_file = "forecast", "forecast.txt"
    crisis: Crisis
    options: ForecastOptions
    record: Record  # all of it
    known: Record  # up to the moment of the forecast
    names: tuple[str, ...]  # of the alternatives: "as it is", then the mechanisms
    pool: Pool
    draws: Draws | None

    @cached_property
    def foreseen(self) -> list[Foreseen]:
        """How likely each entry was before it came."""
        particles, asked = min(1000, self.options.particles), self.options
        return foreseen(self.crisis, self.known, asked.seed, particles, asked.background, asked.threads)

    @cached_property
    def less_likely(self) -> float | None:
        """The share of the model's own records that are less likely than this one; None where it was not asked for."""
        asked = self.options
        if not asked.own_records:
            return None
        particles = min(300, asked.particles)
        share, _ = share_less_likely(
            self.crisis, self.known, asked.seed, particles, asked.background, asked.own_records, asked.threads
        )
        return share

    def told(self) -> Iterator[str]:
        """The record so far, what it makes likely, and what the mechanisms would change."""
        yield text(self)

    def tables(self) -> dict[str, pa.Table]:
        """A row for each alternative, outcome and number of days; the rungs by day; the entries that were held."""
        return {"table": table(self), "rungs": day_table(self), "entries": entry_table(self)}

    def data(self) -> dict:
        """The same as plain data."""
        return summary(self)

    def figures(self) -> dict[str, Figure]:
        """The fan of the crisis rung, and the forecast under every mechanism."""
        return {"fan": fan_figure(self), "mechanisms": mechanism_figure(self)}

    def write_more(self, folder: Path, path: Path) -> list[str]:
        """Add the forecast to the journal where there is one; nothing is written into ``folder``."""
        if self.options.journal:
            from sim.history.journal import append, line

            asked = self.options
            append(asked.journal, line(self.record, self.known, journalled(self), asked.asof, asked.seed, asked.runs))
        return []


def forecast(
    crisis: Crisis,
    record: Record,
    known: Record,
    mechanisms: Mapping[str, Crisis],
    varied: Sequence[Assumption],
    options: ForecastOptions,
) -> Forecast:
    """What ``known``, the part of ``record`` up to a moment, makes likely of ``crisis`` as it is and under each mechanism.

    ``varied`` is what is drawn for the interval for ignorance. Raises ``BadRecord`` where the model cannot produce the record.

    >>> import sim
    >>> found = sim.forecast("iran_pakistan_2024", asof="2024-01-18", runs=400, filters=2, draws=0, own_records=0)
    >>> found.frame.query("days == 30 and quantity == 'strike'").alternative.iloc[0]
    'as it is'
    """
    crises = under(crisis, mechanisms)
    asked = options.seed, options.particles, options.filters, options.days, options.background, options.threads
    pool = forecast_pool(crises, known, *asked)
    again = options.seed, DRAW_PARTICLES, options.draws, options.days, options.background, options.threads
    found = draws(crises, varied, known, *again)
    return Forecast(crisis, options, record, known, ("as it is", *mechanisms), pool, found)
