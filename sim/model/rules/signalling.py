"""What to say? A rule returns the words that go with an act, in public and in private.

Every rule has the signature ``rule(memory, moment) -> Words``; ``moment`` is one of PROTEST (after being hit), STRIKE
(with an act of its own) and PASS (with the decision not to act). What words do is in ``sim.model.events.communication``.
"""

from typing import NamedTuple

from sim.model.registry import ALL, Registry
from sim.model.rules.memory import Memory

HOSTILE, NOTHING, CONCILIATORY = 1, 0, -1
PROTEST, STRIKE, PASS = 0, 1, 2

signalling = Registry("signalling", "what to say?")


class Words(NamedTuple):
    """Tone in public, tone in private (-1 conciliatory, 0 nothing said, 1 hostile), and a military display (0 or 1)."""

    public: int
    private: int
    display: int


@signalling.seeing()
def silent(memory: Memory, moment: int) -> Words:
    """Says nothing, and leaves the act to speak (Jervis 1970 on signals and indices)."""
    return Words(NOTHING, NOTHING, 0)


@signalling.seeing()
def downplay(memory: Memory, moment: int) -> Words:
    """Plays it down in public ("minor irritants", Islamabad, 19 January 2024; Carson 2018 on looking away)."""
    return Words(CONCILIATORY, NOTHING, 0)


@signalling.seeing()
def two_track(memory: Memory, moment: int) -> Words:
    """Firm in public, restrained in private (the two tracks of January 2024; Kurizaki 2007 on secret diplomacy)."""
    return Words(HOSTILE if moment != PASS else NOTHING, CONCILIATORY, 0)


@signalling.seeing(tone=ALL)
def mirror(memory: Memory, moment: int) -> Words:
    """In public the tone it last heard; a protest where it heard none (Leng 1993 on reciprocating strategies)."""
    if memory.tone == NOTHING and moment == PROTEST:
        return Words(HOSTILE, NOTHING, 0)
    return Words(memory.tone, NOTHING, 0)


@signalling.seeing()
def hard_line(memory: Memory, moment: int) -> Words:
    """Hostile in public whatever happens, with a military display under protest (Fearon 1994 on audience costs)."""
    return Words(HOSTILE, NOTHING, 1 if moment == PROTEST else 0)


@signalling.seeing()
def graduated(memory: Memory, moment: int) -> Words:
    """Protests when hit, then announces its restraint in public and in private (GRIT; Osgood 1962)."""
    if moment == PROTEST:
        return Words(HOSTILE, NOTHING, 0)
    return Words(CONCILIATORY, CONCILIATORY, 0)


choose = signalling.switch()
