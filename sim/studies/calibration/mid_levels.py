"""Simulated acts coded as incident data are: hostility levels of militarized interstate disputes, and runs of one side's acts.

On that scale a display of force is level 3, every use of force level 4 and war level 5 (Jones, Bremer & Singer 1996; Palmer
et al. 2022). Rungs 5 to 8 of the ladder are one level: an answer above what was received cannot be seen in such data,
unless it is war. Words and sanctions are no militarized acts, and what militants do is no act of a state. The dead of such data
are soldiers: those of a strike on militants, civilians and militants, are not among them.
"""

from typing import NamedTuple

import numpy as np

from sim.model.ladder import SANCTUARY_STRIKE
from sim.model.state import ACTED

DISPLAY, USE, WAR = 3, 4, 5
LEVEL = np.array([0, 0, 0, DISPLAY, 0, USE, USE, USE, USE, WAR])  # by rung; 0: not coded


class Incidents(NamedTuple):
    """Coded acts in order, of many runs: arrays of one length."""

    run: np.ndarray
    at: np.ndarray  # minutes
    who: np.ndarray  # 0 or 1
    level: np.ndarray
    rung: np.ndarray
    dead: np.ndarray  # killed by the act, all nationalities
    soldiers: np.ndarray  # nationals killed by an act on the state's own: a strike on militants kills no soldiers


def incidents(acts: dict[str, np.ndarray]) -> Incidents:
    """The coded acts among ``acts``, as ``sim.engine.kernel.acts`` gives them."""
    level = LEVEL[acts["rung"].astype(int)]
    coded = (acts["kind"] == ACTED) & (level > 0)
    one = {name: column[coded] for name, column in acts.items()}
    rung, nationals = one["rung"].astype(int), one["dead_a"] + one["dead_b"]
    soldiers = np.where(rung == SANCTUARY_STRIKE, 0, nationals)
    dead = nationals + one["dead_kin"]
    return Incidents(one["run"].astype(int), one["at"], one["who"].astype(int), level[coded], rung, dead, soldiers)


def before_war(coded: Incidents) -> Incidents:
    """The same without the acts of war, as confrontations without battles are coded."""
    peace = coded.level < WAR
    return Incidents(*(column[peace] for column in coded))


class Streaks(NamedTuple):
    """Runs of acts by one side, in order: arrays of one length."""

    run: np.ndarray  # the simulated run
    level: np.ndarray  # the highest in it
    soldiers: np.ndarray  # killed in it


def streaks(coded: Incidents) -> Streaks:
    """Acts in a row by one side of one simulated run are one streak."""
    if not len(coded.run):
        return Streaks(*(np.empty(0, int) for _ in range(3)))
    starts = np.flatnonzero(np.r_[True, (np.diff(coded.run) != 0) | (np.diff(coded.who) != 0)])
    return Streaks(coded.run[starts], np.maximum.reduceat(coded.level, starts), np.add.reduceat(coded.soldiers, starts))


def following(streak: Streaks) -> tuple[np.ndarray, np.ndarray]:
    """Places of streaks that are followed by one of the other side, and of those that follow."""
    first = np.flatnonzero(streak.run[1:] == streak.run[:-1])
    return first, first + 1


def next_uses(coded: Incidents, within: float) -> np.ndarray:
    """For each use of force that another follows ``within`` minutes: whether that is by the other side."""
    use = coded.level == USE
    run, at, who = coded.run[use], coded.at[use], coded.who[use]
    soon = (run[1:] == run[:-1]) & (at[1:] - at[:-1] <= within)
    return (who[1:] != who[:-1])[soon]
