"""Sensitivity: Sobol indices against a function with known ones, rules against a planted one, and ranges against bounds."""

import dataclasses
import math
from types import SimpleNamespace

import numpy as np
import pytest

from sim import config
from sim.assumptions import Assumption, assumptions, held, own
from sim.clock import batch
from sim.config import Refusal
from sim.game.parameter import Parameter
from sim.game.setting.crisis import with_number
from sim.study.outcome import outcome
from sim.study.paired import moments
from sim.study.points import drawn, played
from sim.study.ranking import ranked, ranking
from sim.study.sensitivity import indices, sensitivity, slope

PEAK = outcome("peak>=7")


@pytest.fixture(scope="module")
def crisis():
    return config.load("mechanism=none")


def ishigami(u):
    """Ishigami & Homma (1990) with a = 7 and b = .1, and a fourth input that does nothing."""
    x = math.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_indices_of_a_function_with_known_ones():
    found, y = indices(ishigami, ["one", "two", "three", "idle"], 12, 1)
    at = {one.name: one for one in found}
    variance = 0.5 + 49 / 8 + 0.1 * math.pi**4 / 5 + 0.01 * math.pi**8 / 18
    assert y.var() == pytest.approx(variance, rel=0.02)
    first = {"one": 0.5 * (1 + 0.1 * math.pi**4 / 5) ** 2 / variance, "two": 49 / 8 / variance, "three": 0.0}
    interaction = 8 * 0.01 * math.pi**8 / 225 / variance
    for name, value in first.items():
        assert at[name].first[0] == pytest.approx(value, abs=0.02)
        total = value + (interaction if name != "two" else 0.0)
        assert at[name].total[0] == pytest.approx(total, abs=0.02)
        assert at[name].total[1] <= at[name].total[0] <= at[name].total[2]
    assert at["idle"].total == at["idle"].first == at["idle"].swing == (0.0, 0.0, 0.0)
    assert [one.name for one in found] == ["one", "two", "three", "idle"]


def test_a_constant_has_nothing_to_explain():
    with pytest.raises(ValueError, match="does not vary"):
        indices(lambda u: np.zeros(len(u)), ["one"], 4, 1)


def test_the_slope_of_a_line_is_its_own():
    dx = np.array([0.5, -0.2, 0.9])
    assert slope(dx, 3 * dx) == pytest.approx((3.0, 3.0, 3.0))


def test_points_are_the_crises_they_stand_for(crisis):
    """A point in the records plays as the same crisis built through the configuration does."""
    block = {
        "fields": ["nation.hold_fire", "militants.rate", "nation.preparation", "nation.cap"],
        "ranges": {"nation": {"cap": [7, 9]}},
    }
    varied = assumptions(block, crisis)
    u = np.random.default_rng(1).random((3, len(varied)))
    got = list(played([drawn(crisis, varied, u)], PEAK, 5, 300))
    for i in range(3):
        one = crisis
        for j, a in enumerate(varied):
            for part, field in a.places:
                value = a.at(u[i : i + 1, j])[0]
                one = with_number(one, f"{part}.{field}", int(value) if field == "cap" else float(value))
        assert (got[i][0] == PEAK.values(batch.play(one, 5, 300))).all()


def test_a_field_that_touches_nothing_is_exactly_zero(crisis):
    varied = assumptions({"fields": ["nation.sharing_trust", "nation.execution_error"]}, crisis)  # nobody shares
    found = sensitivity(crisis, varied, PEAK, 1, 200, 4)
    assert found.indices[-1].name == "nation.sharing_trust"
    assert found.indices[-1].total == (0.0, 0.0, 0.0)
    assert found.points == 16 * 4
    assert found == sensitivity(crisis, varied, PEAK, 1, 200, 4, threads=1)


def test_the_difference_a_mechanism_makes_depends_on_its_numbers(crisis):
    hotline = config.load("mechanism=hotline")
    varied = assumptions({"fields": ["mechanism.compliance", "nation.hold_fire"]}, hotline)
    found = sensitivity(hotline, varied, PEAK, 1, 400, 4, against=crisis)
    assert found.mean < 0.0
    assert all(one.total[0] > 0.0 for one in found.indices)


def test_every_marked_number_is_varied_or_held(crisis):
    varied = assumptions({}, crisis)
    assert {"nation.hold_fire", "militants.rate", "diplomacy.visit_trust"} <= {one.name for one in varied}
    assert not {one.name for one in varied} & set(held(varied, crisis))
    assert "nation.patience" in held(varied, crisis)
    assert not any(one.name.startswith("mechanism.") for one in varied)
    hotline = config.load("mechanism=hotline")
    assert "mechanism.contact_gain" in {one.name for one in assumptions({}, hotline)}
    assert {one.name for one in own({"hotline": hotline.mechanism})} == {
        "hotline.compliance", "hotline.contact_gain", "hotline.clarification",
    }  # fmt: skip


def test_ranges_go_from_half_to_double_within_bounds(crisis):
    (one,) = assumptions({"fields": ["a.trust"]}, crisis)
    assert (one.low, one.high) == (crisis.a.trust / 2, min(1.0, 2 * crisis.a.trust))
    (whole,) = assumptions({"fields": ["nation.cap"], "ranges": {"nation": {"cap": [7, 9]}}}, crisis)
    assert set(whole.at(np.linspace(0, 0.999, 50))) == {7, 8, 9}


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ([], "assumptions must be a mapping"),
        ({"field": []}, "assumptions.field is not a field"),
        ({"fields": "a.trust"}, "assumptions.fields must be a list of names, got 'a.trust'"),
        ({"fields": ["nation.trusst"]}, "nation.trusst is not a field; did you mean"),
        ({"fields": ["nation.retaliation"]}, "nation.retaliation must be a number"),
        ({"fields": ["nation.patience"]}, "assumptions.fields must name at least one field"),
        ({"fields": ["nation.trust", "a.trust"]}, "assumptions.fields must vary each field once, got a.trust twice"),
        ({"ranges": {"nation": {"trust": [0.5, 2]}}}, r"assumptions.ranges.nation.trust must be \[low, high\] within \[0, 1\]"),
        ({"ranges": {"nation": {"trust": 0.5}}}, "assumptions.ranges.nation.trust must be"),
        ({"ranges": {"nation": {"trust": [0.6, 0.4]}}}, "assumptions.ranges.nation.trust must be"),
        ({"ranges": {"nation": {"cap": [5, 9]}}}, "assumptions.ranges.nation.cap: a.cap must be at least a.reprisal"),
    ],
)
def test_bad_blocks_are_refused(crisis, block, said):
    with pytest.raises(Refusal, match=said):
        assumptions(block, crisis)


def planted(n=400):
    """Two mechanisms over two fields: ``second`` is better where noise > .6 and haste < 40 h, and worse elsewhere."""
    parameter = Parameter("", "real", "", 0.0, 1.0)
    fields = [
        Assumption("noise", (), 0.0, 1.0, parameter),
        Assumption("haste", (), 0.0, 100.0, dataclasses.replace(parameter, unit="hours")),
        Assumption("idle", (), 0.0, 1.0, parameter),
    ]
    u = np.random.default_rng(2).random((n, 3))
    flips = (u[:, 0] > 0.6) & (u[:, 1] < 0.4)
    values = np.column_stack([np.full(n, 0.5), np.where(flips, 0.3, 0.7)])
    sure = SimpleNamespace(n=10**6, variance_of_difference=lambda i, j: 0.25)
    return ranked(["first", "second"], values, [sure] * n, u, fields, 1000), flips


def test_a_planted_rule_is_found():
    order, flips = planted()
    assert [place.name for place in order.places] == ["first", "second"]
    assert (order.flips == flips).all()
    one, two = order.rules
    assert two.words == "noise > 0.6 and haste < 40 hours"
    assert (two.precision, two.coverage, two.instead) == (1.0, 1.0, "second")
    assert one.precision < 1.0
    assert order.places[0].regrets.max() == pytest.approx(0.2)
    assert order.places[0].best == pytest.approx(1 - flips.mean())


def test_ties_are_shared_and_never_resolved():
    parameter = Parameter("", "real", "", 0.0, 1.0)
    values = np.full((40, 2), 0.5)
    found = [moments(np.tile([0.0, 1.0], (2, 50)))] * 40
    order = ranked(
        ["one", "two"], values, found, np.random.default_rng(1).random((40, 1)), [Assumption("x", (), 0, 1, parameter)], 100
    )
    assert [(place.best, place.resolved) for place in order.places] == [(0.5, 0.0)] * 2
    assert not order.rules


def test_the_ranking_uses_the_same_chances_for_all(crisis):
    """Two copies of one mechanism are tied at every point."""
    varied = assumptions({"fields": ["nation.trust"]}, crisis)
    order = ranking({"one": crisis, "two": crisis}, varied, PEAK, 1, 200, 20)
    assert order.places[0].best == order.places[1].best == 0.5
    assert (order.values[:, 0] == order.values[:, 1]).all()


def test_the_command_writes_its_folder_and_refuses_in_one_line(tmp_path, monkeypatch, capsys):
    from sim.command import main

    monkeypatch.chdir(tmp_path)
    small = ["runs=50", "power=3", "points=20", "ranking_runs=50", "assumptions.mechanisms=[none,hotline]", "out=here"]
    assert main(["sensitivity", *small, "assumptions.fields=[nation.trust,nation.execution_error]"]) == 0
    names = {path.name for path in (tmp_path / "here").iterdir()}
    assert names == {
        "tornado.png", "tornado.svg", "ranking.png", "ranking.svg", "table.parquet", "points.parquet", "sensitivity.txt",
        "summary.json", "config.yaml", "checksums.txt",
    }  # fmt: skip
    capsys.readouterr()
    for bad, said in (
        ("outcome=peak", "outcome must be peak>=r"),
        ("assumptions.fields=[a.trus]", "a.trus is not a field"),
        ("power=99", "power must"),
    ):
        assert main(["sensitivity", bad]) == 2
        assert capsys.readouterr().err.startswith(f"escalation: {said}")
