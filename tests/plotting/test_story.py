"""A run in words."""

import pytest

from sim.engine import event_loop
from sim.model.ladder import WAR
from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.nation import Nation
from sim.model.state import ACTED, ATTACK, KINDS, MADE_CONTACT, MET, ORDERED, TRIED, WORDS, Act
from sim.story.telling import sentence, told

CRISIS = Crisis(
    a=Nation(name="Iran"), b=Nation(name="Pakistan"), opening="strike_by_a", opening_dead=2, start="2024-01-16T20:00"
)


def an_act(kind, who=0, **fields):
    """An act of ``kind`` with everything else at zero."""
    blank = Act(0, who, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0)
    return blank._replace(**fields)


@pytest.mark.parametrize("kind", range(len(KINDS)), ids=KINDS)
@pytest.mark.parametrize("crisis", [CRISIS, Crisis()], ids=["named", "nameless"])
def test_every_kind_of_act_has_a_sentence_even_without_states(kind, crisis):
    text = sentence(an_act(kind, who=2 if kind == ATTACK else 0), crisis)
    assert text.endswith(".")
    assert text[0].isupper()
    assert ".." not in text
    assert "None" not in text


@pytest.mark.parametrize("rung", range(10))
def test_every_rung_a_state_can_act_at_has_a_deed_and_an_order(rung):
    assert f"(rung {rung})" in sentence(an_act(ACTED, rung=rung, seen=rung), CRISIS)
    assert f"(rung {rung})" in sentence(an_act(ORDERED, rung=rung), CRISIS)


@pytest.mark.parametrize("public", [-1, 0, 1])
@pytest.mark.parametrize("private", [-1, 0, 1])
def test_all_tones_can_be_told(public, private):
    for rung in (1, 2, 3) if public == 1 else (0,):
        text = sentence(an_act(WORDS, who=1, rung=rung, public=public, private=private), CRISIS)
        assert text.startswith("Pakistan")
        assert ("private" in text) == (private != 0)


def test_the_opening_strike_reads_like_the_news():
    first = told(event_loop.trace(CRISIS, 1, 0), CRISIS).splitlines()[0]
    assert first.startswith("16 Jan 2024 20:00  Iran strikes what it calls a hideout of militants in Pakistan (rung 6)")
    assert first.endswith(": 2 nationals of Pakistan killed.")


def test_the_dead_of_the_strikers_own_origin_are_not_nationals():
    text = sentence(an_act(ACTED, who=1, rung=6, seen=5, dead_kin=9), CRISIS)
    assert "9 killed, none of them nationals of Iran" in text
    assert "Iran takes it for a border clash (rung 5)" in text


def test_who_holds_fire_is_named():
    assert "Iran holds" in sentence(an_act(MADE_CONTACT, who=4, held_a=1), CRISIS)
    both = sentence(an_act(MADE_CONTACT, who=4, held_a=1, held_b=1), CRISIS)
    assert both.index("Iran holds") < both.index("Pakistan holds")


def test_noise_is_left_out_unless_everything_is_asked_for():
    story = event_loop.trace(CRISIS, 1, 2)
    assert any(act.kind == TRIED for act in story.acts)
    assert len(told(story, CRISIS, everything=True).splitlines()) == len(story.acts) + 2
    assert len(told(story, CRISIS).splitlines()) < len(story.acts)


def test_meetings_with_nothing_between_them_are_told_together():
    crisis = Crisis(horizon=100.0, mechanism=Mechanism(name="hotline", meeting_interval=30))
    for run in range(20):
        story = event_loop.trace(crisis, 1, run)
        if [act.kind for act in story.acts] == [MET] * 3:
            assert "3 such meetings until" in told(story, crisis)
            return
    pytest.fail("no quiet run among twenty")


def test_a_run_in_which_nothing_happens_has_an_ending_too():
    crisis = Crisis(horizon=1.0)
    story = next(s for s in (event_loop.trace(crisis, 1, run) for run in range(50)) if not s.acts)
    assert told(story, crisis).startswith("Nothing happened.\n\nPeak: rung 0, normal relations. No strikes.")


def test_war_is_the_end_of_it():
    loud = Nation(retaliation="overmatch", signalling="hard_line", generosity=0.0, hold_fire=0.0)
    crisis = Crisis(a=loud, b=loud, opening="strike_by_a")
    story = next(s for s in (event_loop.trace(crisis, 1, run) for run in range(100)) if s.row["peak"] == WAR)
    text = told(story, crisis)
    assert "goes to war with" in text
    assert "War broke out on day" in text.splitlines()[-1]
