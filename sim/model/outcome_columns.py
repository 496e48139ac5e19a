"""The columns of a run, each declared once: what is counted, in which unit, of which kind, and how it is put in words.

A declaration gives the column's place in the row, under the name ``tally`` counts it by; the tables, the outcomes that can be
compared and their words are read off the declarations. Times are minutes from the start, ``UNREACHED`` where the run ended
first: censored, not missing.
"""

from typing import NamedTuple

UNREACHED = -1.0
COUNT, TIME, PAYOFF, SCRATCH = "count", "time", "payoff", "scratch"  # kinds; scratch is kept while a run lasts, and dropped


class Column(NamedTuple):
    """What a column is."""

    name: str
    unit: str
    meaning: str
    kind: str
    whole: bool  # it holds whole numbers alone
    words: str  # what a mean is the mean of; of a time, what a probability is the probability of


DECLARED: list[Column] = []


def _column(name: str, unit: str, meaning: str, kind: str = COUNT, *, whole: bool = True, words: str = "") -> int:
    """Declare the next column; its place in the row."""
    DECLARED.append(Column(name, unit, meaning, kind, whole, words or meaning))
    return len(DECLARED) - 1


PEAK = _column("peak", "rung", "highest rung of any act")
STRIKES_A = _column("strikes_a", "strikes", "acts of force by a, rung 5 and above")
STRIKES_B = _column("strikes_b", "strikes", "acts of force by b, rung 5 and above")
STATE_A = _column("state_strikes_a", "strikes", "those by a at rung 7 and above")
STATE_B = _column("state_strikes_b", "strikes", "those by b at rung 7 and above")
ANSWERS_A = _column("answers_a", "strikes", "strikes by a that answered a strike by b in the same crisis")
ANSWERS_B = _column("answers_b", "strikes", "strikes by b that answered a strike by a in the same crisis")
STRIKE_STREAKS = _column(
    "strike_streaks",
    "streaks",
    "streaks of strikes by one side in the first crisis: 1 where its opening strike was not answered",
)
PASSES_A = _column("passes_a", "decisions", "decisions of a not to act")
PASSES_B = _column("passes_b", "decisions", "decisions of b not to act")
HELD = _column("held_fire", "decisions", "answers called off on a contact")
KILLED_A = _column("killed_by_strikes_a", "deaths", "nationals of a killed by strikes")
KILLED_B = _column("killed_by_strikes_b", "deaths", "nationals of b killed by strikes")
MILITANTS = _column("killed_militants", "deaths", "killed by strikes that hit the group: its militants")
KIN = _column("killed_kin", "deaths", "killed by strikes that missed the group: kin of the striker's origin")
ATTACK_DEAD_A = _column("killed_by_attacks_a", "deaths", "nationals of a killed by militants")
ATTACK_DEAD_B = _column("killed_by_attacks_b", "deaths", "nationals of b killed by militants")
ATTACKS_A = _column("attacks_a", "attacks", "militant attacks on a")
ATTACKS_B = _column("attacks_b", "attacks", "militant attacks on b")
ATTRIBUTED = _column("attributed", "attacks", "militant attacks laid at the host's door")
AVOIDED = _column("foiled", "attacks", "attacks foiled by a warning or averted by patrols")
TIPS_A = _column("tips_a", "warnings", "warnings a passed on")
TIPS_B = _column("tips_b", "warnings", "warnings b passed on")
OVERREAD = _column("overread", "strikes", "acts of force that the other side saw at a higher rung than theirs")
HITS_A = _column("hits_a", "hits", "hits by a on the group that attacks it")
HITS_B = _column("hits_b", "hits", "hits by b on the group that attacks it")
CRISES = _column("crises", "crises", "crises with force")
ENVOYLESS = _column("envoyless", "minutes", "time with an ambassador recalled")
RUNG_TIME = _column("rung_time", "rung minutes", "crisis rung summed over time", whole=False)
FORCE_A = _column("force_a", "minutes", "time in which a's last decision stood at force")
FORCE_B = _column("force_b", "minutes", "time in which b's last decision stood at force")
FORCE_BOTH = _column("force_both", "minutes", "time in which both stood at force")
AUDIENCE_A = _column("audience_a", "pressure", "pressure at home in a when it backed down, summed", whole=False)
AUDIENCE_B = _column("audience_b", "pressure", "pressure at home in b when it backed down, summed", whole=False)
WAR_AT = _column("war_at", "minutes", "war", TIME)
FIRST_STRIKE = _column("first_strike_at", "minutes", "first strike", TIME, words="a strike")
RECALL = _column("recall_at", "minutes", "first ambassador recalled", TIME, words="an ambassador's recall")
ANSWER = _column("answer_at", "minutes", "first strike that answered a strike", TIME, words="a strike that answers a strike")
CONTACT_AT = _column("contact_at", "minutes", "first contact after a strike", TIME, words="a contact after a strike")
STAND_DOWN = _column(
    "stand_down_at", "minutes", "contact that led to the first joint statement after a strike", TIME, words="a stand-down"
)
STATEMENT_AT = _column(
    "statement_at", "minutes", "first joint statement after a strike", TIME, words="a joint statement after a strike"
)
ENVOYS_AT = _column("envoys_at", "minutes", "ambassadors first back", TIME, words="the ambassadors' return")
VISIT_AT = _column("visit_at", "minutes", "first visit", TIME, words="a visit")
AGREEMENT_AT = _column(
    "agreement_at", "minutes", "mechanism first agreed", TIME, words="an agreement, the last step of the way down"
)
RECURRENCE = _column(
    "recurrence_at", "minutes", "first strike after the first statement", TIME, words="another strike after the first statement"
)
NORMAL_AT = _column("normal_at", "minutes", "relations first normal again: the crisis rung back at 0", TIME)
STATE_STRIKE_AT = _column(
    "state_strike_at",
    "minutes",
    "first strike on the other state's forces, rung 7 and above",
    TIME,
    words="a strike on the other state's forces",
)
PAYOFF_A = _column(
    "payoff_a", "deaths", "payoff of a, see Weights", PAYOFF, whole=False, words="payoff of a (-1 is as bad as one death)"
)
PAYOFF_B = _column(
    "payoff_b", "deaths", "payoff of b, see Weights", PAYOFF, whole=False, words="payoff of b (-1 is as bad as one death)"
)
IN_CRISIS = _column("in_crisis", "", "", SCRATCH)
LAST_STRIKER = _column("last_striker", "", "", SCRATCH)
LAST_CONTACT = _column("last_contact", "", "", SCRATCH)

COUNTS, TIMES, PAYOFFS = (
    {column.name: (column.unit, column.meaning) for column in DECLARED if column.kind == kind} for kind in (COUNT, TIME, PAYOFF)
)
ROW = (*COUNTS, *TIMES, *PAYOFFS)  # the columns that are kept of a run
WIDTH = len(DECLARED)
