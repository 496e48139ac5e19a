"""A kind of chance that is led: its answers lean to where they are wanted, and the weight makes up for it.

A question's uniform is drawn with the probability ``share`` from the intervals in which the answer is as wanted, and
otherwise as ever: its density over the plain one is d = 1 - share + share / (length of the intervals) inside them, and
1 - share outside. The weight of the run is the product of all 1 / d, so that its mean estimates without bias whatever the
plain mean is (importance sampling with a defensive mixture; Hesterberg 1995). The intervals need not be right: only fewer
runs would then be of use. Questions that are not led are answered as by plain chance, by the same uniforms.

One array holds the guidance, a column a question of any actor, and the log weight in a column of its own. Compiled and in plain
Python alike.
"""

from typing import Any, NamedTuple

import numpy as np

from sim.model.numerics.elementary import exponential, natural_log, power
from sim.model.numerics.jit import CALLED, called, compiled_as, jitted
from sim.model.numerics.philox import LEAST, Chance, aside, drawn, happens, toll, uniforms, unit_wait, wait, which
from sim.model.rules.waiting_time import choose, how_long, uniform_at

PARTS, PLACES = 7, 4
SLOTS = 6 * PARTS * PLACES  # a column a question: six actors
# rows of the array: what is wanted, how likely it is led there, how many spans, what was answered; the spans; their uniforms
MODE, SHARE, COUNT, ANSWER, SPAN, PLACE = 0, 1, 2, 3, 4, 10
MOST_SPANS = 3
ROWS = PLACE + 2 * MOST_SPANS
PLAIN, WANTED, SPANS, SPANS_AFTER_YES = range(4)  # modes; the last: only where the question before it was answered by yes
TINY = 1e-9  # the intervals are at least so long, or the question is not led


class Led(NamedTuple):
    """Led chance: the plain one of the run, and the guidance."""

    plain: Chance
    guide: np.ndarray

    def uniforms(self, actor: int, count: int, part: int) -> tuple:
        """The four questions of that name."""
        return _questions(self, actor, count, part)


class Asked(NamedTuple):
    """A question that may be led: its plain uniform, its column, the guidance. Its methods are for plain Python."""

    u: float
    slot: int
    guide: np.ndarray

    def happens(self, p: float) -> bool:
        return _happens(self, p)

    def which(self, first: float, second: float) -> int:
        return which(self.u, first, second)

    def aside(self, below: float, above: float) -> int:
        return _aside(self, below, above)

    def unit_wait(self) -> float:
        return unit_wait(self.u)

    def wait(self, mean: float, haste: float) -> float:
        return _wait(self, mean, haste)

    def how_long(self, law: int, median: float, spread: float) -> float:
        return _how_long(self, law, median, spread)

    def toll(self, least: float, scale: float, tail: float, most: float) -> int:
        return _toll(self, least, scale, tail, most)


def new_guide() -> np.ndarray:
    """Guidance that leads nowhere, its log weight 0."""
    return np.zeros((ROWS, SLOTS + 1))


@jitted
def slot_of(actor: int, part: int, place: int) -> int:
    """The column of a question."""
    return (actor * PARTS + part) * PLACES + place


@jitted
def unled(guide: np.ndarray) -> None:
    """Lead no question any more."""
    for slot in range(SLOTS):
        guide[MODE, slot] = PLAIN


@jitted
def want(guide: np.ndarray, slot: int, yes: int, share: float) -> None:
    """Lead a question of whether to yes (1) or no (0), one of aside to -1, 0 or 1."""
    guide[MODE, slot], guide[SHARE, slot], guide[SPAN, slot] = WANTED, share, yes


@jitted
def weigh(guide: np.ndarray, factor: float) -> None:
    """Multiply the weight by a factor above 0."""
    guide[0, SLOTS] += natural_log(factor)


@jitted
def _questions(chance: Led, actor: int, count: int, part: int) -> tuple[Asked, Asked, Asked, Asked]:
    """The four questions of a name."""
    u0, u1, u2, u3 = drawn(chance.plain, actor, count, part)
    slot, guide = slot_of(actor, part, 0), chance.guide
    return Asked(u0, slot, guide), Asked(u1, slot + 1, guide), Asked(u2, slot + 2, guide), Asked(u3, slot + 3, guide)


@called
def _led(q: Asked, spans: int) -> float:
    """The uniform a question is answered by, led into so many intervals of uniforms in its column."""
    guide, slot, u = q.guide, q.slot, q.u
    share, whole = guide[SHARE, slot], 0.0
    for i in range(spans):
        whole += guide[PLACE + 2 * i + 1, slot] - guide[PLACE + 2 * i, slot]
    if whole < TINY or whole >= 1.0:
        return u
    inside = u < share
    v = (u - share) / (1.0 - share)
    left = whole * (u / share)
    for i in range(spans):
        low, high = guide[PLACE + 2 * i, slot], guide[PLACE + 2 * i + 1, slot]
        if u < share:
            if left >= 0.0 and (left < high - low or i == spans - 1):
                v = min(low + left, high)
                left = -1.0
            elif left >= 0.0:
                left -= high - low
        elif low < v < high:
            inside = True
    weigh(guide, 1.0 / (1.0 - share + (share / whole if inside else 0.0)))
    return v


@called
def _place(q: Asked, i: int, one: float, other: float) -> None:
    """Set the interval of uniforms number ``i`` of a question, whichever end comes first."""
    q.guide[PLACE + 2 * i, q.slot], q.guide[PLACE + 2 * i + 1, q.slot] = min(one, other), max(one, other)


@called
def _happens(q: Asked, p: float) -> bool:
    """Whether it happens, led to yes or no."""
    u = q.u
    if q.guide[MODE, q.slot] == WANTED and 0.0 < p < 1.0:
        if q.guide[SPAN, q.slot] == 1.0:
            _place(q, 0, 0.0, p)
        else:
            _place(q, 0, p, 1.0)
        u = _led(q, 1)
    yes = u < p
    q.guide[ANSWER, q.slot] = 1.0 if yes else 0.0
    return yes


@called
def _spans(q: Asked) -> int:
    """Into how many spans of minutes a wait is led."""
    mode = q.guide[MODE, q.slot]
    if mode == SPANS or (mode == SPANS_AFTER_YES and q.guide[ANSWER, q.slot - 1] == 1.0):
        return int(q.guide[COUNT, q.slot])
    return 0


@called
def _wait(q: Asked, mean: float, haste: float) -> float:
    """How long, by the exponential law, led into spans of minutes."""
    spans = _spans(q)
    if spans == 0 or not 0.0 < mean < 1e300:
        return wait(q.u, mean, haste)
    rate = haste / mean
    for i in range(spans):
        low, high = max(0.0, q.guide[SPAN + 2 * i, q.slot]), max(0.0, q.guide[SPAN + 2 * i + 1, q.slot])
        _place(q, i, exponential(-rate * low), exponential(-rate * high))
    return wait(_led(q, spans), mean, haste)


@called
def _how_long(q: Asked, law: int, median: float, spread: float) -> float:
    """How long, by the law of that code, led into spans of minutes."""
    spans = _spans(q)
    if spans == 0 or median == 0.0 or spread == 0.0:
        return choose(law, median, spread, q.u)
    for i in range(spans):
        low, high = q.guide[SPAN + 2 * i, q.slot], q.guide[SPAN + 2 * i + 1, q.slot]
        _place(q, i, uniform_at(law, median, spread, low), uniform_at(law, median, spread, high))
    return choose(law, median, spread, _led(q, spans))


@called
def _toll(q: Asked, least: float, scale: float, tail: float, most: float) -> int:
    """How many, led to a span of deaths: from its least to its most."""
    if q.guide[MODE, q.slot] != SPANS or scale == 0.0 or most <= least:
        return toll(q.u, least, scale, tail, most)
    low, high = q.guide[SPAN, q.slot], q.guide[SPAN + 1, q.slot] + 1.0
    _place(q, 0, _toll_at(low, least, scale, tail, most), _toll_at(high, least, scale, tail, most))
    return toll(_led(q, 1), least, scale, tail, most)


@called
def _toll_at(dead: float, least: float, scale: float, tail: float, most: float) -> float:
    """The uniform at which a toll is just so many."""
    if dead <= least:
        return 1.0
    if dead > most:
        return 0.0
    beyond = power(max(LEAST, scale / (scale + most - least)), tail)
    return (power(scale / (scale + dead - least), tail) - beyond) / (1.0 - beyond)


def _asked(q: Any, *_: Any) -> bool:
    """Whether the compiler meets a question of this kind."""
    return getattr(q, "instance_class", None) is Asked


@jitted
def _which(q: Asked, first: float, second: float) -> int:
    return which(q.u, first, second)


@called
def _aside(q: Asked, below: float, above: float) -> int:
    """Whether it goes aside, led below (-1), above (1) or straight on (0)."""
    if q.guide[MODE, q.slot] != WANTED:
        return aside(q.u, below, above)
    way, edge, top = q.guide[SPAN, q.slot], min(below, 1.0), max(min(below, 1.0), 1.0 - above)
    low = 0.0 if way < 0.0 else edge if way == 0.0 else top
    high = edge if way < 0.0 else top if way == 0.0 else 1.0
    _place(q, 0, low, high)
    return aside(_led(q, 1), below, above)


@jitted
def _unit_wait(q: Asked) -> float:
    return unit_wait(q.u)


def _is_led(chance: Any, *_: Any) -> bool:
    """Whether the compiler meets this kind of chance."""
    return getattr(chance, "instance_class", None) is Led


compiled_as(_questions, _is_led)(uniforms)
for question, model in (
    (happens, _happens), (which, _which), (aside, _aside), (unit_wait, _unit_wait), (wait, _wait), (how_long, _how_long),
    (toll, _toll),
):  # fmt: skip
    compiled_as(model, _asked, CALLED)(question)
