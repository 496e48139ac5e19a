"""Every phrase a run is told in, as data: ``sim.story.grammar`` says how they are read, ``sim.story.facts`` what they know.

``SENTENCES`` has one phrase a kind of act, under the kind's own name, and the phrases those are made of; ``ENDING`` says what
came of the run. A word changed here is changed in ``play``, in a notebook and in the page that plays.
"""

from sim.model import ladder
from sim.model.ladder import RUNGS, WAR
from sim.model.rules.signalling import CONCILIATORY, HOSTILE, NOTHING
from sim.model.state import ENVOYS, PREPARING, A, B
from sim.story.grammar import Phrase


def _of(other: str, rung: int) -> str:
    """What a rung of the ladder is when it is done to ``other``."""
    return RUNGS[rung].replace("the other's", f"{other}'s").replace("the other state's", f"{other}'s")


def _articled(phrase: str) -> str:
    """A phrase with its indefinite article, but for war."""
    return phrase if phrase == RUNGS[WAR] else f"an {phrase}" if phrase[0] in "aeiou" else f"a {phrase}"


FIRM, MILD = f"= {HOSTILE}", f"= {CONCILIATORY}"
MANY = "{1} nationals of {2}"

_WORDS: dict[str, Phrase] = {
    # of the number {1} and the nation {2}
    "nationals": [("{1} national of {2}", "1 = 1"), (MANY, "")],
    # the rung {1} of the ladder, done to the nation {2}
    "a_rung": [(_articled(_of("{2}", rung)), f"1 = {rung}") for rung in range(len(RUNGS))],
    # how the words that went with an act sounded
    "tone": [
        ("{in_public}, {in_private}", f"public ≠ {NOTHING}, private ≠ {NOTHING}"),
        ("{in_public}{in_private}", ""),
    ],
    "in_public": [("firm in public", f"public {FIRM}"), ("conciliatory in public", f"public {MILD}"), ("", "")],
    "in_private": [("firm in private", f"private {FIRM}"), ("restrained in private", f"private {MILD}"), ("", "")],
    "tones": [("; {tone}", f"public ≠ {NOTHING}"), ("; {tone}", f"private ≠ {NOTHING}"), ("", "")],
    "normal_again": [("; relations are normal again", f"rung = {ladder.NORMAL}"), ("", "")],
}

_ACTS: dict[str, Phrase] = {
    "opening": "the story of {a} and {b} opens",
    # an order carried out: what was done, to whom, how the other side saw it, and in what words
    "act": "{occasion}{deed} (rung {rung}){toll}{other_than_ordered}{group_hit}{perceived}{tones}",
    "occasion": [
        ("", "known = 0"),
        ("", "moves = 0"),
        ("", f"perceived_rung = {ladder.NORMAL}"),
        ("", f"rung = {ladder.NORMAL}"),
        ("In answer to the attack, ", f"perceived_rung = {ladder.MILITANT_ATTACK}"),
        ("In answer to what it took for {a_rung(perceived_rung, me)}, ", "perceived_rung ≠ true_rung"),
        ("In answer, ", ""),
    ],
    "deed": [
        ("{me} holds back", f"rung = {ladder.NORMAL}, review > 0"),
        ("{me}'s order comes to nothing", f"rung = {ladder.NORMAL}"),
        ("{me} protests to {other}", f"rung = {ladder.PROTEST}"),
        ("{me} imposes a sanction on {other}", f"rung = {ladder.SANCTION}"),
        ("{me} puts its forces on alert against {other}", f"rung = {ladder.MILITARY_SIGNAL}"),
        ("{me} has militants attack {other}", f"rung = {ladder.MILITANT_ATTACK}"),
        ("{me}'s forces clash with {other}'s on the border", f"rung = {ladder.CLASH}"),
        ("{me} strikes what it calls a hideout of {group} in {other}", f"rung = {ladder.SANCTUARY_STRIKE}"),
        ("{me} strikes {other}'s forces", f"rung = {ladder.STATE_STRIKE}"),
        ("{me} hits {other} in a sustained exchange of strikes", f"rung = {ladder.EXCHANGE}"),
        ("{me} goes to war with {other}", f"rung = {WAR}"),
    ],
    "toll": [("", f"rung < {ladder.CLASH}"), (": {killed}", "")],
    "killed": [
        ("{nationals(dead, other)} and {dead_kin} others killed", "dead > 0, dead_kin > 0"),
        ("{dead_kin} killed, not a national of {other}", "dead_kin = 1"),
        ("{dead_kin} killed, none of them nationals of {other}", "dead_kin > 0"),
        ("{nationals(dead, other)} killed", "dead > 0"),
        ("nobody is killed", ""),
    ],
    "other_than_ordered": [
        ("; more than was ordered (rung {ordered})", "known = 1, rung > ordered"),
        ("; less than was ordered (rung {ordered})", "known = 1, rung < ordered"),
        ("", ""),
    ],
    "group_hit": [("; the group is hit", "hit = 1"), ("", "")],
    "perceived": [
        ("", "seen = rung"),
        ("; {other} does not see it", f"seen = {ladder.NORMAL}"),
        ("; {other} takes it for {a_rung(seen, other)} (rung {seen})", ""),
    ],
    # a militant attack, and whether the host was blamed for it; one stopped by a warning; one that never came to pass
    "attack": "an attack by {group} from {other}'s soil {loss}{unheeded}; {blame}",
    "loss": [("kills {nationals(dead, me)}", "dead > 0"), ("kills nobody", "")],
    "unheeded": [("; a warning from {other} had not stopped it", "warned = 1"), ("", "")],
    "blame": [
        ("{me} does not blame {other}", "seen = 0"),
        ("{me} lays it at {other}'s door, wrongly", "known_after = 1, complicit = 0"),
        ("{me} lays it at {other}'s door", ""),
    ],
    "foiled": [
        ("a warning from {other} foils an attack on {me} by {group}", "warned = 1"),
        ("a warning through the mechanism foils an attack on {me} by {group}", ""),
    ],
    "averted": "joint patrols keep {group} from attacking {me}",
    # a nation's first words after it was hit, with what went with them: recall of the ambassador, or an alert
    "words": [
        ("{protest}; {tone}", f"public {FIRM}"),
        ("{me} plays it down in public{private_too}", f"public {MILD}"),
        ("{me} says nothing", f"private = {NOTHING}"),
        ("{me} says nothing in public; {tone}", ""),
    ],
    "private_too": [(", but is firm in private", f"private {FIRM}"), (" and in private", f"private {MILD}"), ("", "")],
    "protest": [
        ("{me} blames {other} and protests", f"rung = {ladder.PROTEST}"),
        ("{me} protests and recalls its ambassador from {other}", f"rung = {ladder.SANCTION}, known = 0"),
        ("{me} protests and recalls its ambassador from {other}", f"rung = {ladder.SANCTION}, envoy > envoy_after"),
        ("{me} protests to {other} again and keeps its ambassador at home", f"rung = {ladder.SANCTION}"),
        ("{me} protests to {other} and puts its forces on alert", "known = 0"),
        ("{me} recalls its ambassador from {other} and puts its forces on alert", "envoy > envoy_after"),
        ("{me} protests to {other} and puts its forces on alert", ""),
    ],
    # decisions: not to act; to act, or at a regular sitting to hold back, which the other side does not see; and what slips
    "pass": "{me}'s council decides not to answer{provocation}{tones}",
    "provocation": [("", "known = 0"), (" the attack", f"perceived_rung = {ladder.MILITANT_ATTACK}"), (" the strike", "")],
    "order": [
        ("{me}'s council orders an act, of which nothing will come (rung 0)", f"rung = {ladder.NORMAL}, slipped = 1"),
        ("{me}'s council decides to hold back (rung 0)", f"rung = {ladder.NORMAL}"),
        ("{me}'s council decides to hold back, but by accident sets off {a_rung(rung, other)} (rung {rung})", "slipped = 1"),
        ("{me}'s council secretly orders {a_rung(rung, other)} (rung {rung})", ""),
    ],
    # the channel: first contact, and who holds its fire on it; the statement; the ambassadors back; the visit
    "contact": "the foreign ministers of {a} and {b} talk{a_holds}{b_holds}",
    "a_holds": [("{holds(a, phase_a)}", "held_a = 1"), ("", "")],
    "b_holds": [("{holds(b, phase_b)}", "held_b = 1"), ("", "")],
    "holds": [
        ("; {1} holds its fire, a strike already ordered is called off", f"known = 1, 2 = {PREPARING}"),
        ("; {1} holds its fire before it has decided on an answer", ""),
    ],
    "statement": "{a} and {b} make a joint statement{normal_again}",
    "envoys": "the ambassadors return to their posts",
    "visit": [
        ("one foreign minister visits the other", "to_be_agreed = 1"),  # where a mechanism is agreed, that is the end of it
        ("one foreign minister visits the other{normal_again}", ""),
    ],
    "agreement": [
        ("{a} and {b} agree to work together; relations are normal again", "named = 0"),
        ("{a} and {b} renew the mechanism ({mechanism}); relations are normal again", "known = 1, agreed = 1"),
        ("{a} and {b} put in force the mechanism ({mechanism}); relations are normal again", ""),
    ],
    "fading": "the crisis between {a} and {b} has faded; nothing is settled",
    "try": [("the channel gets no further", "known = 0"), ("an attempt at {goal} fails", "")],
    "goal": [
        ("a contact", "step = 0"),
        ("a joint statement", "step = 1"),
        ("a visit", f"step = {ENVOYS - 1}, envoy_a = 1, envoy_b = 1"),  # with both at post there are none to return
        ("the ambassadors' return", f"step = {ENVOYS - 1}"),
        ("a visit", f"step = {ENVOYS}"),
        ("an agreement", ""),
    ],
    # the mechanism: a regular meeting; the report of an inquiry, which clears the host, and what the accuser does about it
    "meeting": [
        ("{a} and {b} meet under their mechanism", "named = 0"),
        ("{a} and {b} meet under the mechanism ({mechanism})", ""),
    ],
    "meetings": "; {count} such meetings until {until}",
    "inquiry": [
        ("the joint inquiry clears the host of the attack; the answer is called off", "known = 0, held_a = 1"),
        ("the joint inquiry clears the host of the attack; the answer is called off", "known = 0, held_b = 1"),
        ("the joint inquiry clears the host of the attack", "known = 0"),
        ("{cleared(b, a, held_a)}", f"subject = {A}"),
        ("{cleared(a, b, held_b)}", f"subject = {B}"),
    ],
    "cleared": [
        ("the joint inquiry finds that {1} had no hand in the attack on {2}; {2} calls off its answer", "3 = 1"),
        ("the joint inquiry finds that {1} had no hand in the attack on {2}", ""),
    ],
    "nothing": "Nothing happened.",
}

SENTENCES = _WORDS | _ACTS

ENDING: dict[str, Phrase] = {
    "nationals": _WORDS["nationals"],
    "ending": "{highest} {strikes} {dead}{envoys}{way_down}",
    "highest": "Peak: rung {peak}, {rung}.",
    "rung": [(name, f"peak = {rung}") for rung, name in enumerate(RUNGS)],
    "strikes": [("No strikes.", "strikes_all = 0"), ("Strikes: {strikes_a:.0f} by {a}, {strikes_b:.0f} by {b}.", "")],
    # the dead by strikes and by militants
    "dead": [
        ("Dead: {in_strikes}; {in_attacks}.", "in_strikes_all > 0, in_attacks_all > 0"),
        ("Dead: {in_strikes}.", "in_strikes_all > 0"),
        ("Dead: {in_attacks}.", "in_attacks_all > 0"),
        ("Nobody was killed.", ""),
    ],
    "in_strikes": [
        ("in strikes {kin}", "killed_by_strikes_a = 0, killed_by_strikes_b = 0"),
        ("in strikes {struck_b}{and_kin}", "killed_by_strikes_a = 0"),
        ("in strikes {struck_a}{and_kin}", "killed_by_strikes_b = 0"),
        ("in strikes {struck_a} and {struck_b}", "killed_kin = 0"),
        ("in strikes {struck_a}, {struck_b} and {kin}", ""),
    ],
    "struck_a": "{nationals(killed_by_strikes_a, a)}",
    "struck_b": "{nationals(killed_by_strikes_b, b)}",
    "kin": "{killed_kin:.0f} others, of the striker's own origin",
    "and_kin": [(" and {kin}", "killed_kin > 0"), ("", "")],
    "in_attacks": [
        ("in militant attacks {nationals(killed_by_attacks_b, b)}", "killed_by_attacks_a = 0"),
        ("in militant attacks {nationals(killed_by_attacks_a, a)}", "killed_by_attacks_b = 0"),
        ("in militant attacks {nationals(killed_by_attacks_a, a)} and {nationals(killed_by_attacks_b, b)}", ""),
    ],
    "envoys": [(" Without ambassadors for {envoyless_days:.1f} days.", "envoyless > 0"), ("", "")],
    # war; or the stand-down, the agreement and a relapse, each with its time or censored at the horizon
    "way_down": [
        (" War broke out on day {war_day:.1f}.", "war_at > -1"),
        ("", "first_strike_at < 0"),
        (" It had not stood down by the horizon ({horizon}).", "stand_down_at < 0"),
        (" {stood_down}, but force was used again on day {recurrence_day:.1f}.", "recurrence_at > -1"),
        (" {stood_down}, and force was not used again by the horizon ({horizon}).", ""),
    ],
    "stood_down": "It stood down {stand_down_lag:.1f} days after the first strike",
}
