"""The event loop tells a run the model's way: who is due first acts, nothing is overwritten, and the run ends in time."""

import copy
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine import event_loop
from sim.model import outcome_columns
from sim.model.ladder import CLASH, WAR
from sim.model.numerics.philox import chance_of
from sim.model.parameter import plain
from sim.model.setting.diplomacy import Diplomacy
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation
from sim.model.state import (
    ACTED,
    ACTORS,
    ATTACK,
    MECHANISM,
    MET,
    NEVER,
    ORDERED,
    PASSED,
    A,
    B,
    NextEventTimes,
    due_of,
    next_actor,
)  # fmt: skip
from sim.model.transition import act

RUNS = range(30)


@pytest.fixture(scope="module")
def lively(quiet):
    """A crisis that may climb to war."""
    hard = quiet(
        Nation, retaliation="tit_for_tat", signalling="hard_line", delay="lognormal", generosity=0.2, exceed=0.3,
        strike_lag=24.0, strike_lag_spread=0.5, state_lag=30.0,
        state_lag_spread=1.0, protest_lag=6.0, preparation=3.0, perception_error=0.1,
        strike_deaths=6.0, harm_step=0.5, deaths_growth=1.5, hold_fire=0.3,
    )  # fmt: skip
    talks = quiet(Diplomacy, contact=2.0, statement=4.0, imbalance=1.0)
    return quiet(opening="strike_by_a", opening_dead=2, horizon=120.0, a=hard, b=hard, diplomacy=talks)


@pytest.fixture(scope="module")
def stories(lively):
    return [event_loop.trace(lively, seed=3, run=run) for run in RUNS]


@given(st.tuples(*[st.integers(0, 3) | st.just(NEVER)] * 6).map(lambda times: NextEventTimes(*times)))
def test_the_lowest_of_those_due_together_goes_first(due):
    assert next_actor(due) == due.index(min(due))
    assert [due_of(due, who) for who in range(len(ACTORS))] == list(due)


def test_a_council_decides_before_the_mechanism_meets_in_the_same_minute(quiet):
    crisis = quiet(
        opening="strike_by_a",
        b=quiet(Nation, strike_lag=48.0, protest_lag=1.0),
        diplomacy=quiet(Diplomacy, contact=1e9),
        mechanism=quiet(Mechanism, meeting_interval=2.0),
        horizon=3.0,
    )
    acts = [(a.at, a.who, a.kind) for a in event_loop.trace(crisis, 0, 0).acts]
    assert acts[-2:] == [(2880, B, PASSED), (2880, MECHANISM, MET)]


def test_both_sides_due_together_act_in_turn(quiet):
    attacked = quiet(Nation, retaliation="tit_for_tat", attack_lag=24.0, resort=1.0, preparation=5.0)
    militants = quiet(Militants, rate=1e6)  # an attack on each side in the first minute
    acts = event_loop.trace(quiet(a=attacked, b=attacked, militants_a=militants, militants_b=militants, horizon=1.0), 0, 0).acts
    assert all(first.at <= second.at for first, second in pairwise(acts))
    one_minute = [a.who for a in acts if a.at == 1]
    assert one_minute == sorted(one_minute)


def test_every_act_is_the_act_of_who_was_due_first(stories):
    for story in stories:
        for before, deed in zip(story.states, story.acts[1:], strict=False):
            assert deed.who == next_actor(before.due)
            assert deed.at == due_of(before.due, deed.who)
        assert [state.latest for state in story.states] == story.acts
        assert [state.now for state in story.states] == [deed.at for deed in story.acts]


def test_a_state_is_never_changed(lively, stories):
    setting = plain(lively)
    for run, story in zip(RUNS, stories, strict=True):
        chance = chance_of(3, run)
        for before, after in pairwise(story.states):
            kept = copy.deepcopy(before)
            assert act(before, next_actor(before.due), setting, chance) == after
            assert before == kept
            hash(before)


def test_the_same_run_is_the_same_story(lively, stories):
    assert event_loop.trace(lively, seed=3, run=4) == stories[4]
    assert event_loop.trace(lively, seed=4, run=4) != stories[4]


def test_no_one_acts_after_the_horizon_nor_after_war(stories):
    wars = 0
    for story in stories:
        assert all(deed.at <= 120 * 1440 for deed in story.acts)
        war = [i for i, deed in enumerate(story.acts) if deed.kind == ACTED and deed.rung == WAR]
        assert (story.row["war_at"] >= 0) == bool(war)
        if war:
            wars += 1
            assert war == [len(story.acts) - 1]
            assert story.row["war_at"] == story.acts[-1].at
            assert story.row["peak"] == WAR
            assert set(story.states[-1].due) == {NEVER}
    assert 0 < wars < len(stories)


def test_a_shorter_horizon_tells_the_beginning_of_the_same_story(quiet):
    numbers = {"opening": "attack_on_b", "militants_a": quiet(Militants, rate=50.0), "militants_b": quiet(Militants, rate=50.0)}
    long, short = (event_loop.trace(quiet(horizon=days, **numbers), 1, 1).acts for days in (365.0, 100.0))
    assert short == long[: len(short)]
    assert short == [deed for deed in long if deed.at <= 100 * 1440]
    assert len(short) < len(long)


def test_an_act_at_the_horizon_itself_counts(quiet):
    for horizon, meetings in ((10.0, 2), (10.0 - 1 / 1440, 1)):
        crisis = quiet(horizon=horizon, mechanism=quiet(Mechanism, meeting_interval=5.0))
        assert len(event_loop.trace(crisis, 0, 0).acts) == meetings


def test_what_does_not_happen_is_censored(quiet):
    story = event_loop.trace(quiet(), 0, 0)
    assert story.acts == []
    assert {name: story.row[name] for name in outcome_columns.TIMES} == dict.fromkeys(
        outcome_columns.TIMES, outcome_columns.UNREACHED
    )
    assert all(story.row[name] == 0.0 for name in outcome_columns.COUNTS)
    assert story.row["payoff_a"] == story.row["payoff_b"] == 0.0


def test_the_row_counts_the_acts(stories):
    for story in stories:
        acts, row = story.acts, story.row
        strikes = [deed for deed in acts if deed.kind == ACTED and deed.rung >= CLASH]
        for side, name in ((A, "a"), (B, "b")):
            assert row[f"strikes_{name}"] == sum(deed.who == side for deed in strikes)
            assert row[f"passes_{name}"] == sum(deed.who == side and deed.kind == PASSED for deed in acts)
            assert row[f"attacks_{name}"] == sum(deed.who == side + 2 and deed.kind == ATTACK for deed in acts)
            assert row[f"killed_by_strikes_{name}"] == sum(getattr(deed, f"dead_{name}") for deed in strikes)
        assert row["first_strike_at"] == strikes[0].at == 0
        assert row["answer_at"] in (outcome_columns.UNREACHED, *(deed.at for deed in strikes if deed.who == B))
        assert row["peak"] >= max(deed.rung for deed in strikes)
        assert sum(deed.kind == ORDERED for deed in acts) + 1 >= len([deed for deed in acts if deed.kind == ACTED])


def test_time_at_a_rung_is_counted_to_the_end(quiet):
    crisis = quiet(opening="strike_by_a", diplomacy=quiet(Diplomacy, contact=1e9), horizon=10.0)
    assert event_loop.trace(crisis, 0, 0).row["rung_time"] == 6 * 10 * 1440
