"""A particle's place in the record: which entries have come true, which are told by what the model leaves out, and when.

The record is an array, a row an entry, in the order in which their windows close. Times are minutes of the record, in which
the opening fell somewhere: a particle's ``SHIFT`` is the record's minute at which its run begins. An act of a recorded kind
fulfils the first open entry it agrees with, and where it agrees with none the particle has gone against the record (unless of
that kind more may have happened than is listed). So it has
where a window closes on an open entry. What the model leaves out, its background, is a Poisson process of acts of every
recorded kind and side; whether it tells an entry is drawn as the window opens, oftener than it does, and weighted.
"""

import numpy as np

from sim.engine.conditioning.led_chance import weigh
from sim.model.ladder import WAR
from sim.model.numerics.jit import called
from sim.model.numerics.philox import Chance, drawn
from sim.model.state import (
    ACTED,
    AGREED,
    ATTACK,
    ENVOYS_BACK,
    MADE_CONTACT,
    MADE_STATEMENT,
    MILITANTS_A,
    NEVER,
    A,
    Act,
    B,
)  # fmt: skip

# kinds that can be recorded, by bit
FORCE, STAND_DOWN, ATTACKS, CONTACTS, RESTORED, MECHANISM = range(6)
RECORDABLE = ("force", "stand_down", "attack", "contact", "restored", "mechanism")
# columns of an entry: kind, actors as bits (a 1, b 2), the window, and least and most of rung, dead and kin
KIND, WHO, EARLIEST, LATEST, RUNG_LOW, RUNG_HIGH, DEAD_LOW, DEAD_HIGH, KIN_LOW, KIN_HIGH = range(10)
ENTRY = 10
MOST_ENTRIES = 60  # bits of a whole number
# what holds of the whole record: its end, the kinds of which no other act may come as bits, the lowest rung of force that is
# recorded, the window of the opening, the kinds of which acts are looked at at all as bits
END, RECORDED, COMPLETE_FROM, OPENS, OPENED, HELD = range(6)
SETUP = 6
# columns of a particle: these, then the minute of its run at which the background tells an entry
ALIVE, SHIFT, FULFILLED, DECIDED, TOLD, ACTS, PEAK = range(7)
PARTICLE = 7
NOBODY = 15  # in the place of an actor: what no actor draws
OUTSIDE = 7  # the part of its chances that says what the background does


@called
def has(bits: int, i: int) -> bool:
    """Whether bit ``i`` is set."""
    return (bits >> i) & 1 == 1


@called
def is_open(p: np.ndarray, i: int) -> bool:
    """Whether an entry still waits for an act of the model."""
    return not has(p[FULFILLED] | p[TOLD], i)


@called
def by(entry: np.ndarray, side: int) -> bool:
    """Whether an entry may be of that side; what no side does alone may be of any."""
    return entry[WHO] == 0 or has(entry[WHO], side)


@called
def start(p: np.ndarray, setup: np.ndarray, chance: Chance) -> None:
    """Set a particle to the start of a run; when the opening came within its window is drawn."""
    u, _, _, _ = drawn(chance, NOBODY, 0, OUTSIDE)
    p[:] = 0
    p[ALIVE], p[SHIFT] = 1, setup[OPENS] + int(u * (setup[OPENED] - setup[OPENS]))


@called
def next_note(p: np.ndarray, record: np.ndarray) -> int:
    """The minute of the run at which the record next asks something: a window opens or closes, or the background acts."""
    first = NEVER
    for i in range(record.shape[0]):
        if has(p[FULFILLED], i):
            continue
        if not has(p[DECIDED], i):
            first = min(first, max(0, record[i, EARLIEST] - p[SHIFT]))
        elif has(p[TOLD], i):
            first = min(first, p[PARTICLE + i])
        else:
            first = min(first, record[i, LATEST] - p[SHIFT])
    return int(first)


@called
def noted(p: np.ndarray, record: np.ndarray, guide: np.ndarray, chance: Chance, note: int, rate: float, share: float) -> int:
    """Do what the record asks at the minute ``note``: returns the entry the background tells now by an act, or -1."""
    for i in range(record.shape[0]):
        if has(p[FULFILLED], i):
            continue
        if not has(p[DECIDED], i):
            if max(0, record[i, EARLIEST] - p[SHIFT]) == note:
                _decide(p, record, guide, chance, i, note, rate, share)
                return -1
        elif has(p[TOLD], i):
            if p[PARTICLE + i] == note:
                p[FULFILLED] |= 1 << i
                return i if record[i, KIND] == FORCE else -1
        elif record[i, LATEST] - p[SHIFT] == note:
            p[ALIVE] = 0
            return -1
    return -1


@called
def _decide(
    p: np.ndarray, record: np.ndarray, guide: np.ndarray, chance: Chance, i: int, note: int, rate: float, share: float
) -> None:
    """Draw whether the background tells the entry whose window opens, and when: ``rate`` is that of each side, per minute."""
    p[DECIDED] |= 1 << i
    length = record[i, LATEST] - p[SHIFT] - note
    if rate <= 0.0 or length <= 0:
        return
    u, u_when, _, _ = drawn(chance, NOBODY, i, OUTSIDE)
    if u >= share:
        weigh(guide, 1.0 / (1.0 - share))
        return
    p[TOLD] |= 1 << i
    p[PARTICLE + i] = note + int(u_when * length)
    sides = 2.0 if record[i, WHO] == 3 else 1.0
    weigh(guide, sides * rate * length / share)


@called
def agreed(p: np.ndarray, record: np.ndarray, setup: np.ndarray, act: Act, told: int) -> None:
    """Hold an act against the record; ``told`` is the entry the background tells by it, or -1."""
    kind = _kind(act, setup)
    if act.kind == ACTED:
        p[PEAK] = max(p[PEAK], act.rung)
    if kind < 0 or act.at + p[SHIFT] >= setup[END]:
        if told >= 0:
            p[ALIVE] = 0
        return
    at, side = act.at + p[SHIFT], act.who - MILITANTS_A if kind == ATTACKS else act.who
    dead = act.dead_a if (side == A) == (kind == ATTACKS) else act.dead_b
    for i in range(record.shape[0]):
        if told >= 0 and i != told:
            continue
        if told < 0 and not (is_open(p, i) and record[i, EARLIEST] <= at < record[i, LATEST]):
            continue
        if record[i, KIND] == kind and _agrees(record[i], kind, side, act.rung, dead, act.dead_kin):
            p[FULFILLED] |= 1 << i
            return
    if told >= 0 or has(setup[RECORDED], kind):
        p[ALIVE] = 0


@called
def _agrees(entry: np.ndarray, kind: int, side: int, rung: int, dead: int, kin: int) -> bool:
    """Whether an act is as an entry has it."""
    if kind != FORCE and kind != ATTACKS:
        return True
    toll = entry[DEAD_LOW] <= dead <= entry[DEAD_HIGH] and entry[KIN_LOW] <= kin <= entry[KIN_HIGH]
    return by(entry, side) and toll and (kind == ATTACKS or entry[RUNG_LOW] <= rung <= entry[RUNG_HIGH])


@called
def _kind(act: Act, setup: np.ndarray) -> int:
    """The kind an act is recorded as; -1 where it is not."""
    kind = -1
    if act.kind == ACTED and act.rung >= setup[COMPLETE_FROM]:
        kind = FORCE
    elif act.kind == MADE_STATEMENT:
        kind = STAND_DOWN
    elif act.kind == ATTACK:
        kind = ATTACKS
    elif act.kind == MADE_CONTACT:
        kind = CONTACTS
    elif act.kind == ENVOYS_BACK:
        kind = RESTORED
    elif act.kind == AGREED:
        kind = MECHANISM
    return kind if kind >= 0 and has(setup[HELD], kind) else -1


@called
def side_of(p: np.ndarray, entry: np.ndarray, chance: Chance, i: int) -> int:
    """The side that acts where the background tells an entry of force."""
    if entry[WHO] == 3:
        _, _, u, _ = drawn(chance, NOBODY, i, OUTSIDE)
        return A if u < 0.5 else B
    return A if entry[WHO] == 1 else B


@called
def rung_of(entry: np.ndarray, setup: np.ndarray, guide: np.ndarray, chance: Chance, i: int) -> int:
    """The rung of that act: every one that is recorded is as likely."""
    _, _, _, u = drawn(chance, NOBODY, i, OUTSIDE)
    low, high = max(entry[RUNG_LOW], setup[COMPLETE_FROM]), entry[RUNG_HIGH]
    weigh(guide, (high - low + 1.0) / (WAR - setup[COMPLETE_FROM] + 1.0))
    return int(low + int(u * (high - low + 1)))
