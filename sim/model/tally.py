"""What a run yields: one row of numbers, counted act by act.

``tallied`` sees each act and keeps the count in a row that is a list in the event loop and an array in the compiled clock;
its columns are those of ``sim.model.outcome_columns``.
"""

import numpy as np

from sim.model import outcome_columns as c
from sim.model.ladder import CLASH, NORMAL, STATE_STRIKE, WAR
from sim.model.numerics.jit import jitted
from sim.model.state import (
    ACTED,
    AGREED,
    ATTACK,
    AVERTED,
    ENVOYS_BACK,
    FADED,
    FOILED,
    MADE_CONTACT,
    MADE_STATEMENT,
    MILITANTS_A,
    PASSED,
    VISITED,
    WORDS,
    Act,
    State,
)

Row = list[float] | np.ndarray  # of ``outcome_columns.WIDTH`` numbers


@jitted
def blank(t: Row) -> None:
    """Set the row ``t`` to what it is before anything has happened."""
    for i in range(c.WIDTH):
        t[i] = 0.0
    for i in range(c.WAR_AT, c.PAYOFF_A):
        t[i] = c.UNREACHED
    t[c.LAST_STRIKER] = t[c.LAST_CONTACT] = c.UNREACHED


@jitted
def elapsed(t: Row, state: State, until: int) -> None:
    """Count the time from ``state`` to the minute ``until`` into ``t``."""
    minutes = until - state.now
    if minutes > 0:
        t[c.RUNG_TIME] += minutes * state.talks.rung
        if state.a.envoy + state.b.envoy < 2:
            t[c.ENVOYLESS] += minutes
        if state.a.memory.last > 0:
            t[c.FORCE_A] += minutes
            if state.b.memory.last > 0:
                t[c.FORCE_BOTH] += minutes
        if state.b.memory.last > 0:
            t[c.FORCE_B] += minutes


@jitted
def rung_of(act: Act) -> int:
    """The rung an act counts at: its own for acts and words, that of an attack where the host is blamed; else 0."""
    if act.kind == ATTACK:
        return act.seen
    return act.rung if act.kind == ACTED or act.kind == WORDS else 0


@jitted
def tallied(t: Row, act: Act) -> None:
    """Count the ``act`` into ``t``."""
    kind = act.kind
    t[c.PEAK] = max(t[c.PEAK], rung_of(act))
    if kind == ACTED:
        if act.rung >= CLASH:
            _count_strike(t, act)
    elif kind == ATTACK:
        _count_attack(t, act)
    elif kind == WORDS:
        if act.recalled:
            _first(t, c.RECALL, act.at)
    elif kind == PASSED:
        t[c.PASSES_A + act.who] += 1
    elif kind == FOILED or kind == AVERTED:
        t[c.AVOIDED] += 1
        if act.warned:
            t[c.TIPS_A + 1 - (act.who - MILITANTS_A)] += 1
    elif MADE_CONTACT <= kind <= FADED:
        _count_step(t, act)
    t[c.AUDIENCE_A] += act.cost_a
    t[c.AUDIENCE_B] += act.cost_b


@jitted
def _first(t: Row, column: int, at: float) -> None:
    """Note a time, unless it has been reached before."""
    if t[column] == c.UNREACHED:
        t[column] = at


@jitted
def _count_strike(t: Row, act: Act) -> None:
    """Count an act of force: whose it is, its dead, and whether it answers one."""
    who = act.who
    t[c.STRIKES_A + who] += 1
    if act.rung >= STATE_STRIKE:
        t[c.STATE_A + who] += 1
        _first(t, c.STATE_STRIKE_AT, act.at)
    if act.seen > act.rung:
        t[c.OVERREAD] += 1
    t[c.KILLED_A] += act.dead_a
    t[c.KILLED_B] += act.dead_b
    t[c.MILITANTS if act.hit else c.KIN] += act.dead_kin
    t[c.HITS_A + who] += act.hit
    if act.rung == WAR:
        _first(t, c.WAR_AT, act.at)
    _first(t, c.FIRST_STRIKE, act.at)
    if t[c.STATEMENT_AT] != c.UNREACHED:
        _first(t, c.RECURRENCE, act.at)
    if t[c.IN_CRISIS] == 0.0:
        t[c.CRISES] += 1
    elif t[c.LAST_STRIKER] == 1 - who:
        t[c.ANSWERS_A + who] += 1
        _first(t, c.ANSWER, act.at)
    if t[c.CRISES] == 1.0 and t[c.LAST_STRIKER] != who:
        t[c.STRIKE_STREAKS] += 1
    t[c.IN_CRISIS] = 1.0
    t[c.LAST_STRIKER] = who


@jitted
def _count_attack(t: Row, act: Act) -> None:
    """Count an attack by militants: its dead, whether the host is blamed, and whether it was warned of."""
    victim = act.who - MILITANTS_A
    t[c.ATTACKS_A + victim] += 1
    t[c.ATTACK_DEAD_A] += act.dead_a
    t[c.ATTACK_DEAD_B] += act.dead_b
    if act.seen > 0:
        t[c.ATTRIBUTED] += 1
    if act.warned:
        t[c.TIPS_A + 1 - victim] += 1


@jitted
def _count_step(t: Row, act: Act) -> None:
    """Count a step of the channel, and what settles with it."""
    t[c.HELD] += act.held_a + act.held_b
    if act.rung == NORMAL and t[c.PEAK] > 0:
        _first(t, c.NORMAL_AT, act.at)
        t[c.IN_CRISIS] = 0.0
        t[c.LAST_STRIKER] = c.UNREACHED
    if t[c.FIRST_STRIKE] == c.UNREACHED:
        return
    if act.kind == MADE_CONTACT:
        _first(t, c.CONTACT_AT, act.at)
        t[c.LAST_CONTACT] = act.at
    elif act.kind == MADE_STATEMENT:
        _first(t, c.STAND_DOWN, t[c.LAST_CONTACT])
        _first(t, c.STATEMENT_AT, act.at)
        t[c.IN_CRISIS] = 0.0
        t[c.LAST_STRIKER] = c.UNREACHED
    elif act.kind == ENVOYS_BACK:
        _first(t, c.ENVOYS_AT, act.at)
    elif act.kind == VISITED:
        _first(t, c.VISIT_AT, act.at)
    elif act.kind == AGREED:
        _first(t, c.AGREEMENT_AT, act.at)
