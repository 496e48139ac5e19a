"""What each alternative works on: shares with intervals that cover, an early day from the same runs, and known mechanisms."""

import dataclasses

import numpy as np
import pytest

import sim
from sim.design.uncertainty import assumptions
from sim.engine import kernel
from sim.model.setting.mechanism import Mechanism
from sim.runs.outcome import outcome
from sim.runs.ranking import ranking, rankings
from sim.runs.ways import ATTACKS, EARLY, EXCHANGE, READING, SETTLEMENT
from sim.statistics.paired_differences import bonferroni_z, moments
from sim.statistics.ratio_of_means import ratio_difference, ratio_of_means
from sim.statistics.verdict import LOWERS, SAME
from sim.studies.compare.paired_runs import paired_comparison
from sim.studies.compare.works_on import early_differences, works_on
from sim.studies.compare.works_text import best_table, horizon_table, work_lines, works_text

Z = bonferroni_z(1)
NAMES = ("hotline", "joint_patrols", "liaison_officers", "shuttle_talk")


@pytest.fixture(scope="module")
def comparison():
    crises = [sim.load("mechanism=none"), *(sim.load(f"mechanism={name}") for name in NAMES)]
    return paired_comparison(crises, ["base", *NAMES], outcome("peak>=7"), 1, 3000)


def test_the_difference_of_two_paired_shares_covers_in_repetition():
    """Of two kinds of events on common chances: 3 of 10 and 2 of 10 in the mean, numbers of events random and alike."""
    draw, hits = np.random.default_rng(3), 0
    for _ in range(400):
        events = draw.poisson(2.0, (2, 200)) + draw.poisson(3.0, 200)
        marked = [draw.binomial(events[0], 0.3), draw.binomial(events[1], 0.2)]
        found = moments(np.concatenate([marked, events]).astype(float))
        _, low, high = ratio_difference(found, 1, 0, Z)
        hits += low <= -0.1 <= high
    assert hits / 400 == pytest.approx(0.95, abs=0.03)


def test_a_share_of_nothing_is_no_number():
    found = moments(np.zeros((4, 10)))
    assert ratio_of_means(found, 0) != ratio_of_means(found, 0)
    assert all(x != x for x in ratio_difference(found, 1, 0, Z))


@pytest.mark.parametrize("name", ["peak>=5", "peak>=7", "peak>=9", "recall_at"])
def test_what_is_so_by_an_early_day_is_what_a_shorter_run_says(name):
    crisis = sim.load("scenario=headline_dyad", "opening=none", "militants_a.rate=9")
    early, short = outcome(name).by(EARLY), dataclasses.replace(crisis, horizon=EARLY)
    values = early.values(kernel.simulate(crisis, 1, 500))
    assert np.array_equal(values, outcome(name).values(kernel.simulate(short, 1, 500)))
    assert "by day 30" in early.words


def test_a_count_has_no_early_day():
    assert outcome("strikes_a").by(EARLY) is None
    assert outcome("peak>=6").by(EARLY) is None


def test_each_is_told_by_the_way_its_numbers_say(comparison):
    told = {works[0].label: {work.way.on for work in works if work.told} for works in works_on(comparison)}
    assert {EXCHANGE, SETTLEMENT} <= told["hotline"]
    assert ATTACKS in told["joint_patrols"]
    assert SETTLEMENT not in told["joint_patrols"]
    assert READING in told["liaison_officers"]
    assert told["shuttle_talk"] == set()
    assert {work.verdict for work in works_on(comparison)[-1]} == {SAME}


def test_patrols_lower_the_attacks_in_proportion(comparison):
    attacks = next(work for work in works_on(comparison)[1] if work.way.on == ATTACKS)
    assert attacks.verdict == LOWERS
    assert -0.21 * attacks.base < attacks.difference[0] < -0.10 * attacks.base  # .3 at .7 compliance, fading by half in a year


def test_it_is_said_by_two_horizons_and_a_line_each(comparison):
    rows = horizon_table(comparison, 365.0)
    assert rows[0][1:] == ("by day 30 (percentage points)", "by day 365")
    assert [row[0] for row in rows[1:]] == list(NAMES)
    lines = list(work_lines(comparison))
    assert lines[0].startswith("hotline: the ")
    assert lines[-1] == "shuttle_talk: none of these."
    assert "by day 365 the next is prevented" in works_text(comparison, 365.0)


def test_where_the_run_ends_early_there_is_one_horizon():
    crises = [sim.load(f"mechanism={name}", "horizon=20") for name in ("none", "hotline")]
    found = paired_comparison(crises, ["base", "hotline"], outcome("peak>=7"), 1, 200)
    assert early_differences(found) == []
    assert horizon_table(found, 20.0) == []


def test_how_often_each_is_best_is_told_by_two_horizons():
    """Patrols that stop all attacks prevent the next and do not stop an exchange that runs: best by the horizon alone."""
    base = sim.load("scenario=headline_dyad", "militants_a.rate=6", "militants_b.rate=6")
    crises = {
        "base": base,
        "patrols": dataclasses.replace(base, mechanism=Mechanism(patrols=1.0)),
        "talks": dataclasses.replace(base, mechanism=Mechanism(contact_gain=30.0, relief=0.9)),
    }
    asked = outcome("peak>=7")
    varied = assumptions({"fields": ["nation.exceed"]}, base)
    orders = rankings(crises, varied, [asked, asked.by(EARLY)], 1, 400, np.linspace(0.05, 0.95, 8)[:, None])
    rows = {row[0]: row[1:] for row in best_table(orders, 365.0)}
    assert rows["alternative"][0] == "best by day 30"
    by_day_30, by_day_365 = (float(rows["talks"][i].split()[0]) for i in (0, 2))
    assert by_day_30 > by_day_365
    alone = ranking(crises, varied, asked, 1, 400, 8)
    assert alone.names == orders[0].names == list(crises)
    assert orders[1].values.max() < orders[0].values.max()
