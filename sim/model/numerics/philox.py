"""Chance as a named input that answers questions: did it happen, which of these, how long, how many.

A question is named by the actor, how many acts the actor has made, a part, and its place among the four of that part. Plain
chance answers by a uniform that is a pure function of (seed, run) and this name, whatever the thread, chunk or machine, and
whatever happened before. So the n-th attack is the same attack under every policy (common random numbers, synchronised by
purpose), and any run of any sweep can be replayed alone.

Philox4x32-10: Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3".
"""

import math
from typing import NamedTuple, Protocol

from sim.model.numerics.elementary import natural_log, power
from sim.model.numerics.jit import Uniform, compiled_as, jitted, question

MASK = 0xFFFFFFFF
MULTIPLIER_0, MULTIPLIER_1 = 0xD2511F53, 0xCD9E8D57
WEYL_0, WEYL_1 = 0x9E3779B9, 0xBB67AE85
UNIT = 1.0 / 4294967296.0  # 2^-32
LEAST = 1e-300  # of what a logarithm is taken of


class Chance(NamedTuple):
    """Which chances a run gets: the seed and the run's number, each in two 32-bit words."""

    key_0: int
    key_1: int
    run_0: int
    run_1: int


class KindOfChance(Protocol):
    """Another kind of chance: it gives questions of its own in place of uniforms."""

    def uniforms(self, actor: int, count: int, part: int) -> "Four": ...


Chances = Chance | KindOfChance
Four = tuple[Uniform, Uniform, Uniform, Uniform]


@jitted
def chance_of(seed: int, run: int) -> Chance:
    """The chances of ``run`` under ``seed`` (both 0 to 2^63 - 1)."""
    return Chance(seed & MASK, (seed >> 32) & MASK, run & MASK, (run >> 32) & MASK)


@jitted
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Ten rounds of Philox4x32: four 32-bit words from a four-word counter and a two-word key.

    Stays in 64-bit signed integers: a product that wraps keeps its bits, and the mask recovers the high word.
    """
    for _ in range(10):
        p0 = c0 * MULTIPLIER_0
        p1 = c2 * MULTIPLIER_1
        c0, c1, c2, c3 = ((p1 >> 32) & MASK) ^ c1 ^ k0, p1 & MASK, ((p0 >> 32) & MASK) ^ c3 ^ k1, p0 & MASK
        k0 = (k0 + WEYL_0) & MASK
        k1 = (k1 + WEYL_1) & MASK
    return c0, c1, c2, c3


@jitted
def drawn(chance: Chance, actor: int, count: int, part: int) -> tuple[float, float, float, float]:
    """Four uniforms in (0, 1), exact multiples of 2^-33: block ``part`` of the actor's ``count``-th act."""
    w0, w1, w2, w3 = philox(count, actor + 16 * part, chance.run_0, chance.run_1, chance.key_0, chance.key_1)
    return (w0 + 0.5) * UNIT, (w1 + 0.5) * UNIT, (w2 + 0.5) * UNIT, (w3 + 0.5) * UNIT


@compiled_as(drawn, lambda chance, *_: getattr(chance, "instance_class", None) is Chance)
def uniforms(chance: Chances, actor: int, count: int, part: int) -> Four:
    """Four questions of that name: for the plain kind of chance their uniforms, by which they will be answered.

    Another kind of chance gives questions of its own: one that tries every outcome makes the exact solver of
    ``sim.studies.exact``, one that is led by a record conditions on it (``sim.engine.conditioning``). Rules put them to the
    functions below and do nothing else with them.
    """
    if isinstance(chance, Chance):
        return drawn(chance, actor, count, part)
    return chance.uniforms(actor, count, part)


@question
def happens(u: float, p: float) -> bool:
    """Whether it happens, with probability ``p``."""
    return u < p


@question
def which(u: float, first: float, second: float) -> int:
    """Which of three: 0 with probability ``first``, 1 with what ``second`` has beyond that, else 2."""
    if u < first:
        return 0
    return 1 if u < second else 2


@question
def aside(u: float, below: float, above: float) -> int:
    """Whether it goes aside: -1 with probability ``below``, 1 with probability ``above``, else 0."""
    if u < below:
        return -1
    return 1 if u > 1.0 - above else 0


@question
def unit_wait(u: float) -> float:
    """How long, by the unit exponential law."""
    return -natural_log(u)


@question
def wait(u: float, mean: float, haste: float) -> float:
    """How long, by the exponential law of that ``mean``, ``haste`` times as fast: minutes."""
    return -natural_log(u) * mean / haste


@question
def toll(u: float, least: float, scale: float, tail: float, most: float) -> int:
    """How many: ``least`` plus Lomax, cut off at ``most``, rounded down (Lomax 1954; tolls: Clauset et al. 2007).

    By the inverse of the law given that it stays below ``most``: nothing piles up there.
    """
    if scale == 0.0 or most <= least:
        return int(min(least, most))
    beyond = power(max(LEAST, scale / (scale + most - least)), tail)
    lomax = scale * (power(beyond + u * (1.0 - beyond), -1.0 / tail) - 1.0)
    return int(math.floor(min(most, least + lomax)))
