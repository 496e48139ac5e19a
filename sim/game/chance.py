"""Chance as a named input: a counter-based generator, one block of four uniforms for each named question.

A run's chances are a pure function of (seed, run, actor, how many acts the actor has made, part), whatever the thread,
chunk or machine, and whatever happened before. So the n-th attack is the same attack under every policy (common random
numbers, synchronised by purpose), and any run of any sweep can be replayed alone.

Philox4x32-10: Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3".
"""

from typing import NamedTuple

from sim.game.arithmetic import natural_log
from sim.game.jit import compiled_as, jitted

MASK = 0xFFFFFFFF
MULTIPLIER_0, MULTIPLIER_1 = 0xD2511F53, 0xCD9E8D57
WEYL_0, WEYL_1 = 0x9E3779B9, 0xBB67AE85
UNIT = 1.0 / 4294967296.0  # 2^-32


class Chance(NamedTuple):
    """Which chances a run gets: the seed and the run's number, each in two 32-bit words."""

    key_0: int
    key_1: int
    run_0: int
    run_1: int


@jitted
def chance_of(seed, run):
    """The chances of ``run`` under ``seed`` (both 0 to 2^63 - 1)."""
    return Chance(seed & MASK, (seed >> 32) & MASK, run & MASK, (run >> 32) & MASK)


@jitted
def philox(c0, c1, c2, c3, k0, k1):
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
def drawn(chance, actor, count, part):
    """Four uniforms in (0, 1), exact multiples of 2^-33: block ``part`` of the actor's ``count``-th act."""
    w0, w1, w2, w3 = philox(count, actor + 16 * part, chance.run_0, chance.run_1, chance.key_0, chance.key_1)
    return (w0 + 0.5) * UNIT, (w1 + 0.5) * UNIT, (w2 + 0.5) * UNIT, (w3 + 0.5) * UNIT


@compiled_as(drawn)
def uniforms(chance, actor, count, part):
    """Four uniforms: those ``drawn``, or those of another kind of chance, which answers for itself (plain Python alone).

    A chance that leaves its uniforms open and tries every outcome makes the exact solver of ``sim.study.exact``.
    """
    if type(chance) is Chance:
        return drawn(chance, actor, count, part)
    return chance.uniforms(actor, count, part)


@jitted
def waited(u):
    """The unit exponential wait of the number ``u`` in (0, 1)."""
    return -natural_log(u)


@compiled_as(waited)
def unit_wait(u):
    """A unit exponential wait from the uniform ``u``."""
    return waited(u) if isinstance(u, float) else u.unit_wait()
