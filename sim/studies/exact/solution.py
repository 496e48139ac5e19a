"""The exact answer about a crisis: how likely it climbs how high by when, whether it ends in war, and where it settles."""

from typing import Any, NamedTuple

import numpy as np

from sim.model.ladder import WAR
from sim.model.parameter import DAY
from sim.model.setting.crisis import Crisis
from sim.studies.exact import first_passage
from sim.studies.exact.canonical_state import Rest
from sim.studies.exact.events_of_interest import events_of_interest
from sim.studies.exact.markov_chain import LIMIT, chain

POINTS = 100  # of a curve, evenly spaced in the logarithm of the day
FIRST = 0.1  # days: where a curve is first looked at
NOTHING = 5e-13  # below this a probability is shown as 0
AT = (1.0, 7.0, 30.0, 90.0)  # days that are always among them, where they come before the horizon


class Solution(NamedTuple):
    """What a chain says. Times in days."""

    states: int
    moves: int
    days: np.ndarray  # rising, from 0 to the horizon
    curves: dict[str, np.ndarray]  # by name of a watch: probability that it has come by each of ``days``
    ever: dict[str, tuple[float, float]]  # by name: P(ever), and the mean days until then where it comes (nan: it cannot)
    shares: np.ndarray  # share of time at each crisis rung in the long run, from this opening; at 9 it is the share of wars
    postures: np.ndarray  # share of time in the long run at force: neither, a alone, b alone, both; empty without sittings
    error: float  # bound of the error of the curves, rounding included

    def by(self, name: str, day: float) -> float:
        """Probability that ``name`` has come by one of ``days``."""
        return float(self.curves[name][np.searchsorted(self.days, day)])


def solution(crisis: Crisis, limit: int = LIMIT) -> Solution:
    """The exact solution of a ``Crisis``. Raises ``Unsolvable`` with every problem."""
    built = chain(crisis, limit)
    drawn = np.geomspace(FIRST, crisis.horizon, POINTS)
    drawn[-1] = crisis.horizon
    days = np.union1d(drawn, [0.0, *(day for day in AT if day < crisis.horizon)])
    curves, ever, error = {}, {}, 0.0
    for name, watch in events_of_interest(built.moves).items():
        flow = first_passage.flow(built, watch)
        curves[name], bound = first_passage.curve(flow, days * DAY)
        p, minutes = first_passage.ever(flow)
        ever[name], error = (p, minutes / DAY), max(error, bound)
    flow = first_passage.flow(built)
    long = first_passage.long_run(flow)[:-1]
    shares = np.bincount(built.rungs[flow.origin[:-1]], long, minlength=WAR + 1)
    postures: np.ndarray = np.empty(0)
    if crisis.a.review > 0 or crisis.b.review > 0:
        postures = np.bincount([_posture(built.states[i]) for i in flow.origin[:-1]], long, minlength=4)
    return Solution(len(built.states), len(built.moves.source), days, curves, ever, shares, postures, error)


def _posture(state: Any) -> int:
    """Whose last decision stood at force: 0 neither, 1 a, 2 b, 3 both."""
    return 0 if isinstance(state, Rest) else (state.a.memory.last > 0) + 2 * (state.b.memory.last > 0)
