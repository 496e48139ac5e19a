"""How many runs like it end, in words and numbers."""

import textwrap
from collections.abc import Iterator, Sequence

from sim.design.options import Options
from sim.model.ladder import RUNGS
from sim.model.parameter import DAY
from sim.model.setting.crisis import Crisis
from sim.model.text import counted
from sim.plotting.mechanism_words import agreement
from sim.runs.summary import Estimate
from sim.statistics.intervals import clopper_pearson

SHARES = (
    ("first_strike_at", "a strike is answered by a strike", "answer_at", "no strike ever fell"),
    ("statement_at", "strikes recur after the statement", "recurrence_at", "no joint statement was ever made"),
)
OF = {"first_strike_at": "Of {} with a strike", "statement_at": "Of {} with a joint statement"}
PROBABILITIES = (
    ("peak>=7", f"it reaches rung 7 or above ({RUNGS[7]})"),
    ("peak>=8", f"it reaches rung 8 or above ({RUNGS[8]})"),
    ("war_at", "it comes to war"),
    ("visit_at", "a visit settles it"),
    ("agreement_at", "{agreement}"),
)
MEANS = (
    ("strikes_a", "strikes by {a}"),
    ("strikes_b", "strikes by {b}"),
    ("attacks_a", "militant attacks on {a}"),
    ("attacks_b", "militant attacks on {b}"),
)
TIMES = (("answer_at", "first answer"), ("stand_down_at", "stand-down"), ("statement_at", "joint statement"))

NAME = 48  # columns of the words


def ends(estimates: Sequence[Estimate], crisis: Crisis, options: Options) -> str:
    """A short table of how the runs of one cell end: each number with its 95 % interval."""
    found = {(e.quantity, e.statistic): e for e in estimates}
    names = {"a": crisis.a.name or "a", "b": crisis.b.name or "b"}
    runs, days = counted(options.runs, "run"), counted(crisis.horizon, "day", "g")
    lines = [f"How {runs} like it end{'s' * (options.runs == 1)} (seed {options.seed}, horizon {days}; 95 % intervals):"]
    for quantity, words in PROBABILITIES:
        if quantity == "agreement_at" and crisis.mechanism.in_force == "start":  # there is nothing to be agreed
            continue
        e = found[quantity, "probability"]
        lines.append(_share(words.format(agreement=agreement(crisis.mechanism)), e.value, e.low, e.high))
    for quantity, words in MEANS:
        e = found[quantity, "mean"]
        lines.append(_row(f"mean {words.format(**names)}", f"{e.value:>z8.3f}   [{e.low:z.3f}, {e.high:z.3f}]"))
    for quantity, words in TIMES:
        e = found[quantity, "median"]
        value, least, most = (x / DAY for x in (e.value, e.low, e.high))
        high = f"{most:z.2f}" if most == most else "∞"  # too few runs have reached it to bound it from above
        reached = f"{value:>z8.2f}   [{least:z.2f}, {high}]" if value == value else "not reached by half"
        lines.append(_row(f"median days to {words}", reached))
    lines += [line for share in SHARES for line in _conditional(found, *share)]
    return "\n".join(lines)


def _conditional(found: dict, condition: str, words: str, quantity: str, never: str) -> Iterator[str]:
    """The share of some of the runs, of how many and which; that there are none, where there are none."""
    all_runs = found[condition, "probability"]
    some, hit = (round(found[name, "probability"].value * all_runs.n) for name in (condition, quantity))
    if not some:
        yield f"  {words}: {never} in these runs"
        return
    yield f"{OF[condition].format(counted(some, 'run'))}:"
    yield _share(words, *map(float, clopper_pearson(hit, some)))


def _share(words: str, value: float, low: float, high: float) -> str:
    """A line with a probability and its interval."""
    return _row(words, f"{value:>z8.4f}   [{low:z.4f}, {high:z.4f}]")


def _row(words: str, numbers: str) -> str:
    """A line of words and numbers; long words go on below."""
    first, *rest = textwrap.wrap(words, NAME)
    return "\n".join([f"  {first:<{NAME}} {numbers}", *(f"    {line}" for line in rest)])
