"""What a run yields: one row of numbers, counted act by act.

``tallied`` sees the state before and after each act and keeps the count in a row that is a list in the event loop and an
array in the compiled clock. Times are minutes from the start, ``UNREACHED`` where the run ended first: censored, not
missing.
"""

from sim.game.jit import jitted
from sim.game.ladder import CLASH, NORMAL, STATE_STRIKE, WAR
from sim.game.state import (
    ACTED,
    AGREED,
    ATTACK,
    AVERTED,
    ENVOYS_BACK,
    FOILED,
    MADE_CONTACT,
    MADE_STATEMENT,
    MILITANTS_A,
    PASSED,
    VISITED,
    WORDS,
)

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
    PEAK,
    STRIKES_A,
    STRIKES_B,
    STATE_A,
    STATE_B,
    ANSWERS_A,
    ANSWERS_B,
    RUNS,
    PASSES_A,
    PASSES_B,
    HELD,
    KILLED_A,
    KILLED_B,
    KIN,
    ATTACK_DEAD_A,
    ATTACK_DEAD_B,
    ATTACKS_A,
    ATTACKS_B,
    ATTRIBUTED,
    AVOIDED,
    TIPS_A,
    TIPS_B,
    HITS_A,
    HITS_B,
    CRISES,
    ENVOYLESS,
    RUNG_TIME,
    FORCE_A,
    FORCE_B,
    FORCE_BOTH,
    AUDIENCE_A,
    AUDIENCE_B,
    WAR_AT,
    FIRST_STRIKE,
    RECALL,
    ANSWER,
    CONTACT_AT,
    STAND_DOWN,
    STATEMENT_AT,
    ENVOYS_AT,
    VISIT_AT,
    AGREEMENT_AT,
    RECURRENCE,
    NORMAL_AT,
    STATE_STRIKE_AT,
    IN_CRISIS,
    LAST_STRIKER,
    LAST_CONTACT,
) = range(WIDTH)


@jitted
def blank(t):
    """Set the row ``t`` to what it is before anything has happened."""
    for i in range(WIDTH):
        t[i] = 0.0
    for i in range(WAR_AT, IN_CRISIS):
        t[i] = UNREACHED
    t[LAST_STRIKER] = t[LAST_CONTACT] = UNREACHED


@jitted
def elapsed(t, state, until):
    """Count the time from ``state`` to the minute ``until`` into ``t``."""
    minutes = until - state.now
    if minutes > 0:
        t[RUNG_TIME] += minutes * state.talks.rung
        if state.a.envoy + state.b.envoy < 2:
            t[ENVOYLESS] += minutes
        if state.a.memory.last > 0:
            t[FORCE_A] += minutes
            if state.b.memory.last > 0:
                t[FORCE_BOTH] += minutes
        if state.b.memory.last > 0:
            t[FORCE_B] += minutes


@jitted
def rung_of(act):
    """The rung an act counts at: its own for acts and words, that of an attack where the host is blamed; else 0."""
    if act.kind == ATTACK:
        return act.seen
    return act.rung if act.kind == ACTED or act.kind == WORDS else 0


@jitted
def tallied(t, act):
    """Count the ``act`` into ``t``."""
    kind = act.kind
    t[PEAK] = max(t[PEAK], rung_of(act))
    if kind == ACTED:
        if act.rung >= CLASH:
            _count_strike(t, act)
    elif kind == ATTACK:
        _count_attack(t, act)
    elif kind == WORDS:
        if act.mark:
            _first(t, RECALL, act.at)
    elif kind == PASSED:
        t[PASSES_A + act.who] += 1
    elif kind == FOILED or kind == AVERTED:
        t[AVOIDED] += 1
        if act.mark:
            t[TIPS_A + 1 - (act.who - MILITANTS_A)] += 1
    elif MADE_CONTACT <= kind <= AGREED:
        _count_step(t, act)
    t[AUDIENCE_A] += act.cost_a
    t[AUDIENCE_B] += act.cost_b


@jitted
def _first(t, column, at):
    """Note a time, unless it has been reached before."""
    if t[column] == UNREACHED:
        t[column] = at


@jitted
def _count_strike(t, act):
    who = act.who
    t[STRIKES_A + who] += 1
    if act.rung >= STATE_STRIKE:
        t[STATE_A + who] += 1
        _first(t, STATE_STRIKE_AT, act.at)
    t[KILLED_A] += act.dead_a
    t[KILLED_B] += act.dead_b
    t[KIN] += act.dead_kin
    t[HITS_A + who] += act.mark
    if act.rung == WAR:
        _first(t, WAR_AT, act.at)
    _first(t, FIRST_STRIKE, act.at)
    if t[STATEMENT_AT] != UNREACHED:
        _first(t, RECURRENCE, act.at)
    if t[IN_CRISIS] == 0.0:
        t[CRISES] += 1
    elif t[LAST_STRIKER] == 1 - who:
        t[ANSWERS_A + who] += 1
        _first(t, ANSWER, act.at)
    if t[CRISES] == 1.0 and t[LAST_STRIKER] != who:
        t[RUNS] += 1
    t[IN_CRISIS] = 1.0
    t[LAST_STRIKER] = who


@jitted
def _count_attack(t, act):
    victim = act.who - MILITANTS_A
    t[ATTACKS_A + victim] += 1
    t[ATTACK_DEAD_A] += act.dead_a
    t[ATTACK_DEAD_B] += act.dead_b
    if act.seen > 0:
        t[ATTRIBUTED] += 1
    if act.mark:
        t[TIPS_A + 1 - victim] += 1


@jitted
def _count_step(t, act):
    if act.mark > 0:
        t[HELD] += 2 if act.mark == 3 else 1
    if act.rung == NORMAL and t[PEAK] > 0:
        _first(t, NORMAL_AT, act.at)
        t[IN_CRISIS] = 0.0
        t[LAST_STRIKER] = UNREACHED
    if t[FIRST_STRIKE] == UNREACHED:
        return
    if act.kind == MADE_CONTACT:
        _first(t, CONTACT_AT, act.at)
        t[LAST_CONTACT] = act.at
    elif act.kind == MADE_STATEMENT:
        _first(t, STAND_DOWN, t[LAST_CONTACT])
        _first(t, STATEMENT_AT, act.at)
        t[IN_CRISIS] = 0.0
        t[LAST_STRIKER] = UNREACHED
    elif act.kind == ENVOYS_BACK:
        _first(t, ENVOYS_AT, act.at)
    elif act.kind == VISITED:
        _first(t, VISIT_AT, act.at)
    elif act.kind == AGREED:
        _first(t, AGREEMENT_AT, act.at)
