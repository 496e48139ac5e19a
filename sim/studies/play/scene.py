"""One act in its setting: who is who in it, and the small phrases that sentences are made of."""

from typing import NamedTuple

from sim.model.ladder import RUNGS
from sim.model.rules.signalling import CONCILIATORY, HOSTILE
from sim.model.setting.crisis import Crisis
from sim.model.state import CHANNEL, MILITANTS_A, Act, Side, State

PUBLIC = {HOSTILE: "firm in public", CONCILIATORY: "conciliatory in public"}
PRIVATE = {HOSTILE: "firm in private", CONCILIATORY: "restrained in private"}


class Scene(NamedTuple):
    """An act, the crisis it belongs to, and the states before and after it (``None`` where they are not known)."""

    act: Act
    crisis: Crisis
    before: State | None = None
    after: State | None = None

    @property
    def side(self):
        """The nation that acts, or that is attacked: 0 or 1; 0 for the channel and the mechanism."""
        return self.act.who & 1 if self.act.who < CHANNEL else 0

    @property
    def me(self):
        """Name of the nation that acts, or that is attacked."""
        return names(self.crisis)[self.side]

    @property
    def other(self):
        """Name of the other nation: the target, or the host of the militants."""
        return names(self.crisis)[1 - self.side]

    @property
    def mine(self) -> Side | None:
        """The nation that acts or is attacked as it stood before, where that is known."""
        return self.before and (self.before.a, self.before.b)[self.side]

    @property
    def dead(self):
        """Nationals of the other side killed by a strike; of the side attacked, killed by militants."""
        return (self.act.dead_a, self.act.dead_b)[self.side if self.act.who >= MILITANTS_A else 1 - self.side]


def held(act: Act, side: int) -> int:
    """1 where the council of ``side`` called its answer off with the act."""
    return (act.held_a, act.held_b)[side]


def names(crisis):
    """The names of both nations; ``A`` and ``B`` where they have none."""
    return crisis.a.name or "A", crisis.b.name or "B"


def group(crisis, side):
    """What to call the militants that attack ``side``."""
    return (crisis.militants_a, crisis.militants_b)[side].name or "militants"


def rung_name(rung, other):
    """What ``rung`` of the ladder is when it is done to the nation named ``other``."""
    return RUNGS[rung].replace("the other's", f"{other}'s").replace("the other state's", f"{other}'s")


def tone(act):
    """How the words that went with an act sounded: "firm in public, restrained in private", or nothing."""
    return ", ".join(filter(None, (PUBLIC.get(act.public, ""), PRIVATE.get(act.private, ""))))


def nationals(number, name):
    """``number`` nationals of the nation ``name``, in words."""
    return f"{number} {'national' if number == 1 else 'nationals'} of {name}"


def a_or_an(phrase):
    """``phrase`` with its indefinite article, but for war."""
    return phrase if phrase == "war" else f"an {phrase}" if phrase[0] in "aeiou" else f"a {phrase}"
