"""A mechanism: numbers that change the game's other numbers while it is in force. All zero is none, and never in force."""

import math
from dataclasses import dataclass

from sim.model.parameter import OWN, check, choice, real, text

HOTLINE = "assumption (no quantitative effect of hotlines was found: sweep it)"


@dataclass(frozen=True)
class Mechanism:
    """What stands between the two. Each effect below is multiplied by ``compliance`` and by what is left of it in time."""

    name: str = text("none", "what the story calls it")
    in_force: str = choice("start", ("start", "agreement"), "whether it works from the start or once the channel agrees it")
    compliance: float = real(1.0, 0, 1, "probability that a use of it works", plausible=OWN)
    half_life: float = real(math.inf, 0.01, math.inf, "half-life of its effect", unit="days", plausible=OWN)
    erosion: float = real(0.0, 0, 1, "share of its effect that each strike takes away", plausible=OWN)
    meeting_interval: float = real(
        0.0, 0, 1e5, "between regular meetings, which renew it (0: none)", unit="days", plausible=OWN
    )
    renewal: float = real(
        0.5, 0, 1, "share of what its effect has lost that a meeting restores, where the two comply", plausible=OWN
    )

    contact_gain: float = real(0.0, 0, 1e6, "relative rise of the rate of contacts", source=HOTLINE, plausible=OWN)
    clarification: float = real(
        0.0,
        0,
        1e3,
        "rate at which a misread act is put right while a council deliberates",
        unit="per day",
        source=HOTLINE,
        plausible=OWN,
    )
    perception_cut: float = real(0.0, 0, 1, "share of the perception error it takes away", plausible=OWN)
    alarm_cut: float = real(0.0, 0, 1, "share of false attribution it takes away, where evidence tells anything", plausible=OWN)
    hit_gain: float = real(
        0.0, 0, 1, "share of missed complicity it brings to light, where evidence tells anything", plausible=OWN
    )
    foils: float = real(0.0, 0, 1, "probability that it foils an attack the host does not direct", plausible=OWN)
    patrols: float = real(0.0, 0, 1, "share of the attacks it keeps from happening", plausible=OWN)
    notice: float = real(0.0, 0, 1, "probability that a strike is announced to the other side", plausible=OWN)
    targeting: float = real(
        0.0, 0, 1, "share of the obstacles to a strike on militants that its intelligence removes", plausible=OWN
    )
    inquiry: float = real(0.0, 0, 1, "probability that a false attribution is corrected", plausible=OWN)
    inquiry_delay: float = real(72.0, 0, 1e5, "from the attack to that correction", unit="hours", plausible=OWN)
    pledge: float = real(0.0, 0, 10, "audience cost of striking, and of not answering a strike", plausible=OWN)
    relief: float = real(0.0, 0, 1, "share of both ledgers that each contact relieves in addition", plausible=OWN)
    relay: float = real(0.0, 0, 1, "probability that a third party carries words while a council deliberates", plausible=OWN)
    relay_cost: float = real(
        0.0, 0, 10, "cost of those words: the log likelihood ratio they carry (0: free talk)", unit="nats", plausible=OWN
    )

    def __post_init__(self) -> None:
        check(self)
