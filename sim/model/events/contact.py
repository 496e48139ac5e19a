"""When the channel tries at a contact: the sooner, the better the line; later while an ambassador is away."""

from sim.model.numerics.jit import Uniform, jitted
from sim.model.numerics.philox import wait
from sim.model.parameter import Plain
from sim.model.state import Side, later, not_before, soon


@jitted
def next_contact(a: Side, b: Side, diplomacy: Plain, gain: float, now: int, u: Uniform) -> int:
    """The minute of the next try at a contact between the sides ``a`` and ``b``; ``gain`` is the relative rise of its rate."""
    mean = diplomacy.contact
    if a.envoy + b.envoy < 2:
        mean = mean * (1.0 + diplomacy.recall_delay)
    return not_before(soon(now, wait(u, mean, 1.0 + gain)), later(0, diplomacy.closed))
