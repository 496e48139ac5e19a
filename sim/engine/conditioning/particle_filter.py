"""The filter: many particles follow the record, are weighed where a window closes, and play on from the record's end.

The mean of the weights estimates the probability of the record without bias, with resampling or without (Del Moral 2004). What
follows is played by each particle as it stands, under every alternative on the same chances. A filter is a pure function of the
crisis, the record, the seed and its number: the same bytes whatever the number of threads.
"""

import numpy as np

from sim.engine import compiling
from sim.engine.conditioning import particle as r
from sim.engine.conditioning.guidance import led, promise, typed
from sim.engine.conditioning.led_chance import ROWS, SLOTS, Led, unled
from sim.model import parameter
from sim.model.events.mechanism import exists
from sim.model.ladder import CLASH, WAR
from sim.model.numerics.change import changed
from sim.model.numerics.elementary import exponential, natural_log
from sim.model.numerics.jit import jitted, kernel
from sim.model.numerics.philox import Chance, chance_of, drawn
from sim.model.parameter import Plain
from sim.model.setting.crisis import CALM
from sim.model.state import (
    ACTED,
    MADE_STATEMENT,
    NEVER,
    NO_PLAN,
    NOT_IN_FORCE,
    PREPARING,
    A,
    State,
    earliest,
    later,
    next_actor,
)  # fmt: skip
from sim.model.transition import FROM_START, act, opening

MOST_PARTICLES, LEVELS = 1 << 20, 1 << 12  # of the number of a run: which filter, which level, which particle
AFTER = LEVELS - 1  # in the place of a level: the chances after the record
DAY = int(parameter.DAY)
FORCE_AT, HIGHER_AT, WAR_AT, STAND_DOWN_AT = range(4)  # what is noted of what follows, in minutes from the record's end
NOTED = 4
UNREACHED = -1.0
compiling.listen()


@jitted
def path_number(number: int, level: int, particle: int) -> int:
    """The number of the run whose chances a particle has from the ``level`` on at which it was last dealt."""
    return (number * LEVELS + level) * MOST_PARTICLES + particle


@kernel
def _moved(state: State, who: int, crisis: Plain, chance: Led) -> State:
    """The state after an act: compiled once, for all that play under a record."""
    return act(state, who, crisis, chance)


@jitted
def beginning(crisis: Plain, chance: Chance) -> State:
    """The state at minute 0: nothing of the opening is led."""
    return opening(crisis, chance)


@jitted
def told_by(state: State, side: int, at: int, rung: int) -> State:
    """The state in which the side strikes at ``at``, whatever it had in mind: what the background tells."""
    plan = changed(NO_PLAN, phase=PREPARING, ordered=rung)
    if side == A:
        return changed(state, a=changed(state.a, plan=plan), due=changed(state.due, a=at))
    return changed(state, b=changed(state.b, plan=plan), due=changed(state.due, b=at))


@jitted
def resumed(state: State, before: State, side: int) -> State:
    """The state after an act the background told of a side: its council goes on with what it had in mind ``before``."""
    if state.latest.rung == WAR:
        return state
    if side == A:
        me = changed(state.a, plan=before.a.plan, memory=before.a.memory)
        return changed(state, a=me, due=changed(state.due, a=before.due.a))
    me = changed(state.b, plan=before.b.plan, memory=before.b.memory)
    return changed(state, b=me, due=changed(state.due, b=before.due.b))


@jitted
def is_opening(p: np.ndarray, crisis: Plain) -> bool:
    """Whether the next act is the one the crisis starts with, which is given."""
    return p[r.ACTS] == 0 and crisis.opening != CALM


@jitted
def kept(p: np.ndarray, record: np.ndarray, setup: np.ndarray, state: State, told: int, given: bool) -> None:
    """Hold the latest act of a state against the record, unless it was given."""
    p[r.ACTS] += 1
    if given:
        p[r.PEAK] = state.latest.rung if state.latest.kind == ACTED else 0
    else:
        r.agreed(p, record, setup, state.latest, told)


@kernel
def _followed(
    state: State, p: np.ndarray, guide: np.ndarray, crisis: Plain, chance: Chance, record: np.ndarray, setup: np.ndarray,
    background: np.ndarray, until: int, log: np.ndarray,
) -> State:  # fmt: skip
    """A particle's state at the record's minute ``until``, by which it may have gone against the record."""
    last, given, before = until - p[r.SHIFT], False, state
    while p[r.ALIVE] == 1:
        at, who, told = earliest(state.due), next_actor(state.due), -1
        note = r.next_note(p, record)
        if at >= last and note > last:
            break
        if note <= at:
            told = r.noted(p, record, guide, chance, note, background[0], background[1])
            if told < 0:
                continue
            who, at, before = r.side_of(p, record[told], chance, told), note, state
            state = told_by(state, who, at, r.rung_of(record[told], setup, guide, chance, told))
        given = is_opening(p, crisis)
        led(guide, state, who, at, crisis, p, record, setup, told)
        state = _moved(state, who, crisis, Led(chance, guide))
        if log.shape[0] > p[r.ACTS]:
            _log(log, p[r.ACTS], state)
        kept(p, record, setup, state, told, given)
        if told >= 0:
            state = resumed(state, before, who)
    return state


@jitted
def _log(log: np.ndarray, i: int, state: State) -> None:
    """Note an act in a row of ``log``."""
    a = state.latest
    log[i, 0], log[i, 1], log[i, 2], log[i, 3], log[i, 4] = a.at, a.who, a.kind, a.rung, a.seen
    log[i, 5], log[i, 6], log[i, 7] = a.dead_a, a.dead_b, a.dead_kin
    log[i, 8], log[i, 9] = a.cost_a, a.cost_b


LOGGED = ("at", "who", "kind", "rung", "seen", "dead_a", "dead_b", "dead_kin", "cost_a", "cost_b")


@jitted
def _resampled(parents: np.ndarray, worths: np.ndarray, u: float) -> float:
    """Deal the places over particles by their worths, systematically; the mean worth."""
    n, total, so_far, j = len(worths), 0.0, 0.0, 0
    for i in range(n):
        total += worths[i]
    for i in range(n):
        so_far += worths[i]
        while j < n and (j + u) * total < so_far * n:
            parents[j] = i
            j += 1
    while j < n:  # rounding left some
        parents[j] = parents[j - 1]
        j += 1
    return total / n


@kernel
def _begun(
    states: list, p: np.ndarray, logs: np.ndarray, crisis: Plain, record: np.ndarray, setup: np.ndarray, guide: np.ndarray,
    seed: int, number: int,
) -> None:  # fmt: skip
    """Set every particle to minute 0."""
    for i in range(len(states)):
        chance = chance_of(seed, path_number(number, 0, i))
        r.start(p[i], setup, chance)
        guide[0, SLOTS] = 0.0
        states[i] = typed(beginning(crisis, chance), crisis, record, guide)
        logs[i] = guide[0, SLOTS]


@kernel
def _advanced(
    states: list, p: np.ndarray, logs: np.ndarray, levels: np.ndarray, crisis: Plain, record: np.ndarray, setup: np.ndarray,
    guide: np.ndarray, background: np.ndarray, seed: int, number: int, until: int, log: np.ndarray,
) -> float:  # fmt: skip
    """Bring every particle that is alive to the record's minute ``until``; the highest log weight."""
    top = -np.inf
    for i in range(len(states)):
        if p[i, r.ALIVE] == 1:
            guide[0, SLOTS] = logs[i]
            chance = chance_of(seed, path_number(number, int(levels[i]), i))
            states[i] = _followed(states[i], p[i], guide, crisis, chance, record, setup, background, until, log)
            logs[i] = guide[0, SLOTS] if p[i, r.ALIVE] == 1 else -np.inf
            top = max(top, logs[i])
    return top


@kernel
def _weighed(
    states: list, p: np.ndarray, logs: np.ndarray, worths: np.ndarray, crisis: Plain, record: np.ndarray, setup: np.ndarray,
    top: float, end: bool, step: np.ndarray,
) -> None:  # fmt: skip
    """Weigh every particle into ``worths``, with its promise before the end; ``step``: log evidence, effective sample size."""
    sums, worth, squares = 0.0, 0.0, 0.0
    for i in range(len(states)):
        w = exponential(logs[i] - top) if p[i, r.ALIVE] == 1 else 0.0
        sums += w
        worths[i] = w if end or w == 0.0 else w * promise(states[i], crisis, p[i], record, setup)
        worth += worths[i]
        squares += worths[i] * worths[i]
    step[0], step[1] = top + natural_log(sums / len(states)), worth * worth / squares


@kernel
def _dealt(states: list, p: np.ndarray, logs: np.ndarray, levels: np.ndarray, worths: np.ndarray, u: float, level: int) -> None:
    """Deal the particles' places by their worths; those that are dealt go on by chances of their own."""
    n = len(states)
    parents, old, weights = np.zeros(n, np.int64), p.copy(), logs.copy()
    before = [states[0]] * n
    for i in range(n):
        before[i] = states[i]
    mean = _resampled(parents, worths, u)
    for i in range(n):
        j = parents[i]
        states[i], p[i] = before[j], old[j]
        levels[i] = level
        logs[i] = weights[j] + natural_log(mean) - natural_log(worths[j])


@kernel
def observed_filter(
    crises: np.recarray, record: np.ndarray, setup: np.ndarray, background: np.ndarray, checks: np.ndarray, seed: int,
    number: int, n: int, days: int, steps: np.ndarray, told: np.ndarray, noted: np.ndarray, rungs: np.ndarray, log: np.ndarray,
) -> None:  # fmt: skip
    """Filter with ``n`` particles to the record's end and play on from there for so many days under each crisis.

    ``steps`` [checks, 2]: log evidence and effective sample size; ``told`` [entries]: the share of the weight in which the
    background tells an entry; ``noted`` [crises, n, 4] minutes, ``rungs`` [crises, n, days + 1]: what follows.
    """
    crisis, guide = crises[0], np.zeros((ROWS, SLOTS + 1))
    states = [beginning(crisis, chance_of(seed, path_number(number, 0, 0)))] * n
    p = np.zeros((n, r.PARTICLE + record.shape[0]), np.int64)
    logs, worths, levels = np.zeros(n), np.zeros(n), np.zeros(n, np.int64)
    _begun(states, p, logs, crisis, record, setup, guide, seed, number)
    steps[:, 0] = -np.inf
    for k in range(len(checks)):
        end = k == len(checks) - 1
        top = _advanced(
            states, p, logs, levels, crisis, record, setup, guide, background, seed, number, int(checks[k]), log
        )  # fmt: skip
        if top == -np.inf:
            return
        _weighed(states, p, logs, worths, crisis, record, setup, top, end, steps[k])
        if end:
            _outside(told, p, worths)
        if end or steps[k, 1] < 0.5 * n:
            u, _, _, _ = drawn(chance_of(seed, path_number(number, k + 1, 0)), r.NOBODY, 0, 0)
            _dealt(states, p, logs, levels, worths, u, k + 1)
    for c in range(noted.shape[0]):
        _continued(states, p, guide, crises[c], c > 0, seed, number, int(checks[-1]), days, noted[c], rungs[c])


@kernel
def _outside(told: np.ndarray, p: np.ndarray, worths: np.ndarray) -> None:
    """The share of the weight in which the background tells each entry."""
    total = worths.sum()
    for j in range(len(told)):
        for i in range(len(worths)):
            if r.has(p[i, r.TOLD], j):
                told[j] += worths[i] / total


@kernel
def _continued(
    states: list, p: np.ndarray, guide: np.ndarray, crisis: Plain, other: bool, seed: int, number: int, end: int, days: int,
    noted: np.ndarray, rungs: np.ndarray,
) -> None:  # fmt: skip
    """Play every particle on from the record's end under one crisis; where it is an ``other`` one, by its mechanism."""
    unled(guide)
    for i in range(len(states)):
        state = put_in_force(states[i], crisis.mechanism, end - p[i, r.SHIFT]) if other else states[i]
        chance = chance_of(seed, path_number(number, AFTER, i))
        _played_on(state, p[i], guide, crisis, chance, end, days, noted[i], rungs[i])


@jitted
def put_in_force(state: State, mechanism: Plain, now: int) -> State:
    """The state at ``now`` in which a mechanism takes the place of what there was: fresh, or still to be agreed."""
    new = NOT_IN_FORCE
    if mechanism.in_force == FROM_START and exists(mechanism):
        interval = mechanism.meeting_interval
        new = changed(new, since=now, meeting=later(now, interval) if interval > 0.0 else NEVER)
    return changed(state, mechanism_state=new, due=changed(state.due, mechanism=new.meeting))


@kernel
def _played_on(
    state: State, p: np.ndarray, guide: np.ndarray, crisis: Plain, chance: Chance, end: int, days: int, noted: np.ndarray,
    rungs: np.ndarray,
) -> None:  # fmt: skip
    """Play on freely from the record's minute ``end`` for so many days, and note what comes."""
    start = end - p[r.SHIFT]
    noted[:] = UNREACHED
    day = 0
    while True:
        at = earliest(state.due)
        upto = min(days, (at - start) // DAY)
        for d in range(day, upto + 1):
            rungs[d] = WAR if noted[WAR_AT] >= 0.0 else state.talks.rung
        day = max(day, upto + 1)
        if at > start + days * DAY:
            return
        state = _moved(state, next_actor(state.due), crisis, Led(chance, guide))
        a, since = state.latest, float(at - start)
        if a.kind == ACTED and a.rung >= CLASH:
            _first(noted, FORCE_AT, since)
            if a.rung > p[r.PEAK]:
                _first(noted, HIGHER_AT, since)
            if a.rung == WAR:
                _first(noted, WAR_AT, since)
        elif a.kind == MADE_STATEMENT:
            _first(noted, STAND_DOWN_AT, since)


@jitted
def _first(noted: np.ndarray, column: int, since: float) -> None:
    """Note a time unless it has been reached before."""
    if noted[column] < 0.0:
        noted[column] = since
