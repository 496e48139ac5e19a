"""Golden stories: four runs kept act by act in ``golden/``, so that no change to the model goes unseen.

The settings spell out every number they rest on. After a change that is meant to alter them, rewrite the files and read
the difference before keeping it:

    UPDATE_GOLDEN=1 python -m pytest tests/engine/test_stories.py; git diff tests/engine/golden
"""

import os
from pathlib import Path

import pytest

from sim.engine import event_loop
from sim.model.outcome_columns import UNREACHED
from sim.model.setting.crisis import Crisis
from sim.model.setting.diplomacy import Diplomacy
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation
from sim.model.state import ACTORS, KINDS

GOLDEN = Path(__file__).parent / "golden"
SETTINGS = (Crisis, Nation, Militants, Diplomacy, Mechanism)


def january(crisis, nation, militants, diplomacy, mechanism):
    """Iran strikes, Pakistan answers in kind, both make little of it, and the channel leads to a mechanism that meets."""
    noise = {"perception_error": 0.1, "execution_error": 0.05, "message_error": 0.05}
    haste = {"protest_lag": 16.0, "protest_lag_spread": 0.2, "strike_lag": 30.0, "strike_lag_spread": 0.3, "preparation": 4.0}
    public = {"humiliation": 0.3, "audience_cost": 0.2, "strike_relief": 0.7, "signal_cost": 0.5, "harm_by_death": 0.02}
    both = {**noise, **haste, **public, "signalling": "two_track", "strike_deaths": 6.0, "deaths_growth": 1.5}
    return crisis(
        opening="strike_by_a",
        opening_dead=2,
        horizon=60.0,
        a=nation(**both, retaliation="tit_for_tat", generosity=1.0, hold_fire=0.5),
        b=nation(**both, retaliation="tit_for_tat", own_origin=1.0, hit=0.5),
        diplomacy=diplomacy(contact=1.2, statement=3.0, envoys=3.5, visit=2.5, imbalance=1.0, burden=0.5, visit_trust=0.3),
        mechanism=mechanism(in_force="agreement", meeting_interval=14.0, half_life=365.0),
    )


def climb(crisis, nation, militants, diplomacy, mechanism):
    """Two hard lines overmatch each other until it is war."""
    hard = nation(
        retaliation="overmatch", signalling="hard_line", delay="lognormal", undershoot=0.4, exceed=0.1, exceed_by_death=0.002,
        strike_lag=28.0, strike_lag_spread=0.5, state_lag=27.0, state_lag_spread=2.4, protest_lag=6.0, preparation=4.0,
        strike_deaths=6.0, deaths_growth=1.5, deaths_tail=1.5, harm_step=0.5, humiliation=0.3, audience_cost=0.2,
    )  # fmt: skip
    talks = diplomacy(contact=2.0, statement=10.0, imbalance=1.0, burden=0.5, trust_weight=0.2)
    return crisis(opening="strike_by_b", opening_rung=7, opening_dead=4, horizon=90.0, a=hard, b=hard, diplomacy=talks)


def season(crisis, nation, militants, diplomacy, mechanism):
    """A year of attacks under a mechanism that foils, inquires and calls off; warnings are shared, or not."""
    both = {
        "retaliation": "tit_for_tat", "attack_lag": 58.0, "attack_lag_spread": 1.3, "preparation": 4.0, "protest_lag": 10.0,
        "resort": 0.9, "resort_deaths": 2.0, "hold_fire": 0.5, "hit_rate": 0.6, "false_alarm": 0.4, "tip_quality": 0.5,
        "strike_deaths": 6.0, "deaths_growth": 1.5, "harm_step": 0.5, "pressure_by_death": 0.02, "pressure_half_life": 14.0,
        "hit": 0.5, "strike_lag": 20.0, "generosity": 0.3,
    }  # fmt: skip
    group = militants(
        rate=20.0, offspring=0.4, half_life=14.0, deaths_least=3.0, deaths_scale=8.0, complicity=0.5, direction=0.5,
        spoiling=0.5, degradation=0.3, radicalisation=0.01,
    )  # fmt: skip
    return crisis(
        opening="attack_on_b",
        opening_dead=9,
        horizon=365.0,
        a=nation(**both, signalling="graduated", sharing="reciprocal"),
        b=nation(**both, signalling="mirror", sharing="trusting", sharing_trust=0.4),
        militants_a=group,
        militants_b=group,
        diplomacy=diplomacy(contact=3.0, statement=5.0, contact_relief=0.3, visit_trust=0.3, settles=0.5),
        mechanism=mechanism(
            meeting_interval=60.0, half_life=90.0, erosion=0.3, foils=0.2, patrols=0.2, inquiry=0.9, inquiry_delay=24.0
        ),
    )


def fog(crisis, nation, militants, diplomacy, mechanism):
    """Everything is misread; contrition, notice, a hotline that clarifies and a third party that carries words."""
    noise = {"perception_error": 0.6, "execution_error": 0.4, "message_error": 0.5, "notice": 0.2, "own_origin": 0.5}
    haste = {"strike_lag": 12.0, "strike_lag_spread": 1.0, "state_lag": 24.0, "protest_lag": 2.0, "protest_lag_spread": 1.0}
    public = {"humiliation": 0.3, "signal_cost": 0.5, "downplay_relief": 0.3, "generosity": 0.1, "commitment": 0.2}
    both = {**noise, **haste, **public, "strike_deaths": 3.0, "harm_half_life": 60.0, "harm_step": 0.5}
    return crisis(
        opening="strike_by_a",
        horizon=60.0,
        a=nation(**both, retaliation="measure_for_measure", signalling="two_track"),
        b=nation(**both, retaliation="contrite", signalling="graduated"),
        diplomacy=diplomacy(contact=4.0, statement=6.0, imbalance=0.5),
        mechanism=mechanism(
            contact_gain=0.5, clarification=1.0, notice=0.2, pledge=0.5, relay=0.5, relay_cost=0.4, compliance=0.9
        ),
    )


STORIES = {"january": (january, 8), "climb": (climb, 14), "season": (season, 14), "fog": (fog, 19)}


@pytest.fixture(scope="module")
def stories(quiet):
    """Each story told anew."""
    makers = [lambda kind=kind, **numbers: quiet(kind, **numbers) for kind in SETTINGS]
    return {name: event_loop.trace(make(*makers), 2024, run) for name, (make, run) in STORIES.items()}


def written(name, story):
    """A story as its golden file has it: one act a line, then what the row counts; what did not happen is left out."""
    lines = [f"# {STORIES[name][0].__doc__}"]
    for act in story.acts:
        day, minute = divmod(act.at, 1440)
        facts = (f"{field} {value!r}" for field, value in zip(act._fields[3:], act[3:], strict=True) if value)
        when = f"day {day:>3} {minute // 60:02}:{minute % 60:02}"
        lines.append(f"{when}  {ACTORS[act.who]:<11}  {KINDS[act.kind]:<9}  {'  '.join(facts)}".rstrip())
    lines.append("")
    lines.extend(f"{column} {float(value)!r}" for column, value in story.row.items() if value not in (0.0, UNREACHED))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", STORIES)
def test_the_story_is_told_as_before(name, stories):
    path, told = GOLDEN / f"{name}.txt", written(name, stories[name])
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(told)
    assert told == path.read_text()


def test_the_stories_show_every_kind_of_act(stories):
    assert {KINDS[act.kind] for story in stories.values() for act in story.acts} == set(KINDS) - {"opening"}


def test_no_story_is_left_over():
    assert {path.stem for path in GOLDEN.iterdir()} == set(STORIES)
