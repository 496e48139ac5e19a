"""What is drawn in place of numbers that are not known: what someone has set stays, and accepted vectors where they belong."""

import dataclasses

import numpy as np
import pytest

import sim
from sim.cli import main
from sim.design.accepted_set import AcceptedSet, accepted_set, written
from sim.design.crisis_from_mapping import defaults
from sim.design.draws import draws
from sim.design.errors import InputError
from sim.model.setting.crisis import Crisis
from sim.runs.ignorance import BEYOND, affordable, estimates, ignorance, over_draws, shared
from sim.runs.outcome import outcome
from sim.studies.compare.compute import compare
from sim.studies.compare.options import CompareOptions
from sim.studies.compare.spec import comparison_spec

CRISIS = Crisis(opening="strike_by_a", opening_dead=2)
RANGES = {"nation.generosity": [0.5, 1.0], "diplomacy.contact": [0.5, 2.0]}
BLOCK = {"fields": [*RANGES], "ranges": RANGES}


def named(found):
    return [(one.name, one.places) for one in found.varied]


def test_what_someone_has_set_stays():
    both = (("a", "generosity"), ("b", "generosity"))
    free = draws("ranges", BLOCK, {"base": CRISIS}, {}, 50, 1)
    assert named(free)[0] == ("nation.generosity", both)
    one = draws("ranges", BLOCK, {"base": CRISIS}, {"base": {"a.generosity"}}, 50, 1)
    assert named(one)[0] == ("nation.generosity", both[1:])
    two = draws("ranges", BLOCK, {"base": CRISIS}, {"base": {"a", "b.generosity"}}, 50, 1)
    assert [name for name, _ in named(two)] == ["diplomacy.contact"]
    assert draws("ranges", BLOCK, {"base": CRISIS}, {"base": {"a", "b", "diplomacy.contact"}}, 50, 1) is None
    assert draws("none", BLOCK, {"base": CRISIS}, {}, 50, 1) is None


def test_what_alternatives_differ_in_stays_and_each_mechanism_has_its_own():
    hotline = dataclasses.replace(CRISIS, mechanism=sim.load("mechanism=hotline").mechanism)
    soft = dataclasses.replace(CRISIS, a=dataclasses.replace(CRISIS.a, generosity=1.0))
    found = draws(
        "ranges", BLOCK, {"base": CRISIS, "line": hotline, "soft": soft}, {"line": {"mechanism.clarification"}}, 50, 1
    )
    names = [name for name, _ in named(found)]
    assert "nation.generosity" not in names
    assert "line.contact_gain" in names
    assert "line.clarification" not in names


def test_what_contradicts_a_choice_is_not_drawn():
    block = {"fields": ["nation.cap", "nation.generosity"], "ranges": {"nation.cap": [7, 9], "nation.generosity": [0, 1]}}
    high = dataclasses.replace(CRISIS, a=dataclasses.replace(CRISIS.a, reprisal=8))
    assert [name for name, _ in named(draws("ranges", block, {"base": high}, {}, 50, 1))] == ["nation.generosity"]


def small_set(monkeypatch):
    values = np.column_stack([np.linspace(0.5, 0.7, 60), np.linspace(0.75, 3.0, 60)])
    made = AcceptedSet(("nation.generosity", "diplomacy.contact"), np.array([[0.5, 0.75], [1.0, 3.0]]), values, {"rules": "x"})
    monkeypatch.setattr("sim.design.draws.accepted_set", lambda: made)
    return made


def test_accepted_vectors_take_the_place_of_the_whole_range(monkeypatch):
    small_set(monkeypatch)
    found = draws("accepted", BLOCK, {"base": CRISIS}, {}, 60, 1)
    numbers = found.numbers
    assert numbers["nation.generosity"] == pytest.approx(np.linspace(0.5, 0.7, 60), abs=1e-4)
    assert numbers["diplomacy.contact"] == pytest.approx(np.linspace(0.5, 2.0, 60), abs=1e-3)  # as a multiple
    assert found.conditioned == 2
    other = draws("accepted", BLOCK | {"ranges": RANGES | {"nation.generosity": [0.9, 1.0]}}, {"base": CRISIS}, {}, 60, 1)
    assert other.conditioned == 1  # another range than the one they were accepted from: all of it
    assert other.numbers["nation.generosity"].max() > 0.99
    with pytest.raises(InputError, match="draws must be at most 60 with uncertainty=accepted, got 61"):
        draws("accepted", BLOCK, {"base": CRISIS}, {}, 61, 1)


def test_a_whole_number_comes_back_as_it_was(monkeypatch):
    block = {"fields": ["nation.cap"], "ranges": {"nation.cap": [7, 9]}}
    values = np.array([[7.0], [8.0], [9.0]] * 20)
    made = AcceptedSet(("nation.cap",), np.array([[7.0], [9.0]]), values, {})
    monkeypatch.setattr("sim.design.draws.accepted_set", lambda: made)
    assert draws("accepted", block, {"base": CRISIS}, {}, 60, 1).numbers["nation.cap"].tolist() == values[:, 0].tolist()


def test_a_set_is_read_as_it_was_written(tmp_path):
    made = AcceptedSet(
        ("x", "y"), np.array([[0.0, 1.0], [1.0, 2.0]]), np.random.default_rng(1).random((5, 2)), {"rules": "a: b"}
    )
    path = tmp_path / "set.csv"
    path.write_text(written(made), encoding="utf-8")
    again = accepted_set(path)
    assert (again.names, again.about) == (made.names, made.about)
    assert again.values == pytest.approx(made.values)
    path.write_text("draw,x\nlow,0\n", encoding="utf-8")
    accepted_set.cache_clear()
    with pytest.raises(InputError, match=r"the accepted set in .* cannot be read: it must hold a head"):
        accepted_set(path)


def crises():
    return {"base": CRISIS, "patient": dataclasses.replace(CRISIS, b=dataclasses.replace(CRISIS.b, generosity=1.0))}


def test_alternatives_are_paired_within_a_draw_and_draws_have_runs_of_their_own(monkeypatch):
    from sim.runs import points

    seen, play = [], points.kernel.simulate_record

    def spied(settings, i, seed, runs, first=0):
        seen.append((i, first, runs))
        return play(settings, i, seed, runs, first)

    monkeypatch.setattr(points.kernel, "simulate_record", spied)
    found = draws("ranges", BLOCK | {"fields": ["a.commitment", "diplomacy.contact"], "ranges": {}}, crises(), {}, 40, 1)
    over_draws(crises(), found.varied, found.u, outcome("peak>=7"), 1, 25, threads=1)
    assert sorted(seen) == sorted([(i, BEYOND + 25 * i, 25) for i in range(40)] * 2)


def test_the_same_on_any_number_of_threads():
    found = draws("ranges", BLOCK, {"base": CRISIS}, {}, 40, 1)
    asked = {"base": CRISIS}, found.varied, found.u, outcome("peak>=7"), 1, 30
    one, two = (over_draws(*asked, threads=threads) for threads in (1, 3))
    assert [x.sums.tolist() for x in one] == [x.sums.tolist() for x in two]


def test_identical_alternatives_do_not_differ_however_much_is_not_known():
    found = draws("ranges", BLOCK, {"base": CRISIS, "same": CRISIS}, {}, 40, 1)
    twice = over_draws({"base": CRISIS, "same": CRISIS}, found.varied, found.u, outcome("peak>=7"), 1, 30)
    _, same = ignorance(estimates(twice), ["base", "same"], found.numbers, 1)
    assert (same.difference.low, same.difference.high) == (0.0, 0.0)


def test_draws_share_further_runs_that_are_three_for_every_five():
    assert shared(50_000, 200) == 150
    assert shared(100, 200) == 10
    assert [affordable(200, runs) for runs in (50_000, 2000, 667, 600)] == [200, 120, 40, 0]
    assert shared(10**9, 200) == 1000


def comparison(**asked):
    block = {"outcome": "peak>=7", "alternatives": {"generous": {"a.generosity": 1.0, "b.generosity": 1.0}}}
    spec = comparison_spec(block, lambda groups: defaults(Crisis) | {"opening": "strike_by_a"})
    pool = dict(zip(spec.labels, spec.crises, strict=True))
    wide = {"fields": ["nation.exceed"], "ranges": {"nation.exceed": [0.0, 0.6]}}
    return compare(spec, CompareOptions(runs=10_000, draws=60), drawn=draws("ranges", wide, pool, {}, 60, 1), **asked)


def test_a_comparison_tells_both_intervals_in_words_table_figure_and_summary():
    found = comparison()
    base, generous = found.ignorance
    assert base.level.high - base.level.low > 0.1
    assert generous.lower_ends[0] <= generous.lower <= generous.lower_ends[1]
    assert generous.lower > 0.9
    assert base.level_sources[0].name == "nation.exceed"
    said = " ".join(found.summary().split())
    for words in ("60 draws of 1 number", "chance in them taken out", "lowers it", "nation.exceed"):
        assert words in said
    rows = found.frame.set_index(["alternative", "statistic"])
    assert rows.loc[("base", "over draws"), "low"] == base.level.low
    assert not generous.difference.told
    assert np.isnan(rows.loc[("generous", "difference over draws"), "low"])
    assert found.data()["not known"]["alternatives"][1]["lower"] == [None, None, None]
    assert {"table", "sources", "draws"} == {*found.tables()}
    drawn = " ".join(text.get_text() for text in found.plot("differences").texts)
    assert "Light: 95\xa0% of 60 draws" in drawn


def test_from_python_what_was_set_stays():
    found = sim.compare(
        sim.load("a.generosity=0.9").with_(b__generosity=0.5), {"hotline": {"mechanism": "hotline"}}, runs=700, draws=40,
        uncertainty="ranges",
    )  # fmt: skip
    names = [one.name for one in found.drawn.varied]
    assert "nation.generosity" not in names
    assert {"nation.exceed", "hotline.compliance"} <= {*names}
    made = sim.compare(dataclasses.replace(CRISIS), {"cap": {"a.cap": 7}}, runs=700, draws=40, uncertainty="ranges")
    assert made.drawn is not None


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["uncertainty=posterior"], "uncertainty must be one of accepted, ranges, none, got 'posterior'"),
        (["draws=3"], "draws must be a whole number in [40, 100000], got 3"),
        (["draws=90000"], "draws must be at most"),
        (["estimator=splitting", "draws=50"], "draws has no meaning with estimator=splitting"),
    ],
)
def test_bad_input_is_one_line(arguments, line, capsys, tmp_path):
    assert main.main(["compare", *arguments, f"out={tmp_path}/study"]) == 2
    assert line in capsys.readouterr().err
    assert not (tmp_path / "study").exists()
