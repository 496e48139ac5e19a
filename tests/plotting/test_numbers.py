"""Numbers as a reader wants them: no minus on a zero, a true one elsewhere."""

import math

import pytest

from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.plotting.mechanism_words import in_force
from sim.plotting.numbers import bracketed, plain, signed
from sim.runs.summary import Estimate
from sim.studies.play.ends import MEANS, PROBABILITIES, SHARES, TIMES, ends
from sim.studies.play.options import PlayOptions

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
    estimates += [Estimate(name, "probability", 0.0, 0.0, 0.0, 9) for share in SHARES for name in (share[0], share[2])]
    said = ends(estimates, Crisis(), PlayOptions())
    assert "-0" not in said
    assert "nan" not in said
    assert said.count("0.00   [0.00, ∞]") == len(TIMES)


def _play(reached, n=10, mechanism=None):
    """The table of ``n`` runs of which so many reached each time."""
    crisis = Crisis(mechanism=mechanism or Mechanism())
    known = [name for rows in (PROBABILITIES, MEANS, TIMES) for name, _ in rows]
    known += [name for share in SHARES for name in (share[0], share[2])]
    estimates = [Estimate(name, "probability", reached.get(name, 0) / n, 0.0, 1.0, n) for name in known]
    estimates += [Estimate(name, kind, 1.0, 0.0, 2.0, n) for name in known for kind in ("mean", "median")]
    return ends(estimates, crisis, PlayOptions(runs=n))


def test_a_conditional_share_names_its_denominator():
    said = _play({"first_strike_at": 8, "answer_at": 2, "statement_at": 4, "recurrence_at": 1})
    assert "Of 8 runs with a strike:\n  a strike is answered by a strike" in said
    assert "0.2500   [0.0319, 0.6509]" in said  # Clopper-Pearson of 2 in 8
    assert "Of 4 runs with a joint statement:\n  strikes recur after the statement" in said


def test_a_share_of_nothing_says_so():
    said = _play({"first_strike_at": 8})
    assert "strikes recur after the statement: no joint statement was ever made in these runs" in said
    assert "joint statement:" not in said


def test_what_is_agreed_depends_on_the_mechanism():
    for standing in (Mechanism(), Mechanism("hotline")):
        assert "agree" not in _play({}, mechanism=standing)
    assert "they agree to work together (no mechanism)" in _play({}, mechanism=Mechanism(in_force="agreement"))
    assert "they agree, and put in force pact" in _play({}, mechanism=Mechanism("pact", "agreement"))


def test_when_a_mechanism_works_is_said_where_there_is_one():
    assert in_force(Mechanism()) == ""
    assert in_force(Mechanism("hotline")) == "in force from the start"
    assert in_force(Mechanism("pact", "agreement")).startswith("in force once it is agreed")
