"""The reference behaviour: what the model gives for quantities that are known of real crises.

Targets and their sources are in docs/sources.md. A quantity is *near* where the simulated value lies in the target's
range: its 95 % interval where the target is a share of n cases, a factor of 1.5 where it is a quantile, and for the
single clock of January 2024 where the target lies between the simulated 10th and 90th percentiles.
"""

import dataclasses
import math
from typing import NamedTuple

import numpy as np

from sim.clock import batch
from sim.game.ladder import CLASH
from sim.game.setting.mechanism import Mechanism
from sim.game.state import ACTED
from sim.study.interval import Z, clopper_pearson, ranks

HOUR, DAY = 60.0, 1440.0
COLUMN = {name: j for j, name in enumerate(batch.ROW)}
YEAR = 365.0


class Target(NamedTuple):
    """One line of the table: a quantity, what it should be, and what it is."""

    quantity: str
    target: str  # in words, with its unit
    low: float  # the range that counts as near
    high: float
    source: str
    value: float
    value_low: float  # 95 % interval of the value, or its 10th and 90th percentile for the single clock
    value_high: float
    single: bool = False

    @property
    def near(self):
        """Whether the simulated value meets the target."""
        if self.single:
            return bool(self.value_low <= self.low <= self.value_high)
        return bool(self.low <= self.value <= self.high)


def targets(dyad, reference, settlement, seed, runs, threads=0):
    """All targets for a generic headline dyad and the reference pair: a list of ``Target``.

    ``dyad`` and ``reference`` are crises that open with a strike on a sanctuary by a; ``settlement`` is the mechanism whose
    effect on recurrence is held against that of negotiated settlements.
    """
    workers = threads or None
    rows = batch.play(dyad, seed, runs, workers=workers)
    state = batch.play(dataclasses.replace(dyad, opening_rung=7), seed, runs, workers=workers)
    clock = batch.play(reference, seed, runs, workers=workers)
    quiet = dataclasses.replace(reference, opening="none", horizon=3 * YEAR)
    return [
        *_answers(rows, state),
        *_rungs(batch.acts(dyad, seed, min(runs, 20_000))),
        *_ends(rows),
        *_runs(rows),
        *_clock(clock),
        *_recurrence(dataclasses.replace(dyad, opening="none", horizon=3 * YEAR), settlement, seed, runs, workers),
        _resort(batch.play(quiet, seed, runs, workers=workers)),
    ]


def _share(quantity, target, low, high, source, k, n):
    """A target that is a probability: ``k`` of ``n`` runs."""
    p, p_low, p_high = clopper_pearson(int(k), int(n)) if n else (math.nan,) * 3
    return Target(quantity, target, low, high, source, p, p_low, p_high)


def _quantile(quantity, target, near, source, values, q, unit):
    """A target that is a quantile of ``values`` (in minutes, infinite where unreached), within a factor of 1.5 of ``near``."""
    ordered = np.sort(values) / unit
    n = len(ordered)
    placed = [0.0, *map(float, ordered), math.inf]  # what lies at the places 0 to n + 1
    value, low, high = (placed[i] for i in (math.ceil(n * q), *ranks(n, q))) if n else (math.nan,) * 3
    return Target(quantity, target, near / 1.5, near * 1.5, source, value, low, high)


def _answered(rows):
    """Which runs saw the opening strike answered in its own crisis, and after how many minutes."""
    at, settled = rows[:, COLUMN["answer_at"]], rows[:, COLUMN["statement_at"]]
    yes = (at >= 0) & ((settled < 0) | (at < settled))
    return yes, at[yes]


def _answers(rows, state):
    """Whether and when strikes are answered."""
    cases = "case library"
    yes, lags = _answered(rows)
    yield _share("sanctuary strike answered", ".50", 0.25, 0.75, f"{cases}, n = 12", yes.sum(), len(yes))
    for q, hours in ((0.25, 24.3), (0.5, 32.5), (0.75, 43.9)):
        yield _quantile(f"its lag, quantile {q:g} (h)", f"{hours} h", hours, f"{cases}, n = 6", lags, q, HOUR)
    yes, lags = _answered(state)
    yield _share("strike on a state target answered", ".64", 0.43, 0.80, f"{cases}, n = 22", yes.sum(), len(yes))
    for q, hours in ((0.25, 3.5), (0.5, 31.0), (0.75, 252.0)):
        yield _quantile(f"its lag, quantile {q:g} (h)", f"{hours} h", hours, f"{cases}, n = 14", lags, q, HOUR)


def _rungs(acts):
    """The rung of the next opposing act, relative to the strike it answers."""
    acted = acts["kind"] == ACTED
    run, who, rung = acts["run"][acted], acts["who"][acted], acts["rung"][acted]
    pair = (run[1:] == run[:-1]) & (who[1:] != who[:-1]) & (rung[:-1] >= CLASH)
    step = (rung[1:] - rung[:-1])[pair]
    n, source = len(step), "MIE 1.0, n = 1,230"
    yield _share("answer at an equal rung", ".73", 0.65, 0.80, source, (step == 0).sum(), n)
    yield _share("answer at a lower rung", ".27", 0.20, 0.35, source, (step < 0).sum(), n)
    yield _share("answer at a higher rung", "rare", 0.0, 0.08, source, (step > 0).sum(), n)


def _ends(rows):
    """When it stands down, and whether it comes to war."""
    at = rows[:, COLUMN["stand_down_at"]]
    at = np.where(at < 0, math.inf, at)
    for q, days in ((0.1, 2.7), (0.5, 9.6), (0.9, 62.0)):
        yield _quantile(f"first strike to stand-down, decile {q:g} (d)", f"{days} d", days, "case library, n = 17", at, q, DAY)
    war = (rows[:, COLUMN["war_at"]] >= 0).sum()
    yield _share("war, given force", ".005 (.001-.02)", 0.001, 0.02, "MID 5.0, two-party 1992-2014", war, len(rows))


def _runs(rows):
    """Runs of strikes by one side in the first crisis."""
    runs = rows[:, COLUMN["runs"]]
    for k, share in ((1, 0.54), (2, 0.19), (3, 0.08), (4, 0.05), (5, 0.13)):
        got = (runs >= 5).sum() if k == 5 else (runs == k).sum()
        yield _share(
            f"runs of strikes: {k}{'+' if k == 5 else ''}", f"{share:.2f}", share - 0.08, share + 0.08,
            "MIE 1.0, n = 1,654", got, len(runs),
        )  # fmt: skip


def _clock(rows):
    """The clock of January 2024, from the first strike, in the runs in which that strike was answered."""
    yes, _ = _answered(rows)
    for name, hours, words in (
        ("recall_at", 16.0, "16 h"), ("answer_at", 34.0, "34 h"), ("contact_at", 2.7 * 24, "2.7 d"),
        ("statement_at", 144.0, "6 d"), ("envoys_at", 240.0, "10 d"), ("agreement_at", 312.0, "13 d"),
    ):  # fmt: skip
        at = rows[yes, COLUMN[name if name != "contact_at" else "stand_down_at"]]
        at = np.where(at < 0, math.inf, at) / HOUR
        low, middle, high = (float(x) for x in np.quantile(at, [0.1, 0.5, 0.9], method="inverted_cdf"))
        yield Target(
            f"clock of January 2024: {name[:-3].replace('_', ' ')} (h)", words, hours, hours, "n = 1", middle, low, high, True
        )


def _recurrence(crisis, settlement, seed, runs, workers):
    """Hazard of the first strike under a negotiated settlement, relative to none, by window of time."""
    settled = dataclasses.replace(crisis, mechanism=settlement)
    times = []
    for one in (settled, dataclasses.replace(crisis, mechanism=Mechanism())):
        at = batch.play(one, seed, runs, workers=workers)[:, COLUMN["first_strike_at"]] / DAY
        times.append(np.where(at < 0, math.inf, at))
    for start, end, low, high, words in (
        (0.0, YEAR, 0.50, 0.94, "x .69 (.50-.94)"),
        (YEAR, 3 * YEAR, 0.66, 1.23, "x .90 (.66-1.23)"),
    ):
        ratio, error = _hazard_ratio(*times, start, end)
        yield Target(
            f"settlement: hazard of a strike, years {start / YEAR:g}-{end / YEAR:g}", words, low, high, "MID 5.0, 1946-2014",
            ratio, ratio * math.exp(-Z * error), ratio * math.exp(Z * error),
        )  # fmt: skip


def _hazard_ratio(one, two, start, end):
    """Events per exposure in a window, one against two, and the standard error of its logarithm."""
    rates, events = [], []
    for times in (one, two):
        events.append(max(1, ((times >= start) & (times < end)).sum()))
        rates.append(events[-1] / (np.clip(times, start, end) - start).sum())
    return float(rates[0] / rates[1]), math.sqrt(1 / events[0] + 1 / events[1])


def _resort(rows):
    """How often a headline attack on the reference pair is answered by a strike."""
    attacks = rows[:, COLUMN["attacks_a"]].sum() + rows[:, COLUMN["attacks_b"]].sum()
    k = rows[:, COLUMN["crises"]].sum()
    return _share(
        "headline attack answered by a strike, reference pair", "1 of 7", 0.026, 0.51, "case library, n = 7", k, attacks
    )
