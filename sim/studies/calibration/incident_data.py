"""Targets of incident and dispute data, on their own scale: hostility levels (``mid_levels``).

Most of these incidents are no headline crises, and are answered far less often. They are held against the shape of an
exchange once it runs, never against whether a strike is answered; where only that is known, the row is a contrast.
"""

import math
from collections.abc import Iterator

import numpy as np

from sim.model.parameter import DAY
from sim.studies.calibration.mid_levels import (
    DISPLAY,
    USE,
    WAR,
    Incidents,
    before_war,
    following,
    next_uses,
    streaks,
)
from sim.studies.calibration.target import CLUSTERING, CONTRAST, FITTED, HELD_OUT, Basis, Target, share

MIE = Basis("MIE 1.0, 1946-2014, on hostility levels", CLUSTERING)
WAR_AFTER_ANY = 0.041  # MIE 1.0, 1946-2014: war, given one run of acts or more
MID = Basis("MID 5.0, two-party disputes, 1992-2014")


def levels(coded: Incidents) -> Iterator[Target]:
    """The level of the next opposing run of acts, relative to a run with a use of force."""
    peace = streaks(before_war(coded))
    first, second = following(peace)
    used = peace.level[first] == USE
    answer, n = peace.level[second][used], int(used.sum())
    yield share(MIE, "use of force answered at the same level", FITTED, 0.726, 1230, (answer == USE).sum(), n)
    yield share(MIE, "use of force answered by a display", FITTED, 0.274, 1230, (answer == DISPLAY).sum(), n)
    fatal = used & (peace.soldiers[first] > 0)
    both = fatal & (peace.soldiers[second] > 0)
    yield share(MIE, "fatal run of acts answered by a fatal one", HELD_OUT, 0.220, 359, both.sum(), (peace.soldiers > 0).sum())


def sequences(coded: Incidents) -> Iterator[Target]:
    """How many runs of acts a confrontation has, and who strikes next."""
    peace = before_war(coded)
    numbers = np.unique(streaks(peace).run, return_counts=True)[1]
    for k, known in ((1, 0.542), (2, 0.191), (3, 0.082), (4, 0.051), (5, 0.135)):
        got = (numbers >= k).sum() if k == 5 else (numbers == k).sum()
        words = f"{k}{' or more' if k == 5 else ''} run{'s' * (k > 1)} of acts in all"
        yield share(MIE, words, FITTED, known, 1654, got, len(numbers))
    other = next_uses(peace, 30 * DAY)
    yield share(MIE, "next use in 30 d is by the other side", FITTED, 0.341, 574, other.sum(), len(other))


def war(coded: Incidents, runs: int) -> Iterator[Target]:
    """Whether force becomes war, over ``runs`` simulated runs that all see some, and how that rises with how far it has gone.

    Between the confrontations of MIE war is seven times as likely as between two states of today. So the level is held
    against the latter, and only how much likelier war gets against the former.
    """
    fought = np.zeros(runs, bool)
    fought[coded.run[coded.level == WAR]] = True
    peace = streaks(before_war(coded))
    long = np.bincount(peace.run, minlength=runs) >= 10
    deadly = np.bincount(peace.run, peace.soldiers, minlength=runs) >= 100
    yield _times(
        share(MIE, "war after 10 runs: times that after any", HELD_OUT, 0.133, 84, (fought & long).sum(), long.sum()), fought
    )
    yield _times(
        share(MIE, "after 100 soldiers dead: the same", HELD_OUT, 0.300, 60, (fought & deadly).sum(), deadly.sum()), fought
    )
    yield share(MID, "war, given a use of force", FITTED, 2 / 356, 356, fought.sum(), runs)


def _times(one: Target, fought: np.ndarray) -> Target:
    """Shares of wars as multiples of those after any force, which stand in the data and in the runs on far more cases."""
    known, simulated = WAR_AFTER_ANY, float(fought.mean()) or math.nan
    ends = {name: getattr(one, name) / known for name in ("known", "low", "high")}
    return one._replace(**ends, **{name: getattr(one, name) / simulated for name in ("value", "value_low", "value_high")})


def routine(answered_within: dict[int, int], n: int) -> Iterator[Target]:
    """What routine incidents show instead: whether an attack with deaths out of 180 quiet days is answered by force.

    ``answered_within`` holds, by a number of days, how many of ``n`` simulated opening strikes were answered by then.
    """
    for days, known in ((7, 0.16), (30, 0.24), (90, 0.24)):
        words = f"attack with deaths answered within {days} d"
        yield share(MIE, words, CONTRAST, known, 25, answered_within[days], n)
