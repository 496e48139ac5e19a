"""An exact solution as a table of text."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from sim.model.ladder import CLASH, RUNGS, WAR
from sim.model.setting.crisis import Crisis
from sim.plotting.mechanism_words import agreement
from sim.plotting.numbers import bracketed
from sim.plotting.paragraphs import table, wrapped
from sim.runs.summary import Estimate
from sim.studies.exact.options import ExactOptions
from sim.studies.exact.solution import AT, NOTHING, Solution

WORDS = {
    "recall_at": "an ambassador is recalled",
    "answer_at": "a strike, and one that answers it",
    "contact_at": "a contact after a strike",
    "statement_at": "a joint statement after a strike",
    "agreement_at": "{agreement}",
    "recurrence_at": "a statement, and another strike after it",
}


def text(solution: Solution, crisis: Crisis, played: Sequence[Estimate], options: ExactOptions) -> str:
    """What the chain says, a line a quantity: by chosen days, ever, and how long it takes where it comes."""
    days = [*(day for day in AT if day < crisis.horizon), crisis.horizon]
    quantities = {f"peak>={rung}": f"rung {rung}: {RUNGS[rung]}" for rung in range(CLASH, WAR + 1)} | WORDS
    beside = {e.quantity: bracketed((e.value, e.low, e.high)) for e in played if e.statistic == "probability"}
    rows: list[tuple[str, ...]] = [("by day", *(f"{day:g}" for day in days), "ever", "days if so")]
    if played:
        rows[0] += (f"{options.runs:,} runs, by day {crisis.horizon:g}",)
    size = f"{solution.states:,} states, {solution.moves:,} ways from one to another"
    lines = [f"{crisis.title or 'A crisis'}: {size}, solved exactly.", options.case.said, "", "How likely it is that"]
    if crisis.mechanism.in_force == "start":  # there is nothing to be agreed
        del quantities["agreement_at"]
    for name, words in quantities.items():
        ever, mean = solution.ever[name]
        by_day = [_share(solution.by(name, day)) for day in days]
        words = words.format(agreement=agreement(crisis.mechanism))
        rows.append((words, *by_day, _share(ever), _wait(ever, mean), *([beside.get(name, "")] if played else [])))
    lines.append(table(rows))
    if len(solution.postures):
        named = zip(("neither", "a alone", "b alone", "both"), solution.postures, strict=True)
        lines += ["", f"Of the time, at force: {'; '.join(f'{who} {share:.5f}' for who, share in named)}."]
    return "\n".join([*lines, "", *map(wrapped, [_in_the_long_run(solution.shares), *_foot(solution)])])


def _share(p: float) -> str:
    """A probability in five decimals; small ones in powers of ten."""
    if p < NOTHING:
        return "0"
    return f"{p:.5f}" if p >= 1e-3 else f"{p:.2e}"


def _wait(ever: float, mean: float) -> str:
    """Mean days until it comes: none where it never does, in powers of ten where it takes ages."""
    if ever < NOTHING or math.isnan(mean):
        return ""
    return f"{mean:.2f}" if mean < 1e6 else f"{mean:.2e}"


def _in_the_long_run(shares: np.ndarray) -> str:
    """Where it settles: the rungs that keep a share of the time."""
    kept = [f"{RUNGS[rung]} {share:.5f}" for rung, share in enumerate(shares) if share >= 5e-6]
    return f"In the long run, share of time by crisis rung: {'; '.join(kept)}."


def _foot(solution: Solution) -> Iterator[str]:
    """What the numbers rest on."""
    yield "Probabilities are of all that can happen; 'days if so' is the mean where it ever comes."
    yield (
        f"No interval, for no chance was drawn; the error of each probability is below {_above(solution.error):g}. "
        "A wait of up to a minute is none here, while the clocks round each wait up to a whole minute: "
        "played runs lag behind by about half a minute a wait."
    )


def _above(error: float) -> float:
    """The power of ten above an error."""
    return 10.0 ** math.ceil(math.log10(max(error, 1e-300)))
