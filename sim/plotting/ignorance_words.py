"""What is not known, in words: how far it moves an answer, how often an alternative lowers it, and which numbers do it."""

import math
from collections.abc import Callable, Iterator, Sequence

from sim.design.draws import Draws
from sim.design.options import ACCEPTED
from sim.model.text import counted
from sim.plotting.numbers import NONE, bracketed, decimals_for, listed, plain, share, signed
from sim.runs.ignorance import Ignorance
from sim.runs.rules_mark import rules_mark
from sim.statistics.random_effects import Source, Spread

UNTOLD = "not told from chance"
HIDDEN = "How far what is not known moves it, these runs do not tell (chance in them is as wide)"
LEVEL = 0.05  # of all shares of a spread together
NAMED = 3  # sources that are named

STALE = "The accepted set was made under other rules than these; make it anew: escalation targets accept=6144 accept_runs=400."


def heading(drawn: Draws, runs: int) -> str:
    """What is drawn, from what, and what it rests on."""
    return f"{_from(drawn)}: {counted(len(drawn.u), 'draw')} of {counted(len(drawn.varied), 'number')}, {each(runs)}."


def _from(drawn: Draws) -> str:
    """Where the draws are from."""
    if drawn.kind != ACCEPTED:
        return "What is not known (plausible ranges, whatever the targets say)"
    about = drawn.about
    return f"What is not known (the targets accept {about.get('accepted', '?')} of {about.get('candidates', '?')} vectors)"


def each(runs: int) -> str:
    """What each draw rests on."""
    return f"{counted(runs, 'run')} of each at each, the chance in them taken out"


def doubts(drawn: Draws) -> list[str]:
    """What a reader must know first: a line where the set was made by other rules, or has no say in some numbers."""
    stale = drawn.kind == ACCEPTED and drawn.about.get("rules") != rules_mark()
    return [STALE] if stale else []


def span(one: Spread, factor: float, write: Callable[[float, int], str] = plain) -> str:
    """The mean over the draws and the interval that holds 95 % of them; the mean alone where the runs do not tell that."""
    if one.still:
        return f"{factor * one.mean:.3g} in every run"
    if not one.told:
        decimals = decimals_for(-one.chance * factor / math.sqrt(one.draws), one.chance * factor / math.sqrt(one.draws))
        return f"{write(factor * one.mean, decimals)} [{UNTOLD}]"
    return bracketed((one.mean, one.low, one.high), factor, write)


def rows(found: Sequence[Ignorance], factor: float, unit: str) -> list[tuple[str, ...]]:
    """A head and a row an alternative, the base first."""
    head = ("not known", f"outcome{f' ({unit})' if unit else ''}", "difference", "lowers it in", "lowest in")
    lines = []
    for one in found:
        gap = (NONE, NONE) if one.difference is None else (span(one.difference, factor, signed), _share(one))
        lines.append((one.label, span(one.level, factor), *gap, percent(one.lowest)))
    return [head, *lines]


def _share(one: Ignorance) -> str:
    """In how much of the draws it lowers the outcome, with the interval so many draws leave."""
    value, low, high = one.share
    if math.isnan(value):
        return "not told"
    return percent(value) if math.isnan(low) else f"{percent(value)} [{100 * low:.0f}, {100 * high:.0f}]"


def percent(p: float) -> str:
    """A share of the draws."""
    return f"{100 * p:.0f} %"


def often(found: Sequence[Ignorance], words: str) -> list[str]:
    """In how much of what is plausible each alternative lowers the outcome: sentences."""
    others = sorted((one for one in found if one.difference and one.difference.told), key=lambda one: -one.lower)
    hidden = [one.label for one in found if one.difference and not one.difference.told and not one.difference.still]
    still = [one.label for one in found if one.difference and one.difference.still]
    said = [*_often(others, words), *([f"{HIDDEN}: {listed(hidden)}."] if hidden else [])]
    return [*said, *([f"The same difference in every run of every draw: {listed(still)}."] if still else [])]


def _often(others: Sequence[Ignorance], words: str) -> list[str]:
    """The sentence about those whose spread is told."""
    if not others:
        return []
    surely = [one.label for one in others if one.lower >= 0.975]
    rest = [f"{one.label} in {percent(one.lower)}" for one in others if one.lower < 0.975]
    if not rest:
        return [f"Whatever is plausible, {listed(surely)} lower{'s' * (len(surely) == 1)} {words} (in 97.5 % of it or more)."]
    lead = (
        f"{listed(surely)} lower{'s' * (len(surely) == 1)} {words} in 97.5 % of what is plausible or more; " if surely else ""
    )
    said = f"{lead}{listed(rest)}{'' if lead else ' of what is plausible lowers ' + words}."
    return [said[0].upper() + said[1:]]


def drivers(found: Sequence[Ignorance]) -> Iterator[str]:
    """Which numbers the spread of the base is due to, and that of each difference: a line each."""
    for one in found:
        what = f"the level under {one.label}" if one.difference is None else f"what {one.label} changes"
        some = one.level_sources if one.difference is None else one.difference_sources
        spread = one.level if one.difference is None else one.difference
        if some and spread is not None:
            yield f"{what}: {_sources(some, spread)}."


def resolved(some: Sequence[Source]) -> list[Source]:
    """Those whose share is more than chance, all numbers together (Bonferroni), the largest first."""
    return [one for one in some if one.p < LEVEL / len(some)]


def _sources(some: Sequence[Source], spread: Spread) -> str:
    """The largest shares of a spread."""
    if spread.still:
        return "the same in every run"
    if not spread.told:
        return "not told: chance alone may be why the draws scatter"
    return named(some)


def named(some: Sequence[Source]) -> str:
    """The largest shares that are more than chance."""
    told = resolved(some)[:NAMED]
    if not told:
        return "not resolved which of the numbers"
    return listed([f"{one.name} {share(one.share)} [{share(one.low)}, {share(one.high)}]" for one in told])
