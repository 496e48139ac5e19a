"""Targets of incident and dispute data, on their own scale: hostility levels (``mid_levels``).

Most of these incidents are no headline crises, and are answered far less often. They are held against the shape of an
exchange once it runs, never against whether a strike is answered; where only that is known, the row is a contrast.
"""

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
MID = Basis("MID 5.0, two-party disputes, 1992-2014")


def levels(coded: Incidents) -> Iterator[Target]:
    """The level of the next opposing run of acts, relative to a run with a use of force."""
    peace = streaks(before_war(coded))
    first, second = following(peace)
    used = peace.level[first] == USE
    answer, n = peace.level[second][used], int(used.sum())
    yield share(MIE, "use of force answered at the same level", FITTED, 0.726, 1230, (answer == USE).sum(), n)
    yield share(MIE, "use of force answered by a display", FITTED, 0.274, 1230, (answer == DISPLAY).sum(), n)
    fatal = used & (peace.dead[first] > 0)
    both = fatal & (peace.dead[second] > 0)
    yield share(MIE, "fatal run of acts answered by a fatal one", HELD_OUT, 0.220, 359, both.sum(), (peace.dead > 0).sum())


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
    """Whether force becomes war, over ``runs`` simulated runs, and how that rises with how far it has gone."""
    fought = np.zeros(runs, bool)
    fought[coded.run[coded.level == WAR]] = True
    peace = streaks(before_war(coded))
    long = np.bincount(peace.run, minlength=runs) >= 10
    deadly = np.bincount(peace.run, peace.dead, minlength=runs) >= 100
    yield share(MIE, "war, given 10 runs of acts", HELD_OUT, 0.133, 84, (fought & long).sum(), long.sum())
    yield share(MIE, "war, given 100 dead in acts before it", HELD_OUT, 0.300, 60, (fought & deadly).sum(), deadly.sum())
    yield share(MID, "war, given a use of force", FITTED, 2 / 356, 356, fought.sum(), runs)


def routine(answered_within: dict[int, int], n: int) -> Iterator[Target]:
    """What routine incidents show instead: whether an attack with deaths out of 180 quiet days is answered by force.

    ``answered_within`` holds, by a number of days, how many of ``n`` simulated opening strikes were answered by then.
    """
    for days, known in ((7, 0.16), (30, 0.24), (90, 0.24)):
        words = f"attack with deaths answered within {days} d"
        yield share(MIE, words, CONTRAST, known, 25, answered_within[days], n)
