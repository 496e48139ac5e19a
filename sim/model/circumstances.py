"""What stood around an act: of the states before and after it, what one needs to tell it.

An act says what happened, and not what it answered, what had been ordered or whether the ambassador was still at post. Both
clocks note the same whole numbers, so a story can be told from a log of numbers alone.
"""

from typing import NamedTuple

from sim.model.numerics.jit import jitted
from sim.model.state import CHANNEL, State


class Circumstances(NamedTuple):
    """What stood around an act, in whole numbers. Its side is the nation that acts or is attacked, else a."""

    perceived_rung: int  # strongest perceived act its side had not yet answered
    true_rung: int  # what that act was, seen without error
    ordered: int  # rung its side had ordered
    moves: int  # decisions and acts its side had made; 0 before a given opening
    envoy_a: int  # 1 where a's ambassador was at post
    envoy_b: int
    phase_a: int  # of a's council
    phase_b: int
    step: int  # reached by the channel
    agreed: int  # 1 where the mechanism was in force
    subject: int  # the side that asked for the inquiry
    envoy_a_after: int
    envoy_b_after: int
    complicit: int  # 1 where the host, after the act, is behind the militants that attack its side
    crisis_rung: int  # after the act


@jitted
def circumstances(before: State, after: State) -> Circumstances:
    """What stood around the latest act of ``after``, which came upon the state ``before``."""
    who = after.latest.who
    second = who < CHANNEL and who & 1 == 1
    mine = before.b if second else before.a
    group = after.group_b if second else after.group_a
    return Circumstances(
        mine.memory.perceived_rung, mine.memory.true_rung, mine.plan.ordered, mine.acts, before.a.envoy, before.b.envoy,
        before.a.plan.phase, before.b.plan.phase, before.talks.step, int(before.mechanism_state.since <= after.latest.at),
        before.mechanism_state.subject, after.a.envoy, after.b.envoy, group.complicit, after.talks.rung,
    )  # fmt: skip
