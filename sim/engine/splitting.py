"""Rare events by multilevel splitting: paths that climb are cut loose from their chances and tried again from there.

Particles start as ordinary runs. Level by level, those that end without having climbed above the level are all killed, and
each is replaced by a copy of one that did climb, taken where it first stood higher; the copy goes on under chances of its
own. The product of the shares that climbed estimates the probability of reaching each level without bias, whatever the
levels and the number of particles (adaptive multilevel splitting; Cérou & Guyader 2007; Bréhier, Gazeau, Goudenège,
Lelièvre & Rousset 2016). Levels are whole numbers, so ties are the rule: killing only one of those tied would be biased.

A replicate is a pure function of (crisis, seed, its number, particles): the same bytes whatever the number of threads.
Particle i of replicate 0 is run i of the plain clock until it is killed.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.engine.thread_pool import thread_pool
from sim.model.ladder import WAR
from sim.model.numerics.jit import jitted, kernel
from sim.model.numerics.philox import Chance, chance_of, drawn
from sim.model.parameter import Plain, records
from sim.model.setting.crisis import Crisis
from sim.model.state import State, due_of, next_actor
from sim.model.tally import rung_of
from sim.model.transition import act, opening

MOST_PARTICLES, MOST_LEVELS, MOST_REPLICATES = 1 << 20, 1 << 11, 1 << 31  # 62 bits of a run's number
NOBODY = 15  # in the place of an actor: who is copied is drawn by none of them
FINER = 3  # levels to a rung
TOP = WAR * FINER  # the level of war


@jitted
def path_number(replicate: int, level: int, particle: int) -> int:
    """The number of the run whose chances a particle has from the ``level`` on at which it was last replaced."""
    return (replicate * MOST_LEVELS + level) * MOST_PARTICLES + particle


def _climb(
    is_open: Callable[..., bool], moved: Callable[..., Any], climbed: Callable[..., int]
) -> Callable[..., tuple[Any, int, int]]:
    """The function that plays a path until it stands above a level or ends."""

    @jitted
    def climb(state: Any, setting: Any, chance: Chance, level: int) -> tuple[Any, int, int]:
        """Where the path stands then, its level, and the acts made."""
        at, acts = level, 0
        while at == level and is_open(state, setting):
            state = moved(state, setting, chance)
            at = climbed(at, state)
            acts += 1
        return state, at, acts

    return climb


@jitted
def _replace(
    paths: np.ndarray, levels: np.ndarray, states: list, climbers: np.ndarray, level: int, seed: int, number: int
) -> None:
    """Replace every particle that stayed at ``level`` by a copy of one that climbed, under chances of its own.

    The killed are dealt over the climbers in strata: each climber is as likely, and none gets far more.
    """
    particles, alive, stratum = len(paths), len(climbers), 0
    for i in range(particles):
        if levels[i] == level:
            paths[i] = path_number(number, level + 1, i)
            u, _, _, _ = drawn(chance_of(seed, int(paths[i])), NOBODY, 0, 0)
            parent = climbers[int((stratum + u) * alive / (particles - alive))]
            states[i], levels[i] = states[parent], levels[parent]
            stratum += 1


def splitting(
    opening: Callable[..., Any], is_open: Callable[..., bool], moved: Callable[..., Any], climbed: Callable[..., int]
) -> Callable[..., int]:
    """One replicate of multilevel splitting, for any model made of jitted functions of values: a function to be compiled.

    ``opening(setting, chance) -> state``; ``is_open(state, setting)``, whether the run goes on;
    ``moved(state, setting, chance) -> state``, one act; ``climbed(level, state) -> level``, the highest level of a path
    after an act, given that before it: a whole number from 0, never falling.
    """

    climb = _climb(is_open, moved, climbed)

    def replicate(settings: np.ndarray, cell: int, seed: int, number: int, particles: int, out: np.ndarray) -> int:
        """Write estimates of P(highest level >= l) into ``out``, l from 0 to its length less 1; returns the acts made."""
        setting, top, acts = settings[cell], out.shape[0] - 1, 0
        paths, levels, climbers = np.empty((3, particles), np.int64)
        states = [opening(setting, chance_of(seed, path_number(number, 0, 0)))] * particles
        for i in range(particles):
            paths[i] = path_number(number, 0, i)
            states[i] = opening(setting, chance_of(seed, int(paths[i])))
            levels[i] = climbed(0, states[i])
        out[:] = 0.0
        out[0] = share = 1.0
        for level in range(top):
            alive = 0
            for i in range(particles):
                if levels[i] == level:
                    states[i], levels[i], made = climb(states[i], setting, chance_of(seed, int(paths[i])), level)
                    acts += made
                if levels[i] > level:
                    climbers[alive] = i
                    alive += 1
            if alive == 0:
                return acts
            share *= alive / particles
            out[level + 1] = share
            _replace(paths, levels, states, climbers[:alive], level, seed, number)
        return acts

    return replicate


@jitted
def _is_open(state: State, crisis: Plain) -> bool:
    """Whether anybody acts before the horizon."""
    return due_of(state.due, next_actor(state.due)) <= int(crisis.horizon)


@jitted
def _moved(state: State, crisis: Plain, chance: Chance) -> State:
    """The state after the act that is due first."""
    return act(state, next_actor(state.due), crisis, chance)


@jitted
def _climbed(level: int, state: State) -> int:
    """Three levels a rung: it is the highest so far; an act at it is ordered again; something above is ordered or feared."""
    rung = max(level // FINER, rung_of(state.latest))
    ordered = max(state.a.plan.ordered, state.b.plan.ordered)
    if max(ordered, state.a.memory.perceived_rung, state.b.memory.perceived_rung) > rung:
        return max(level, rung * FINER + 2)
    return max(level, rung * FINER + (1 if ordered == rung else 0))


_replicate = kernel(splitting(opening, _is_open, _moved, _climbed))


def split(
    crisis: Crisis, seed: int, particles: int, replicates: int, first: int = 0, workers: int | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Estimates of P(peak >= r) and the acts they cost, replicate by replicate.

    Returns a float array [replicates, 10], r from 0 to 9, each row an independent and unbiased estimate of the escalation
    curve, and an int array [replicates].
    """
    crises = records([crisis])
    found, acts = np.empty((replicates, TOP + 1)), np.empty(replicates, np.int64)

    def job(i: int) -> None:
        acts[i] = _replicate(crises, 0, seed, first + i, particles, found[i])

    with thread_pool(workers or 0) as pool:
        list(pool.map(job, range(replicates)))
    return found[:, ::FINER], acts
