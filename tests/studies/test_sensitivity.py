"""Sensitivity: Sobol indices against a function with known ones, rules against a planted one, and ranges against bounds."""

import dataclasses
import math

import numpy as np
import pytest
import yaml

import sim
from sim.cli import hydra_config
from sim.cli.job import job
from sim.design.errors import InputError
from sim.design.paths import CONFIGS
from sim.design.uncertainty import Assumption, assumptions, held, own
from sim.engine import kernel
from sim.model.parameter import Parameter
from sim.model.setting.crisis import with_number
from sim.plotting.reversal_words import NO_RULE, behind, favourite, where
from sim.plotting.tornado import drivers
from sim.runs.outcome import outcome
from sim.runs.points import drawn, played
from sim.runs.ranking import BY_CHANCE, ranked, ranking
from sim.runs.reversal import judged
from sim.statistics.paired_differences import Moments, moments
from sim.statistics.sobol_indices import largest, slope
from sim.studies.sensitivity.indices import indices, sensitivity_indices

PEAK = outcome("peak>=7")


@pytest.fixture(scope="module")
def crisis():
    return sim.load("mechanism=none")


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
        assert (got[i][0] == PEAK.values(kernel.simulate(one, 5, 300))).all()


def test_a_field_that_touches_nothing_is_exactly_zero(crisis):
    varied = assumptions({"fields": ["nation.sharing_trust", "nation.execution_error"]}, crisis)  # nobody shares
    found = sensitivity_indices(crisis, varied, PEAK, 1, 200, 4)
    assert found.indices[-1].name == "nation.sharing_trust"
    assert found.indices[-1].total == (0.0, 0.0, 0.0)
    assert found.points == 16 * 4
    assert found == sensitivity_indices(crisis, varied, PEAK, 1, 200, 4, threads=1)


def test_the_difference_a_mechanism_makes_depends_on_its_numbers(crisis):
    hotline = sim.load("mechanism=hotline")
    varied = assumptions({"fields": ["mechanism.compliance", "nation.hold_fire"]}, hotline)
    found = sensitivity_indices(hotline, varied, PEAK, 1, 400, 4, against=crisis)
    assert found.mean < 0.0
    assert all(one.total[0] > 0.0 for one in found.indices)


def test_every_number_with_a_plausible_range_is_varied_over_it(crisis):
    varied = assumptions({}, crisis)
    names = {one.name for one in varied}
    assert {"nation.dread", "militants.rate", "diplomacy.visit_trust", "type_correlation"} <= names
    assert not names & set(held(varied, crisis))
    assert {"nation.patience", "horizon"} <= set(held(varied, crisis))
    assert all((one.low, one.high) == one.parameter.plausible[:2] for one in varied)
    assert not {name for name in names if name.startswith("weights.")}
    assert not any(one.name.startswith("mechanism.") for one in varied)
    hotline = sim.load("mechanism=hotline")
    assert "mechanism.contact_gain" in {one.name for one in assumptions({}, hotline)}
    assert {one.name for one in own({"hotline": hotline.mechanism})} == {
        "hotline.compliance", "hotline.contact_gain", "hotline.clarification",
    }  # fmt: skip


def test_a_mechanisms_numbers_vary_over_the_ranges_of_its_file():
    with hydra_config.files():
        made = job("play", ["mechanism=hotline"])
        crisis = sim.load("mechanism=hotline")
        case = made.case(crisis)
    spans = {one.name: (one.low, one.high) for one in own({"hotline": crisis.mechanism}, {"hotline": case})}
    ranges = yaml.safe_load((CONFIGS / "mechanism" / "hotline.yaml").read_text())["ranges"]
    assert spans == {f"hotline.{key}": (span["from"], span["to"]) for key, span in ranges.items()}
    stronger = dataclasses.replace(crisis.mechanism, contact_gain=5.0)  # beyond what the file holds plausible
    (gain,) = (one for one in own({"x": stronger}, {"x": case}) if one.name == "x.contact_gain")
    assert (gain.low, gain.high) == (2.5, 10.0)


def test_beyond_what_is_plausible_a_field_goes_from_half_to_double(crisis):
    crisis = with_number(crisis, "a.trust", 0.04)
    (one,) = assumptions({"fields": ["a.trust"]}, crisis)
    assert (one.low, one.high) == (0.02, 0.08)
    (one,) = assumptions({"fields": ["nation.trust"]}, crisis)
    assert (one.low, one.high) == (0.02, min(1.0, 2 * crisis.b.trust))
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
    with pytest.raises(InputError, match=said):
        assumptions(block, crisis)


FIELDS = [
    Assumption(name, (), 0.0, high, dataclasses.replace(Parameter("", "real", "", 0.0, 1.0), unit=unit))
    for name, high, unit in (("noise", 1.0, ""), ("haste", 100.0, "hours"), ("idle", 1.0, ""))
]


def sure(means, runs=10**6):
    """The moments of means as certain as ``runs`` runs make them: outcomes whose deviation is .1, on common chances."""
    means = np.asarray(means, float)
    return Moments(runs, runs * means, runs * (np.outer(means, means) + 0.01 * (0.5 + 0.5 * np.eye(len(means)))))


def planted(flips, u):
    """Two mechanisms: ``second`` is better where it ``flips``, and worse elsewhere."""
    values = np.column_stack([np.full(len(u), 0.5), np.where(flips, 0.3, 0.7)])
    return ranked(["first", "second"], [sure(row) for row in values], u, FIELDS, False)


def test_a_planted_rule_is_found():
    """``second`` is better where noise > .6 and haste < 40 h."""
    u = np.random.default_rng(2).random((400, 3))
    flips = (u[:, 0] > 0.6) & (u[:, 1] < 0.4)
    order = planted(flips, u)
    assert [place.name for place in order.places] == ["first", "second"]
    assert order.leaders == ["first"]
    assert (order.flips == flips).all()
    rule = order.rules[-1]
    assert rule.words == "noise > 0.6 and haste < 40 hours"
    assert (rule.precision[0], rule.coverage, rule.instead) == (1.0, 1.0, ["second"])
    assert rule.precision[1] > rule.outside[2]
    assert order.places[0].regrets.max() == pytest.approx(0.2)
    assert order.places[0].best == pytest.approx(1 - flips.mean())
    (said,) = where(order._replace(rules=[rule]))
    assert "Where noise > 0.6 and haste < 40 hours, it is so at 100 [" in said
    assert "Most often best is then second." in said


@pytest.mark.parametrize("seed", range(25))
def test_flips_that_no_assumption_drives_give_no_rule(seed):
    """At 17 % of the points, whatever the assumptions: a rule would have no lift."""
    draw = np.random.default_rng(seed)
    u = draw.random((300, 3))
    order = planted(draw.random(300) < 0.17, u)
    assert order.reverses
    assert order.rules == []
    assert where(order) == [f"{NO_RULE}, judged on 150 points held back."]


def test_a_rule_with_a_precision_below_the_base_rate_is_never_kept():
    inside = np.arange(100) < 20
    share = np.tile([1.0, 0.0], (100, 1))
    worse = judged("worse", inside, np.arange(100) % 5 == 4, share, ["one", "two"], 1)
    assert worse.precision[0] == worse.outside[0] == 0.2
    assert not worse.precision[1] > worse.outside[2]
    better = judged("better", inside, np.arange(100) < 18, share, ["one", "two"], 1)
    assert better.precision[1] > better.outside[2]
    assert judged("nowhere", np.zeros(100, bool), inside, share, ["one", "two"], 1).precision == (0.0, 0.0, 1.0)


def test_a_favourite_by_a_hair_is_a_tie():
    """41.4 % against 41.3 % over 1,000 points, as far as they go; and a favourite that is one."""
    names, u = ["one", "two", "three"], np.random.default_rng(1).random((1000, 3))
    for counts, leaders in (((414, 413, 173), ["one", "two"]), ((514, 313, 173), ["one"])):
        best = np.repeat(np.arange(3), counts)
        order = ranked(names, [sure(np.where(np.arange(3) == b, 0.3, 0.5)) for b in best], u, FIELDS, False)
        assert order.leaders == leaders
        assert order.places[0].ranks == (1, len(leaders))
        assert ("A tie: which of one (41.4 %) and two (41.3 %)" in favourite(order)) == (len(leaders) == 2)
        assert ("told from all others" in favourite(order)) == (len(leaders) == 1)


def test_at_a_point_chance_puts_some_other_above_the_favourite_no_more_often_than_is_said():
    """Nine alternatives of one mean: the largest of eight differences is taken, and still few points flip."""
    draw, n, k = np.random.default_rng(4), 600, 9
    found = [moments((draw.random((k, 400)) < 0.1).astype(float)) for _ in range(n)]
    order = ranked([f"m{i}" for i in range(k)], found, draw.random((n, 3)), FIELDS, True)
    assert order.flips.mean() <= BY_CHANCE
    assert not order.reverses
    assert order.rules == []
    assert "shows no reversal" in behind(order)
    assert len(order.leaders) > 1


def test_ties_are_shared_and_never_resolved():
    found = [moments(np.tile([0.0, 1.0], (2, 50)))] * 40
    order = ranked(["one", "two"], found, np.random.default_rng(1).random((40, 1)), FIELDS[:1], True)
    assert [(place.best, place.resolved, place.ranks) for place in order.places] == [(0.5, 0.0, (1, 2))] * 2
    assert not order.rules


def test_the_largest_share_is_named_only_where_no_interval_overlaps_its_own():
    assert largest([(0.5, 0.4, 0.6), (0.3, 0.2, 0.39)]) == [True, False]
    assert largest([(0.5, 0.4, 0.6), (0.3, 0.2, 0.41)]) == [True, True]
    assert "The largest share is that of a" in drivers("ab", [(0.5, 0.4, 0.6), (0.3, 0.2, 0.39)])
    assert "do not tell: the intervals of a and b overlap" in drivers("ab", [(0.5, 0.4, 0.6), (0.3, 0.2, 0.41)])


def test_the_ranking_uses_the_same_chances_for_all(crisis):
    """Two copies of one mechanism are tied at every point."""
    varied = assumptions({"fields": ["nation.trust"]}, crisis)
    order = ranking({"one": crisis, "two": crisis}, varied, PEAK, 1, 200, 20)
    assert order.places[0].best == order.places[1].best == 0.5
    assert (order.values[:, 0] == order.values[:, 1]).all()


def test_the_command_writes_its_folder_and_refuses_in_one_line(tmp_path, monkeypatch, capsys):
    from sim.cli.main import main

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
