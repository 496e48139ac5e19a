"""The contract of every rule of every family, whoever wrote it: a documented pure function, the same on both clocks.

A new rule is covered as soon as it is written. What the rules of one family promise beyond that, and what each was
written to do, follows below as stories.
"""

import inspect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.ladder import CLASH, EXCHANGE, MILITARY_SIGNAL, RUNGS, SANCTUARY_STRIKE, STATE_STRIKE, WAR, above, below
from sim.model.parameter import parameters, plain, records
from sim.model.registry import ALL, Registry
from sim.model.rules import intelligence_sharing, retaliation, signalling, waiting_time
from sim.model.rules.signalling import CONCILIATORY, HOSTILE, NOTHING, PASS, PROTEST, STRIKE, Words
from sim.model.setting.nation import Nation
from sim.model.state import Memory

FAMILIES = {
    "retaliation": (retaliation.retaliation, retaliation.choose),
    "signalling": (signalling.signalling, signalling.choose),
    "sharing": (intelligence_sharing.sharing, intelligence_sharing.choose),
    "delay": (waiting_time.delay, waiting_time.choose),
}
RULES = [(family, name) for family, (members, _) in FAMILIES.items() for name in members.names()]
LEDGERS = st.floats(-1e9, 1e9) | st.sampled_from((0.0, 1.0))
UNIT = st.integers(0, 2**32 - 1).map(lambda word: (word + 0.5) / 2**32)


@pytest.fixture(scope="session")
def arguments(admissible, memories):
    """What the rules of each family may be asked, as plain Python holds it; nations still as dataclasses."""
    nation = admissible(Nation)
    return {
        "retaliation": st.tuples(nation, memories, LEDGERS),
        "signalling": st.tuples(memories, st.sampled_from((PROTEST, STRIKE, PASS))),
        "sharing": st.tuples(nation, st.floats(0, 1), st.integers(0, 1), st.booleans()),
        "delay": st.tuples(st.floats(0, 6e6), st.floats(0, 10), UNIT),
    }


def told(asked):
    """The arguments as the event loop passes them."""
    return tuple(plain(x) if isinstance(x, Nation) else x for x in asked)


def recorded(asked):
    """The arguments as the compiled clock passes them."""
    return tuple(records([x])[0] if isinstance(x, Nation) else x for x in asked)


@pytest.mark.parametrize(("family", "name"), RULES)
def test_a_rule_alone_is_the_same_on_both_clocks(family, name, arguments, compiled):
    rule = FAMILIES[family][0].rules[name]
    fast = compiled(rule)

    @settings(max_examples=settings().max_examples // 5)  # the switch is asked for every rule, too
    @given(arguments[family])
    def same(asked):
        assert fast(*recorded(asked)) == rule(*told(asked))

    same()


@pytest.mark.parametrize("family", FAMILIES)
def test_a_switch_chooses_the_rule_of_each_code_on_both_clocks(family, arguments, compiled):
    members, choose = FAMILIES[family]
    fast = compiled(choose)

    @given(arguments[family])
    def same(asked):
        for code, rule in enumerate(members.rules.values()):
            assert choose(code, *told(asked)) == fast(code, *recorded(asked)) == rule(*told(asked))

    same()


@pytest.mark.parametrize(("family", "name"), RULES)
def test_a_rule_says_what_it_does_in_a_sentence(family, name):
    rule = FAMILIES[family][0].rules[name]
    assert inspect.getdoc(rule).rstrip().endswith(".")
    assert rule.__name__ == name


@pytest.mark.parametrize("family", FAMILIES)
def test_the_members_of_a_family_ask_the_same_arguments(family):
    members = FAMILIES[family][0]
    assert members.question.endswith("?")
    assert len({tuple(inspect.signature(rule).parameters) for rule in members.rules.values()}) == 1


@pytest.mark.parametrize("family", FAMILIES)
def test_configuration_offers_the_names_in_the_order_of_their_codes(family):
    members = FAMILIES[family][0]
    assert [members.code(name) for name in members.names()] == list(range(len(members.names())))
    assert parameters(Nation)[family].names == members.names()


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 8, 9])
def test_a_family_of_any_size_has_a_switch(size, compiled):
    family = Registry("answers", "which?")
    for i in range(size):
        family.rule(_constant(i))
    choose = family.switch()
    assert [choose(code, 10) for code in range(size)] == [10 + i for i in range(size)]
    assert [compiled(choose)(code, 10) for code in range(size)] == [10 + i for i in range(size)]


@pytest.mark.parametrize("name", retaliation.retaliation.names())
@given(data=st.data())
def test_a_retaliation_sees_no_more_than_it_says(arguments, memories, name, data):
    """Whatever else changes, the answer does not; nor where a count rises that it says it cannot tell from a higher one."""
    nation, memory, ledger = told(data.draw(arguments["retaliation"]))
    other, another = data.draw(memories), data.draw(LEDGERS)
    code, rule = retaliation.retaliation.code(name), retaliation.retaliation.rules[name]
    limits = {field: retaliation.retaliation.sees(code, field) for field in Memory._fields} | {"perceived_rung": ALL}
    alike = memory._replace(
        **{field: as_seen(getattr(memory, field), getattr(other, field), limits[field]) for field in limits}
    )
    same = as_seen(ledger, another, retaliation.retaliation.sees(code, "ledger"))
    assert rule(nation, alike, same) == rule(nation, memory, ledger)


@pytest.mark.parametrize("name", signalling.signalling.names())
@given(data=st.data())
def test_words_and_warnings_see_no_more_than_they_say(arguments, name, data):
    (memory, moment), (other, _) = (data.draw(arguments["signalling"]) for _ in range(2))
    family = signalling.signalling
    limits = {field: family.sees(family.code(name), field) for field in Memory._fields}
    alike = Memory(*(as_seen(getattr(memory, field), getattr(other, field), limits[field]) for field in limits))
    assert family.rules[name](alike, moment) == family.rules[name](memory, moment)


@pytest.mark.parametrize("name", intelligence_sharing.sharing.names())
@given(data=st.data())
def test_a_host_sees_no_more_than_it_says(arguments, name, data):
    host, trust, returned, agreed = told(data.draw(arguments["sharing"]))
    another, other = data.draw(st.floats(0, 1)), data.draw(st.integers(0, 1))
    family = intelligence_sharing.sharing
    trusts, returns = (family.sees(family.code(name), field) for field in ("trust", "returned"))
    alike = host, as_seen(trust, another, trusts), as_seen(returned, other, returns), agreed
    assert family.rules[name](*alike) == family.rules[name](host, trust, returned, agreed)


def as_seen(value, other, limit):
    """``other`` where a rule that sees ``value`` up to ``limit`` cannot tell it from ``value``, else ``value``."""
    if limit == 0:
        return other
    return max(other, limit) if value >= limit else value


def test_a_rule_that_says_nothing_sees_everything():
    family = Registry("answers", "which?")
    family.rule(_constant(0))
    family.seeing(streak=2)(_constant(1))
    assert [family.sees(code, "streak") for code in range(2)] == [ALL, 2]
    assert [family.sees(code, "tone") for code in range(2)] == [ALL, 0]


def _constant(i):
    def rule(x):
        return x + i

    rule.__name__ = f"rule_{i}"
    return rule


def test_a_name_is_given_once():
    family = Registry("answers", "which?")
    family.rule(_constant(1))
    with pytest.raises(ValueError, match="answers already has a rule named rule_1"):
        family.rule(_constant(1))


# retaliation


@given(st.data())
def test_every_retaliation_stays_on_the_ladder(arguments, data):
    asked = told(data.draw(arguments["retaliation"]))
    for rule in retaliation.retaliation.rules.values():
        assert rule(*asked) in range(len(RUNGS))


@given(st.data())
def test_no_one_answers_what_was_not_heard(admissible, data):
    nation = plain(data.draw(admissible(Nation)))
    at_rest = Memory(0, 0, 0, 0, 0, 1, 1, 0, 0)
    for name in retaliation.retaliation.names():
        if name == "belligerence":
            continue
        assert retaliation.retaliation.rules[name](nation, at_rest, 0.0) == 0


def heard(rung, **more):
    """The memory of a nation that has heard one provocation at ``rung``."""
    return Memory(rung, rung, 0, 1, 1, 1, 0, 0, 0)._replace(**more)


STRUCK = heard(SANCTUARY_STRIKE)
ATTACKED = heard(4)
STORIES = [
    ("restraint", heard(EXCHANGE, unanswered_deaths=100), 9.0, 0),
    ("tit_for_tat", STRUCK, 0.0, SANCTUARY_STRIKE),
    ("tit_for_tat", ATTACKED, 0.0, STATE_STRIKE),  # the rung of reprisal
    ("tit_for_two_tats", STRUCK, 0.0, 0),
    ("tit_for_two_tats", heard(SANCTUARY_STRIKE, streak=2), 0.0, SANCTUARY_STRIKE),
    ("contrite", STRUCK, 0.0, SANCTUARY_STRIKE),
    ("contrite", heard(SANCTUARY_STRIKE, standing=0), 0.0, 0),
    ("grim", STRUCK, 0.0, SANCTUARY_STRIKE),
    ("grim", heard(CLASH, grievances=2), 0.0, EXCHANGE),  # the cap
    ("win_stay_lose_shift", STRUCK, 0.0, SANCTUARY_STRIKE),
    ("win_stay_lose_shift", heard(SANCTUARY_STRIKE, last=6), 0.0, 0),
    ("measure_for_measure", STRUCK, 0.0, 0),
    ("measure_for_measure", STRUCK, 0.4, CLASH),
    ("measure_for_measure", STRUCK, 1.0, SANCTUARY_STRIKE),
    ("measure_for_measure", STRUCK, 1.6, STATE_STRIKE),
    ("measure_for_measure", STRUCK, 100.0, STATE_STRIKE),  # one above what it received
    ("overmatch", STRUCK, 0.0, STATE_STRIKE),
    ("overmatch", heard(MILITARY_SIGNAL), 0.0, CLASH),
    ("overmatch", heard(WAR), 0.0, WAR),
    ("graduated", STRUCK, 0.0, CLASH),
    ("graduated", heard(CLASH), 0.0, MILITARY_SIGNAL),
    ("threshold", STRUCK, 0.0, 0),
    ("threshold", heard(SANCTUARY_STRIKE, unanswered_deaths=1), 0.0, SANCTUARY_STRIKE),
    ("contrite", heard(SANCTUARY_STRIKE, opponent_standing=1), 0.0, 0),  # it had it coming
    ("grim", heard(0), 0.0, EXCHANGE),  # restraint comes too late
    ("win_stay_lose_shift", heard(0, last=6), 0.0, 6),  # it won, and stays
    ("overmatch", heard(0), 0.0, 0),
    ("belligerence", heard(0), 0.0, STATE_STRIKE),
    ("belligerence", heard(EXCHANGE), 0.0, EXCHANGE),
    ("escalate_to_deescalate", STRUCK, 0.0, EXCHANGE),
    ("escalate_to_deescalate", heard(SANCTUARY_STRIKE, last=8), 0.0, 0),
]


@pytest.mark.parametrize(("name", "memory", "ledger", "rung"), STORIES)
def test_retaliation_as_told(name, memory, ledger, rung, quiet):
    nation = plain(quiet(Nation, cap=EXCHANGE, reprisal=STATE_STRIKE, harm_step=0.5))
    assert retaliation.retaliation.rules[name](nation, memory, ledger) == rung


@pytest.mark.parametrize("harm_step", [0.0, 5e-324, 1e-300, 1e-18, 1e-3, 10.0])
def test_an_account_can_be_settled_however_small_a_step(harm_step, quiet, compiled):
    rule = retaliation.measure_for_measure
    nation, memory = quiet(Nation, harm_step=harm_step), heard(SANCTUARY_STRIKE)
    for ledger in (1e-9, 0.5, 1.0, 2.0, 1e7):
        answer = rule(plain(nation), memory, ledger)
        assert answer in (0, *range(CLASH, WAR + 1))
        assert compiled(rule)(records([nation])[0], memory, ledger) == answer


def test_every_retaliation_has_its_story():
    assert {name for name, *_ in STORIES} == set(retaliation.retaliation.names())


def test_up_and_down_the_ladder_a_state_skips_the_militants_rung():
    assert [above(rung) for rung in (0, 2, 3, 5, 8, 9)] == [1, 3, 5, 6, 9, 9]
    assert [below(rung) for rung in (0, 1, 3, 5, 6, 9)] == [0, 0, 2, 3, 5, 8]


# signalling


@given(st.data())
def test_every_word_has_a_tone(arguments, data):
    asked = data.draw(arguments["signalling"])
    for rule in signalling.signalling.rules.values():
        words = rule(*asked)
        assert isinstance(words, Words)
        assert {words.public, words.private} <= {HOSTILE, NOTHING, CONCILIATORY}
        assert words.display in (0, 1)


@pytest.mark.parametrize(
    ("name", "tone", "moment", "words"),
    [
        ("silent", HOSTILE, PROTEST, (0, 0, 0)),
        ("downplay", HOSTILE, PASS, (-1, 0, 0)),
        ("two_track", NOTHING, PROTEST, (1, -1, 0)),
        ("two_track", NOTHING, PASS, (0, -1, 0)),
        ("mirror", NOTHING, PROTEST, (1, 0, 0)),
        ("mirror", NOTHING, STRIKE, (0, 0, 0)),
        ("mirror", CONCILIATORY, PROTEST, (-1, 0, 0)),
        ("mirror", HOSTILE, PASS, (1, 0, 0)),
        ("hard_line", CONCILIATORY, PROTEST, (1, 0, 1)),
        ("hard_line", CONCILIATORY, STRIKE, (1, 0, 0)),
        ("graduated", NOTHING, PROTEST, (1, 0, 0)),
        ("graduated", NOTHING, STRIKE, (-1, -1, 0)),
    ],
)
def test_signalling_as_told(name, tone, moment, words):
    assert signalling.signalling.rules[name](STRUCK._replace(tone=tone), moment) == words


# sharing


@pytest.mark.parametrize(
    ("name", "trust", "returned", "agreed", "shares"),
    [
        ("none", 1.0, 1, True, False),
        ("full", 0.0, 0, False, True),
        ("reciprocal", 1.0, 0, True, False),
        ("reciprocal", 0.0, 1, False, True),
        ("trusting", 0.6, 0, False, False),
        ("trusting", 0.7, 0, False, True),
        ("under_agreement", 1.0, 1, False, False),
        ("under_agreement", 0.0, 0, True, True),
    ],
)
def test_sharing_as_told(name, trust, returned, agreed, shares, quiet):
    host = plain(quiet(Nation, sharing_trust=0.6))
    assert intelligence_sharing.sharing.rules[name](host, trust, returned, agreed) is shares


# delay


@pytest.mark.parametrize("name", waiting_time.delay.names())
@given(median=st.floats(0, 6e6), spread=st.floats(0, 10), u=UNIT, v=UNIT)
def test_a_delay_has_its_median_and_grows_one_way(name, median, spread, u, v):
    wait = waiting_time.delay.rules[name]
    assert wait(median, spread, 0.5) == pytest.approx(median)
    assert wait(median, 0.0, u) == median
    assert wait(median, spread, u) >= 0.0
    one_way = 1 if name == "lognormal" else -1
    if abs(u - v) > 1e-6:
        assert (wait(median, spread, max(u, v)) - wait(median, spread, min(u, v))) * one_way >= 0.0


def test_a_weibull_of_spread_one_is_exponential():
    assert waiting_time.weibull(1.0, 1.0, 0.25) == pytest.approx(2.0)
    assert waiting_time.weibull(1.0, 1.0, 0.125) == pytest.approx(3.0)
