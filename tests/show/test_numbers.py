"""Numbers as a reader wants them: no minus on a zero, a true one elsewhere."""

import math

import pytest

from sim.game.setting.crisis import Crisis
from sim.request import PlayRequest
from sim.show.ends import MEANS, PROBABILITIES, TIMES, ends
from sim.show.numbers import bracketed, plain, signed
from sim.study.measure import Estimate

ZEROS = [-0.0, 0.0, -0.0004, 0.0004, -1e-12]


@pytest.mark.parametrize("value", ZEROS)
@pytest.mark.parametrize("write", [plain, signed])
def test_a_zero_has_no_sign(write, value):
    assert write(value, 3) == "0.000"


@pytest.mark.parametrize(("value", "expected"), [(-0.0006, "\u22120.001"), (-1234.5, "\u22121,234.500"), (2, "2.000")])
def test_others_keep_a_true_minus(value, expected):
    assert plain(value, 3) == expected


def test_an_interval_around_zero_has_no_signed_zero():
    assert bracketed((-1e-9, -2e-9, 0.5)) == "0.00 [0.00, 0.50]"
    assert bracketed((0.0, -math.inf, math.inf)) == "0.000 [\u2212∞, ∞]"


def test_the_ends_of_runs_have_no_signed_zero_and_no_nan():
    estimates = [
        Estimate(name, kind, -1e-9, -2e-9, math.nan if kind == "median" else -0.0, 9)
        for rows, kind in ((PROBABILITIES, "probability"), (MEANS, "mean"), (TIMES, "median"))
        for name, _ in rows
    ]
    said = ends(estimates, Crisis(), PlayRequest())
    assert "-0" not in said
    assert "nan" not in said
    assert said.count("0.00   [0.00, ∞]") == len(TIMES)
