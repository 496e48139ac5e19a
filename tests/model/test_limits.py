"""Settings of this same engine whose answer is known exactly; each is met within five standard errors.

The settings start from a world where nothing stirs and add only what the question needs, so they rest on no default.
"""

import dataclasses
import math

import numpy as np
import pytest

from sim.engine import kernel
from sim.model.setting.crisis import Crisis
from sim.model.setting.diplomacy import Diplomacy
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation

DAY = 1440.0
RUNS = 20_000
NEVER = 1e9  # days: a step of the channel that is not taken


def played(crisis, runs=RUNS, seed=20240116):
    """The columns of many runs by name."""
    return dict(zip(kernel.ROW, kernel.simulate(crisis, seed, runs).T, strict=True))


def assert_mean(sample, expected, bias=0.0):
    """The mean is as expected, within five standard errors and what whole minutes may cost."""
    error = np.std(sample) / math.sqrt(len(sample))
    assert abs(np.mean(sample) - expected) <= 5 * error + bias, (np.mean(sample), expected, error)


def assert_variance(sample, expected):
    """The variance is as expected, within five standard errors."""
    squares = (sample - np.mean(sample)) ** 2
    assert abs(np.mean(squares) - expected) <= 5 * np.std(squares) / math.sqrt(len(sample)), np.mean(squares)


# militants


def attacks_a(quiet, **numbers):
    """One group attacks a for a year; no one answers."""
    return played(quiet(horizon=365.0, militants_a=quiet(Militants, **numbers)))["attacks_a"]


def test_hawkes_mean_count(quiet):
    """Base rate .1 a day, half of the total, offspring .5, decay .1 a day, a year from an empty history: 71.000."""
    counts = attacks_a(quiet, rate=73.0, offspring=0.5, half_life=math.log(2) / 0.1)
    assert_mean(counts, 71.0, bias=0.01)
    assert counts.var() / counts.mean() > 3.0  # clustered: near 1 / (1 - .5)^2 in the long run


def test_without_offspring_attacks_are_poisson(quiet):
    counts = attacks_a(quiet, rate=36.5)
    assert_mean(counts, 36.5, bias=0.01)
    assert_variance(counts, 36.5)


def test_patrols_scale_the_rate_exactly(quiet):
    patrolled = quiet(militants_a=quiet(Militants, rate=36.5), mechanism=quiet(Mechanism, patrols=0.25))
    columns = played(patrolled)
    assert_mean(columns["attacks_a"], 36.5 * 0.75, bias=0.01)
    assert_mean(columns["foiled"], 36.5 * 0.25, bias=0.01)
    assert_variance(columns["attacks_a"], 36.5 * 0.75)


def thinned(quiet, alarm_cut):
    """Attacks at .05 a day, one in five directed by the host; read at .8 and .2; answered at .3; each answer war at 5/365."""
    victim = quiet(
        Nation, retaliation="tit_for_tat", reprisal=8, trust=0.0, resort=0.3, exceed=5 / 365, hit_rate=0.8, false_alarm=0.2
    )
    group = quiet(Militants, rate=0.05 * 365, deaths_least=1.0, complicity=1.0, direction=0.2)
    crisis = quiet(a=victim, militants_a=group, mechanism=quiet(Mechanism, alarm_cut=alarm_cut))
    return played(crisis, runs=5 * RUNS)


@pytest.mark.parametrize(("alarm_cut", "read", "war"), [(0.0, 0.32, 0.02371), (0.5, 0.24, 0.01784)])
def test_crises_thin_out_as_false_alarms_do(quiet, alarm_cut, read, war):
    """Halving the false alarms takes the rate of crises to .75 of what it was, and P(war) from .02371 to .01784."""
    columns = thinned(quiet, alarm_cut)
    to_the_end = columns["war_at"] < 0
    assert_mean(columns["attributed"][to_the_end], 0.05 * 365 * read * (1 - 0.3 * 5 / 365), bias=0.01)
    assert_mean(columns["strikes_a"][to_the_end], 0.05 * 365 * read * 0.3 * (1 - 5 / 365), bias=0.01)
    assert_mean(columns["war_at"] >= 0, war, bias=1e-5)


# deliberation against the off-ramp


@pytest.mark.parametrize("protest", [0.0, 16.0, 1000.0])
@pytest.mark.parametrize(("median", "spread", "answered"), [(48.0, 0.0, math.exp(-1)), (48.0 * math.log(2), 1.0, 0.5)])
def test_an_answer_races_the_first_contact(quiet, protest, median, spread, answered):
    """Two days to decide, contacts at .5 a day, fire held at each: e^-1 if the two days are fixed, 1/2 if exponential."""
    b = quiet(
        Nation, retaliation="tit_for_tat", strike_lag=median, strike_lag_spread=spread, protest_lag=protest, hold_fire=1.0
    )
    crisis = quiet(opening="strike_by_a", b=b, diplomacy=quiet(Diplomacy, contact=2.0))
    columns = played(crisis)
    assert_mean(columns["answer_at"] >= 0, answered, bias=5e-4)
    assert_mean(columns["held_fire"] > 0, 1 - answered, bias=5e-4)


# the channel

MEANS = {"contact": 1.0, "statement": 3.0, "envoys": 4.0, "visit": 2.0, "agreement": 0.5}


@pytest.mark.parametrize(("signalling", "steps"), [("silent", 4), ("hard_line", 5)])
def test_the_channel_takes_a_hypoexponential_time(quiet, signalling, steps):
    """With nothing to make it slower, its steps are exponential one after the other; envoys return if one was recalled."""
    means = [mean for name, mean in MEANS.items() if steps == 5 or name != "envoys"]
    b, agreed = quiet(Nation, signalling=signalling, strike_lag=48.0), quiet(Mechanism, in_force="agreement")
    columns = played(
        quiet(
            opening="strike_by_a",
            b=b,
            diplomacy=quiet(Diplomacy, **MEANS),
            mechanism=agreed,
            horizon=3650.0,
        )
    )
    days = columns["agreement_at"] / DAY
    assert days.min() > 0
    assert_mean(days, sum(means), bias=0.01)
    assert_variance(days, sum(mean * mean for mean in means))
    assert_mean(columns["statement_at"] / DAY, 4.0, bias=0.01)
    assert_mean(columns["visit_at"] / DAY, sum(means) - MEANS["agreement"], bias=0.01)
    assert np.all((columns["envoys_at"] > 0) == (steps == 5))


def test_uneven_accounts_slow_the_channel_by_their_weight(quiet):
    """One strike unanswered leaves the ledgers at -1 and 1: a try succeeds with 1 / (1 + .5 * 2 + .25 * 1)."""
    slow = quiet(Diplomacy, contact=1.0, statement=NEVER, imbalance=0.5, burden=0.25)
    days = played(quiet(opening="strike_by_a", diplomacy=slow, horizon=3650.0))["contact_at"] / DAY
    assert_mean(days, 2.25, bias=0.01)
    assert_variance(days, 2.25 * 2.25)


def test_distrust_slows_the_channel_by_its_weight(quiet):
    wary = quiet(Nation, trust=0.2)
    slow = quiet(Diplomacy, contact=1.0, statement=NEVER, trust_weight=0.5)
    days = played(quiet(opening="strike_by_a", a=wary, b=wary, diplomacy=slow, horizon=3650.0))["contact_at"] / DAY
    assert_mean(days, 1 / 0.6, bias=0.01)


# answers as a branching process


def test_strikes_are_a_geometric_chain_of_answers(quiet):
    """Each strike is answered with probability 1/2: a run of answers is geometric, two strikes on average."""
    fair = quiet(Nation, retaliation="tit_for_tat", strike_lag=1.0, generosity=0.5)
    crisis = quiet(opening="strike_by_a", a=fair, b=fair, diplomacy=quiet(Diplomacy, contact=NEVER))
    columns = played(crisis)
    strikes = columns["strikes_a"] + columns["strikes_b"]
    assert_mean(strikes, 2.0)
    assert_variance(strikes, 2.0)
    assert np.array_equal(columns["strike_streaks"], strikes)
    assert_mean(columns["strikes_b"] > 0, 0.5)


def lively(**numbers):
    """A nation as configured by default, in a less forgiving mood."""
    return Nation(generosity=0.2, exceed=0.1, strike_lag=20.0, **numbers)


# mechanisms that do nothing


@pytest.mark.parametrize(
    "nothing",
    [
        Mechanism(relay=1.0, relay_cost=0.0),  # shuttle talk: free words
        Mechanism(compliance=0.0, patrols=1.0, foils=1.0, inquiry=1.0, notice=1.0, pledge=9.0, contact_gain=9.0, relief=1.0),
        Mechanism(half_life=0.01, erosion=1.0, meeting_interval=30.0),
        Mechanism(clarification=1e3),  # nothing is misread
    ],
)
def test_a_mechanism_without_effect_changes_nothing_at_all(nothing):
    """On common chances the runs are the same, not merely alike."""
    sure = dataclasses.replace(lively(), perception_error=0.0)
    crisis = Crisis(a=sure, b=sure, opening="attack_on_a", opening_dead=8, militants_b=Militants(rate=12.0))
    with_it = dataclasses.replace(crisis, mechanism=nothing)
    assert kernel.simulate(with_it, 1, 500).tobytes() == kernel.simulate(crisis, 1, 500).tobytes()


# symmetry


@pytest.mark.parametrize(
    ("x", "y"), [(lively(), lively()), (lively(), lively(retaliation="overmatch", perception_error=0.3, sharing="full"))]
)
@pytest.mark.parametrize(("by_a", "by_b"), [("strike_by_a", "strike_by_b"), ("attack_on_a", "attack_on_b")])
def test_names_do_not_matter(x, y, by_a, by_b):
    """Who is called a and who b makes no difference: exchange them, and every column has the same distribution."""
    crisis = Crisis(a=x, b=y, opening=by_a, opening_dead=8, horizon=60.0, militants_a=Militants(rate=12.0))
    exchanged = dataclasses.replace(
        crisis, a=y, b=x, opening=by_b, militants_a=crisis.militants_b, militants_b=crisis.militants_a
    )
    one, two = played(crisis), played(exchanged, seed=2)
    for name, sample in one.items():
        other = two[{"_a": name[:-1] + "b", "_b": name[:-1] + "a"}.get(name[-2:], name)]
        capped, other = np.clip(sample, -1e4, 1e6), np.clip(other, -1e4, 1e6)
        error = math.sqrt((capped.var() + other.var()) / RUNS)
        assert abs(capped.mean() - other.mean()) <= 5 * error, name
