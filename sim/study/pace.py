"""How soon each step of the way down is reached under each alternative, and whether that is sooner than under the base."""

from typing import NamedTuple

from sim.game.column import TIMES
from sim.study.interval import clopper_pearson
from sim.study.life import life, median
from sim.study.survival import STEPS, holm, log_rank


class Pace(NamedTuple):
    """One step under one alternative."""

    label: str
    step: str  # the name of the time
    reached: tuple  # the share of runs that reach it by the horizon, and its 95 % interval
    median: tuple  # Kaplan–Meier, minutes, and its 95 % interval; NaN where not reached by half
    z: float  # log-rank against the base: positive where it is reached sooner
    p: float  # of all tests here together (Holm 1979); 1 for the base


def paces(found):
    """The ``Pace`` of every step under every alternative of a ``Comparison``: by step, then by alternative, base first.

    The steps are those of the channel, and the outcome's own time where it is one.
    """
    steps = list(dict.fromkeys([*STEPS, *([found.outcome.name] if found.outcome.name in TIMES else [])]))
    out, counts = [], found.played.counts
    for step in steps:
        lives = [life(count, step) for count in counts]
        for label, count, one, differing in zip(found.labels, counts, lives, found.played.differing, strict=True):
            z, p = log_rank(one, lives[0]) if differing else (0.0, 1.0)
            out.append(Pace(label, step, clopper_pearson(int(one.events.sum()), one.n), median(count, step), z, p))
    tested = [i for i, pace in enumerate(out) if pace.label != found.labels[0]]
    adjusted = dict(zip(tested, holm([out[i].p for i in tested]), strict=True))
    return [pace._replace(p=adjusted.get(i, 1.0)) for i, pace in enumerate(out)]
