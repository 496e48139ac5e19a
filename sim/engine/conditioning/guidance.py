"""Where the questions of the next act are led: acts to their windows, and away from times at which nothing was recorded.

Nothing here can be wrong in a way that shows but in how many particles are of use: see ``led_chance``. A side's next blows are
led into the windows of its own open entries or past the record's end; a council that decides for such a window to force, and
any other to let it pass; a channel with a contact made to the window of the next stand-down.
"""

from typing import Any

import numpy as np

from sim.engine.conditioning import particle as r
from sim.engine.conditioning.led_chance import COUNT, MODE, SHARE, SPAN, SPANS, SPANS_AFTER_YES, slot_of, unled, want, weigh
from sim.model.ladder import CLASH, SANCTUARY_STRIKE
from sim.model.numerics.change import changed
from sim.model.numerics.jit import called
from sim.model.parameter import Plain
from sim.model.rules.retaliation import choose as retaliation
from sim.model.rules.retaliation import lowered, raised
from sim.model.state import (
    CALM,
    CAMPAIGNING,
    CHANNEL,
    CONTACT,
    MIXED,
    PREPARING,
    PROTESTING,
    A,
    B,
    Side,
    State,
    due_of,
)  # fmt: skip

MOSTLY, OFTEN, EVEN = 0.9, 0.8, 0.5  # how likely a question is led
FAR, FOREVER = 1e12, 1 << 40  # minutes: past anything
LAGS, NOISE, ANSWER = 2, 5, 6  # parts of a nation's chances
DOOMED, ASTRAY = (
    0.05,
    0.05,
)  # what a particle is thought to be worth whose next blow agrees with nothing, or that has none in mind


@called
def led(
    guide: np.ndarray,
    state: State,
    who: int,
    at: int,
    crisis: Plain,
    p: np.ndarray,
    record: np.ndarray,
    setup: np.ndarray,
    told: int,
) -> None:
    """Set the guidance for the act of ``who`` at the minute ``at``; ``told`` is the entry the background tells by it, or -1."""
    unled(guide)
    if at + p[r.SHIFT] >= setup[r.END]:
        return
    if who == CHANNEL:
        _channel(guide, state, at, crisis, p, record, setup)
    elif not r.has(setup[r.RECORDED], r.FORCE):
        return
    elif who <= B:
        _nation(guide, state, who, at, crisis, p, record, setup, told)
    elif who < CHANNEL:
        _provoked(guide, who - 2, at, crisis, p, record, EVEN, -1)


@called
def typed(state: State, crisis: Plain, record: np.ndarray, guide: np.ndarray) -> State:
    """The state at minute 0 with the types of committed leaderships led: of those that will strike to such as let less pass.

    What leads them is the plain draw itself, mapped to the piecewise uniform law they are drawn by instead.
    """
    a, b = state.a.commitment_type, state.b.commitment_type
    acts_a, acts_b = _acts(record, A), _acts(record, B)
    if a == b and a != MIXED and (acts_a or acts_b):
        new = _harder(a, crisis.a if acts_a else crisis.b, guide)
        return changed(state, a=changed(state.a, commitment_type=new), b=changed(state.b, commitment_type=new))
    if a != MIXED and acts_a:
        state = changed(state, a=changed(state.a, commitment_type=_harder(a, crisis.a, guide)))
    if b != MIXED and acts_b:
        state = changed(state, b=changed(state.b, commitment_type=_harder(b, crisis.b, guide)))
    return state


@called
def _acts(record: np.ndarray, side: int) -> bool:
    """Whether the side acts by force in the record."""
    found = False
    for i in range(record.shape[0]):
        found = found or (record[i, r.KIND] == r.FORCE and record[i, r.WHO] == side + 1)
    return found


@called
def _harder(u: Any, nation: Plain, guide: np.ndarray) -> float:
    """A type drawn so that every other one may let less pass than under some pressure, and the weight of it."""
    edge = min(max(nation.generosity / 1.25, 0.05), 0.95)
    if u < 0.3:
        weigh(guide, edge / 0.3)
        return u / 0.3 * edge
    weigh(guide, (1.0 - edge) / 0.7)
    return edge + (u - 0.3) / 0.7 * (1.0 - edge)


@called
def open_at(p: np.ndarray, record: np.ndarray, kind: int, side: int, minute: int) -> int:
    """The first open entry of that kind and side whose window holds a minute of the run; -1 where there is none."""
    at = minute + p[r.SHIFT]
    for i in range(record.shape[0]):
        now = r.is_open(p, i) and record[i, r.EARLIEST] <= at < record[i, r.LATEST]
        if now and record[i, r.KIND] == kind and (kind != r.FORCE or r.by(record[i], side)):
            return i
    return -1


@called
def _windows(
    guide: np.ndarray,
    slot: int,
    at: int,
    p: np.ndarray,
    record: np.ndarray,
    kind: int,
    side: int,
    less: int,
    but: int,
    past: float,
) -> int:
    """Set the first windows still to come, as spans of a wait from ``at`` that is ``less`` minutes shorter; their number."""
    count = 0
    last = 0.0
    for i in range(record.shape[0]):
        if count == 2 or record[i, r.KIND] != kind or not r.is_open(p, i) or i == but:
            continue
        if kind == r.FORCE and not r.by(record[i], side):
            continue
        low = max(last, record[i, r.EARLIEST] - p[r.SHIFT] - 1.0 - at - less)
        high = record[i, r.LATEST] - p[r.SHIFT] - 1.0 - at - less
        if high > low:
            guide[SPAN + 2 * count, slot], guide[SPAN + 2 * count + 1, slot] = low, high
            last = high
            count += 1
    if past >= 0.0:
        guide[SPAN + 2 * count, slot], guide[SPAN + 2 * count + 1, slot] = max(last, past), FAR
        count += 1
    return count


@called
def _prepared(nation: Plain) -> int:
    """Minutes from an order to the act."""
    return int(np.ceil(max(1.0, nation.preparation)))


@called
def _provoked(
    guide: np.ndarray, side: int, at: int, crisis: Plain, p: np.ndarray, record: np.ndarray, share: float, but: int
) -> None:
    """Lead the decision of a side that may be provoked to a window of its own."""
    nation = crisis.a if side == A else crisis.b
    slot = slot_of(side, LAGS, 0)
    count = _windows(guide, slot, at, p, record, r.FORCE, side, _prepared(nation), but, -1.0)
    if count > 0:
        guide[MODE, slot], guide[SHARE, slot], guide[COUNT, slot] = SPANS, share, count


@called
def _nation(
    guide: np.ndarray,
    state: State,
    side: int,
    at: int,
    crisis: Plain,
    p: np.ndarray,
    record: np.ndarray,
    setup: np.ndarray,
    told: int,
) -> None:
    """Lead a nation's act of force or its council's decision."""
    me = state.a if side == A else state.b
    if me.plan.phase == PREPARING or me.plan.phase == CAMPAIGNING:
        entry = told if told >= 0 else open_at(p, record, r.FORCE, side, at)
        if entry >= 0:
            _dead(guide, side, record[entry], me.plan.ordered)
        slot, nation = slot_of(side, NOISE, 1), crisis.a if side == A else crisis.b
        rest = int(np.ceil(nation.follow_least))
        past = float(setup[r.END] - p[r.SHIFT] - 1 - at - rest)
        guide[COUNT, slot] = _windows(guide, slot, at, p, record, r.FORCE, side, rest, entry, max(0.0, past))
        guide[MODE, slot] = SPANS
        guide[SHARE, slot] = EVEN if _dropped(p, record, side, FOREVER) else MOSTLY
        _provoked(guide, 1 - side, at, crisis, p, record, OFTEN, entry)
    elif me.plan.phase != PROTESTING:
        nation = crisis.a if side == A else crisis.b
        blow = at + _prepared(nation)
        entry = open_at(p, record, r.FORCE, side, blow)
        acts = entry >= 0
        if acts or blow + p[r.SHIFT] < setup[r.END]:
            want(guide, slot_of(side, 0, 2), 1 if acts else 0, MOSTLY if acts else EVEN)
            want(guide, slot_of(side, 0, 0), 0 if acts else 1, MOSTLY)
            want(guide, slot_of(side, ANSWER, 1), 0 if acts else 1, MOSTLY)
        if acts:
            _rung(guide, side, me, nation, record[entry])


@called
def _rung(guide: np.ndarray, side: int, me: Side, nation: Plain, entry: np.ndarray) -> None:
    """Lead the rung of an order to the recorded one."""
    asked = retaliation(nation.retaliation, nation, me.memory, me.account.ledger)
    for way in (0, 1, -1):
        rung = asked if way == 0 else raised(nation, asked) if way == 1 else lowered(nation, asked)
        if entry[r.RUNG_LOW] <= min(rung, nation.cap) <= entry[r.RUNG_HIGH]:
            want(guide, slot_of(side, 0, 1), way, MOSTLY)
            return


@called
def _dead(guide: np.ndarray, side: int, entry: np.ndarray, ordered: int) -> None:
    """Lead the toll of a strike to the recorded one, and whose dead they are."""
    slot, whose = slot_of(side, 0, 2), slot_of(side, 0, 3)
    if ordered != SANCTUARY_STRIKE and (entry[r.DEAD_HIGH] == 0 or entry[r.DEAD_LOW] + entry[r.KIN_LOW] > 0):
        want(guide, slot_of(side, 1, 1), 1 if entry[r.DEAD_LOW] + entry[r.KIN_LOW] == 0 else 0, MOSTLY)
    if entry[r.KIN_LOW] > 0:
        _toll(guide, slot, entry[r.KIN_LOW], entry[r.KIN_HIGH])
        want(guide, whose, 1, MOSTLY)
    elif entry[r.DEAD_LOW] > 0:
        _toll(guide, slot, entry[r.DEAD_LOW], entry[r.DEAD_HIGH])
        want(guide, whose, 0, MOSTLY)
    elif entry[r.DEAD_HIGH] == 0:
        _toll(guide, slot, 0, 0)
        guide[SHARE, slot] = EVEN
        want(guide, whose, 1, MOSTLY)


@called
def _toll(guide: np.ndarray, slot: int, low: int, high: int) -> None:
    """Lead a toll to a span."""
    guide[MODE, slot], guide[SHARE, slot], guide[COUNT, slot] = SPANS, MOSTLY, 1
    guide[SPAN, slot], guide[SPAN + 1, slot] = low, high


@called
def _channel(
    guide: np.ndarray, state: State, at: int, crisis: Plain, p: np.ndarray, record: np.ndarray, setup: np.ndarray
) -> None:
    """Lead the channel's try: to a stand-down within its window and to none outside, and answers that will come to be kept."""
    for side in range(2):
        me = state.a if side == A else state.b
        if me.plan.phase != CALM and _is_due(state, me, side, crisis, p, record):
            want(guide, slot_of(CHANNEL, 0, 2 + side), 0, MOSTLY)
    coming, whole = _next_down(p, record, at), r.has(setup[r.RECORDED], r.STAND_DOWN)
    if not (coming or whole):
        return
    if state.talks.step == CONTACT:
        want(
            guide, slot_of(CHANNEL, 0, 0), 1 if open_at(p, record, r.STAND_DOWN, 0, at) >= 0 else 0, MOSTLY if whole else OFTEN
        )
    elif state.talks.step == 0 and coming:
        want(guide, slot_of(CHANNEL, 0, 0), 1, EVEN)
    if state.talks.step <= CONTACT:
        slot, past = slot_of(CHANNEL, 0, 1), float(setup[r.END] - p[r.SHIFT] - 1 - at) if whole else -1.0
        guide[COUNT, slot] = _windows(guide, slot, at, p, record, r.STAND_DOWN, 0, 0, -1, past)
        guide[MODE, slot] = SPANS if state.talks.step == CONTACT else SPANS_AFTER_YES
        guide[SHARE, slot] = EVEN if state.talks.step == CONTACT else OFTEN


@called
def _next_down(p: np.ndarray, record: np.ndarray, at: int) -> bool:
    """Whether a stand-down is still to come."""
    for i in range(record.shape[0]):
        if record[i, r.KIND] == r.STAND_DOWN and r.is_open(p, i) and record[i, r.LATEST] > at + p[r.SHIFT]:
            return True
    return False


@called
def _blow(state: State, me: Side, side: int, crisis: Plain) -> int:
    """When the side's next act of force comes, where it has one in mind."""
    nation = crisis.a if side == A else crisis.b
    if me.plan.phase == PREPARING or me.plan.phase == CAMPAIGNING:
        return due_of(state.due, side)
    if me.plan.phase == PROTESTING:
        return me.plan.council + _prepared(nation)
    return due_of(state.due, side) + _prepared(nation)


@called
def _is_due(state: State, me: Side, side: int, crisis: Plain, p: np.ndarray, record: np.ndarray) -> bool:
    """Whether the side's next act of force comes when one is recorded."""
    return open_at(p, record, r.FORCE, side, _blow(state, me, side, crisis)) >= 0


@called
def promise(state: State, crisis: Plain, p: np.ndarray, record: np.ndarray, setup: np.ndarray) -> float:
    """What a particle is worth beyond its weight: little where its next blows will go against the record, or none will come."""
    worth = 1.0
    if not r.has(setup[r.RECORDED], r.FORCE):
        return worth
    for side in range(2):
        me = state.a if side == A else state.b
        phase, meant = me.plan.phase, -1
        if phase != CALM:
            meant = open_at(p, record, r.FORCE, side, _blow(state, me, side, crisis))
        orders = phase == CAMPAIGNING or (phase == PREPARING and me.plan.ordered >= CLASH)
        if meant >= 0:
            fits = record[meant, r.RUNG_LOW] <= me.plan.ordered <= record[meant, r.RUNG_HIGH]
            worth *= 1.0 if fits or not orders else DOOMED
        elif orders and _blow(state, me, side, crisis) + p[r.SHIFT] < setup[r.END]:
            if phase == PREPARING or not _dropped(p, record, side, _blow(state, me, side, crisis) + p[r.SHIFT]):
                worth *= DOOMED
        elif not orders and _alone(p, record, side):
            worth *= ASTRAY
    return worth


@called
def _dropped(p: np.ndarray, record: np.ndarray, side: int, before: int) -> bool:
    """Whether what ends a campaign of the side is still to come before a minute: a blow of the other's, a stand-down."""
    for i in range(record.shape[0]):
        ends = record[i, r.KIND] == r.STAND_DOWN or (record[i, r.KIND] == r.FORCE and r.by(record[i], 1 - side))
        if ends and r.is_open(p, i) and record[i, r.EARLIEST] <= before:
            return True
    return False


@called
def _alone(p: np.ndarray, record: np.ndarray, side: int) -> bool:
    """Whether the side's next entry is still open, and no act of the other side will come before that could provoke it."""
    for i in range(record.shape[0]):  # in the order in which windows close
        if record[i, r.KIND] != r.FORCE or not r.is_open(p, i):
            continue
        if not r.by(record[i], side):
            return False
        return not r.by(record[i], 1 - side)
    return False
