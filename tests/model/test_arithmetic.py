"""exp, log and the quantile are as good as the C library's, and have the same bits on both clocks."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from sim.model.numerics.elementary import decayed, exponential, natural_log, normal_quantile, power

ULP = np.finfo(float).eps
MANY = 20_000


def drawn(low, high, seed=1):
    """Many numbers between ``low`` and ``high``."""
    return np.random.default_rng(seed).uniform(low, high, MANY)


POSITIVE = np.concatenate([np.exp(drawn(-700, 700)), drawn(0, 2), 1 + drawn(-1e-8, 1e-8)])
EXPONENTS = np.concatenate([drawn(-700, 700), drawn(-2, 2), drawn(-1e-9, 1e-9)])
UNIT = np.concatenate([drawn(0, 1), 2.0 ** -drawn(1, 33), 1 - 2.0 ** -drawn(1, 33)])
ALONE = {natural_log: POSITIVE, exponential: EXPONENTS, normal_quantile: UNIT}


def off_by(got, want):
    """The largest distance between two arrays in units of the last place of ``want``."""
    return np.max(np.abs(np.array(got) - want) / np.spacing(np.abs(want)))


def test_the_logarithm_is_within_an_ulp_or_so():
    assert off_by([natural_log(x) for x in POSITIVE.tolist()], np.log(POSITIVE)) <= 2


def test_the_exponential_is_within_an_ulp_or_so():
    assert off_by([exponential(x) for x in EXPONENTS.tolist()], np.exp(EXPONENTS)) <= 2


def test_a_power_loses_no_more_than_its_logarithm_costs():
    base, exponent = np.exp(drawn(-20, 20, seed=2)), drawn(-10, 10, seed=3)
    got = np.array([power(x, y) for x, y in zip(base.tolist(), exponent.tolist(), strict=True)])
    want = base**exponent
    assert np.all(np.abs(got / want - 1) <= ULP * (4 + 2 * np.abs(exponent * np.log(base))))


def test_the_quantile_is_good_to_seven_digits():
    got = np.array([normal_quantile(p) for p in UNIT.tolist()])
    want = special.ndtri(UNIT)
    assert np.all(np.abs(got - want) <= 1e-6 * np.maximum(1.0, np.abs(want)))


@pytest.mark.parametrize("function", ALONE, ids=lambda function: function.__name__)
def test_one_argument_gives_the_same_bits_on_both_clocks(function, compiled):
    fast, inputs = compiled(function), ALONE[function].tolist()
    assert [function(x) for x in inputs] == [fast(x) for x in inputs]


@pytest.mark.parametrize(("function", "arguments"), [(power, 2), (decayed, 3)], ids=["power", "decayed"])
def test_several_arguments_give_the_same_bits_on_both_clocks(function, arguments, compiled):
    fast = compiled(function)
    rows = np.exp([drawn(-5, 5, seed) for seed in range(arguments)]).T.tolist()
    assert [function(*row) for row in rows] == [fast(*row) for row in rows]


def test_edges():
    assert natural_log(1.0) == 0.0
    assert natural_log(5e-324) == math.log(5e-324)
    assert exponential(0.0) == 1.0
    assert exponential(-700.5) == exponential(-math.inf) == 0.0
    assert exponential(1e9) == exponential(math.inf) == exponential(700.0) < math.inf
    assert power(0.3, 0.0) == power(1e9, 0.0) == 1.0
    assert normal_quantile(0.5) == 0.0


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_the_quantile_is_odd_about_the_middle(p):
    if 0.0 < 1.0 - p < 1.0 and 1.0 - (1.0 - p) == p:
        assert normal_quantile(1.0 - p) == pytest.approx(-normal_quantile(p), abs=1e-6)


@given(st.floats(-100, 100), st.integers(0, 10**8), st.floats(1.0, 1e9))
def test_decay_halves_in_a_half_life(value, minutes, half_life):
    assert decayed(value, 0, half_life) == decayed(value, minutes, math.inf) == value
    assert decayed(value, half_life, half_life) == pytest.approx(value / 2)
    assert abs(decayed(value, minutes, half_life)) <= abs(value)
