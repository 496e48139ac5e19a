"""What single acts promise: trust is Bayes' rule, words that cost nothing move nothing, no provocation is no act."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sim.model.events.beliefs import aged, believed, judged, provoked
from sim.model.events.casualties import at_rung, effect, harm
from sim.model.events.communication import listened, spoken
from sim.model.events.mechanism import inquiry
from sim.model.events.strike import executed, perceived
from sim.model.events.talks import openness
from sim.model.ladder import CLASH, EXCHANGE, MILITANT_ATTACK, RUNGS, WAR
from sim.model.numerics.elementary import natural_log
from sim.model.numerics.philox import chance_of, toll
from sim.model.parameter import plain
from sim.model.perspective import RelativeAct, perspective, turned_back
from sim.model.rules.signalling import CONCILIATORY, HOSTILE, NOTHING, Words
from sim.model.setting.crisis import Crisis
from sim.model.setting.diplomacy import Diplomacy
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation
from sim.model.state import (
    ACTED,
    CALM,
    MET,
    NEVER,
    OPENING,
    PROTESTING,
    A,
    Act,
    B,
    GrievanceAccount,
    Group,
    MechanismState,
    Memory,
    NextEventTimes,
    Plan,
    Side,
    State,
    Talks,
    later,
)  # fmt: skip

PROBABILITY = st.floats(0, 1)
RUNG = st.sampled_from([rung for rung in range(len(RUNGS)) if rung != MILITANT_ATTACK])
WORDS = st.builds(Words, *[st.sampled_from((HOSTILE, NOTHING, CONCILIATORY))] * 2, st.integers(0, 1))
AT_REST = Side(
    Memory(0, 0, 0, 0, 0, 1, 1, 0, 0), GrievanceAccount(0.0, 0.0, 0), Plan(CALM, NEVER, 0, NEVER, 0), 0.5, 1, 0, 1, 1, 1
)
IRAN = plain(Nation())


# trust


def test_trust_falls_as_kydd_and_walter_say():
    assert judged(0.7, True, 0.5, 0.1) == pytest.approx(0.3181818, abs=5e-8)


@given(PROBABILITY, st.booleans(), PROBABILITY, PROBABILITY)
def test_trust_is_a_probability_and_bayes_rule(trust, guilty, hit_rate, false_alarm):
    after = judged(trust, guilty, hit_rate, false_alarm)
    assert 0.0 <= after <= 1.0
    kind, unkind = (false_alarm, hit_rate) if guilty else (1.0 - false_alarm, 1.0 - hit_rate)
    told = trust * kind + (1.0 - trust) * unkind
    if told > 1e-300:
        assert after == pytest.approx(trust * kind / told)


@given(PROBABILITY, st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_trust_is_what_it_was_on_average(trust, hit_rate, false_alarm):
    guilty = trust * false_alarm + (1.0 - trust) * hit_rate
    mean = guilty * judged(trust, True, hit_rate, false_alarm) + (1.0 - guilty) * judged(trust, False, hit_rate, false_alarm)
    assert mean == pytest.approx(trust)


@given(PROBABILITY, st.booleans(), PROBABILITY)
def test_a_reading_that_tells_nothing_moves_nothing(trust, guilty, rate):
    assert judged(trust, guilty, rate, rate).hex() == trust.hex()


@given(PROBABILITY)
def test_free_talk_moves_nothing(trust):
    assert believed(trust, 0.0).hex() == trust.hex()


@given(PROBABILITY, st.floats(-700, 700))
def test_evidence_keeps_trust_a_probability_and_moves_it_its_way(trust, evidence):
    after = believed(trust, evidence)
    assert 0.0 <= after <= 1.0
    assert (after - trust) * evidence >= -1e-15 * abs(evidence)


@given(st.floats(0.01, 0.99), st.floats(-5, 5), st.floats(-5, 5))
def test_evidence_adds_up_in_log_odds(trust, first, second):
    assert believed(believed(trust, first), second) == pytest.approx(believed(trust, first + second))


@given(st.data())
def test_trust_stays_a_probability_through_a_run(admissible, stepped, data):
    militants = admissible(Militants, rate=st.floats(0, 200), offspring=st.floats(0, 0.9))
    crisis = data.draw(admissible(Crisis, militants_a=militants, militants_b=militants))
    for state in stepped(crisis, 1, 0, most=200).states:
        assert 0.0 <= state.a.trust <= 1.0
        assert 0.0 <= state.b.trust <= 1.0


# words


@given(WORDS, PROBABILITY, st.floats(1e-9, 1), st.data())
def test_free_words_leave_trust_alone(admissible, words, trust, u, data):
    rival = plain(data.draw(admissible(Nation)))
    assert listened(AT_REST._replace(trust=trust), rival, words, 0.0, u).trust == trust


def test_costly_conciliation_builds_trust_unless_it_is_garbled(quiet):
    rival = plain(quiet(Nation, message_error=0.2))
    for words in (Words(CONCILIATORY, NOTHING, 0), Words(HOSTILE, CONCILIATORY, 0)):
        assert listened(AT_REST, rival, words, 1.0, 0.9).trust == pytest.approx(1 / (1 + math.exp(-1)))
        assert listened(AT_REST, rival, words, 1.0, 0.1).trust == 0.5
    assert listened(AT_REST, rival, Words(CONCILIATORY, NOTHING, 0), 1.0, 0.1).memory.tone == HOSTILE


def test_hostile_words_bind_the_speaker_and_playing_it_down_frees_it(quiet):
    speaker = plain(quiet(Nation, audience_cost=0.5, downplay_relief=0.25))
    pressed = AT_REST._replace(account=GrievanceAccount(0.0, 2.0, 0))
    assert spoken(pressed, speaker, Words(HOSTILE, NOTHING, 0)).account.pressure == 2.5
    assert spoken(pressed, speaker, Words(CONCILIATORY, NOTHING, 0)).account.pressure == 1.5
    assert spoken(pressed, speaker, Words(NOTHING, HOSTILE, 0)) == pressed


# the account, the dead and the noise


@given(st.floats(-50, 50), st.floats(0, 50), st.integers(0, 10**6), st.integers(0, 10**6))
def test_an_account_ages_alike_in_one_step_or_two(quiet, ledger, pressure, first, second):
    nation = plain(quiet(Nation, harm_half_life=30.0, pressure_half_life=7.0))
    account = GrievanceAccount(ledger, pressure, 0)
    twice, once = aged(aged(account, nation, first), nation, first + second), aged(account, nation, first + second)
    assert twice == pytest.approx(once, rel=1e-9, abs=1e-300)


@given(*[st.floats(0, 1e6)] * 3, st.floats(0.2, 100), st.floats(2**-33, 1 - 2**-33))
def test_the_dead_are_a_whole_number_between_the_least_and_the_most(least, most, scale, tail, u):
    dead = toll(u, least, scale, tail, most)
    assert isinstance(dead, int)
    assert math.floor(min(least, most)) <= dead <= most
    assert dead <= toll(u / 2, least, scale, tail, most)


def test_the_dead_do_not_pile_up_at_the_most():
    """The law is that of what stays below the most: half of all lie below its median, and few at the very end."""
    scale, tail, most = 30.0, 1.0, 90.0  # a Lomax of tail 1 is u = 1 / (1 + x / scale); given x < 90 its u lies in (1/4, 1)
    dead = [toll((i + 0.5) / 1000, 0.0, scale, tail, most) for i in range(1000)]
    assert sum(one < 18 for one in dead) == pytest.approx(500, abs=1)  # u = 5/8
    assert sum(one >= 89 for one in dead) < 10


def test_half_of_the_strikes_kill_more_than_the_median():
    scale, tail = 60.0, 1.5
    assert toll(0.5, 0.0, scale, tail, 1e6) == math.floor(scale * (2 ** (1 / tail) - 1))


def test_deaths_grow_by_the_rung(quiet):
    nation = plain(quiet(Nation, strike_deaths=6.0, deaths_growth=2.0, harm_step=0.5, harm_by_death=0.1))
    assert [at_rung(nation.strike_deaths, nation.deaths_growth, rung) for rung in range(5, 10)] == [3.0, 6.0, 12.0, 24.0, 48.0]
    assert [harm(nation, rung, 0) for rung in range(3, 10)] == [0.0, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5]
    assert harm(nation, 6, 5) == pytest.approx(1.5)


@given(RUNG, PROBABILITY, st.floats(2**-33, 1 - 2**-33))
def test_no_one_goes_to_war_by_accident_nor_sees_one_that_is_not(rung, error, u):
    assert (executed(rung, error, u) == WAR) <= (rung == WAR)
    for discounted in (False, True):
        assert (perceived(rung, error, discounted, u) == WAR) == (rung == WAR)
    assert executed(rung, 0.0, u) == perceived(rung, 0.0, False, u) == rung
    assert MILITANT_ATTACK not in (executed(rung, error, u), perceived(rung, error, False, u), perceived(rung, error, True, u))


def test_noise_is_as_likely_up_as_down():
    assert [executed(6, 0.2, u) for u in (0.05, 0.15, 0.25)] == [7, 5, 6]
    assert [perceived(6, 0.2, False, u) for u in (0.05, 0.15, 0.25)] == [7, 5, 6]
    assert [perceived(6, 0.2, True, u) for u in (0.05, 0.15, 0.25)] == [6, 3, 5]
    assert perceived(EXCHANGE, 0.2, False, 0.05) == EXCHANGE


# provocation


def test_what_lies_below_the_threshold_is_not_taken_in(quiet):
    nation = plain(quiet(Nation, threshold=CLASH))
    assert provoked(AT_REST, NEVER, B, nation, chance_of(0, 0), 10, MILITANT_ATTACK, MILITANT_ATTACK, 3, 0) == (
        AT_REST, NEVER
    )  # fmt: skip


def test_a_council_that_sits_takes_in_the_next_blow_without_starting_over(quiet):
    nation, chance = plain(quiet(Nation, strike_lag=10.0, protest_lag=20.0)), chance_of(0, 0)
    first, due = provoked(AT_REST, NEVER, B, nation, chance, 100, 6, 6, 2, 0)
    assert (first.plan, due) == (Plan(PROTESTING, 700, 0, 100, 0), 700)
    second, still_due = provoked(first, due, B, nation, chance, 200, 5, 6, 3, 0)
    assert (second.plan, still_due) == (first.plan, due)
    assert second.memory == Memory(6, 6, 5, 2, 2, 1, 0, 0, 0)


@given(st.data(), st.integers(0, 2**63 - 1))
def test_zero_provocation_is_peace_for_ever(admissible, stepped, data, seed):
    calm = admissible(Militants, rate=st.just(0.0))
    reactive = admissible(Nation, review=st.just(0.0), recalled=st.just(0))
    crises = admissible(Crisis, opening=st.just("none"), militants_a=calm, militants_b=calm, a=reactive, b=reactive)
    crisis = data.draw(crises)
    assert {event.kind for event in stepped(crisis, seed, 0, most=50).acts} <= {MET}


@pytest.mark.parametrize(("opening", "who"), [("strike_by_a", A), ("strike_by_b", B), ("attack_on_a", 2), ("attack_on_b", 3)])
def test_the_first_shot_falls_as_given(opening, who, stepped):
    first = stepped(Crisis(opening=opening, opening_rung=7, opening_dead=5, opening_kin=3), 9, 9, most=1).acts[0]
    assert (first.at, first.who) == (0, who)
    if who <= B:
        assert (first.kind, first.rung, first.seen, first.dead_kin) == (ACTED, 7, 7, 3)
    assert (first.dead_a, first.dead_b) == ((0, 5) if opening in ("strike_by_a", "attack_on_b") else (5, 0))


# the channel and the mechanism


@given(st.data(), *[st.floats(-100, 100)] * 2, PROBABILITY, PROBABILITY)
def test_a_try_succeeds_with_a_probability_that_level_accounts_raise(admissible, data, x, y, trust_a, trust_b):
    diplomacy = plain(data.draw(admissible(Diplomacy)))
    trust = 0.5 * (trust_a + trust_b)
    assert 0.0 <= openness(x, y, trust, diplomacy) <= openness(0.0, 0.0, trust, diplomacy) <= 1.0
    assert openness(0.5 * x, 0.5 * y, trust, diplomacy) >= openness(x, y, trust, diplomacy)


def test_a_mechanism_fades_and_works_only_while_in_force(quiet):
    mechanism = plain(quiet(Mechanism, compliance=0.8, half_life=10.0))
    mechanism_state = MechanismState(1440, 0.5, NEVER, NEVER, 0, 0)
    assert effect(mechanism_state, mechanism, 1439) == effect(mechanism_state._replace(since=NEVER), mechanism, 10**7) == 0.0
    assert effect(mechanism_state, mechanism, 1440) == 0.4
    assert effect(mechanism_state, mechanism, 1440 * 11) == pytest.approx(0.2)


def test_a_wait_ends_at_a_whole_minute_or_never():
    assert [later(10, wait) for wait in (0.0, 0.1, 1.0, 1.5)] == [10, 11, 11, 12]
    assert later(10, math.inf) == later(10, 5e11) == later(10, math.nan) == NEVER


@example(trust=0.0, evidence=800.0)
@given(PROBABILITY, st.floats(0.0, 800.0))
def test_an_inquiry_restores_trust_however_strong_the_evidence(trust, evidence):
    cleared, _, _ = inquiry(AT_REST._replace(trust=trust), NEVER, evidence, IRAN, 0)
    assert trust - 1e-15 <= cleared.trust <= 1.0


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_an_inquiry_takes_back_what_the_reading_took(trust, hit_rate, false_alarm):
    misled = AT_REST._replace(trust=judged(trust, True, hit_rate, false_alarm))
    evidence = natural_log(hit_rate) - natural_log(false_alarm)
    assert inquiry(misled, NEVER, evidence, IRAN, 0)[0].trust == pytest.approx(trust)


# the view


@given(st.integers(0, 1), st.integers(2, 9))
def test_a_view_turned_back_is_the_state_it_came_from(side, now):
    groups = [Group(float(i), 1.0, 0.0, 1.0, 1.0, 0, 1, i) for i in range(2)]
    latest = Act(1, A, OPENING)
    state = State(
        1,
        NextEventTimes(*range(2, 8)),
        AT_REST,
        AT_REST._replace(trust=0.9),
        *groups,
        Talks(3, 1, 2),
        MechanismState(0, 1.0, 9, 9, 1, 2),
        latest,
    )
    v = perspective(state, side, now)
    assert (v.me, v.other) == ((state.a, state.b) if side == A else (state.b, state.a))
    back = turned_back(v, side, 5, RelativeAct(7, 6, 5, 1, 2, 3, 1, -1, hit=1, held_me=1, cost_me=0.5, cost_other=0.25))
    assert back == state._replace(now=now, latest=back.latest)
    dead, held, cost = ((1, 2), (1, 0), (0.5, 0.25)) if side == A else ((2, 1), (0, 1), (0.25, 0.5))
    assert back.latest == Act(now, 5, 7, 6, 5, *dead, 3, 1, -1, 1, 0, 0, *held, 0, *cost)
