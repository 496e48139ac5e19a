"""A nation: its policy, its haste, its noise, its force and its public."""

import math
from dataclasses import dataclass

from sim.model.parameter import GIVEN, POLICY, SWITCH, check, choice, real, text, whole
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
        0.9,
        0,
        1,
        "probability that a strike it suffered is let pass, at no pressure",
        source=f"fitted to {CASES}",
        plausible=(0.85, 1.0, "case library: .50 [.21, .79] of the strikes on a sanctuary were answered"),
    )
    commitment: float = real(
        0.8,
        0,
        1,
        "probability that its leadership is committed: one draw for the whole run decides what it lets pass, hard or mild; "
        "otherwise each case has a draw of its own",
        source=f"fitted to {MIE}: runs of acts; committed types after Kreps & Wilson (1982)",
        plausible=(0.6, 1.0),
    )
    patience: int = whole(
        0, 0, 20, "provocations in a row it lets pass before its rule is asked: a policy, at 1 it lets every first blow pass",
        unit="provocations", plausible=POLICY)  # fmt: skip
    undershoot: float = real(
        0.31,
        0,
        1,
        "probability that the answer is a rung below what the rule asks",
        source=f"fitted to {CASES}",
        plausible=(0.0, 0.4),
    )
    exceed: float = real(
        0.18,
        0,
        1,
        "probability that the answer is a rung above what the rule asks",
        source=f"fitted to {CASES}: 5 of 19 answers",
        plausible=(0.09, 0.45, "5 of 19 answers in the case library: their 95 % interval is [.09, .51]"),
    )
    exceed_by_death: float = real(
        0.007,
        0,
        1,
        "added to exceed for each of the first of its own dead it has not answered",
        unit="per death",
        source=f"fitted to {CASES}",
        plausible=(0.0, 0.012, "assumption: nothing, or half as much again of exceed at 20 dead"),
    )
    exceed_deaths: float = real(
        50.0,
        1,
        1e6,
        "own dead at which half of the most they can add to exceed is reached",
        unit="deaths",
        plausible=(10.0, 200.0),
    )
    display: float = real(
        0.25,
        0,
        1,
        "probability that its answer to force is a mere display of it, a military signal",
        source=f"fitted to {MIE}: .27 of 1,230",
        plausible=(0.2, 0.35, "MIE: .27 [.22, .33] of the answers to force"),
    )
    dread: float = real(
        0.95,
        0,
        1,
        "share of the cases in which it shrinks from war where it would go above a sustained exchange",
        plausible=(0.8, 1.0, "below .8 more than .02 of the dyads go to war, which MID 5.0 excludes"),
    )
    war_by_death: float = real(
        0.0006,
        0,
        1,
        "probability that it answers force by war outright, for each of its own dead it has not answered",
        unit="per death",
        plausible=(0.0, 0.002, "MIE: .30 [.10, .58] after 100 soldiers dead"),
    )
    war_by_blow: float = real(
        0.0003,
        0,
        1,
        "the same, for each provocation in a row beyond the first",
        unit="per provocation",
        plausible=(0.0, 0.004, "MIE: .13 [.03, .35] after ten runs of acts"),
    )
    cap: int = whole(
        9,
        1,
        9,
        "highest rung it will order",
        unit="rung",
        plausible=(7, 9, "assumption; below 7 no strike on the other state's forces can happen"),
    )
    reprisal: int = whole(
        6,
        5,
        8,
        "rung of its answer to a militant attack in kind: a policy, at 7 it answers militants at the other state",
        unit="rung",
        source=CASES,
        plausible=POLICY,
    )
    threshold: int = whole(4, 1, 9, "lowest perceived rung that sets its council deliberating", unit="rung", plausible=POLICY)
    resort: float = real(
        0.75,
        0,
        1,
        "probability that an attributed attack of very many dead is answered with force, at no trust",
        source="fitted to 1 of 7 headline attacks, Iran-Pakistan 2019-25",
        plausible=(0.3, 1.0, "1 of 7 headline attacks, Iran-Pakistan: 95 % interval [.004, .58]"),
    )
    resort_deaths: float = real(
        3.0, 0, 1e6, "dead in an attack at which half of resort is reached", unit="deaths", plausible=(1.0, 12.0)
    )
    hold_fire: float = real(
        0.33,
        0,
        1,
        "probability that a contact made while it deliberates or prepares calls its answer off",
        source=f"fitted to {CASES}",
        plausible=(0.0, 0.6),
    )
    proxies: int = whole(
        0, 0, 1, "1: it too acts at rung 4, through militants it directs; 0: its acts skip that rung", plausible=POLICY
    )
    follow_up: float = real(
        0.845,
        0,
        0.99,
        "probability that it follows an act of force with another, unless it is provoked or a statement comes first",
        source=f"fitted to {MIE}",
        plausible=(0.6, 0.95, "MIE: .66 [.58, .74] of the next uses of force in 30 days are one's own"),
    )
    sharing_trust: float = real(0.5, 0, 1, "trust above which a trusting host shares", plausible=(0.2, 0.8))

    # haste
    delay: str = choice("weibull", delay.names(), "shape of its delays", source="ICB v15, MIE 1.0: AIC-best shapes")
    attack_lag: float = real(
        58.0,
        0,
        1e5,
        "median wait from an attack to the decision",
        unit="hours",
        source=CASES,
        plausible=(32.0, 168.0, "case library, 11 answers: quartiles 32 and 268 h"),
    )
    attack_lag_spread: float = real(
        1.3, 0, 10, "spread of that wait (0 fixed, 1 exponential)", source=CASES, plausible=(0.8, 2.0)
    )
    strike_lag: float = real(
        31.0,
        0,
        1e5,
        "median wait from a clash or sanctuary strike to the decision",
        unit="hours",
        source=f"fitted to {CASES} (n = 6)",
        plausible=(16.0, 44.0, "case library, 6 answers: quartiles 24 and 44 h"),
    )
    strike_lag_spread: float = real(
        0.72, 0, 10, "spread of that wait", source=f"fitted to {CASES} (n = 6)", plausible=(0.3, 1.0)
    )
    state_lag: float = real(
        9.0,
        0,
        1e5,
        "median wait from a strike on its forces to the decision",
        unit="hours",
        source=f"fitted to {CASES} (n = 14)",
        plausible=(4.0, 60.0, "case library, 14 answers: quartiles 3.5 and 252 h"),
    )
    state_lag_spread: float = real(
        3.0, 0, 10, "spread of that wait", source=f"fitted to {CASES} (n = 14)", plausible=(1.8, 3.5)
    )
    follow_least: float = real(
        10.0,
        0,
        1e5,
        "least wait from an act of force to a further one of its own: what comes sooner is one operation, coded as one act",
        unit="hours",
        source=f"{CASES}: of the repeats whose hour is known none came before 11 h",
        plausible=(0.0, 11.0, "case library: none sooner than 11 h"),
    )
    follow_lag: float = real(
        86.0,
        0,
        1e5,
        "median wait beyond that",
        unit="hours",
        source=f"{MIE}: quantiles .5, .75 and .9 of the gaps between acts are 4, 28 and 92 d",
        plausible=(40.0, 170.0),
    )
    follow_lag_spread: float = real(
        2.7, 0, 10, "spread of that wait", source=f"{MIE}: quantiles .5, .75 and .9 of 4, 28 and 92 d", plausible=(2.2, 3.2)
    )
    protest_lag: float = real(
        16.0,
        0,
        1e5,
        "median wait to its first words",
        unit="hours",
        source="recall after 16 h, January 2024 (n = 1)",
        plausible=(4.0, 24.0),
    )
    protest_lag_spread: float = real(0.5, 0, 10, "spread of that wait", plausible=(0.2, 1.0))
    preparation: float = real(
        1.0, 0, 1e4, "from the order to the strike, at least a minute", unit="hours", plausible=(0.2, 12.0)
    )
    review: float = real(
        0.0, 0, 1e6, "median wait between regular sittings of its council; what it does then stands, as a posture, until the "
        "next (0: it sits only when provoked)", unit="hours", plausible=SWITCH)  # fmt: skip
    review_spread: float = real(0.0, 0, 10, "spread of that wait (0 fixed, 1 exponential)", plausible=SWITCH)

    # noise
    execution_error: float = real(
        0.02, 0, 1, "probability that its act lands a rung above or below the order", plausible=(0.0, 0.15)
    )
    perception_error: float = real(
        0.06, 0, 1, "probability that it sees an act a rung above or below what it was", plausible=(0.0, 0.3)
    )
    accident: float = real(
        0.0, 0, 1, "probability that it strikes though it decided not to: an accident, or disobedience", plausible=SWITCH
    )
    failure: float = real(0.0, 0, 1, "probability that nothing comes of an act it ordered", plausible=SWITCH)
    phantom: float = real(
        0.0, 0, 1, "probability that it sees an act of force where a posture of the other side was restraint", plausible=SWITCH
    )
    miss: float = real(0.0, 0, 1, "probability that it does not see an act of the other side at all", plausible=SWITCH)
    discount: float = real(
        0.5,
        0,
        1,
        "probability that it sees a strike a rung lower where none of its nationals died, or only kin of the striker's",
        plausible=(0.0, 1.0, "January 2024: nine dead of the striker's origin, no answer (n = 1)"),
    )
    message_error: float = real(
        0.05, 0, 1, "probability that it hears hostile words where conciliatory ones were said", plausible=(0.0, 0.2)
    )
    hit_rate: float = real(
        0.9, 0, 1, "probability that it reads complicity where the host was behind the attack", plausible=(0.5, 1.0)
    )
    false_alarm: float = real(0.5, 0, 1, "probability that it reads complicity where the host was not", plausible=(0.0, 0.6))
    trust: float = real(0.5, 0, 1, "prior probability that the other side is not behind its militants", plausible=(0.1, 0.9))
    tip_quality: float = real(0.7, 0, 1, "probability that a warning it passes on foils the attack", plausible=(0.3, 0.95))

    # force
    strike_deaths: float = real(
        30.0,
        0,
        1e6,
        "scale of deaths in its strike at rung 6; the median is scale (2^(1/tail) - 1)",
        unit="deaths",
        source=f"median 9.5 in {CASES}",
        plausible=(15.0, 60.0, "assumption: half to double; the median of 9.5 rests on 12 cases"),
    )
    deaths_growth: float = real(1.5, 1, 100, "factor on that scale per rung", plausible=(1.0, 2.5))
    deaths_tail: float = real(
        3.0,
        0.2,
        100,
        "tail index of deaths (Lomax, rounded down): the smaller, the heavier",
        source=f"none above 46 dead in {CASES}",
        plausible=(1.1, 6.0, "assumption; at 1 and below the mean is infinite"),
    )
    deaths_most: float = real(
        150.0,
        0,
        1e6,
        "most dead in its strike at rung 6",
        unit="deaths",
        source=f"assumption: 46 at the most in {CASES}",
        plausible=(60.0, 600.0, "assumption; case library: 46 at the most"),
    )
    most_growth: float = real(3.0, 1, 100, "factor on that per rung", plausible=(1.5, 6.0))
    bloodless: float = real(
        0.55,
        0,
        1,
        "probability that its act at rung 5, 7 or 8, on the other state's own, kills nobody",
        source=f"{CASES}: 27 of 47 such acts",
        plausible=(0.4, 0.85, "case library: 27 of 47 [.42, .72]; MIE: .86 of the uses of force killed no soldier"),
    )
    own_origin: float = real(
        0.4,
        0,
        1,
        "probability that the dead of its strike at rung 5 or 6 are militants and kin of its own origin",
        plausible=(0.0, 1.0),
    )
    hit: float = real(0.5, 0, 1, "probability that its strike on militants hits the group", plausible=(0.2, 0.8))
    notice: float = real(0.0, 0, 1, "probability that it gives the other side notice of a strike", plausible=(0.0, 0.3))

    # the account, and the public at home
    harm_step: float = real(
        0.85, 0, 10, "harm felt per rung, a strike on militants being 1", unit="strikes", plausible=(0.4, 1.7)
    )
    harm_by_death: float = real(0.02, 0, 10, "harm felt per national killed", unit="strikes per death", plausible=(0.005, 0.06))
    harm_half_life: float = real(90.0, 0.01, math.inf, "half-life of its ledger", unit="days", plausible=(30.0, 365.0))
    pressure_by_death: float = real(
        0.02, 0, 10, "pressure to act per national killed", unit="per death", plausible=(0.005, 0.06)
    )
    humiliation: float = real(
        0.1,
        0,
        10,
        "pressure from being struck in public, per strike of harm felt",
        unit="per strike",
        source=f"fitted to {CASES}",
        plausible=(0.05, 0.5),
    )
    audience_cost: float = real(
        0.2,
        0,
        10,
        "pressure from its own hostile public words",
        source="sign: Fearon (1994), Tomz (2007); size: assumption",
        plausible=(0.0, 0.5),
    )
    downplay_relief: float = real(0.3, 0, 1, "share of its pressure that playing it down takes away", plausible=(0.1, 0.6))
    strike_relief: float = real(0.65, 0, 1, "share of its pressure that having struck takes away", plausible=(0.3, 0.9))
    pressure_half_life: float = real(14.0, 0.01, math.inf, "half-life of its pressure", unit="days", plausible=(5.0, 45.0))
    grievance: float = real(
        0.0, -100, 100, "its ledger as the run opens: harm felt before and not answered", unit="strikes", plausible=GIVEN
    )
    standing: str = choice("good", ("good", "bad"), "whether it stands well as the run opens, for contrition")
    recalled: int = whole(0, 0, 1, "1: its ambassador has been recalled as the run opens", unit="ambassadors", plausible=GIVEN)
    signal_cost: float = real(
        0.2, 0, 10, "cost of its conciliatory words: the log likelihood ratio they carry", unit="nats", plausible=(0.05, 0.7)
    )

    def __post_init__(self) -> None:
        check(self)
