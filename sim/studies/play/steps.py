"""What the channel and the mechanism do, in words: one function a kind of act, each from a ``Scene`` to its text."""

from sim.model.ladder import NORMAL
from sim.model.state import AGREEMENT, CONTACT, ENVOYS, PREPARING, STATEMENT, VISIT
from sim.plotting.mechanism_words import named
from sim.studies.play.scene import held, names

GOALS = {
    CONTACT: "a contact",
    STATEMENT: "a joint statement",
    ENVOYS: "the ambassadors' return",
    VISIT: "a visit",
    AGREEMENT: "an agreement",
}


def contacted(scene):
    """First contact, and who holds its fire on it."""
    a, b = names(scene.crisis)
    return f"The foreign ministers of {a} and {b} talk" + "".join(
        f"; {name} holds its fire{_called_off(scene, side)}" for side, name in enumerate((a, b)) if held(scene.act, side)
    )


def _called_off(scene, side):
    """What holding fire called off, where that is known."""
    if scene.before and (scene.before.a, scene.before.b)[side].plan.phase == PREPARING:
        return ", a strike already ordered is called off"
    return " before it has decided on an answer"


def stated(scene):
    """The joint statement; after a mere attack it is the end of the matter."""
    end = "" if scene.act.rung != NORMAL else "; relations are normal again"
    return f"{' and '.join(names(scene.crisis))} make a joint statement{end}"


def returned(scene):
    """The ambassadors are back."""
    return "The ambassadors return to their posts"


def visited(scene):
    """The visit; where no mechanism is to be agreed it is the end of the matter."""
    end = "" if scene.act.rung != NORMAL or scene.crisis.mechanism.in_force == "agreement" else "; relations are normal again"
    return f"One foreign minister visits the other{end}"


def faded(scene):
    """The quiet end of a crisis that nobody settled."""
    return f"The crisis between {' and '.join(names(scene.crisis))} has faded; nothing is settled"


def agreed(scene):
    """The end of the way down where a mechanism is to be agreed, and what becomes of it."""
    pair, name = " and ".join(names(scene.crisis)), _mechanism(scene.crisis)
    if not name:
        return f"{pair} agree to work together; relations are normal again"
    known = scene.before is not None and scene.before.mechanism_state.since <= scene.act.at
    return f"{pair} {'renew' if known else 'put in force'} {name}; relations are normal again"


def tried(scene):
    """An attempt at the next step that came to nothing; a step that needs no ambassadors back passes over them."""
    if not scene.before:
        return "The channel gets no further"
    step = scene.before.talks.step + 1
    at_post = scene.before.a.envoy + scene.before.b.envoy == 2
    return f"An attempt at {GOALS[VISIT if step == ENVOYS and at_post else step]} fails"


def met(scene):
    """A regular meeting."""
    name = _mechanism(scene.crisis) or "their mechanism"
    return f"{' and '.join(names(scene.crisis))} meet under {name}"


def inquired(scene):
    """The report of an inquiry, which clears the host, and what the side that had blamed it does about it."""
    if not scene.before:
        return "The joint inquiry clears the host of the attack" + (
            "; the answer is called off" if scene.act.held_a or scene.act.held_b else ""
        )
    both, subject = names(scene.crisis), scene.before.mechanism_state.subject
    accuser, host = both[subject], both[1 - subject]
    off = f"; {accuser} calls off its answer" if held(scene.act, subject) else ""
    return f"The joint inquiry finds that {host} had no hand in the attack on {accuser}{off}"


def opened(scene):
    """The moment before the first act."""
    return f"The story of {' and '.join(names(scene.crisis))} opens"


def _mechanism(crisis):
    """The mechanism by its name in words, or nothing where there is none."""
    name = named(crisis.mechanism)
    return name and f"the mechanism ({name})"
