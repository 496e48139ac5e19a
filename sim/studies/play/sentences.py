"""What nations and militants do, in words: one function a kind of act, each from a ``Scene`` to a sentence's text."""

from sim.model.ladder import (
    CLASH,
    EXCHANGE,
    MILITANT_ATTACK,
    MILITARY_SIGNAL,
    NORMAL,
    PROTEST,
    SANCTION,
    SANCTUARY_STRIKE,
    STATE_STRIKE,
    WAR,
)
from sim.model.rules.signalling import CONCILIATORY, HOSTILE, NOTHING
from sim.studies.play.scene import a_or_an, group, nationals, rung_name, tone

DEEDS = {
    NORMAL: "{me}'s order comes to nothing",
    PROTEST: "{me} protests to {other}",
    SANCTION: "{me} imposes a sanction on {other}",
    MILITARY_SIGNAL: "{me} puts its forces on alert against {other}",
    MILITANT_ATTACK: "{me} has militants attack {other}",
    CLASH: "{me}'s forces clash with {other}'s on the border",
    SANCTUARY_STRIKE: "{me} strikes what it calls a hideout of {group} in {other}",
    STATE_STRIKE: "{me} strikes {other}'s forces",
    EXCHANGE: "{me} hits {other} in a sustained exchange of strikes",
    WAR: "{me} goes to war with {other}",
}
HELD_BACK = "{me} holds back"
PRIVATE_TOO = {HOSTILE: ", but is firm in private", CONCILIATORY: " and in private"}
PROTESTS = {
    PROTEST: "{me} blames {other} and protests",
    SANCTION: "{me} protests and recalls its ambassador from {other}",
    MILITARY_SIGNAL: "{me} protests to {other} and puts its forces on alert",
}


def struck(scene):
    """An order carried out: what was done, to whom, how the other side saw it, and in what words."""
    act, deed = scene.act, DEEDS[scene.act.rung]
    if act.rung == NORMAL and nation(scene).review > 0:
        deed = HELD_BACK
    told = deed.format(me=scene.me, other=scene.other, group=group(scene.crisis, scene.side))
    clauses = [f"{_occasion(scene)}{told} (rung {act.rung})" + (f": {toll(scene)}" if act.rung >= CLASH else "")]
    if scene.mine and scene.mine.plan.ordered != act.rung:
        measure = "more" if act.rung > scene.mine.plan.ordered else "less"
        clauses.append(f"{measure} than was ordered (rung {scene.mine.plan.ordered})")
    if act.hit:
        clauses.append("the group is hit")
    if act.seen == NORMAL != act.rung:
        clauses.append(f"{scene.other} does not see it")
    elif act.seen != act.rung:
        clauses.append(f"{scene.other} takes it for {a_or_an(rung_name(act.seen, scene.other))} (rung {act.seen})")
    if tone(act):
        clauses.append(tone(act))
    return "; ".join(clauses)


def nation(scene):
    """The setting of the side that acts."""
    return (scene.crisis.a, scene.crisis.b)[scene.side]


def _occasion(scene):
    """What the act answers, where that is known: the start of its sentence."""
    if not scene.mine or not scene.mine.acts or not scene.mine.memory.perceived_rung or scene.act.rung == NORMAL:
        return ""
    memory = scene.mine.memory
    if memory.perceived_rung == MILITANT_ATTACK:
        return "In answer to the attack, "
    if memory.perceived_rung != memory.true_rung:
        return f"In answer to what it took for {a_or_an(rung_name(memory.perceived_rung, scene.me))}, "
    return "In answer, "


def toll(scene):
    """The dead of a strike by nationality, in words."""
    dead, kin = scene.dead, scene.act.dead_kin
    if dead and kin:
        return f"{nationals(dead, scene.other)} and {kin} others killed"
    if kin:
        return f"{kin} killed, {'not a national' if kin == 1 else 'none of them nationals'} of {scene.other}"
    return f"{nationals(dead, scene.other)} killed" if dead else "nobody is killed"


def attacked(scene):
    """A militant attack, and whether the host was blamed for it."""
    act, name = scene.act, group(scene.crisis, scene.side)
    loss = f"kills {nationals(scene.dead, scene.me)}" if scene.dead else "kills nobody"
    blame = f"{scene.me} lays it at {scene.other}'s door" if act.seen else f"{scene.me} does not blame {scene.other}"
    if act.seen and scene.after:
        culprit = (scene.after.group_a, scene.after.group_b)[scene.side].complicit
        blame += "" if culprit else ", wrongly"
    late = f"; a warning from {scene.other} had not stopped it" if act.warned else ""
    return f"An attack by {name} from {scene.other}'s soil {loss}{late}; {blame}"


def foiled(scene):
    """An attack stopped by a warning."""
    source = f"a warning from {scene.other}" if scene.act.warned else "a warning through the mechanism"
    return f"{source[0].upper()}{source[1:]} foils an attack on {scene.me} by {group(scene.crisis, scene.side)}"


def averted(scene):
    """An attack that never came to pass."""
    return f"Joint patrols keep {group(scene.crisis, scene.side)} from attacking {scene.me}"


def spoke(scene):
    """A nation's first words after it was hit, with what went with them: recall of the ambassador, or an alert."""
    act = scene.act
    if act.public != HOSTILE:
        return _unprotesting(scene)
    told = PROTESTS[act.rung].format(me=scene.me, other=scene.other)
    if scene.mine and scene.after:
        left = scene.mine.envoy > (scene.after.a, scene.after.b)[scene.side].envoy
        if act.rung == SANCTION and not left:
            told = f"{scene.me} protests to {scene.other} again and keeps its ambassador at home"
        elif act.rung == MILITARY_SIGNAL and left:
            told = f"{scene.me} recalls its ambassador from {scene.other} and puts its forces on alert"
    return f"{told}; {tone(act)}"


def _unprotesting(scene):
    """Words other than a protest."""
    if scene.act.public == CONCILIATORY:
        return f"{scene.me} plays it down in public" + PRIVATE_TOO.get(scene.act.private, "")
    if scene.act.private == NOTHING:
        return f"{scene.me} says nothing"
    return f"{scene.me} says nothing in public; {tone(scene.act)}"


def passed(scene):
    """The decision not to act."""
    what = ""
    if scene.mine:
        what = " the attack" if scene.mine.memory.perceived_rung == MILITANT_ATTACK else " the strike"
    words = f"; {tone(scene.act)}" if tone(scene.act) else ""
    return f"{scene.me}'s council decides not to answer{what}{words}"


def ordered(scene):
    """The decision to act, or at a regular sitting to hold back, which the other side does not see; and what slips."""
    if scene.act.rung == NORMAL:
        slip = "orders an act, of which nothing will come" if scene.act.slipped else "decides to hold back"
        return f"{scene.me}'s council {slip} (rung 0)"
    if scene.act.slipped:
        what = a_or_an(rung_name(scene.act.rung, scene.other))
        return f"{scene.me}'s council decides to hold back, but by accident sets off {what} (rung {scene.act.rung})"
    return f"{scene.me}'s council secretly orders {a_or_an(rung_name(scene.act.rung, scene.other))} (rung {scene.act.rung})"
