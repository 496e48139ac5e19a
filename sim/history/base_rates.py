"""What a forecast without a model says: rates counted in MIE 1.0, and in the other records of the library."""

from collections.abc import Sequence
from typing import NamedTuple

from sim.history.outcomes import HORIZONS, outcomes
from sim.history.record import Record
from sim.statistics.intervals import beta_ends

# Shares of 1,582 new blows (one side alone used force, new or answered since) in 719 bilateral crises of 246 pairs of states,
# 1946-2014, that were followed within so many days; own count in MIE 1.0 (Gibler & Miller 2023), military acts alone. A
# stand-down is not coded there.
MIE = {
    "strike": (0.185, 0.363, 0.529),
    "higher": (0.0019, 0.0082, 0.0197),
    "war": (0.0019, 0.0082, 0.0197),
}
MIE_CASES = 1582
MIE_CLUSTERING = 4.0  # of its intervals, for blows between one pair are no independent cases


class Rate(NamedTuple):
    """A base rate with its 95 % interval, and the cases it rests on."""

    value: float
    low: float
    high: float
    cases: int


def jeffreys(k: float, n: float, cases: int) -> Rate:
    """The rate of k in n, that of an even chance where there is no case, with Jeffreys' interval."""
    low, high = beta_ends((k + 0.5, n - k + 0.5), (k + 0.5, n - k + 0.5))
    return Rate((k + 0.5) / (n + 1.0), float(low), float(high), cases)


def mie(quantity: str, days: int) -> Rate | None:
    """The rate in MIE after a new blow; None where it is not coded."""
    if quantity not in MIE or days not in HORIZONS:
        return None
    p, n = MIE[quantity][HORIZONS.index(days)], MIE_CASES / MIE_CLUSTERING
    return Rate(p, *jeffreys(p * n, n, 0)[1:3], MIE_CASES)


def library(records: Sequence[Record], minute: int, quantity: str, days: float) -> Rate:
    """The rate in some records as long after their opening: of those that tell."""
    told = [outcomes(one, minute)[quantity].by(days) for one in records if one.end > minute]
    known = [one for one in told if one is not None]
    return jeffreys(sum(known), len(known), len(known))
