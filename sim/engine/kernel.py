"""The compiled clock: many runs, one kernel. While a run is open, the actor that is due first acts.

It calls the same functions as the event loop, compiled, and a run's row is a pure function of crisis, seed and run: the
same bytes whatever the number of threads or the size of a chunk.
"""

import numpy as np

from sim.engine import compiling
from sim.engine.thread_pool import thread_pool
from sim.model.circumstances import Circumstances, circumstances
from sim.model.numerics.jit import kernel
from sim.model.numerics.philox import chance_of
from sim.model.outcome_columns import ROW, WIDTH
from sim.model.parameter import records
from sim.model.payoff import closed
from sim.model.setting.crisis import Crisis
from sim.model.state import Act, earliest, next_actor
from sim.model.tally import blank, elapsed, tallied
from sim.model.transition import act, opening

LOG = ("run", *Act._fields, *Circumstances._fields)  # the columns of an act
AROUND = 1 + len(Act._fields)  # the first of those of what stood around it
KEPT = len(ROW)
CHUNK = 16384  # runs a thread takes at a time
compiling.listen()


@kernel
def _played(crises: np.recarray, cell: int, seed: int, first: int, out: np.ndarray, log: np.ndarray) -> int:
    """Play the runs ``first`` onward of one crisis into the rows of ``out``, and their acts into ``log`` if it has rows.

    Returns the number of acts, or -1 where ``log`` was too short.
    """
    crisis = crises[cell]
    horizon = int(crisis.horizon)
    t = np.empty(WIDTH)
    acts = 0
    for i in range(out.shape[0]):
        chance = chance_of(seed, first + i)
        state = opening(crisis, chance)
        blank(t)
        who = next_actor(state.due)
        due = earliest(state.due)
        while due <= horizon:
            elapsed(t, state, due)
            before = state
            state = act(state, who, crisis, chance)
            tallied(t, state.latest)
            if log.shape[0] > 0:
                if acts == log.shape[0]:
                    return -1
                a = state.latest
                log[acts, 0] = first + i
                log[acts, 1], log[acts, 2], log[acts, 3], log[acts, 4] = a.at, a.who, a.kind, a.rung
                log[acts, 5], log[acts, 6], log[acts, 7], log[acts, 8] = a.seen, a.dead_a, a.dead_b, a.dead_kin
                log[acts, 9], log[acts, 10], log[acts, 11], log[acts, 12] = a.public, a.private, a.hit, a.recalled
                log[acts, 13], log[acts, 14], log[acts, 15], log[acts, 16] = a.warned, a.held_a, a.held_b, a.slipped
                log[acts, 17], log[acts, 18] = a.cost_a, a.cost_b
                around = circumstances(before, state)
                for j in range(len(around)):
                    log[acts, AROUND + j] = around[j]
            acts += 1
            who = next_actor(state.due)
            due = earliest(state.due)
        closed(t, state, horizon, crisis.weights)
        for j in range(KEPT):
            out[i, j] = t[j]
    return acts


NO_LOG = np.empty((0, len(LOG)))


def simulate(crisis: Crisis, seed: int, runs: int, first: int = 0, workers: int | None = None) -> np.ndarray:
    """Play ``runs`` runs of ``crisis`` from number ``first`` on: a float array [runs, len(ROW)], a run a row."""
    crises = records([crisis])
    out = np.empty((runs, len(ROW)))
    starts = range(0, runs, CHUNK)
    if len(starts) <= 1 or workers == 1:
        _played(crises, 0, seed, first, out, NO_LOG)
        return out
    with thread_pool(workers or 0) as pool:
        jobs = [pool.submit(_played, crises, 0, seed, first + i, out[i : i + CHUNK], NO_LOG) for i in starts]
        for job in jobs:
            job.result()
    return out


def simulate_record(settings: np.recarray, i: int, seed: int, runs: int, first: int = 0) -> np.ndarray:
    """Play ``runs`` runs of the record number ``i`` of ``settings``, an array of checked records such as ``records`` gives.

    For many crises: they cost no more than their runs. Holds no lock of the interpreter, so threads may each play some.
    """
    out = np.empty((runs, len(ROW)))
    _played(settings, i, seed, first, out, NO_LOG)
    return out


def acts(crisis: Crisis, seed: int, runs: int, first: int = 0) -> dict[str, np.ndarray]:
    """Every act of ``runs`` runs in order: a dict of arrays, one for each name of ``LOG``."""
    crises, out, room = records([crisis]), np.empty((runs, len(ROW))), 64 * runs
    while True:
        log = np.empty((room, len(LOG)))
        n = _played(crises, 0, seed, first, out, log)
        if n >= 0:
            return dict(zip(LOG, log[:n].T, strict=True))
        room *= 4
