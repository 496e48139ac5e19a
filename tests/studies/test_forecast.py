"""``escalation forecast``: from the record to the forecast, its intervals, its journal, and what it refuses."""

import json
import math

import numpy as np
import pytest

import sim
from sim.cli.main import main
from sim.history import base_rates, journal
from sim.history.forecasting import Pool, pooled, score_interval
from sim.history.library import given_records, others
from sim.history.outcomes import outcomes
from sim.history.reading import record

ASKED = {"runs": 400, "filters": 2, "draws": 4, "own_records": 4}
OWN = {
    "title": "Two neighbours", "a": "A", "b": "B", "offset": "+00:00", "end": "2026-04-10",
    "opening": {"time": "2026-03-01", "precision": "day", "actor": "a", "rung": 6, "deaths": 3},
    "entries": [
        {"time": "2026-03-03", "precision": "day", "actor": "b", "kind": "force", "rung": [5, 7]},
        {"time": "2026-03-05", "precision": "day", "actor": "both", "kind": "stand_down"},
        {"time": "2026-04-01", "precision": "day", "actor": "a", "kind": "force", "rung": 5, "known_at": "2026-04-08"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def found():
    return sim.forecast("iran_pakistan_2024", asof="2024-01-18", **ASKED)


@pytest.mark.slow
def test_it_says_every_outcome_under_every_mechanism_with_both_intervals(found):
    frame = found.frame
    assert set(frame.quantity) == {"strike", "higher", "war", "stand_down"}
    assert sorted(set(frame.days)) == [7, 30, 90]
    assert {"as it is", "hotline", "comprehensive"} <= set(frame.alternative)
    assert (frame.low <= frame.value + 1e-12).all()
    assert (frame.value <= frame.high + 1e-12).all()
    assert (frame.drawn_low <= frame.drawn_high).all()  # a mean of so few draws may lie outside their percentiles
    assert (frame.drawn_low < frame.drawn_high).any()
    assert frame.drawn.between(0, 1).all()
    by_days = frame[frame.alternative == "as it is"].pivot(index="days", columns="quantity", values="value")
    assert by_days.is_monotonic_increasing if by_days.ndim == 1 else (by_days.diff().dropna() >= 0).all().all()
    assert (by_days.war <= by_days.higher).all()
    assert (by_days.higher <= by_days.strike).all()
    assert frame[frame.alternative == "as it is"].difference.isna().all()


@pytest.mark.slow
def test_the_same_seed_gives_the_same_forecast_whatever_the_threads(found):
    again = sim.forecast("iran_pakistan_2024", asof="2024-01-18", threads=1, **ASKED)
    assert again.tables()["table"].equals(found.tables()["table"])


@pytest.mark.slow
def test_it_is_told_and_drawn_and_saved(found, tmp_path):
    said = found.summary()
    assert max(map(len, said.split("\n"))) <= 80
    for part in (
        "force by Pakistan, rung 6",
        "another strike, 30 d",
        "MIE",
        "library",
        "hotline",
        "Left out by both intervals",
    ):
        assert part in " ".join(said.split())
    own = found.frame[found.frame.alternative == "as it is"]
    odd = ((own.value < own.drawn_low) | (own.value > own.drawn_high)).sum()
    assert odd > 0
    assert f"Of the 12 forecasts {odd} lie outside their interval for ignorance" in " ".join(said.split())
    folder = found.save(tmp_path / "study")
    data = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert data["record"] == "iran_pakistan_2024"
    assert (folder / "fan.png").stat().st_size > 10_000
    rungs = found.tables()["rungs"].to_pandas()
    assert np.allclose(rungs.filter(like="rung_").sum(axis=1), 1.0)


@pytest.mark.slow
def test_what_was_not_known_then_is_not_in_it():
    """An act of 1 April that became known on the 8th: as of the 5th its absence is what was known."""
    early = sim.forecast(OWN, asof="2026-04-05", **ASKED)
    assert [one.number for one in early.known.entries] == [1, 2]
    late = sim.forecast(OWN, asof="2026-04-09", **ASKED)
    assert [one.number for one in late.known.entries] == [1, 2, 3]


@pytest.mark.slow
def test_a_journal_keeps_each_forecast_and_shows_what_became_of_it(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine" / "record").mkdir(parents=True)
    (tmp_path / "mine" / "record" / "own.yaml").write_text(json.dumps(OWN), encoding="utf-8")
    asked = [
        "forecast",
        "--config-dir",
        "mine",
        "record=own",
        "runs=200",
        "filters=2",
        "draws=0",
        "own_records=0",
        "journal=j.jsonl",
    ]
    assert main([*asked, "asof=2026-03-06", "out=one"]) == 0
    assert "no earlier forecast" in capsys.readouterr().out
    assert main([*asked, "asof=2026-03-06", "out=two"]) == 0
    assert len((tmp_path / "j.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    assert main([*asked, "out=three"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "mean Brier score" in said
    assert len((tmp_path / "j.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    made = journal.before("j.jsonl", record(OWN, "own"), record(OWN, "own"))
    came = {(one.quantity, one.days): one.came for one in made}
    assert came[("strike", 7)] is False
    assert came[("strike", 30)] is True
    assert came[("war", 90)] is None  # the record does not reach so far


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "record must be one of armenia_azerbaijan_2022, "),
        ("record=iran_pakistan_2024 asof=2024-01-01", "asof must lie after the opening (2024-01-16), got '2024-01-01'"),
        ("record=iran_pakistan_2024 asof=2027-01-01", "asof must lie before the record's end"),
        ("record=iran_pakistan_2024 asof=soon", "asof must be a day (2024-01-18) or a time with its offset"),
        ("record=iran_pakistan_2024 journal=x.txt", "journal must be a file that ends in .jsonl, got 'x.txt'"),
        ("record=iran_pakistan_2024 journal=bad.jsonl", "journal must hold forecasts alone, a line each, got 'bad.jsonl'"),
        ("record=iran_pakistan_2024 record.recorded=[protest]", "record.recorded: of protest the model cannot say"),
        ("record=iran_pakistan_2024 days=3", "days must be a whole number in [7, 3650], got 3"),
        ("record=iran_pakistan_2024 record.complete_from=2", "record.complete_from must be a rung in [5, 9]"),
    ],
)
def test_what_cannot_be_forecast_is_said_in_a_line(tmp_path, monkeypatch, capsys, asked, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    assert main(["forecast", *asked.split()]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"escalation: {said}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.jsonl"]


@pytest.mark.slow
def test_a_record_the_model_cannot_produce_is_refused_by_its_entry(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = "record=iran_pakistan_2024 asof=2024-01-18 background=0 b.cap=5 b.reprisal=5 b.exceed=0 b.exceed_by_death=0"
    assert main(["forecast", *asked.split(), "b.execution_error=0", "b.follow_up=0", "b.war_by_blow=0", "runs=200"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("escalation: record.entries[7]: the model cannot produce the record up to here")


def test_outcomes_are_read_from_the_whole_record():
    (pair,) = [one for one in given_records() if one.name == "iran_pakistan_2024"]
    came = outcomes(pair, 3 * 1440)
    assert 30 < came["strike"].at < 40  # the unconfirmed clash of 23 February
    assert came["war"].by(90) is False
    assert came["higher"].by(30) is False
    assert came["strike"].by(7) is False
    assert math.isinf(outcomes(pair, pair.end)["strike"].at)
    assert outcomes(pair, pair.end - 1440)["strike"].by(7) is None
    assert pair.name not in {one.name for one in others(pair)}


def test_base_rates_are_shares_with_their_intervals():
    rate = base_rates.mie("strike", 30)
    assert (rate.value, rate.cases) == (0.363, 1582)
    assert rate.low < rate.value < rate.high
    assert base_rates.mie("stand_down", 30) is None
    assert base_rates.jeffreys(3, 10, 10).value == 3.5 / 11


@pytest.mark.slow
def test_filters_are_weighed_by_the_evidence_and_what_they_scatter_is_the_interval():
    mean, variance = pooled(np.array([0.2, 0.4]), np.array([0.25, 0.75]))
    assert mean == pytest.approx(0.35)
    assert variance == pytest.approx(2 * (0.25**2 * 0.15**2 + 0.75**2 * 0.05**2))
    low, high = score_interval(0.0, 100.0, 8)[1:]
    assert (low, high > 0.01) == (0.0, True)
    assert isinstance(sim.forecast(OWN, asof="2026-03-04", **(ASKED | {"draws": 0})).pool, Pool)
