"""Comparisons on the same chances: intervals with known answers, verdicts, stopping, bad input, and the command."""

import dataclasses
import json
import math

import numpy as np
import pytest

from sim.cli import main
from sim.design.crisis_from_mapping import defaults
from sim.design.errors import InputError
from sim.engine import kernel
from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.nation import Nation
from sim.runs.outcome import outcome
from sim.runs.quantiles import combined_spreads, quantile, spreads
from sim.statistics.intervals import clopper_pearson, half_width
from sim.statistics.paired_differences import (
    bonferroni_z,
    combined_moments,
    difference,
    moments,
    mover_interval,
    ranks,
    ratio,
    ratio_of_probabilities,
    runs_to_resolve,
    variance_reduction,
)
from sim.statistics.verdict import LOWERS, RAISES, SAME, UNRESOLVED, verdict
from sim.studies.compare.paired_runs import paired_comparison
from sim.studies.compare.spec import comparison_spec

Z = bonferroni_z(1)
BASE = Crisis(a=Nation(name="A"), b=Nation(name="B"), opening="strike_by_a", opening_dead=2)


@pytest.mark.parametrize(("one", "two", "n"), [(5, 2, 30), (0, 0, 44), (0, 7, 20), (500, 520, 100_000), (30, 0, 30)])
def test_the_interval_of_a_difference_holds_it_and_turns_with_it(one, two, n):
    low, high = mover_interval(one, two, n, Z)
    assert -1 <= low <= (one - two) / n <= high <= 1
    assert mover_interval(two, one, n, Z) == pytest.approx((-high, -low), abs=1e-12)


def test_where_no_run_differs_the_interval_is_that_of_none_of_n():
    assert mover_interval(0, 0, 1000, Z) == (-clopper_pearson(0, 1000)[2], clopper_pearson(0, 1000)[2])


def test_many_differing_runs_give_the_normal_interval():
    one, two, n = 30_000, 20_000, 400_000
    half = Z * math.sqrt((one + two) / n - ((one - two) / n) ** 2) / math.sqrt(n)
    assert mover_interval(one, two, n, Z) == pytest.approx((0.025 - half, 0.025 + half), abs=0.01 * half)


@pytest.mark.parametrize("n", [100, 1000, 10**7])
def test_a_difference_is_told_from_six_runs_on_that_all_differ_one_way(n):
    assert mover_interval(4, 0, n, Z)[0] <= 0.0 < mover_interval(6, 0, n, Z)[0]


def correlated(draw, n):
    """Three alternatives of counts on common chances: the second lowers the first's mean 3.0 by 0.5, the third is alike."""
    common, own = draw.poisson(2.5, n), draw.poisson(0.5, (2, n))
    return np.stack([common + own[0], common, common + own[1]]).astype(float)


def test_intervals_of_means_and_ratios_cover_in_repetition():
    draw, hits = np.random.default_rng(11), np.zeros(3)
    for _ in range(400):
        found = moments(correlated(draw, 300))
        low, high = difference(found, 1, 0, Z, False)[1:]
        r_low, r_high = ratio(found, 1, 0, Z, False)[1:]
        n_low, n_high = difference(found, 2, 0, Z, False)[1:]
        hits += [low <= -0.5 <= high, r_low <= 2.5 / 3 <= r_high, n_low <= 0 <= n_high]
    assert (hits / 400 > 0.92).all()


def test_a_ratio_of_probabilities_covers_and_survives_zeros():
    draw, hits = np.random.default_rng(5), 0
    for _ in range(400):
        u = draw.random(400)
        one, two = u < 0.05, (u < 0.08) ^ (draw.random(400) < 0.02)
        p_two = 0.08 * 0.98 + 0.92 * 0.02
        _, low, high = ratio_of_probabilities(int(one.sum()), int(two.sum()), int((one & two).sum()), Z)
        hits += low <= 0.05 / p_two <= high
    assert hits / 400 > 0.92
    assert all(math.isnan(x) for x in ratio_of_probabilities(0, 0, 0, Z))
    value, low, high = ratio_of_probabilities(0, 12, 0, Z)
    assert value == low == 0.0
    assert 0 < high < 1


def test_moments_in_parts_are_moments_of_the_whole():
    values = np.random.default_rng(2).integers(0, 5, (3, 100)).astype(float)
    whole, parts = moments(values), combined_moments(moments(values[:, :30]), moments(values[:, 30:]))
    np.testing.assert_array_equal(whole.sums, parts.sums)
    np.testing.assert_array_equal(whole.products, parts.products)
    gaps = values[1] - values[0]
    assert whole.variance_of_difference(1, 0) == pytest.approx(gaps.var())
    assert variance_reduction(whole, 1, 0) == pytest.approx((values[0].var() + values[1].var()) / gaps.var())
    assert variance_reduction(whole, 0, 0) == math.inf


def test_runs_to_resolve_a_difference():
    found = moments(np.array([[1.0, 0, 0, 0] * 25, [1.0, 1, 0, 0] * 25]))
    # differences: a quarter ones, variance 3/16, mean 1/4; (1.96 + 0.8416)^2 * (3/16) / (1/16) = 23.5
    assert runs_to_resolve(found, 1, 0, Z) == 24
    assert runs_to_resolve(found, 0, 0, Z) == math.inf


def test_verdicts():
    assert verdict((-2, -3, -1), 5) == LOWERS
    assert verdict((2, 1, 3), 5) == RAISES
    assert verdict((0.5, -1, 2), 5) == UNRESOLVED
    assert verdict((0.0, 0.0, 0.0), 5) == UNRESOLVED
    assert verdict((0.0, -1, 1), 0) == SAME


def test_a_comparison_is_the_one_of_the_rows_run_by_run():
    other = dataclasses.replace(BASE, a=Nation(name="A", retaliation="restraint"))
    asked = outcome("strikes_a + strikes_b")
    found = paired_comparison([BASE, other, BASE], ["base", "restraint", "again"], asked, 3, 20_000, threads=2)
    rows = [kernel.simulate(crisis, 3, 20_000) for crisis in (BASE, other)]
    gaps = asked.values(rows[1]) - asked.values(rows[0])
    restraint, again = found.contrasts
    assert restraint.difference[0] == pytest.approx(gaps.mean())
    assert restraint.difference[2] - restraint.difference[0] == pytest.approx(half_width(gaps.var(), 20_000))
    assert (restraint.moved, restraint.differing) == ((gaps != 0).sum(), (rows[0] != rows[1]).any(1).sum())
    assert (restraint.verdict, restraint.ranks) == (LOWERS, (1, 1))
    assert (again.verdict, again.differing, again.ranks) == (SAME, 0, None)
    assert all(type(rank) is int for rank in restraint.ranks)  # as written into summary.json


def test_free_talk_changes_nothing_in_any_run():
    talk = dataclasses.replace(BASE, mechanism=Mechanism("shuttle talk", relay=1.0, relay_cost=0.0))
    assert paired_comparison([BASE, talk], ["base", "talk"], outcome("peak>=7"), 1, 5_000).contrasts[0].verdict == SAME


def test_stopping_looks_until_the_precision_or_the_cap():
    other = dataclasses.replace(BASE, b=Nation(name="B", generosity=1.0))
    crises, labels, asked = [BASE, other], ["base", "generous"], outcome("answer_at")
    fixed = paired_comparison(crises, labels, asked, 1, 40_000)
    capped = paired_comparison(crises, labels, asked, 1, 10_000, precision=1e-6, most=40_000)
    assert (capped.looks, capped.reached, capped.n) == (4, False, 40_000)
    assert capped.contrasts == fixed.contrasts  # the same runs, whatever the looks
    width = fixed.halves()[0]
    sought = paired_comparison(crises, labels, asked, 1, 10_000, precision=1.5 * width)
    assert sought.reached
    assert 1 < sought.looks < 4
    assert sought.halves()[0] <= 1.5 * width
    assert paired_comparison(crises, labels, asked, 1, 500, precision=1e-9, most=700).n == 700


def test_whether_the_precision_of_a_mean_is_reached_can_be_written_down():
    other = dataclasses.replace(BASE, b=Nation(name="B", generosity=1.0))
    comparison = paired_comparison([BASE, other], ["base", "generous"], outcome("payoff_a"), 1, 500, precision=1e9)
    assert json.dumps(comparison.reached) == "true"  # a flag of NumPy's cannot be


def test_the_ranks_of_means_can_be_written_down():
    found = moments(np.random.default_rng(1).random((3, 50)))
    assert {type(rank) for i in range(3) for rank in ranks(found, i, False)} == {int}


def test_spreads_leave_out_what_is_given():
    rows = kernel.simulate(BASE, 1, 500)
    kept = spreads(rows, BASE)
    strikes = rows[:, [kernel.ROW.index("strikes_a"), kernel.ROW.index("strikes_b")]].sum(1)
    assert kept["strikes"][0].min() == 0
    assert (kept["strikes"][0] * kept["strikes"][1]).sum() == strikes.sum() - 500
    assert kept["deaths"][0].min() >= 0
    halves = combined_spreads(spreads(rows[:200], BASE), spreads(rows[200:], BASE))
    np.testing.assert_array_equal(halves["deaths"], kept["deaths"])
    middle = quantile(kept["strikes"], 0.5)
    assert middle.value == np.quantile(strikes - 1, 0.5, method="inverted_cdf")
    assert middle.low <= middle.value <= middle.high


@pytest.mark.parametrize(
    ("name", "probability"),
    [("peak>=7", True), ("peak >= 9", True), ("war_at", True), ("payoff_a", False), ("strikes_a+strikes_b", False)],
)
def test_outcomes(name, probability):
    asked = outcome(name)
    assert asked.probability == probability
    assert outcome(asked.name) == asked
    assert asked.values(kernel.simulate(BASE, 1, 10)).shape == (10,)


@pytest.mark.parametrize(
    "name", ["", "peak", "peak>=0", "peak>=10", "war", "strikes_a + attacks_a", "strikes_a + strikes_a", None]
)
def test_what_is_no_outcome_is_refused(name):
    with pytest.raises(ValueError, match="must"):
        outcome(name)


def test_a_column_s_old_name_leads_to_the_new():
    with pytest.raises(ValueError, match="runs is now called strike_streaks"):
        outcome("runs")
    assert (
        outcome("strike_streaks").words
        == "the mean number of streaks of strikes by one side in the first crisis: 1 where its opening strike was not answered"
    )


def composed(overrides):
    """What Hydra would compose, without it: the defaults, whatever the groups."""
    return defaults(Crisis)


GOOD = {"outcome": "peak>=7", "alternatives": {"x": {"a.generosity": 1}}}


def test_a_question_sets_base_then_alternatives():
    block = GOOD | {
        "base": {"b": {"generosity": 0.0}, "a.perception_error + b.perception_error": 0.2},
        "alternatives": {"one": {"a.generosity": 1.0}, 2: {"b.generosity": 0.5, "mechanism": "hotline"}},
    }
    spec = comparison_spec(block, composed)
    assert spec.labels == ["base", "one", "2"]
    assert [crisis.b.generosity for crisis in spec.crises] == [0.0, 0.0, 0.5]
    assert [crisis.a.perception_error for crisis in spec.crises] == [0.2] * 3
    assert spec.settings[2] == {"b.generosity": 0.5, "mechanism": "hotline"}


BAD = [
    ([], "compare must be a mapping"),
    (GOOD | {"outcom": 1}, "compare.outcom is not a field; did you mean compare.outcome"),
    ({"alternatives": {}}, "compare.outcome must be given"),
    (GOOD | {"outcome": "warr"}, "compare.outcome must be peak>=r"),
    (GOOD | {"question": 3}, "compare.question must be a text"),
    (GOOD | {"alternatives": {}}, "compare.alternatives must hold at least one"),
    (GOOD | {"alternatives": ["hotline"]}, "compare.alternatives must hold at least one labelled"),
    (GOOD | {"alternatives": {"x": {}}}, "compare.alternatives.x must set at least one"),
    (GOOD | {"alternatives": {"x": 3}}, "compare.alternatives.x must be a mapping"),
    (GOOD | {"alternatives": {"None": {"a.generosity": 1}}}, "compare.alternatives.None must have another label"),
    (GOOD | {"alternatives": {"base": {"a.generosity": 1}}}, "compare.alternatives.base must have another label"),
    (GOOD | {"alternatives": {"x": {"a.cap": 9}, " x": {"a.cap": 8}}}, "compare.alternatives. x must have a label of its own"),
    (GOOD | {"alternatives": {"x": {"a.generositi": 1}}}, "compare.alternatives.x.a.generositi is not a field"),
    (
        GOOD | {"alternatives": {"x": {"a.generosity": 1.5}}},
        r"compare.alternatives.x.a.generosity must lie in \[0, 1\], got 1.5",
    ),
    (GOOD | {"alternatives": {"x": {"a.generosity": [1]}}}, "compare.alternatives.x.a.generosity must lie"),
    (GOOD | {"alternatives": {"x": {"mechanism": 3}}}, "compare.alternatives.x.mechanism must be the name"),
    (GOOD | {"alternatives": {"x": {"a.cap + a.cap": 8}}}, "compare.alternatives.x.a.cap must be set once"),
    (GOOD | {"alternatives": {"x": {"a.cap": 5}}}, "compare.alternatives.x.a.cap must be at least a.reprisal"),
    (GOOD | {"base": {"a.nose": 1}}, "compare.base.a.nose is not a field"),
]


@pytest.mark.parametrize(("block", "line"), BAD)
def test_a_bad_question_is_refused_in_one_line_with_the_full_key(block, line):
    with pytest.raises(InputError, match=line) as refused:
        comparison_spec(block, composed)
    assert len(refused.value.lines) == 1


def test_the_command_from_question_to_report(tmp_path, capsys):
    """Its report tries the ranking at few points, which tests/studies/test_sensitivity.py judges."""
    out = tmp_path / "study"
    asked = ["compare", "compare=generosity", "runs=400", "report=true", "points=20", "point_runs=50", f"out={out}"]
    assert main.main([*asked, "compare.outcome=answer_at", "+compare.alternatives.x.a.cap=8"]) == 0
    said = capsys.readouterr().out
    assert "written to " in " ".join(said.split())
    summary = json.loads((out / "summary.json").read_text())
    assert [one["label"] for one in summary["alternatives"]][-1] == "x"
    assert (out / "compare.txt").read_text() in said.replace("\r", "")
    assert {path.suffix for path in out.iterdir()} == {".txt", ".html", ".parquet", ".json", ".yaml", ".png", ".svg"}
    assert main.main(["replay", f"study={out}", "cell=7", "run=3"]) == 0
    assert "identical" in capsys.readouterr().out.splitlines()[-1]


def test_the_command_refuses_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    own = tmp_path / "compare"
    own.mkdir()
    (own / "twice.yaml").write_text("outcome: war_at\nalternatives:\n  x: {a.cap: 8}\n  x: {a.cap: 7}\n")
    for given, line in (
        (["compare=twice", "--config-dir", str(tmp_path)], "found duplicate key x"),
        (["report=2"], "report must be"),
    ):
        assert main.main(["compare", *given]) == 2
        said = capsys.readouterr().err
        assert len(said.splitlines()) == 1, said
        assert line in said
