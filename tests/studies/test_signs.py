"""The sign table: nulls come out exactly zero, verdicts follow from intervals, and backfires backfire."""

import dataclasses

import numpy as np
import pytest

import sim
from sim.design.paths import CONFIGS
from sim.plotting.paragraphs import WIDTH
from sim.studies.mechanism_signs import predictions
from sim.studies.mechanism_signs.options import SignsOptions
from sim.studies.mechanism_signs.predictions import EFFECTS, EITHER, LOWER, NONE, NOT_SAME, PREDICTED, RAISE, SAME, ZERO
from sim.studies.mechanism_signs.sign_tests import AGREES, DISAGREES, UNRESOLVED, answered, sign_tests, verdict
from sim.studies.mechanism_signs.text import sign_table

RUNS = 4000


@pytest.fixture(scope="module")
def table():
    """The whole table on few runs, by section and name."""
    rask = ["opening=attack_on_a", "opening_dead=11", "horizon=1095"]
    mechanisms = {name: sim.load(f"mechanism={name}").mechanism for name in PREDICTED}
    cases = predictions.cases(sim.load(*rask), mechanisms, 7)
    return {(sign.case.section.split(":")[0], sign.case.name): sign for sign in sign_tests(cases, 3, RUNS)}


def test_every_configured_mechanism_is_in_the_table():
    options = {path.stem for path in (CONFIGS / "mechanism").glob("*.yaml")}
    assert options - {"none"} == set(PREDICTED)


def test_the_text_keeps_within_80_columns(table):
    text = sign_table(list(table.values()), sim.load(), SignsOptions())
    assert max(map(len, text.split("\n"))) <= WIDTH
    assert all(name.split()[0] in text for _, name in table)


def test_exact_nulls_come_out_zero_run_by_run(table):
    nulls = {name: sign for (_, name), sign in table.items() if sign.case.predicted == SAME}
    assert set(nulls) == {
        "shuttle_talk", "free talk in private", "hotline, instant deliberation", "intelligence_cell, uninformed", "targeting",
    }  # fmt: skip
    assert {sign.differing for sign in nulls.values()} == {0}
    assert {sign.value for sign in nulls.values()} == {0.0}


def test_the_nulls_are_not_empty(table):
    """Something happens in the crises in which nothing may differ."""
    for sign in table.values():
        if sign.case.predicted == SAME:
            assert 0.0 < sign.before < 1.0


@pytest.mark.parametrize("condition", ["attack_lag", "strike_lag", "state_lag", "preparation", "later attacks"])
def test_each_condition_of_the_hotline_null_is_needed(table, condition):
    sign = next(s for (_, name), s in table.items() if name == f"  with {condition} back")
    assert sign.differing > 0


def test_costly_talk_is_no_null(table):
    assert next(s for (_, name), s in table.items() if name == "costly talk in private").verdict == AGREES


def test_an_attack_in_spite_of_a_mechanism_costs_more_trust(table):
    sign = next(s for (_, name), s in table.items() if name == "  by the loss of trust alone")
    assert sign.verdict == AGREES
    comprehensive = dataclasses.replace(sim.load("mechanism=comprehensive").mechanism, in_force="start")
    base = sim.load("opening=attack_on_a", "opening_dead=11")
    assert predictions.trust_after(base, comprehensive) < predictions.trust_after(base, sim.load("mechanism=none").mechanism)


def test_patrols_are_a_slower_rate(table):
    assert next(s for (_, name), s in table.items() if name == "joint_patrols" and s.case.predicted == ZERO).verdict == AGREES


def test_a_term_alone_keeps_one_effect():
    cell = sim.load("mechanism=intelligence_cell").mechanism
    kept = predictions.alone(cell, "foils")
    assert predictions.effects(kept) == {"foils": cell.foils}
    assert (kept.compliance, kept.erosion) == (cell.compliance, cell.erosion)
    assert predictions.effects(predictions.alone(cell)) == {}
    assert "compliance" not in EFFECTS


@pytest.mark.parametrize(
    ("predicted", "low", "high", "differing", "expected"),
    [
        (LOWER, -0.2, -0.1, 9, AGREES), (LOWER, 0.1, 0.2, 9, DISAGREES), (LOWER, -0.1, 0.1, 9, UNRESOLVED),
        (LOWER, -0.1, 0.1, 0, UNRESOLVED), (RAISE, 0.1, 0.2, 9, AGREES), (RAISE, -0.2, -0.1, 9, DISAGREES),
        (SAME, 0.0, 0.0, 0, AGREES), (SAME, -0.1, 0.1, 1, DISAGREES), (NOT_SAME, 0.0, 0.0, 0, UNRESOLVED),
        (NOT_SAME, -0.1, 0.1, 1, AGREES), (ZERO, -0.1, 0.1, 9, AGREES), (ZERO, 0.1, 0.2, 9, DISAGREES),
        (EITHER, -0.2, -0.1, 9, "lowers"), (EITHER, 0.1, 0.2, 9, "raises"), (NONE, 0.0, 0.0, 0, "same"),
        (NONE, -0.1, 0.1, 3, UNRESOLVED),
    ],
)  # fmt: skip
def test_verdicts(predicted, low, high, differing, expected):
    assert verdict(predicted, low, high, differing) == expected


def test_a_weighted_difference_is_taken_run_by_run():
    """Runs reach 7 in the first crisis; a second effect is subtracted twice."""
    crisis = sim.load("mechanism=none")
    peaks = {1: [7, 7, 7, 0], -1: [0, 7, 0, 0], -2: [7, 0, 0, 0], 2: [0, 0, 0, 7]}
    played = [(weight, np.column_stack([peak, *[[0] * 4] * 15])) for weight, peak in peaks.items()]
    case = predictions.Case("s", "n", "c", LOWER, tuple((w, crisis) for w in peaks), predictions.Event("peak", 7, "P"))
    sign = answered(case, played, 1.96)
    assert sign.value == pytest.approx((1 - 2 + 0 + 1 + 0 + 2) / 4)  # 1-0-2+0, 0, 1, 0+2
    assert sign.low < sign.value < sign.high
    assert sign.before == 0.25
    assert sign.differing == 4
