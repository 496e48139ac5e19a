"""The forecasts of a backtest: each record as of each moment, with what the baselines see and what came next."""

from typing import NamedTuple

import numpy as np

from sim.engine.conditioning.filtered import replicates
from sim.engine.thread_pool import thread_pool
from sim.history.baselines import EDGES, Situation, situation
from sim.history.forecasting import Pool, pool
from sim.history.observation import crisis_of_record, observed
from sim.history.outcomes import DAY, QUANTITIES, Outcome, outcomes
from sim.history.reading import BadRecord
from sim.history.record import Record
from sim.model.setting.crisis import Crisis
from sim.studies.backtest.options import BacktestOptions

OFFSETS = (1, 3, 7, 14, 30, 60)  # days after the opening


class Case(NamedTuple):
    """One forecast: which crisis, when, what was seen, what came, and what the model said."""

    record: Record
    day: int  # after the opening
    seen: Situation
    came: dict[str, Outcome]
    chances: dict[str, np.ndarray]  # by outcome: P(it comes within each of the edges of the bins)
    size: float  # equal particles that what the model said is worth
    told: float  # share of the model's weight in which its background tells an entry
    impossible: bool  # the model could not produce the record, and forecast as if it had not been told of it

    @property
    def pair(self) -> str:
        """The pair of states."""
        return "-".join(sorted(self.record.sides))


def cases(crisis: Crisis, records: list[Record], options: BacktestOptions) -> list[Case]:
    """Every record as of every offset that it reaches and at which there was no war yet."""
    asked = [(one, day) for one in records for day in OFFSETS if _open(one, day)]
    with thread_pool(options.threads) as threads:
        return list(threads.map(lambda one: _case(crisis, one[0], one[1], options), asked))


def _open(record: Record, day: int) -> bool:
    """Whether a record goes on after a day, without war so far."""
    war = [one for one in record.force() if one.rungs[0] == 9 and one.earliest < day * DAY]
    return record.end > day * DAY + DAY and record.opening.latest < day * DAY and not war


def _case(crisis: Crisis, record: Record, day: int, options: BacktestOptions) -> Case:
    """The forecast so many days after the opening, and what came; as if nothing were told where no particle follows."""
    known = record.until(day * DAY)._replace(end=day * DAY)
    opened = crisis_of_record(crisis, record, float(day + max(EDGES)))
    try:
        found, impossible = _filtered(opened, known, options), False
    except BadRecord:
        found, impossible = _filtered(opened, known._replace(entries=[], recorded=()), options), True
    told = found.told
    said, outside = _chances(found), float(1 - np.prod(1 - told))
    return Case(record, day, situation(known), outcomes(record, day * DAY), said, found.effective, outside, impossible)


def _filtered(crisis: Crisis, known: Record, options: BacktestOptions) -> Pool:
    """Filters of what is known, that play on to the last edge."""
    entries = observed(known)
    found = replicates([crisis], entries, options.seed, options.particles, options.filters, max(EDGES), options.background, 1)
    return pool(found, known, entries)


def _chances(found: Pool) -> dict[str, np.ndarray]:
    """P(it comes within each edge), as sure as the particles are: (k + 1/2) / (n + 1)."""
    n = max(2.0, found.effective)
    return {
        quantity: np.array([(found.chance(0, quantity, day).value * n + 0.5) / (n + 1.0) for day in EDGES])
        for quantity in QUANTITIES
    }


def at(edge: int) -> int:
    """The place of a horizon among the edges."""
    return EDGES.index(edge)
