"""What filters find of a record: its probability, how many particles follow it, and what comes after under each alternative."""

from typing import NamedTuple

import numpy as np

from sim.engine.conditioning import particle as r
from sim.engine.conditioning.particle_filter import DAY, LOGGED, NOTED, observed_filter
from sim.engine.thread_pool import thread_pool
from sim.model.parameter import YEAR, records
from sim.model.setting.crisis import Crisis

QUIET = (1, 2, 4, 8, 15, *range(30, 3600, 30))  # days after a window has closed
SHARE = 0.25  # how likely the background is led to tell an entry


class Filtered(NamedTuple):
    """What one filter found."""

    evidence: np.ndarray  # [checks] log probability of the record up to each
    effective: np.ndarray  # [checks] effective sample size there
    told: np.ndarray  # [entries] share of the weight in which the background tells an entry
    noted: np.ndarray  # [crises, particles, 4] minutes from the record's end, UNREACHED where it did not come
    rungs: np.ndarray  # [crises, particles, days + 1] the crisis rung at each day's start
    log: np.ndarray  # [acts, LOGGED] of one particle, where it was asked for


class Observed(NamedTuple):
    """A record as the filter reads it: see ``sim.engine.conditioning.particle`` for the columns."""

    entries: np.ndarray
    setup: np.ndarray

    @property
    def checks(self) -> np.ndarray:
        """The minutes at which particles are weighed: where windows close, ever more rarely in the quiet after, at the end."""
        end = int(self.setup[r.END])
        closing = sorted({one for one in self.entries[:, r.LATEST].tolist() if 0 < one < end})
        quiet = [
            start + days * DAY
            for start, until in zip([0, *closing], [*closing, end], strict=True)
            for days in QUIET
            if start + days * DAY < until
        ]
        return np.array(sorted({*closing, *quiet, end}), np.int64)


NO_LOG = np.empty((0, len(LOGGED)))


def filtered(
    crises: list[Crisis], observed: Observed, seed: int, number: int, particles: int, days: int, rate: float, log: bool = False
) -> Filtered:
    """One filter, number ``number``: the record under the first of ``crises``, and what follows under each.

    ``rate`` is how many acts of each recorded kind each side does a year that the model leaves out. With ``log`` the acts of
    the one particle are kept (there is no resampling, then).
    """
    settings, entries = records(crises), observed.entries
    found = Filtered(
        np.empty(0), np.empty(0), np.zeros(len(entries)),
        np.empty((len(crises), particles, NOTED)), np.zeros((len(crises), particles, days + 1), np.int8),
        np.full((1000, len(LOGGED)), np.nan) if log else NO_LOG,
    )  # fmt: skip
    steps = np.zeros((len(observed.checks), 2))
    background = np.array([rate / YEAR, SHARE])
    observed_filter(
        settings, entries, observed.setup, background, observed.checks, seed, number, particles, days, steps, found.told,
        found.noted, found.rungs, found.log,
    )  # fmt: skip
    exposure = background[0] * 2.0 * bin(int(observed.setup[r.RECORDED])).count("1")
    constant = exposure * observed.checks
    return found._replace(evidence=steps[:, 0] - constant, effective=steps[:, 1])


def replicates(
    crises: list[Crisis], observed: Observed, seed: int, particles: int, count: int, days: int, rate: float, threads: int = 0
) -> list[Filtered]:
    """Independent filters, numbers 0 onward, in threads."""
    with thread_pool(threads) as pool:
        return list(pool.map(lambda i: filtered(crises, observed, seed, i, particles, days, rate), range(count)))
