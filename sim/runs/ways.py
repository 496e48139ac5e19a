"""What an alternative works on: the exchange, the attacks, the reading or the settlement, each measured in the same runs.

An alternative that lowers an outcome may do so by stopping an exchange that runs, by keeping the next attack from happening,
by having strikes and attacks read aright, or by settling sooner. Each way has quantities of its own between cause and outcome.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.engine.kernel import ROW
from sim.model.parameter import DAY

EARLY = 30.0  # days within which an exchange is stopped, or goes on
EXCHANGE, ATTACKS, READING, SETTLEMENT = "the exchange", "the attacks", "the reading", "the settlement"
COLUMN = {name: j for j, name in enumerate(ROW)}


class Way(NamedTuple):
    """A quantity between what an alternative changes and the outcome: an amount in each run, as a share of another."""

    on: str  # EXCHANGE, ATTACKS, READING or SETTLEMENT
    words: str
    unit: str  # "%" of a share
    amount: Callable[[np.ndarray, float], np.ndarray]  # of rows [runs, len(ROW)] and the horizon in minutes: [runs]
    per: tuple[str, ...] = ()  # the columns whose sum it is a share of; none: of runs


def summed(rows: np.ndarray, *names: str) -> np.ndarray:
    """The sum of some columns, run by run."""
    return rows[:, [COLUMN[name] for name in names]].sum(1)


def _answered(rows: np.ndarray, horizon: float) -> np.ndarray:
    at = rows[:, COLUMN["answer_at"]]
    return ((at >= 0.0) & (at <= EARLY * DAY)).astype(float)


def _unsettled(rows: np.ndarray, horizon: float) -> np.ndarray:
    """Days until the first joint statement, or to the horizon where there is none."""
    at = rows[:, COLUMN["statement_at"]]
    return np.where(at < 0.0, horizon, at) / DAY


WAYS = (
    Way(EXCHANGE, f"a strike is answered by day {EARLY:g}", "%", _answered),
    Way(ATTACKS, "militant attacks", "attacks", lambda rows, horizon: summed(rows, "attacks_a", "attacks_b")),
    Way(READING, "strikes seen too high", "%", lambda rows, horizon: summed(rows, "overread"), ("strikes_a", "strikes_b")),
    Way(
        READING, "attacks blamed on the host", "%", lambda rows, horizon: summed(rows, "attributed"), ("attacks_a", "attacks_b")
    ),
    Way(SETTLEMENT, "days to a joint statement", "days", _unsettled),
)


def amounts(rows: np.ndarray, horizon: float) -> np.ndarray:
    """Of each way what happened and what it is a share of: [2, len(WAYS), runs]; ``horizon`` in minutes."""
    every = [(way.amount(rows, horizon), summed(rows, *way.per) if way.per else np.ones(len(rows))) for way in WAYS]
    return np.array(every).swapaxes(0, 1)
