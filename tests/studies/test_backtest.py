"""``escalation backtest``: the same moments for all, baselines that learn from other pairs alone, and what it refuses."""

import json

import numpy as np
import pytest

from sim.cli.main import main
from sim.history import baselines
from sim.history.baselines import EDGES, Situation, binned, situation
from sim.history.library import given_records
from sim.studies.backtest.cases import OFFSETS, Case, cases
from sim.studies.backtest.options import BacktestOptions
from sim.studies.backtest.scorecard import MODEL, POOL, came_between, scorecard

FEW = ("colombia_ecuador_2008", "india_pakistan_2016", "india_pakistan_2025", "iran_pakistan_2024", "turkey_russia_2015")
ASKED = BacktestOptions(runs=200, filters=2)


@pytest.fixture(scope="module")
def crisis():
    import sim

    return sim.load("scenario=headline_dyad")


@pytest.fixture(scope="module")
def found(crisis):
    return cases(crisis, [one for one in given_records() if one.name in FEW], ASKED)


@pytest.mark.slow
def test_every_record_is_forecast_at_the_same_offsets_until_it_ends(found):
    days = [one.day for one in found if one.record.name == "iran_pakistan_2024"]
    assert days == list(OFFSETS)
    assert {one.pair for one in found} == {"Colombia-Ecuador", "India-Pakistan", "Iran-Pakistan", "Russia-Turkey"}
    for one in found:
        assert (np.diff(one.chances["strike"]) >= -1e-12).all()
        assert ((one.chances["strike"] > 0) & (one.chances["strike"] < 1)).all()


@pytest.mark.slow
def test_a_case_sees_nothing_of_what_comes(crisis):
    (pair,) = [one for one in given_records() if one.name == "iran_pakistan_2024"]
    cut = pair._replace(entries=[one for one in pair.entries if one.latest <= 7 * 1440])
    whole, part = (cases(crisis, [one], ASKED) for one in (pair, cut))
    for one, other in zip(whole[:3], part[:3], strict=True):
        assert one.seen == other.seen
        assert all((one.chances[name] == other.chances[name]).all() for name in one.chances)


@pytest.mark.slow
def test_all_methods_are_scored_on_the_same_forecasts(found):
    card = scorecard(found, ASKED)
    methods = {one.method for one in card.lines}
    assert {MODEL, POOL, "climatology", "clock", "persistence", "recency", "logistic"} <= methods
    assert len({(one.outcome, one.days, one.forecasts) for one in card.lines}) == len(
        {(one.outcome, one.days) for one in card.lines}
    )
    reference = next(one for one in card.lines if (one.method, one.outcome) == ("climatology", "time to strike"))
    assert reference.log_skill.value == 0.0
    for method in methods:
        assert np.allclose(card.bins(method).sum(1), 1.0)


@pytest.mark.slow
def test_baselines_learn_from_other_pairs_alone(found):
    """What a pair's own crises turned out like does not move what is forecast of it."""

    def turned(one):
        outcome = one.came["strike"]._replace(at=0.5)
        return one._replace(came=one.came | {"strike": outcome})

    other = [turned(one) if one.pair == "India-Pakistan" else one for one in found]
    own = [i for i, one in enumerate(found) if one.pair == "India-Pakistan"]
    for name in ("climatology", "clock", "logistic", "recency"):
        a, b = (scorecard(some, ASKED).chances[name]["strike"] for some in (found, other))
        assert (a[own] == b[own]).all()
        assert (a != b).any()


@pytest.mark.slow
def test_an_era_is_forecast_from_the_earlier_ones(found):
    card = scorecard(found, BacktestOptions(runs=200, filters=2, era=2020))
    assert {one.record.start[:4] for one in card.cases} == {"2024", "2025"}


@pytest.mark.slow
def test_a_time_that_was_not_followed_is_censored(found):
    for one in found:
        first, last = came_between(one)
        at, followed = one.came["strike"].at, one.came["strike"].followed
        if np.isfinite(at):
            assert first == last
            assert first == sum(edge < at for edge in EDGES)
        else:
            assert last == len(EDGES)
            assert first == sum(edge <= followed for edge in EDGES)


def test_a_logistic_regression_finds_what_there_is_to_find():
    rng = np.random.default_rng(3)
    seen = [Situation(10.0, float(x), 1, 0, 6, 0) for x in rng.uniform(0, 60, 400)]
    came = (rng.random(400) < np.array([0.8 if one.since < 10 else 0.1 for one in seen])).astype(float)
    soon, late = baselines.logistic(seen, came, [seen[0]._replace(since=2.0), seen[0]._replace(since=50.0)], 7.0)
    assert soon > 0.6
    assert late < 0.2
    assert baselines.persistence(seen, came, [seen[0]._replace(since=2.0)], 10.0)[0] == pytest.approx(0.8, abs=0.15)
    assert binned(np.array([[0.2, 0.1, 0.5]]), np.array([8.0])).tolist() == [pytest.approx([0.21, 0.05, 0.29, 0.45])]


def test_a_situation_is_what_was_known():
    (pair,) = [one for one in given_records() if one.name == "iran_pakistan_2024"]
    early, late = (situation(pair.until(day * 1440)._replace(end=day * 1440)) for day in (1, 3))
    assert (early.acts, early.both) == (1, 0)
    assert (late.acts, late.both, late.peak) == (2, 1, 6)
    assert 1 < late.since < 2


@pytest.mark.slow
def test_the_command_writes_its_scorecard(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = []
    for i, one in enumerate(("2001-01-01", "2002-01-01", "2003-01-01", "2004-01-01", "2005-01-01")):
        year = one[:4]
        entry = {"time": f"{year}-01-04", "precision": "day", "actor": "b", "kind": "force", "rung": [5, 8]}
        opening = {"time": one, "precision": "day", "actor": "a", "rung": 6}
        lines.append(
            {
                "name": f"x{i}",
                "title": "x",
                "a": f"A{i}",
                "b": f"B{i}",
                "end": f"{year}-06-01",
                "opening": opening,
                "entries": [entry] if i % 2 else [],
            }
        )
    (tmp_path / "own.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    assert main(["backtest", "records=own.jsonl", "runs=100", "filters=2", "out=card"]) == 0
    said = capsys.readouterr().out
    assert max(map(len, said.split("\nwritten to")[0].split("\n"))) <= 80
    assert "war in 0: the intervals of that say little" in " ".join(said.split())
    assert "30 forecasts, as of 1, 3, 7, 14, 30, 60 days after the opening of 5 crises" in " ".join(said.split())
    assert (tmp_path / "card" / "skill.png").stat().st_size > 10_000
    assert (tmp_path / "card" / "reliability.png").stat().st_size > 10_000


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("records=nowhere", "records must be library or a file of records that ends in .jsonl, got 'nowhere'"),
        ("most=2", "records must hold crises of at least 4 pairs of states, got 2"),
        ("era=1900", "era must leave at least 4 crises before it and one from it on, got 1900"),
        ("filters=1", "filters must be a whole number in [2, 100], got 1"),
    ],
)
def test_what_cannot_be_tested_is_said_in_a_line(tmp_path, monkeypatch, capsys, asked, said):
    monkeypatch.chdir(tmp_path)
    assert main(["backtest", *asked.split()]) == 2
    assert capsys.readouterr().err.splitlines() == [f"escalation: {said}"]
    assert not list(tmp_path.iterdir())


def test_a_case_is_one_pair():
    assert Case._fields[0] == "record"
