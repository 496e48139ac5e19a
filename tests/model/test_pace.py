"""The militants' clocks: a due time does not depend on how often it was asked, only on the rates that ruled meanwhile.

Whether the counts are those of a Hawkes process is in ``test_limits``.
"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.events.hawkes import bombed, next_attack, run_down, spoiled
from sim.model.parameter import plain
from sim.model.setting.militants import Militants
from sim.model.state import AGREEMENT, CONTACT, NEVER, VISIT, Group

CLOCK = st.floats(1e-9, 20)
EXCITED = st.just(0.0) | st.floats(1e-9, 1e-2)
GROUPS = st.builds(
    lambda base, offspring, excitation, slowed, pace: Group(base, offspring, excitation, slowed, pace, 0, 1, 0),
    *(CLOCK, CLOCK, EXCITED, st.floats(0.1, 1), st.floats(1, 3)),
)
MINUTES = st.integers(0, 10**6)


@pytest.fixture(scope="module")
def militants(quiet):
    return plain(quiet(Militants, rate=50.0, offspring=0.5, half_life=7.0, spoiling=1.0, degradation=0.5, radicalisation=0.1))


@given(GROUPS, MINUTES, MINUTES)
def test_clocks_run_down_alike_in_one_step_or_two(militants, group, first, second):
    once = run_down(group, militants, first + second)
    twice = run_down(run_down(group, militants, first), militants, first + second)
    assert twice == pytest.approx(once, rel=1e-6, abs=1e-9)


@given(GROUPS, st.floats(0, 1))
def test_asking_on_the_way_does_not_move_the_next_attack(militants, group, share):
    due = next_attack(group, militants)
    on_the_way = run_down(group, militants, int(share * due))
    assert next_attack(on_the_way, militants) == pytest.approx(due, abs=1)


@given(GROUPS)
def test_the_next_attack_lies_ahead(militants, group):
    assert 0 <= next_attack(group, militants) < NEVER


def test_without_rate_or_excitation_there_is_no_attack(quiet):
    still = plain(quiet(Militants))
    assert next_attack(Group(1.0, 1.0, 0.0, 1.0, 1.0, 0, 1, 0), still) == NEVER
    assert next_attack(Group(1.0, 1.0, 1e-9, 1.0, 1.0, 0, 1, 0), still) == NEVER  # what is left is not enough for one more


def test_a_base_rate_alone_waits_for_its_clock(militants):
    group = Group(2.0, 1.0, 0.0, 1.0, 1.0, 0, 1, 0)
    assert next_attack(group, militants) == math.ceil(2.0 * 525600 / 25)  # half of 50 a year are set off by others
    assert next_attack(group._replace(pace=2.0), militants) == math.ceil(1.0 * 525600 / 25)
    assert next_attack(group._replace(slowed=0.5), militants) == math.ceil(4.0 * 525600 / 25)


@given(GROUPS, MINUTES)
def test_progress_of_the_channel_hastens_the_spoilers_until_it_is_over(militants, group, now):
    calm = run_down(group._replace(pace=1.0), militants, now)
    due = next_attack(calm, militants)
    for step in range(CONTACT, AGREEMENT + 1):
        hastened, sooner = spoiled(calm, due, militants, step, now)
        assert hastened.pace == (2.0 if step <= VISIT else 1.0)
        assert sooner <= due
        assert spoiled(hastened, sooner, militants, 0, now) == (calm, due)


@given(GROUPS, MINUTES)
def test_a_hit_slows_and_bystanders_stir(militants, group, now):
    calm = run_down(group._replace(pace=1.0), militants, now)
    due = next_attack(calm, militants)
    assert bombed(calm, militants, now, False, 0) == (calm, due)
    assert bombed(calm, militants, now, True, 0)[1] >= due
    assert bombed(calm, militants, now, False, 10)[1] <= due
    assert bombed(calm, militants, now, True, 0)[0].slowed == calm.slowed / 2
