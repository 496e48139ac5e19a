"""The columns of a run: what is counted of it, in which unit, and where each stands in its row.

Times are minutes from the start, ``UNREACHED`` where the run ended first: censored, not missing.
"""

UNREACHED = -1.0

COUNTS = {
    "peak": ("rung", "highest rung of any act"),
    "strikes_a": ("strikes", "acts of force by a, rung 5 and above"),
    "strikes_b": ("strikes", "acts of force by b, rung 5 and above"),
    "state_strikes_a": ("strikes", "those by a at rung 7 and above"),
    "state_strikes_b": ("strikes", "those by b at rung 7 and above"),
    "answers_a": ("strikes", "strikes by a that answered a strike by b in the same crisis"),
    "answers_b": ("strikes", "strikes by b that answered a strike by a in the same crisis"),
    "runs": ("runs", "runs of strikes by one side in the first crisis: 1 where its opening strike was not answered"),
    "passes_a": ("decisions", "decisions of a not to act"),
    "passes_b": ("decisions", "decisions of b not to act"),
    "held_fire": ("decisions", "answers called off on a contact"),
    "killed_by_strikes_a": ("deaths", "nationals of a killed by strikes"),
    "killed_by_strikes_b": ("deaths", "nationals of b killed by strikes"),
    "killed_kin": ("deaths", "killed by strikes: militants and kin of the striker's origin"),
    "killed_by_attacks_a": ("deaths", "nationals of a killed by militants"),
    "killed_by_attacks_b": ("deaths", "nationals of b killed by militants"),
    "attacks_a": ("attacks", "militant attacks on a"),
    "attacks_b": ("attacks", "militant attacks on b"),
    "attributed": ("attacks", "militant attacks laid at the host's door"),
    "foiled": ("attacks", "attacks foiled by a warning or averted by patrols"),
    "tips_a": ("warnings", "warnings a passed on"),
    "tips_b": ("warnings", "warnings b passed on"),
    "hits_a": ("hits", "hits by a on the group that attacks it"),
    "hits_b": ("hits", "hits by b on the group that attacks it"),
    "crises": ("crises", "crises with force"),
    "envoyless": ("minutes", "time with an ambassador recalled"),
    "rung_time": ("rung minutes", "crisis rung summed over time"),
    "force_a": ("minutes", "time in which a's last decision stood at force"),
    "force_b": ("minutes", "time in which b's last decision stood at force"),
    "force_both": ("minutes", "time in which both stood at force"),
    "audience_a": ("pressure", "pressure at home in a when it backed down, summed"),
    "audience_b": ("pressure", "pressure at home in b when it backed down, summed"),
}
TIMES = {
    "war_at": ("minutes", "war"),
    "first_strike_at": ("minutes", "first strike"),
    "recall_at": ("minutes", "first ambassador recalled"),
    "answer_at": ("minutes", "first strike that answered a strike"),
    "contact_at": ("minutes", "first contact after a strike"),
    "stand_down_at": ("minutes", "contact that led to the first joint statement after a strike"),
    "statement_at": ("minutes", "first joint statement after a strike"),
    "envoys_at": ("minutes", "ambassadors first back"),
    "visit_at": ("minutes", "first visit"),
    "agreement_at": ("minutes", "mechanism first agreed"),
    "recurrence_at": ("minutes", "first strike after the first statement"),
    "normal_at": ("minutes", "relations first normal again: the crisis rung back at 0"),
    "state_strike_at": ("minutes", "first strike on the other state's forces, rung 7 and above"),
}
COLUMNS = {**COUNTS, **TIMES}
SCRATCH = ("in_crisis", "last_striker", "last_contact")
NAMES = (*COLUMNS, *SCRATCH)
WIDTH = len(NAMES)
(
    PEAK, STRIKES_A, STRIKES_B, STATE_A, STATE_B, ANSWERS_A, ANSWERS_B, RUNS, PASSES_A, PASSES_B, HELD, KILLED_A, KILLED_B,
    KIN, ATTACK_DEAD_A, ATTACK_DEAD_B, ATTACKS_A, ATTACKS_B, ATTRIBUTED, AVOIDED, TIPS_A, TIPS_B, HITS_A, HITS_B, CRISES,
    ENVOYLESS, RUNG_TIME, FORCE_A, FORCE_B, FORCE_BOTH, AUDIENCE_A, AUDIENCE_B, WAR_AT, FIRST_STRIKE, RECALL, ANSWER,
    CONTACT_AT, STAND_DOWN, STATEMENT_AT, ENVOYS_AT, VISIT_AT, AGREEMENT_AT, RECURRENCE, NORMAL_AT, STATE_STRIKE_AT,
    IN_CRISIS, LAST_STRIKER, LAST_CONTACT,
) = range(WIDTH)  # fmt: skip
