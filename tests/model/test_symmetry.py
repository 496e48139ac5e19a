"""Names do not matter, exactly: exchange the two sides and their chances, and every act is the same act of the other side."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.numerics.philox import chance_of, drawn
from sim.model.parameter import plain
from sim.model.setting.crisis import OPENINGS, Crisis
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation
from sim.model.state import CHANNEL, MECHANISM, A, B, due_of, next_actor
from sim.model.transition import act, opening

MOST = 300  # acts told of a run
EXCHANGED = (B, A, 3, 2, CHANNEL, MECHANISM)


class Exchange:
    """The chances of a run with those of the two sides, and of the groups that attack them, exchanged."""

    def __init__(self, chance):
        self.chance = chance

    def uniforms(self, actor, count, part):
        """The block of the other side; of the channel its own, with the chances to hold fire exchanged."""
        u = drawn(self.chance, EXCHANGED[actor], count, part)
        return (u[0], u[1], u[3], u[2]) if actor == CHANNEL else u


def told(crisis, chance):
    """The acts of a run."""
    setting, acts = plain(crisis), []
    state = opening(setting, chance)
    while due_of(state.due, who := next_actor(state.due)) <= int(setting.horizon) and len(acts) < MOST:
        state = act(state, who, setting, chance)
        acts.append(state.latest)
    return acts


def seen_from_the_other_side(one):
    """An act as it reads once the sides have each other's names."""
    return one._replace(
        who=EXCHANGED[one.who], dead_a=one.dead_b, dead_b=one.dead_a, held_a=one.held_b, held_b=one.held_a,
        cost_a=one.cost_b, cost_b=one.cost_a,
    )  # fmt: skip


def the_other_way_round(crisis):
    """The crisis with the sides exchanged."""
    exchanged = {
        "strike_by_a": "strike_by_b",
        "strike_by_b": "strike_by_a",
        "attack_on_a": "attack_on_b",
        "attack_on_b": "attack_on_a",
    }
    return dataclasses.replace(
        crisis, a=crisis.b, b=crisis.a, militants_a=crisis.militants_b, militants_b=crisis.militants_a,
        opening=exchanged.get(crisis.opening, crisis.opening),
    )  # fmt: skip


def tied(acts):
    """Whether two actors that are each other's mirror acted at one minute: then the lower number goes first, either way."""
    at = {(one.at, one.who) for one in acts}
    return any((minute, EXCHANGED[who]) in at for minute, who in at if EXCHANGED[who] != who)


@pytest.mark.parametrize("first", OPENINGS)
def test_exchanged_sides_with_exchanged_chances_tell_the_same_story(first, admissible):
    quick, lags = st.floats(0.05, 400), st.floats(0.2, 2)
    lively = dict.fromkeys(("strike_lag", "state_lag", "attack_lag", "protest_lag"), quick)
    spread = {f"{name}_spread": lags for name in lively}
    nation = admissible(Nation, generosity=st.floats(0, 0.4), review=st.just(0.0), **lively, **spread)
    militants = admissible(Militants, rate=st.floats(0, 60), offspring=st.floats(0, 0.8))
    crises = st.builds(
        Crisis, opening=st.just(first), horizon=st.just(200.0), type_correlation=st.just(0.0), a=nation, b=nation,
        militants_a=militants, militants_b=militants,
    )  # fmt: skip

    @given(crises, st.integers(0, 2**63 - 1))
    def mirrored(crisis, seed):
        chance = chance_of(seed, 0)
        acts, other = told(crisis, chance), told(the_other_way_round(crisis), Exchange(chance))
        if not tied(acts):
            assert [seen_from_the_other_side(one) for one in other] == acts

    mirrored()


def test_a_story_worth_telling_is_mirrored():
    """The property above is not about worlds where nothing happens: here is one with strikes, attacks and talks."""
    hard = Nation(generosity=0.1, exceed=0.1)
    crisis = Crisis(
        a=hard, b=Nation(generosity=0.2), opening="strike_by_a", type_correlation=0.0, militants_a=Militants(rate=20.0)
    )
    stories = [(told(crisis, c := chance_of(5, run)), told(the_other_way_round(crisis), Exchange(c))) for run in range(20)]
    same = [[seen_from_the_other_side(one) for one in other] == acts for acts, other in stories if not tied(acts)]
    assert len(same) > 15
    assert all(same)
    assert sum(len(acts) for acts, _ in stories) > 500
