"""Replicates become numbers: intervals that cover, bounds where nothing was reached, paired contrasts, a study on disk."""

import json
import math

import numpy as np
import pyarrow.parquet as pq
import pytest

from sim.cli import main
from sim.design.options import SweepOptions, idle
from sim.model.setting.nation import Nation
from sim.plotting.rare_words import warnings, written
from sim.runs.rare_events import Replicates, contrasts, estimates, interval, relative_error, replicates_of
from sim.statistics.intervals import clopper_pearson
from sim.statistics.verdict import LOWERS, SAME, UNRESOLVED
from sim.studies.compare.options import CompareOptions

ANSWERED = 10**-1.5


@pytest.fixture(scope="module")
def chains(quiet):
    """Three crises whose chains of answers are known: P(war) is 1e-6, 1e-6 again, and half of it to the fourth."""

    def of(answered):
        nation = quiet(Nation, retaliation="overmatch", generosity=1.0 - answered)
        return quiet(opening="strike_by_a", opening_rung=5, a=nation, b=nation)

    return replicates_of([of(ANSWERED), of(ANSWERED), of(ANSWERED / 2)], 1, 1000, 40)


def test_estimates_hold_the_truth_and_say_what_they_rest_on(chains):
    found = {(e.quantity, e.statistic): e for e in estimates(chains[0])}
    for rung, exact in zip(range(5, 10), ANSWERED ** np.arange(5), strict=True):
        one = found[f"peak>={rung}", "probability"]
        assert one.low <= exact <= one.high
        assert one.n == 40_000
    assert found["war_at", "probability"][2:] == found["peak>=9", "probability"][2:]
    assert 0.02 < found["peak>=9", "relative error"].value < 0.1
    assert found["acts", "total"].value == chains[0].acts.sum()
    assert not any(e.statistic in ("mean", "median") for e in estimates(chains[0]))


def test_what_was_never_or_always_reached_has_the_bounds_of_plain_runs():
    never, always = np.zeros(20), np.ones(20)
    assert interval(never, 50) == pytest.approx(clopper_pearson(0, 1000))
    assert interval(always, 50) == pytest.approx(clopper_pearson(1000, 1000))
    assert relative_error(never, 50) == math.inf


def test_replicates_that_agree_by_chance_do_not_make_an_interval_of_no_width():
    _, low, high = interval(np.full(5, 0.5), 10)
    assert low < 0.4 < 0.6 < high


@pytest.mark.parametrize("spread", [0.2, 0.5])
def test_intervals_of_skew_estimates_cover_95_in_100(spread):
    rng = np.random.default_rng(5)
    draws = 1e-6 * rng.lognormal(-(spread**2) / 2, spread, (4000, 40))  # a product of many shares is nearly lognormal
    covered = np.mean([low <= 1e-6 <= high for _, low, high in (interval(row, 1000) for row in draws)])
    assert abs(covered - 0.95) < 0.015


def test_contrasts_tell_what_differs_and_what_does_not(chains):
    same, lower = contrasts(chains, ["base", "again", "milder"], 9)
    assert same.verdict == SAME
    assert same.difference[0] == 0.0
    assert lower.verdict == LOWERS
    assert lower.ratio[1] <= 1 / 16 <= lower.ratio[2]
    assert lower.simultaneous[1] < lower.ratio[1] < lower.ratio[2] < lower.simultaneous[2]
    assert lower.difference[1] <= 1e-6 / 16 - 1e-6 <= lower.difference[2]
    json.dumps([one.as_data() for one in (same, lower)], allow_nan=False)


def test_an_alternative_that_is_never_reached_is_bounded_and_not_called_lower(chains):
    nothing = Replicates(np.zeros((40, 10)), np.zeros(40), 1000)
    (one,) = contrasts([chains[0], nothing], ["base", "nothing"], 9)
    assert one.verdict == UNRESOLVED
    assert math.isnan(one.ratio[0])
    assert one.difference[1] < -1e-6 < 0.0 < one.difference[2]
    assert "In 1 of 2 cells no particle reached rung 9" in " ".join(warnings([chains[0], nothing], 9))
    assert warnings(chains[:2], 9) == []
    assert written((9.5367e-7, 9e-7, 1e-6)) == "9.54e-07 [9e-07, 1e-06]"


def test_replicates_carried_by_few_of_them_are_called_so():
    found = np.full((40, 10), 1e-7)
    found[7] = 1e-5
    (said,) = warnings([Replicates(found, np.zeros(40), 1000)], 9)
    assert said.startswith("In 1 of 1 cells replicates of P(peak >= 9) differ by more than 50% of their mean")


def test_what_the_estimator_would_not_heed_is_refused():
    assert idle(SweepOptions(), ["a.generosity=1", "runs=10"]) == []
    assert len(idle(SweepOptions(), ["particles=10", "+replicates=10"])) == 2
    assert len(idle(CompareOptions(estimator="splitting"), ["runs=10", "precision=0.1", "seed=2"])) == 2


@pytest.mark.usefixtures("undrawn")
def test_sweep_and_compare_by_splitting_write_the_same_bytes_whatever_the_threads(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    quick = ["estimator=splitting", "particles=20", "replicates=5", "horizon=60"]
    grid = "sweep.axes=[{vary: mechanism, over: [none, hotline]}, {vary: a.generosity, over: [0.5, 1.0]}]"
    for threads in (1, 2):
        assert main.main(["sweep", *quick, "rung=8", grid, f"threads={threads}", f"out=sweep{threads}"]) == 0
    assert "4 cells x 5 replicates of 20 particles" in capsys.readouterr().out
    assert main.main(["compare", *quick, "compare.outcome=war_at", "out=compare"]) == 0
    said = capsys.readouterr().out
    assert "means and other times are left out" in " ".join(said.split())
    heads = {"alternative", "P(peak >= 9), 95 %", "ratio, together", "verdict", "rel. error", "difference, 95 %"}
    told = [line for line in said.split("\n") if line.startswith("alternative ")]
    assert {head.strip() for line in told for head in line.split("  ") if head.strip()} == heads
    written = (tmp_path / "compare" / "compare.txt").read_text(encoding="utf-8")
    assert max(map(len, written.split("\n"))) <= 80
    assert said.startswith((tmp_path / "compare" / "compare.txt").read_text(encoding="utf-8"))
    one, two = (tmp_path / f"sweep{threads}" for threads in (1, 2))
    for name in ("table.parquet", "study.json", "summary.json"):
        assert (one / name).read_bytes() == (two / name).read_bytes()
    rows = pq.read_table(one / "table.parquet").to_pylist()
    assert len(rows) == 4 * (2 * 10 + 1)
    assert {row["mechanism"] for row in rows} == {"none", "hotline"}
    summary = json.loads((tmp_path / "compare" / "summary.json").read_text(encoding="utf-8"))
    assert summary["estimator"] == "splitting"
    assert len(summary["contrasts"]) == len(summary["cells"]) - 1 == 6
    assert main.main(["replay", f"study={one}", "cell=3", "run=19"]) == 0
