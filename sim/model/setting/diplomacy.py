"""The diplomatic channel: five steps down from a crisis, and what makes them slower."""

import math
from dataclasses import dataclass

from sim.model.parameter import GIVEN, SWITCH, check, real, whole

STANDDOWN = "fitted to first strike to stand-down, 17 episodes of the case library"
CLOCK = "fitted to the clock of January 2024 (n = 1)"


@dataclass(frozen=True)
class Diplomacy:
    """Each step waits exponentially between tries; a try succeeds the likelier, the leveller and smaller the ledgers.

    The probability is ``(1 - trust_weight (1 - mean trust)) / (1 + imbalance |A - B| + burden (A+ + B+))`` with the
    ledgers A and B in strikes, as they stand at the time of the try.
    """

    contact: float = real(
        1.0, 0, math.inf, "mean wait between tries at a contact", unit="days", source=STANDDOWN, plausible=(0.5, 4.0)
    )
    statement: float = real(
        2.7,
        0,
        math.inf,
        "mean wait for a joint statement, at level ledgers",
        unit="days",
        source=STANDDOWN,
        plausible=(1.5, 12.0),
    )
    envoys: float = real(
        3.5,
        0,
        math.inf,
        "mean wait for the ambassadors' return, at level ledgers",
        unit="days",
        source=CLOCK,
        plausible=(1.5, 30.0, "assumption; envoys were away 9 to 998 days in the case library"),
    )
    visit: float = real(
        2.5, 0, math.inf, "mean wait for a visit, at level ledgers", unit="days", source=CLOCK, plausible=(1.0, 10.0)
    )
    agreement: float = real(
        0.5, 0, math.inf, "mean wait for the agreement, at level ledgers", unit="days", source=CLOCK, plausible=(0.2, 5.0)
    )
    walk_back: int = whole(
        0,
        0,
        9,
        "rungs each contact takes the crisis down, in quiet, and no step follows it (0: the five steps)",
        unit="rungs",
        plausible=SWITCH,
    )
    imbalance: float = real(
        3.0, 0, 100, "weight of the difference of the ledgers", unit="per strike", source=STANDDOWN, plausible=(0.3, 4.0)
    )
    burden: float = real(
        0.26, 0, 100, "weight of what both still feel", unit="per strike", source=STANDDOWN, plausible=(0.1, 1.5)
    )
    settles: float = real(
        0.35,
        0,
        1,
        "probability that a crisis is settled, by a visit and what follows; else it fades",
        source="ICB v15: formal .21 and semi-formal .14 of the outcomes of crises; MID 5.0 since 1946: negotiated .10",
        plausible=(0.1, 0.6, "MID 5.0: negotiated .10; ICB v15: formal, semi-formal and tacit .41"),
    )
    recall_delay: float = real(
        0.5, 0, 100, "relative lengthening of the wait for a contact while an ambassador is away", plausible=(0.0, 2.0)
    )
    closed: float = real(0.0, 0, 36500, "from the start until a contact can be tried at all", unit="days", plausible=GIVEN)
    trust_weight: float = real(0.2, 0, 1, "how much of the chance distrust can take away", plausible=(0.0, 0.6))
    contact_relief: float = real(0.3, 0, 1, "share of both ledgers that a contact relieves", plausible=(0.1, 0.6))
    visit_trust: float = real(0.3, 0, 10, "log odds of trust that a visit adds", unit="nats", plausible=(0.0, 1.0))

    def __post_init__(self) -> None:
        check(self)
