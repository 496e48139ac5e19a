"""What the game should show of each mechanism: the signs predicted in its design, as cases that can be put to it.

A case weighs the probabilities of one event in several crises played on the same chances, mostly one with a mechanism
(+1) and one without (-1). Each says what it predicts, and why the model, as it stands, may answer otherwise.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sim.model.numerics.philox import chance_of
from sim.model.parameter import parameters, plain
from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.model.state import next_actor
from sim.model.transition import act, opening

LOWER, RAISE, ZERO, SAME, NOT_SAME, EITHER, NONE = "\N{MINUS SIGN}", "+", "0", "0 exactly", "not 0", "either", ""
ABOUT = {"name", "in_force", "compliance", "half_life", "erosion", "meeting_interval", "renewal", "inquiry_delay", "relay_cost"}
EFFECTS = [name for name in parameters(Mechanism) if name not in ABOUT]  # the numbers that change the game's own
HALF_DAY = 12.0  # hours: what of INSTANT is put back takes so long at least
INSTANT = {"attack_lag": 0.0, "strike_lag": 0.0, "state_lag": 0.0, "follow_least": 0.0, "follow_lag": 0.0, "preparation": 0.0}

CONVICTION = (
    "A sharper reading convicts as well as acquits. Resort to force goes with P(attributed) x distrust; where trust is "
    "calibrated that is complicity x direction x hit rate, so false alarms drop out and a higher hit rate raises it. Costly "
    "words and visits lift trust above what the truth warrants, and the opening attack is laid at the host's door whatever the "
    "reading: both make sharper readings dearer. Foils stop only attacks the host does not direct. Where hosts direct all that "
    "they stand behind (militants.direction 1, assumed .5) the sign is lost (last section). The "
    "comprehensive mechanism, moreover, works only once it is agreed, and most crises fade unsettled (diplomacy.settles)."
)
OBSTACLES = (
    "Targeting removes a share of the obstacles to force, 1 - resort: where resort stands at its bound, 1, there are none. "
    "Then it changes nothing (last section)."
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


Terms = tuple[tuple[int, Crisis], ...]
Mechanisms = Mapping[str, Mechanism]


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
    terms: Terms  # pairs of weight and crisis
    event: Event
    why: str = ""  # the reason, printed where the model answers otherwise
    note: str = ""  # the setting, printed in any case


def cases(base: Crisis, mechanisms: Mechanisms, rung: int) -> list[Case]:
    """Every case over the crisis ``base``; ``mechanisms`` holds those of ``PREDICTED`` by name."""
    base = dataclasses.replace(base, mechanism=Mechanism())
    peak = Event("peak", rung, f"P(peak ≥ {rung})")
    return [
        *_each(base, mechanisms, peak),
        *_nulls(base, mechanisms, peak),
        *_conditions(base, mechanisms, peak),
        *_reversals(base, mechanisms, peak),
    ]


def under(crisis: Crisis, mechanism: Mechanism) -> Terms:
    """The two terms that set a crisis with a mechanism against the same crisis without."""
    return ((1, dataclasses.replace(crisis, mechanism=mechanism)), (-1, dataclasses.replace(crisis, mechanism=Mechanism())))


def both(crisis: Crisis, **numbers: Any) -> Crisis:
    """``crisis`` with fields set on both nations."""
    return dataclasses.replace(crisis, a=dataclasses.replace(crisis.a, **numbers), b=dataclasses.replace(crisis.b, **numbers))


def groups(crisis: Crisis, **numbers: Any) -> Crisis:
    """``crisis`` with fields set on both militant groups."""
    one, two = (dataclasses.replace(group, **numbers) for group in (crisis.militants_a, crisis.militants_b))
    return dataclasses.replace(crisis, militants_a=one, militants_b=two)


def slower(crisis: Crisis, factor: float) -> Crisis:
    """``crisis`` with the base rates of both groups multiplied."""
    one, two = (dataclasses.replace(group, rate=group.rate * factor) for group in (crisis.militants_a, crisis.militants_b))
    return dataclasses.replace(crisis, militants_a=one, militants_b=two)


def visits(crisis: Crisis, trust: float) -> Crisis:
    """``crisis`` with visits that add ``trust``."""
    return dataclasses.replace(crisis, diplomacy=dataclasses.replace(crisis.diplomacy, visit_trust=trust))


def effects(mechanism: Mechanism) -> dict[str, float]:
    """What a mechanism changes: the names and values of its effects."""
    return {name: getattr(mechanism, name) for name in EFFECTS if getattr(mechanism, name) > 0.0}


def alone(mechanism: Mechanism, *kept: str) -> Mechanism:
    """``mechanism`` with all its effects switched off but those ``kept``."""
    others: dict[str, Any] = {name: 0.0 for name in EFFECTS if name not in kept}
    return dataclasses.replace(mechanism, **others)


def _each(base: Crisis, mechanisms: Mechanisms, event: Event) -> Iterator[Case]:
    """Every mechanism as configured, and each of its effects alone."""
    section = "Every mechanism as configured, against none; indented, each of its effects alone"
    for name, (predicted, why) in PREDICTED.items():
        found = effects(mechanisms[name])
        words = ", ".join(f"{field} {value:g}" for field, value in found.items())
        yield Case(section, name, words, predicted, under(base, mechanisms[name]), event, why)
        for field in found if len(found) > 1 else ():
            yield Case(section, f"  {field}", "", NONE, under(base, alone(mechanisms[name], field)), event)


def _nulls(base: Crisis, mechanisms: Mechanisms, event: Event) -> Iterator[Case]:
    """What must come out zero, run by run."""
    section = "No effect: the same chances must give the same outcomes, run by run"
    free = both(base, signalling="two_track", signal_cost=0.0)
    costly = both(base, signalling="two_track", signal_cost=0.5)
    heard = [tuple((w, both(c, message_error=e)) for w, e in ((1, 0.0), (-1, 1.0))) for c in (free, costly)]
    note = "Both sides two_track; a message_error of 1 silences the private channel and leaves public words as they are."
    yield Case(section, "free talk in private", "signal_cost 0: heard, against never heard", SAME, heard[0], event, "", note)
    yield Case(section, "costly talk in private", "signal_cost .5: heard, against never heard", LOWER, heard[1], event)
    yield from _instant(section, base, mechanisms["hotline"], event)
    blind, cell = both(base, hit_rate=base.a.false_alarm), dataclasses.replace(mechanisms["intelligence_cell"], foils=0.0)
    words = "hit_rate = false_alarm, foils 0"
    yield Case(section, "intelligence_cell, uninformed", words, SAME, under(blind, cell), event)
    poisson = groups(base, offspring=0.0, radicalisation=0.0, degradation=0.0)
    terms = ((1, dataclasses.replace(poisson, mechanism=Mechanism(patrols=0.3))), (-1, slower(poisson, 0.7)))
    note = (
        "Equal in distribution, not run by run: thinning a Poisson process is slowing it. Offspring and radicalisation are 0 "
        "as patrols thin the attacks set off as well, degradation is 0 as an averted attack ends a group's slow spell."
    )
    yield Case(section, "joint_patrols", "patrols .3, against rate x .7", ZERO, terms, event, "", note)


def _instant(section: str, base: Crisis, hotline: Mechanism, event: Event) -> Iterator[Case]:
    """The hotline's null where councils take no time, and what happens with each of its conditions put back."""
    instant = both(base, **INSTANT)
    null = groups(slower(instant, 0.0), offspring=0.0, radicalisation=0.0)
    note = (
        "Attack, strike, state and follow-up lags and preparation are 0, and no attack follows the opening one (rate, "
        "offspring and radicalisation 0). Answers then fly a minute apart, the least there is; every strike ends the "
        "talks, the next try is at least a minute off, and nations act before the channel: no contact and no clearing up "
        "comes between. Horizon, hold_fire, protest_lag and all else stay. With later attacks the hotline is felt through"
        " spoilers and the trust a visit adds; without those two, only where a step of the channel falls in the very "
        "minute of an attack."
    )
    words = "lags and preparation 0, no later attack"
    yield Case(section, "hotline, instant deliberation", words, SAME, under(null, hotline), event, "", note)
    for name in INSTANT:
        back = both(null, **{name: max(getattr(base.a, name), HALF_DAY)})
        yield Case(section, f"  with {name} back", "", NOT_SAME, under(back, hotline), event)
    yield Case(section, "  with later attacks back", "", NOT_SAME, under(instant, hotline), event)
    aloof = visits(groups(instant, spoiling=0.0), 0.0)
    yield Case(section, "  but for spoiling and visit_trust", "", ZERO, under(aloof, hotline), event)


def _conditions(base: Crisis, mechanisms: Mechanisms, event: Event) -> Iterator[Case]:
    """Predictions that hold on a condition."""
    section = "Conditional predictions"
    yield from _in_spite(section, base, mechanisms["comprehensive"])
    inquiry, words = mechanisms["joint_inquiry"], "both sides; against none"
    pairs = [under(both(base, retaliation=rule), inquiry) for rule in ("contrite", "tit_for_tat")]
    yield Case(section, "joint_inquiry, contrite", words, LOWER, pairs[0], event)
    yield Case(section, "joint_inquiry, tit_for_tat", words, LOWER, pairs[1], event)
    words, note = "effect with contrition less twice that without", "Strong and weak are taken to mean: at least twice as much."
    yield Case(section, "  strong with contrite, weak without", words, LOWER, _twice(*pairs), event, NOT_CONTRITE, note)


def _twice(strong: Terms, weak: Terms) -> Terms:
    """The terms of one effect less twice another."""
    return (*strong, *((-2 * weight, crisis) for weight, crisis in weak))


def _in_spite(section: str, base: Crisis, comprehensive: Mechanism) -> Iterator[Case]:
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


def trust_after(crisis: Crisis, mechanism: Mechanism) -> float:
    """The trust of a right after the attack a crisis opens with: the same in every run."""
    setting, chance = plain(dataclasses.replace(crisis, mechanism=mechanism)), chance_of(0, 0)
    start = opening(setting, chance)
    return act(start, next_actor(start.due), setting, chance).a.trust


def _reversals(base: Crisis, mechanisms: Mechanisms, event: Event) -> Iterator[Case]:
    """Where signs come out otherwise, and where they come out after all: the reasons above, put to the test."""
    section = "The reasons put to the test: where signs are lost, and where they return"
    all_directed = groups(base, direction=1.0)
    for name in ("liaison_officers", "intelligence_cell", "comprehensive"):
        yield Case(section, name, "direction 1", NONE, under(all_directed, mechanisms[name]), event)
    flown = both(base, attack_lag=12.0, attack_lag_spread=0.5, hit_rate=0.9, false_alarm=0.9)
    pairs = [under(both(flown, retaliation=rule), mechanisms["joint_inquiry"]) for rule in ("contrite", "tit_for_tat")]
    words = "attack_lag 12, spread .5, hit_rate = false_alarm = .9"
    yield Case(section, "joint_inquiry, strong with contrite", words, LOWER, _twice(*pairs), event)
    yield Case(section, "targeting", "resort 1", SAME, under(both(base, resort=1.0), mechanisms["targeting"]), event)


def crises(listed: list[Case]) -> list[Crisis]:
    """The crises the cases are about, each once, in order."""
    return list(dict.fromkeys(crisis for case in listed for _, crisis in case.terms))
