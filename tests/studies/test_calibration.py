"""Targets: acts coded as incident data are, shares judged by the target's own interval, and what the model gives."""

import math

import numpy as np
import pytest
from scipy.stats import beta

import sim
from sim.design.options import Options
from sim.engine import kernel
from sim.model.ladder import RUNGS
from sim.model.state import ACTED, ATTACK, PASSED, WORDS
from sim.studies.calibration.mid_levels import (
    DISPLAY,
    LEVEL,
    USE,
    WAR,
    before_war,
    following,
    incidents,
    next_uses,
    streaks,
)  # fmt: skip
from sim.studies.calibration.options import TargetOptions
from sim.studies.calibration.settlement import hazard_ratio
from sim.studies.calibration.table import summary, table
from sim.studies.calibration.target import CONTRAST, FITTED, HELD_OUT, Basis, quantile, share
from sim.studies.calibration.targets import fitted_numbers, targets
from sim.studies.calibration.text import WIDE, text


def log(*rows):
    """Acts as the compiled clock logs them, from (run, minute, who, kind, rung, dead)."""
    columns = {name: np.zeros(len(rows)) for name in kernel.LOG}
    for i, row in enumerate(rows):
        for name, value in zip(("run", "at", "who", "kind", "rung", "dead_b"), row, strict=True):
            columns[name][i] = value
    return columns


def test_rungs_are_coded_on_the_levels_of_the_data():
    assert [int(one) for one in LEVEL] == [0, 0, 0, 3, 0, 4, 4, 4, 4, 5]
    assert len(LEVEL) == len(RUNGS)
    acts = log(
        (0, 0, 0, ACTED, 6, 2),
        (0, 9, 1, WORDS, 2, 0),
        (0, 10, 2, ATTACK, 4, 9),
        (0, 20, 1, ACTED, 3, 0),
        (0, 30, 0, PASSED, 0, 0),
    )
    assert incidents(acts).level.tolist() == [USE, DISPLAY]


def test_acts_in_a_row_are_one_streak_and_streaks_answer_each_other():
    acts = log(
        (0, 0, 0, ACTED, 6, 2), (0, 10, 0, ACTED, 3, 0), (0, 20, 1, ACTED, 3, 0), (0, 30, 0, ACTED, 7, 5), 
        (0, 40, 1, ACTED, 9, 99), (1, 0, 1, ACTED, 6, 1),
    )  # fmt: skip
    found = streaks(before_war(incidents(acts)))
    assert found.level.tolist() == [USE, DISPLAY, USE, USE]
    assert found.soldiers.tolist() == [0, 0, 5, 0]  # who dies in a strike on militants is no soldier
    first, second = following(found)
    assert (first.tolist(), second.tolist()) == ([0, 1], [1, 2])
    assert streaks(incidents(acts)).level.tolist()[3] == WAR
    assert len(streaks(incidents(log())).run) == 0


def test_who_strikes_next_is_asked_of_uses_of_force_within_a_time():
    acts = log((0, 0, 0, ACTED, 6, 0), (0, 5, 1, ACTED, 3, 0), (0, 10, 0, ACTED, 7, 0), (0, 20, 1, ACTED, 5, 0),
               (0, 900, 0, ACTED, 6, 0),
               (1, 901, 1, ACTED, 6, 0))  # fmt: skip
    assert next_uses(incidents(acts), 100.0).tolist() == [False, True]
    assert next_uses(incidents(acts), 1e9).tolist() == [False, True, True]


def test_a_share_has_the_interval_of_its_cases():
    one = share(Basis("x"), "q", FITTED, 6 / 12, 12, 500, 1000)
    assert (one.low, one.high) == pytest.approx((0.2109446, 0.7890554))  # Clopper & Pearson, 6 of 12
    assert one.met
    assert not share(Basis("x"), "q", FITTED, 6 / 12, 12, 150, 1000).met
    wide = share(Basis("x", 4.0), "q", FITTED, 0.5, 400, 1, 2)
    narrow = share(Basis("x"), "q", FITTED, 0.5, 400, 1, 2)
    assert wide.high - wide.low == pytest.approx(2 * (narrow.high - narrow.low), rel=0.05)


def test_a_quantile_of_cases_leaves_the_interval_of_an_order_statistic():
    values = np.r_[np.arange(1.0, 100.0), np.inf]
    one = quantile(Basis("x"), "q", FITTED, 0.5, 40.0, 6, values)
    assert one.value == 0.4
    assert (one.low, one.high) == pytest.approx(tuple(beta.ppf([0.025, 0.975], 3, 4)), abs=1e-9)
    single = quantile(Basis("x"), "q", FITTED, 0.5, 40.0, 1, values)
    assert (single.low, single.high) == pytest.approx((0.025, 0.975))
    assert quantile(Basis("x"), "q", HELD_OUT, 1.0, 99.0, 12, values).low == pytest.approx(0.025 ** (1 / 12))


def test_that_interval_covers_whatever_the_law():
    chance, inside = np.random.default_rng(1), 0
    for _ in range(2000):
        cases = np.sort(chance.lognormal(sigma=2.0, size=14))
        below = 0.5 * (1 + math.erf(math.log(cases[3]) / 2.0 / math.sqrt(2.0)))  # the true share up to it
        low, high = beta.ppf([0.025, 0.975], 4, 11)
        inside += low <= below <= high
    assert inside / 2000 == pytest.approx(0.95, abs=0.015)


def test_hazards_are_events_per_time_at_risk():
    slow, fast = np.array([10.0, np.inf, np.inf, np.inf]), np.array([10.0, 20.0, np.inf, np.inf])
    ratio, error = hazard_ratio(slow, fast, 0.0, 100.0)
    assert ratio == pytest.approx((1 / 310) / (2 / 230))
    assert error == pytest.approx(np.sqrt(1.5))


@pytest.fixture(scope="module")
def found():
    dyad, crisis = sim.load("scenario=headline_dyad"), sim.load()
    return targets(dyad, crisis, sim.load("mechanism=settlement").mechanism, 1, 3000)


def test_every_target_says_what_it_rests_on_and_which_of_them_chose_numbers(found):
    assert {one.role for one in found} == {FITTED, HELD_OUT, CONTRAST}
    assert sum(one.role == HELD_OUT for one in found) >= 6
    for one in found:
        assert one.cases >= 1
        assert one.low <= one.high
        assert one.low <= one.known <= one.high or one.known != one.known
        assert one.value_low <= one.value <= one.value_high or one.value != one.value


def test_what_decides_the_headline_is_among_them(found):
    words = " ".join(one.quantity for one in found)
    for asked in ("reaches rung 7", "above what was received", "by the other side", "war, given a use of force"):
        assert asked in words


def test_the_table_tells_every_target_in_lines_a_terminal_holds(found):
    said = text(found, Options(runs=3000))
    assert all(one.quantity in said for one in found)
    assert max(map(len, said.split("\n"))) <= 80
    assert all(len(one.quantity) + 4 <= WIDE for one in found)
    outside = sum(not one.met for one in found if one.role != CONTRAST)
    assert said.count(" OUT ") == outside
    assert f"{len(fitted_numbers())} numbers" in said


def test_the_table_holds_every_target_as_the_summary_does(found):
    kept, listed = table(found).to_pylist(), summary(found, TargetOptions(runs=3000))["targets"]
    assert [row["quantity"] for row in kept] == [one.quantity for one in found]
    assert kept == listed
    assert [row["met"] for row in kept] == [one.met for one in found]
