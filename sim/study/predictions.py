"""What the game should show of each mechanism: the signs predicted in its design, as cases that can be put to it.

A case weighs the probabilities of one event in several crises played on the same chances, mostly one with a mechanism
(+1) and one without (-1). Each says what it predicts, and why the model, as it stands, may answer otherwise.
"""

import dataclasses
from typing import NamedTuple

from sim.game.chance import chance_of
from sim.game.course import act, opening
from sim.game.parameter import parameters, plain
from sim.game.setting.crisis import Crisis
from sim.game.setting.mechanism import Mechanism
from sim.game.state import next_actor

LOWER, RAISE, ZERO, SAME, NOT_SAME, EITHER, NONE = "\N{MINUS SIGN}", "+", "0", "0 exactly", "not 0", "either", ""
ABOUT = {"name", "in_force", "compliance", "half_life", "erosion", "meeting_interval", "inquiry_delay", "relay_cost"}
EFFECTS = [name for name in parameters(Mechanism) if name not in ABOUT]  # the numbers that change the game's own
INSTANT = {"attack_lag": 0.0, "strike_lag": 0.0, "state_lag": 0.0, "preparation": 0.0}

CONVICTION = (
    "A sharper reading convicts as well as acquits. Resort to force goes with P(attributed) x distrust; where trust is "
    "calibrated that is complicity x direction x hit rate, so false alarms drop out and a higher hit rate raises it. Costly "
    "words and visits lift trust above what the truth warrants, and the opening attack is laid at the host's door whatever the "
    "reading: both make sharper readings dearer. Foils stop only attacks the host does not direct. Hosts that direct half of "
    "what they stand behind (militants.direction .5, assumed 1) restore the sign (last section)."
)
OBSTACLES = (
    "Targeting removes a share of the obstacles to force, 1 - resort: where resort stands at its bound, 1, there are none. "
    "With resort at half (last section) it backfires as predicted. Smallest change: let it act on resort_deaths instead."
)
INFORMS = (
    "hit_gain and alarm_cut are shares of what is missed, so they make a reading informative that was pure noise: the model "
    "does not know evidence that does not exist. The null holds where the cell has nothing to add either (next row). Smallest "
    "change: let both count only where hit_rate exceeds false_alarm."
)
NOT_CONTRITE = (
    "The report works in two ways that ask for no contrition: it calls off the answer where it comes first, and it restores "
    "trust, which lowers resort to force for good. Contrition adds only what comes of answers that had flown, and most of "
    "those are let pass. Where answers are quick and readings move no trust, it is strong with and weak without (last section)."
)
# by mechanism: the predicted sign on P(peak >= 7), and the reason where the model may answer otherwise
PREDICTED = {
    "border_commission": (LOWER, ""),
    "hotline": (LOWER, ""),
    "notification": (LOWER, ""),
    "liaison_officers": (LOWER, CONVICTION),
    "intelligence_cell": (LOWER, CONVICTION),
    "targeting": (RAISE, OBSTACLES),
    "joint_inquiry": (LOWER, ""),
    "joint_patrols": (LOWER, ""),
    "sovereignty_pledge": (EITHER, ""),
    "mediation": (LOWER, ""),
    "shuttle_talk": (SAME, ""),
    "comprehensive": (LOWER, CONVICTION),
    "settlement": (LOWER, ""),
}


class Event(NamedTuple):
    """What counts in a run: that a column of its row reaches a value."""

    column: str
    least: int
    words: str


class Case(NamedTuple):
    """One prediction put to the game."""

    section: str
    name: str
    changes: str  # what it changes, against what
    predicted: str
    terms: tuple  # pairs of weight and crisis
    event: Event
    why: str = ""  # the reason, printed where the model answers otherwise
    note: str = ""  # the setting, printed in any case


def cases(base, mechanisms, rung):
    """Every case over the crisis ``base``; ``mechanisms`` holds those of ``PREDICTED`` by name."""
    base = dataclasses.replace(base, mechanism=Mechanism())
    peak = Event("peak", rung, f"P(peak ≥ {rung})")
    return [
        *_each(base, mechanisms, peak),
        *_nulls(base, mechanisms, peak),
        *_conditions(base, mechanisms, peak),
        *_reversals(base, mechanisms, peak),
    ]


def under(crisis, mechanism):
    """The two terms that set a crisis with a mechanism against the same crisis without."""
    return ((1, dataclasses.replace(crisis, mechanism=mechanism)), (-1, dataclasses.replace(crisis, mechanism=Mechanism())))


def both(crisis, **numbers):
    """``crisis`` with fields set on both nations."""
    return dataclasses.replace(crisis, a=dataclasses.replace(crisis.a, **numbers), b=dataclasses.replace(crisis.b, **numbers))


def groups(crisis, **numbers):
    """``crisis`` with fields set on both militant groups."""
    one, two = (dataclasses.replace(group, **numbers) for group in (crisis.militants_a, crisis.militants_b))
    return dataclasses.replace(crisis, militants_a=one, militants_b=two)


def slower(crisis, factor):
    """``crisis`` with the base rates of both groups multiplied."""
    one, two = (dataclasses.replace(group, rate=group.rate * factor) for group in (crisis.militants_a, crisis.militants_b))
    return dataclasses.replace(crisis, militants_a=one, militants_b=two)


def visits(crisis, trust):
    """``crisis`` with visits that add ``trust``."""
    return dataclasses.replace(crisis, diplomacy=dataclasses.replace(crisis.diplomacy, visit_trust=trust))


def effects(mechanism):
    """What a mechanism changes: the names and values of its effects."""
    return {name: getattr(mechanism, name) for name in EFFECTS if getattr(mechanism, name) > 0.0}


def alone(mechanism, *kept):
    """``mechanism`` with all its effects switched off but those ``kept``."""
    return dataclasses.replace(mechanism, **{name: 0.0 for name in EFFECTS if name not in kept})


def _each(base, mechanisms, event):
    """Every mechanism as configured, and each of its effects alone."""
    section = "Every mechanism as configured, against none; indented, each of its effects alone"
    for name, (predicted, why) in PREDICTED.items():
        found = effects(mechanisms[name])
        words = ", ".join(f"{field} {value:g}" for field, value in found.items())
        yield Case(section, name, words, predicted, under(base, mechanisms[name]), event, why)
        for field in found if len(found) > 1 else ():
            yield Case(section, f"  {field}", "", NONE, under(base, alone(mechanisms[name], field)), event)


def _nulls(base, mechanisms, event):
    """What must come out zero, run by run."""
    section = "Nulls: the same chances must give the same outcomes, run by run"
    free = both(base, signalling="two_track", signal_cost=0.0)
    costly = both(base, signalling="two_track", signal_cost=0.5)
    heard = [tuple((w, both(c, message_error=e)) for w, e in ((1, 0.0), (-1, 1.0))) for c in (free, costly)]
    note = "Both sides two_track; a message_error of 1 silences the private channel and leaves public words as they are."
    yield Case(section, "free talk in private", "signal_cost 0: heard, against never heard", SAME, heard[0], event, "", note)
    yield Case(section, "costly talk in private", "signal_cost .5: heard, against never heard", LOWER, heard[1], event)
    yield from _instant(section, base, mechanisms["hotline"], event)
    blind, cell = both(base, hit_rate=base.a.false_alarm), dataclasses.replace(mechanisms["intelligence_cell"], foils=0.0)
    words = "hit_rate = false_alarm, foils 0"
    yield Case(section, "intelligence_cell, uninformed", words, SAME, under(blind, cell), event, INFORMS)
    words += ", and no gain or cut"
    yield Case(section, "intelligence_cell, nothing verifiable", words, SAME, under(blind, alone(cell)), event)
    poisson = groups(base, offspring=0.0, radicalisation=0.0, degradation=0.0)
    terms = ((1, dataclasses.replace(poisson, mechanism=Mechanism(patrols=0.3))), (-1, slower(poisson, 0.7)))
    note = (
        "Equal in distribution, not run by run: thinning a Poisson process is slowing it. Offspring and radicalisation are 0 "
        "as patrols thin the attacks set off as well, degradation is 0 as an averted attack ends a group's slow spell."
    )
    yield Case(section, "joint_patrols", "patrols .3, against rate x .7", ZERO, terms, event, "", note)


def _instant(section, base, hotline, event):
    """The hotline's null where councils take no time, and what happens with each of its conditions put back."""
    null = visits(groups(both(base, **INSTANT), spoiling=0.0), 0.0)
    note = (
        "Attack, strike and state lags and preparation are 0, so no act waits long enough to be cleared up or called off. "
        "Faster contacts still pace the spoilers and bring the visit forward, so spoiling and visit_trust are 0 as well. "
        "Nothing else is touched: horizon, hold_fire, protest_lag stay. Rules that read how matters settled (tit_for_two_tats, "
        "win_stay_lose_shift, measure_for_measure, escalate_to_deescalate) and patience would break it."
    )
    yield Case(
        section, "hotline, instant deliberation", "lags, spoiling, visit_trust 0", SAME, under(null, hotline), event, "", note
    )
    back = {
        "spoiling": groups(null, spoiling=max(base.militants_a.spoiling, 0.1)),
        "visit_trust": visits(null, max(base.diplomacy.visit_trust, 0.1)),
        **{name: both(null, **{name: max(getattr(base.a, name), 1.0)}) for name in INSTANT},
    }
    for name, crisis in back.items():
        yield Case(section, f"  with {name} back", "", NOT_SAME, under(crisis, hotline), event)


def _conditions(base, mechanisms, event):
    """Predictions that hold on a condition."""
    section = "Conditional predictions"
    yield from _in_spite(section, base, mechanisms["comprehensive"])
    inquiry, words = mechanisms["joint_inquiry"], "both sides; against none"
    pairs = [under(both(base, retaliation=rule), inquiry) for rule in ("contrite", "tit_for_tat")]
    yield Case(section, "joint_inquiry, contrite", words, LOWER, pairs[0], event)
    yield Case(section, "joint_inquiry, tit_for_tat", words, LOWER, pairs[1], event)
    words, note = "effect with contrition less twice that without", "Strong and weak are taken to mean: at least twice as much."
    yield Case(section, "  strong with contrite, weak without", words, LOWER, _twice(*pairs), event, NOT_CONTRITE, note)


def _twice(strong, weak):
    """The terms of one effect less twice another."""
    return (*strong, *((-2 * weight, crisis) for weight, crisis in weak))


def _in_spite(section, base, comprehensive):
    """An attack in spite of a comprehensive mechanism, against the same attack without one."""
    given = dataclasses.replace(slower(base, 0.0), opening="attack_on_a", horizon=min(base.horizon, 90.0))
    given = dataclasses.replace(given, opening_dead=max(given.opening_dead, 10))
    standing = dataclasses.replace(comprehensive, in_force="start")
    answered = Event("strikes_a", 1, "P(a answers by force)")
    note = (
        f"The same attack, given and laid at b's door in every run, with the mechanism in force or with none; no other attack "
        f"follows and {given.horizon:g} days are played. Given, not chosen among attributed attacks: those differ in kind. "
        f"a's trust after it: {trust_after(given, standing):.3f} in spite of the mechanism, "
        f"{trust_after(given, Mechanism()):.3f} without."
    )
    words = "P(a answers): in force, against none"
    yield Case(section, "attack in spite of comprehensive", words, RAISE, under(given, standing), answered, "", note)
    faith = alone(standing, "hit_gain", "alarm_cut")
    yield Case(section, "  by the loss of trust alone", "", RAISE, under(given, faith), answered)
    yield Case(section, "  by its faster contacts alone", "", NONE, under(given, alone(standing, "contact_gain")), answered)


def trust_after(crisis, mechanism):
    """The trust of a right after the attack a crisis opens with: the same in every run."""
    setting, chance = plain(dataclasses.replace(crisis, mechanism=mechanism)), chance_of(0, 0)
    start = opening(setting, chance)
    return act(start, next_actor(start.due), setting, chance).a.trust


def _reversals(base, mechanisms, event):
    """Where signs that may come out otherwise are as predicted: the reasons above, put to the test."""
    section = "The reasons put to the test: where the predicted sign holds"
    half = groups(base, direction=0.5)
    for name in ("liaison_officers", "intelligence_cell", "comprehensive"):
        yield Case(section, name, "direction .5", LOWER, under(half, mechanisms[name]), event)
    flown = both(base, attack_lag=12.0, attack_lag_spread=0.5, hit_rate=0.9, false_alarm=0.9)
    pairs = [under(both(flown, retaliation=rule), mechanisms["joint_inquiry"]) for rule in ("contrite", "tit_for_tat")]
    words = "attack_lag 12, spread .5, hit_rate = false_alarm = .9"
    yield Case(section, "joint_inquiry, strong with contrite", words, LOWER, _twice(*pairs), event)
    yield Case(section, "targeting", "resort .5", RAISE, under(both(base, resort=0.5), mechanisms["targeting"]), event)


def crises(listed: list[Case]) -> list[Crisis]:
    """The crises the cases are about, each once, in order."""
    return list(dict.fromkeys(crisis for case in listed for _, crisis in case.terms))
