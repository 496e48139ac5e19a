"""What of a run is drawn where: the marks of a timeline, taken from a story before any axes exist."""

from typing import NamedTuple

from sim.engine.event_loop import Story
from sim.model.ladder import CLASH, MILITANT_ATTACK, PROTEST, WAR
from sim.model.parameter import DAY
from sim.model.rules.signalling import CONCILIATORY
from sim.model.setting.crisis import Crisis
from sim.model.state import (
    ACTED,
    AGREED,
    ATTACK,
    ENVOYS_BACK,
    FADED,
    FOILED,
    INQUIRED,
    MADE_CONTACT,
    MADE_STATEMENT,
    MET,
    PASSED,
    TRIED,
    VISITED,
    WORDS,
    Act,
)
from sim.plotting.names import literal
from sim.story.facts import held, killed, names, side_of

STEPS = {
    MADE_CONTACT: "contact",
    MADE_STATEMENT: "statement",
    ENVOYS_BACK: "envoys back",
    VISITED: "visit",
    AGREED: "agreement",
    FADED: "faded",
    MET: "meeting",
    INQUIRED: "inquiry report",
    TRIED: "",
}


class Mark(NamedTuple):
    """A mark on the ladder: when (days), at which rung, whose (0 or 1), of what sort, and what is written beside it."""

    day: float
    rung: int
    side: int
    sort: str  # "force", "words", "restraint", "blamed", "unblamed" or "foiled"
    private: bool  # restrained in private
    text: str
    dead: int


def marks(story: Story, crisis: Crisis) -> list[Mark]:
    """The marks of both nations and both groups, in the order of the acts."""
    drawn = []
    for act in story.acts:
        if act.kind == ACTED and (act.rung or act.seen):
            drawn.append(_deed(act))
        elif act.kind == WORDS and act.rung >= PROTEST:
            drawn.append(_mark(act, act.rung, "words"))
        elif act.kind in (PASSED, WORDS):
            drawn.append(_mark(act, 0, "restraint", "lets it pass" if act.kind == PASSED else ""))
        elif act.kind in (ATTACK, FOILED):
            drawn.append(_attack(act, crisis))
        elif act.kind == MADE_CONTACT:
            drawn += [Mark(act.at / DAY, 0, side, "restraint", False, "holds fire", 0) for side in (0, 1) if held(act, side)]
    return drawn


def _mark(act: Act, rung: int, sort: str, text: str = "", dead: int = 0) -> Mark:
    """A mark of the side that acts."""
    return Mark(act.at / DAY, rung, side_of(act), sort, act.private == CONCILIATORY, text, dead)


def _deed(act: Act) -> Mark:
    """An order carried out: its dead, and how it was seen where that differs."""
    dead = killed(act) + act.dead_kin
    texts = [f"{dead} dead"] if dead else []
    if act.dead_kin and not killed(act):
        texts = [f"{dead} dead, no national{'s' * (dead > 1)}"]
    if act.seen != act.rung:
        texts.append(f"seen as {act.seen}")
    if act.rung == WAR:
        texts.insert(0, "war")
    return _mark(act, act.rung, "force" if act.rung >= CLASH else "words", "\n".join(texts), dead)


def _attack(act: Act, crisis: Crisis) -> Mark:
    """A militant attack, or one foiled."""
    if act.kind == FOILED:
        return _mark(act, MILITANT_ATTACK, "foiled")
    where = f"in {literal(names(crisis)[side_of(act)])}"
    text = f"{killed(act)} dead {where}" if killed(act) else where
    return _mark(act, MILITANT_ATTACK, "blamed" if act.seen else "unblamed", text, killed(act))


def steps(story: Story) -> list[tuple[float, str]]:
    """What the channel and the mechanism did: (day, label) in order; the label of a failed try is empty."""
    return [(act.at / DAY, STEPS[act.kind]) for act in story.acts if act.kind in STEPS]


def absences(story: Story, crisis: Crisis, side: int) -> list[tuple[float, float]]:
    """The spells without the ambassador of ``side``: (first day, last day), the last one up to the end of the run."""
    spells, since = [], None
    for state in story.states:
        envoy = (state.a, state.b)[side].envoy
        if not envoy and since is None:
            since = state.now / DAY
        elif envoy and since is not None:
            spells.append((since, state.now / DAY))
            since = None
    return spells if since is None else [*spells, (since, run_end(story, crisis))]


def crisis_rung(story: Story, crisis: Crisis) -> tuple[list[float], list[int]]:
    """The rung of the crisis over time as steps: days and rungs, from the start to the end of the run."""
    days, rungs = [0.0], [0]
    for state in story.states:
        days.append(state.now / DAY)
        rungs.append(state.talks.rung)
    return [*days, run_end(story, crisis)], [*rungs, rungs[-1]]


def run_end(story: Story, crisis: Crisis) -> float:
    """The day the run ends: the horizon, or war."""
    return story.row["war_at"] / DAY if story.row["war_at"] >= 0 else crisis.horizon


def key_names(crisis: Crisis) -> dict[str, str]:
    """What each sort of mark means, for the key."""
    a, b = map(literal, names(crisis))
    return {
        "a": a,
        "b": b,
        "force": "force",
        "words": "words, recall, signal",
        "private": "with private restraint",
        "restraint": "no answer",
        "blamed": "attack, host blamed",
        "unblamed": "attack, host not blamed",
        "foiled": "attack foiled",
        "try": "a try at talks that fails",
        "rung": "crisis rung",
    }
