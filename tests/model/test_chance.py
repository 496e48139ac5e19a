"""Chance is Philox as published, the same on both clocks, uniform, and another for every name."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.model.numerics.jit import jitted
from sim.model.numerics.philox import UNIT, aside, chance_of, happens, philox, uniforms, unit_wait, wait, which

ONES = 0xFFFFFFFF
KNOWN = {  # Random123 1.14, kat_vectors, philox4x32 10: counter, key, words
    "zeros": ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    "ones": ((ONES,) * 4, (ONES,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    "pi": (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
}
NUMBERS = st.integers(0, 2**63 - 1)


@pytest.fixture(scope="module")
def compiled_philox(compiled):
    return compiled(philox)


@pytest.fixture(scope="module")
def compiled_uniforms(compiled):
    return compiled(jitted(lambda seed, run, actor, count, part: uniforms(chance_of(seed, run), actor, count, part)))


@pytest.mark.parametrize("name", KNOWN)
def test_philox_gives_the_published_words(name, compiled_philox):
    counter, key, words = KNOWN[name]
    assert philox(*counter, *key) == words
    assert compiled_philox(*counter, *key) == words


@given(NUMBERS, NUMBERS, st.integers(0, 5), st.integers(0, 2**31), st.integers(0, 4))
def test_both_clocks_draw_the_same(compiled_uniforms, seed, run, actor, count, part):
    drawn = uniforms(chance_of(seed, run), actor, count, part)
    assert compiled_uniforms(seed, run, actor, count, part) == drawn
    assert all(0.0 < u < 1.0 for u in drawn)


@given(NUMBERS, NUMBERS)
def test_no_seed_and_no_run_is_cut_short(seed, run):
    chance = chance_of(seed, run)
    assert chance.key_0 + (chance.key_1 << 32) == seed
    assert chance.run_0 + (chance.run_1 << 32) == run


def test_the_extreme_words_stay_inside_the_unit_interval():
    assert (0 + 0.5) * UNIT > 0.0
    assert (ONES + 0.5) * UNIT < 1.0


def test_every_name_has_its_own_block():
    names = list(itertools.product((0, 1, 2**32, 2**62), (0, 1, 2**32, 2**62), range(6), (0, 1, 17), range(5)))
    blocks = {uniforms(chance_of(seed, run), actor, count, part) for seed, run, actor, count, part in names}
    assert len(blocks) == len(names)
    assert len({u for block in blocks for u in block}) > 4 * len(names) - 3  # at 2^32 words a rare coincidence is fair


@pytest.mark.parametrize("along", ["run", "actor", "count", "part"])
def test_blocks_are_uniform_and_unrelated_along(along):
    n = 4000
    name = {"run": 3, "actor": 2, "count": 5, "part": 1}
    rows = []
    for i in range(n):
        at = {**name, along: i}
        rows.append(uniforms(chance_of(2024, at["run"]), at["actor"] % 16, at["count"] + at["actor"] // 16, at["part"]))
    table = np.array(rows)
    counts = np.histogramdd(table, bins=4, range=[(0, 1)] * 4)[0]
    assert stats.chisquare(counts.ravel()).pvalue > 1e-4
    assert all(stats.kstest(column, "uniform").pvalue > 1e-4 for column in table.T)
    neighbours = np.corrcoef(np.hstack([table[:-1], table[1:]]).T)
    assert np.abs(neighbours - np.eye(8)).max() < 5 / np.sqrt(n)


def test_a_unit_wait_is_exponential():
    waits = [unit_wait(u) for i in range(4000) for u in uniforms(chance_of(7, i), 0, 0, 0)]
    assert stats.kstest(waits, "expon").pvalue > 1e-4
    assert unit_wait(1.0 - 0.5 * UNIT) > 0.0


UNIFORM = st.floats(UNIT / 2, 1 - UNIT / 2)


@given(UNIFORM, st.floats(0, 1), st.floats(0, 1))
def test_plain_chance_answers_by_its_uniform(u, one, two):
    low, high = sorted((one, two))
    assert happens(u, low) == (u < low)
    assert which(u, low, high) == (u >= low) + (u >= high)
    assert aside(u, low, 1.0 - high) == (-1 if u < low else int(u > 1.0 - (1.0 - high)))
    assert wait(u, 60.0, 2.0) == unit_wait(u) * 60.0 / 2.0


class Rehearsed:
    """Another kind of chance: its questions answer for themselves."""

    def __init__(self, *answers):
        self.answers = answers

    def happens(self, p):
        return self.answers, p


def test_another_kind_of_chance_answers_for_itself():
    assert happens(Rehearsed("yes"), 0.2) == (("yes",), 0.2)
