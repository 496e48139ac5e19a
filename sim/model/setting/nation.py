"""A nation: its policy, its haste, its noise, its force and its public."""

import math
from dataclasses import dataclass

from sim.model.parameter import check, choice, real, text, whole
from sim.model.rules.intelligence_sharing import sharing
from sim.model.rules.retaliation import retaliation
from sim.model.rules.signalling import signalling
from sim.model.rules.waiting_time import delay

CASES = "case library in docs/sources.md, own coding of 12 crises"
MIE = "MIE 1.0, 1946-2014 (Gibler & Miller)"


@dataclass(frozen=True)
class Nation:
    """One of the two states. Times are medians; probabilities are per decision unless the meaning says otherwise."""

    name: str = text("", "what the story calls it")

    # policy
    retaliation: str = choice("tit_for_tat", retaliation.names(), "how hard it answers", source="Axelrod (1984)")
    signalling: str = choice("two_track", signalling.names(), "what it says")
    sharing: str = choice("none", sharing.names(), "which warnings it passes on as a host")
    generosity: float = real(
        0.96, 0, 1, "probability that a strike it suffered is let pass, at no pressure", source=f"fitted to {CASES}"
    )
    commitment: float = real(
        0.9,
        0,
        1,
        "probability that its leadership is committed: one draw for the whole run decides what it lets pass, hard or mild; "
        "otherwise each case has a draw of its own",
        source=f"fitted to {MIE}: runs of acts; committed types after Kreps & Wilson (1982)",
    )
    patience: int = whole(
        0, 0, 20, "provocations in a row it lets pass before its rule is asked: a policy, at 1 it lets every first blow pass",
        unit="provocations",
    )  # fmt: skip
    undershoot: float = real(
        0.2, 0, 1, "probability that the answer is a rung below what the rule asks", source=f"fitted to {CASES}"
    )
    exceed: float = real(
        0.2,
        0,
        1,
        "probability that the answer is a rung above what the rule asks",
        source=f"fitted to {CASES}: 5 of 19 answers",
    )
    exceed_by_death: float = real(
        0.006,
        0,
        1,
        "added to exceed for each of the first of its own dead it has not answered",
        unit="per death",
        source=f"fitted to {CASES}",
    )
    exceed_deaths: float = real(
        50.0, 1, 1e6, "own dead at which half of the most they can add to exceed is reached", unit="deaths"
    )
    display: float = real(
        0.27,
        0,
        1,
        "probability that its answer to force is a mere display of it, a military signal",
        source=f"fitted to {MIE}: .27 of 1,230",
    )
    dread: float = real(
        0.95, 0, 1, "share of the cases in which it shrinks from war where it would go above a sustained exchange"
    )
    war_by_death: float = real(
        0.0006,
        0,
        1,
        "probability that it answers force by war outright, for each of its own dead it has not answered",
        unit="per death",
    )
    war_by_blow: float = real(0.0003, 0, 1, "the same, for each provocation in a row beyond the first", unit="per provocation")
    cap: int = whole(9, 1, 9, "highest rung it will order", unit="rung")
    reprisal: int = whole(
        6,
        5,
        8,
        "rung of its answer to a militant attack in kind: a policy, at 7 it answers militants at the other state",
        unit="rung",
        source=CASES,
    )
    threshold: int = whole(4, 1, 9, "lowest perceived rung that sets its council deliberating", unit="rung")
    resort: float = real(
        0.75,
        0,
        1,
        "probability that an attributed attack of very many dead is answered with force, at no trust",
        source="fitted to 1 of 7 headline attacks, Iran-Pakistan 2019-25",
    )
    resort_deaths: float = real(3.0, 0, 1e6, "dead in an attack at which half of resort is reached", unit="deaths")
    hold_fire: float = real(
        0.38,
        0,
        1,
        "probability that a contact made while it deliberates or prepares calls its answer off",
        source=f"fitted to {CASES}",
    )
    proxies: int = whole(0, 0, 1, "1: it too acts at rung 4, through militants it directs; 0: its acts skip that rung")
    follow_up: float = real(
        0.84,
        0,
        0.99,
        "probability that it follows an act of force with another, unless it is provoked or a statement comes first",
        source=f"fitted to {MIE}",
    )
    sharing_trust: float = real(0.5, 0, 1, "trust above which a trusting host shares")

    # haste
    delay: str = choice("weibull", delay.names(), "shape of its delays", source="ICB v15, MIE 1.0: AIC-best shapes")
    attack_lag: float = real(58.0, 0, 1e5, "median wait from an attack to the decision", unit="hours", source=CASES)
    attack_lag_spread: float = real(1.3, 0, 10, "spread of that wait (0 fixed, 1 exponential)", source=CASES)
    strike_lag: float = real(
        25.0,
        0,
        1e5,
        "median wait from a clash or sanctuary strike to the decision",
        unit="hours",
        source=f"fitted to {CASES} (n = 6)",
    )
    strike_lag_spread: float = real(0.53, 0, 10, "spread of that wait", source=f"fitted to {CASES} (n = 6)")
    state_lag: float = real(
        18.0,
        0,
        1e5,
        "median wait from a strike on its forces to the decision",
        unit="hours",
        source=f"fitted to {CASES} (n = 14)",
    )
    state_lag_spread: float = real(2.9, 0, 10, "spread of that wait", source=f"fitted to {CASES} (n = 14)")
    follow_lag: float = real(
        96.0,
        0,
        1e5,
        "median wait from an act of force to a further one of its own",
        unit="hours",
        source=f"{MIE}: 4, 28 and 92 d",
    )
    follow_lag_spread: float = real(2.7, 0, 10, "spread of that wait", source=f"{MIE}: quartiles and deciles of 4, 28 and 92 d")
    protest_lag: float = real(
        16.0, 0, 1e5, "median wait to its first words", unit="hours", source="recall after 16 h, January 2024 (n = 1)"
    )
    protest_lag_spread: float = real(0.5, 0, 10, "spread of that wait")
    preparation: float = real(1.0, 0, 1e4, "from the order to the strike, at least a minute", unit="hours")
    review: float = real(
        0.0, 0, 1e6, "median wait between regular sittings of its council; what it does then stands, as a posture, until the "
        "next (0: it sits only when provoked)", unit="hours",
    )  # fmt: skip
    review_spread: float = real(0.0, 0, 10, "spread of that wait (0 fixed, 1 exponential)")

    # noise
    execution_error: float = real(0.02, 0, 1, "probability that its act lands a rung above or below the order")
    perception_error: float = real(0.06, 0, 1, "probability that it sees an act a rung above or below what it was")
    accident: float = real(0.0, 0, 1, "probability that it strikes though it decided not to: an accident, or disobedience")
    failure: float = real(0.0, 0, 1, "probability that nothing comes of an act it ordered")
    phantom: float = real(0.0, 0, 1, "probability that it sees an act of force where a posture of the other side was restraint")
    miss: float = real(0.0, 0, 1, "probability that it does not see an act of the other side at all")
    discount: float = real(
        0.5,
        0,
        1,
        "probability that it sees a strike a rung lower where none of its nationals died, or only kin of the striker's",
    )
    message_error: float = real(0.05, 0, 1, "probability that it hears hostile words where conciliatory ones were said")
    hit_rate: float = real(0.9, 0, 1, "probability that it reads complicity where the host was behind the attack")
    false_alarm: float = real(0.5, 0, 1, "probability that it reads complicity where the host was not")
    trust: float = real(0.5, 0, 1, "prior probability that the other side is not behind its militants")
    tip_quality: float = real(0.7, 0, 1, "probability that a warning it passes on foils the attack")

    # force
    strike_deaths: float = real(
        30.0,
        0,
        1e6,
        "scale of deaths in its strike at rung 6; the median is scale (2^(1/tail) - 1)",
        unit="deaths",
        source=f"median 9.5 in {CASES}",
    )
    deaths_growth: float = real(1.5, 1, 100, "factor on that scale per rung")
    deaths_tail: float = real(
        3.0,
        0.2,
        100,
        "tail index of deaths (Lomax, rounded down): the smaller, the heavier",
        source=f"none above 46 dead in {CASES}",
    )
    deaths_most: float = real(
        150.0, 0, 1e6, "most dead in its strike at rung 6", unit="deaths", source=f"assumption: 46 at the most in {CASES}"
    )
    most_growth: float = real(3.0, 1, 100, "factor on that per rung")
    own_origin: float = real(
        0.4, 0, 1, "probability that the dead of its strike at rung 5 or 6 are militants and kin of its own origin"
    )
    hit: float = real(0.5, 0, 1, "probability that its strike on militants hits the group")
    notice: float = real(0.0, 0, 1, "probability that it gives the other side notice of a strike")

    # the account, and the public at home
    harm_step: float = real(0.85, 0, 10, "harm felt per rung, a strike on militants being 1", unit="strikes")
    harm_by_death: float = real(0.02, 0, 10, "harm felt per national killed", unit="strikes per death")
    harm_half_life: float = real(90.0, 0.01, math.inf, "half-life of its ledger", unit="days")
    pressure_by_death: float = real(0.02, 0, 10, "pressure to act per national killed", unit="per death")
    humiliation: float = real(
        0.16,
        0,
        10,
        "pressure from being struck in public, per strike of harm felt",
        unit="per strike",
        source=f"fitted to {CASES}",
    )
    audience_cost: float = real(
        0.2, 0, 10, "pressure from its own hostile public words", source="sign: Fearon (1994), Tomz (2007); size: assumption"
    )
    downplay_relief: float = real(0.3, 0, 1, "share of its pressure that playing it down takes away")
    strike_relief: float = real(0.65, 0, 1, "share of its pressure that having struck takes away")
    pressure_half_life: float = real(14.0, 0.01, math.inf, "half-life of its pressure", unit="days")
    grievance: float = real(0.0, -100, 100, "its ledger as the run opens: harm felt before and not answered", unit="strikes")
    standing: str = choice("good", ("good", "bad"), "whether it stands well as the run opens, for contrition")
    recalled: int = whole(0, 0, 1, "1: its ambassador has been recalled as the run opens", unit="ambassadors")
    signal_cost: float = real(0.2, 0, 10, "cost of its conciliatory words: the log likelihood ratio they carry", unit="nats")

    def __post_init__(self) -> None:
        check(self)
