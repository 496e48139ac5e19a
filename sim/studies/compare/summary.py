"""The answer of a comparison in sentences: what lowers the outcome, by how much, how sure, and what the runs leave open."""

from sim.model.text import counted
from sim.plotting.numbers import bracketed, decimals_for, listed, plain, signed, whole
from sim.runs.outcome import Outcome
from sim.statistics.verdict import LOWERS, RAISES, SAME, UNRESOLVED
from sim.studies.compare.paired_runs import Comparison, Contrast
from sim.studies.compare.table import level

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def scale(outcome: Outcome) -> tuple[float, str, str]:
    """What values are multiplied by to be shown, the unit of a value, and of a difference."""
    return (100.0, "%", "percentage points") if outcome.probability else (1.0, outcome.unit, outcome.unit)


def ordered(comparison: Comparison) -> list[Contrast]:
    """The contrasts as they are shown: those resolved by their size, lowest first, then the others as they were given."""
    resolved = [c for c in comparison.contrasts if c.verdict in (LOWERS, RAISES)]
    rest = [c for kind in (UNRESOLVED, SAME) for c in comparison.contrasts if c.verdict == kind]
    return [*sorted(resolved, key=lambda c: c.difference[0]), *rest]


def summary_sentences(comparison: Comparison) -> list[str]:
    """The answer: a list of sentences, the first with the main result and its interval."""
    groups = {kind: [c for c in ordered(comparison) if c.verdict == kind] for kind in (LOWERS, RAISES, UNRESOLVED, SAME)}
    said = [_lowering(comparison, groups[LOWERS])]
    if groups[RAISES]:
        several = groups[RAISES][::-1]
        said.append(
            f"{_subject(several)} {'it' if groups[LOWERS] else comparison.outcome.words}: {_sizes(comparison, several)}."
        )
    if len(groups[LOWERS]) > 1:
        said.append(_first(groups[LOWERS], groups[UNRESOLVED]))
    if groups[LOWERS] or groups[RAISES]:
        joint = ", and those of the differences hold all at once" if len(comparison.contrasts) > 1 else ""
        said.append(f"In brackets: intervals of 95 %{joint}.")
    if groups[UNRESOLVED]:
        names, runs = listed([c.label for c in groups[UNRESOLVED]]), counted(comparison.n, "run")
        said.append(f"Unresolved by {runs} each: {names}; their intervals hold zero, and they are not ranked.")
    if groups[SAME]:
        said.append(f"Exactly the same as the base in every run: {listed([c.label for c in groups[SAME]])}.")
    return said


def _lowering(comparison: Comparison, lowering: list[Contrast]) -> str:
    """The sentence about what lowers the outcome."""
    total, words = len(comparison.contrasts), comparison.outcome.words
    if not lowering and total > 1:
        return f"None of the {_number(total)} alternatives is shown to lower {words}, which is {_base(comparison)}."
    if not lowering:
        return f"The alternative is not shown to lower {words}, which is {_base(comparison)}."
    lead = f"Of {_number(total)} alternatives, {_number(len(lowering))}" if total > 1 else "The alternative"
    return f"{lead} lower{'s' * (len(lowering) == 1)} {words}, which is {_base(comparison)}: {_sizes(comparison, lowering)}."


def _base(comparison: Comparison) -> str:
    """The base's value, with its interval, in words."""
    factor, unit, _ = scale(comparison.outcome)
    value, low, high = (factor * x for x in level(comparison, 0))
    decimals = decimals_for(low, high)
    return f"{plain(value, decimals)} {unit} under the base ({plain(low, decimals)} to {plain(high, decimals)})"


def _subject(raising: list[Contrast]) -> str:
    """Who raises it."""
    return f"{_number(len(raising)).capitalize()} raise{'s' * (len(raising) == 1)}"


def _sizes(comparison: Comparison, several: list[Contrast]) -> str:
    """By how much, each with the interval that holds together with the others."""
    factor, _, unit = scale(comparison.outcome)
    parts = []
    for c in several:
        value, one, two = (abs(factor * x) for x in c.simultaneous)
        decimals, least = decimals_for(one, two), min(one, two)
        parts.append(
            f"{c.label} by {plain(value, decimals)} {unit} ({plain(least, decimals)} to {plain(max(one, two), decimals)})"
        )
    return "; ".join(parts)


def _first(lowering: list[Contrast], unresolved: list[Contrast]) -> str:
    """Which lowers it most, as far as the runs tell: what is not told from the base may be as low."""
    ranks = {c.label: c.ranks or (0, 0) for c in (*lowering, *unresolved)}  # of which none is the same as the base
    first = min(lowering, key=lambda c: ranks[c.label][1]).label
    if ranks[first] == (1, 1):
        return f"The lowest is {first}, in all pairwise comparisons together."
    tied = [label for label, (best, _) in ranks.items() if best == 1]
    return f"Which of {listed(tied)} is the lowest, the runs do not tell."


def stopped(comparison: Comparison, runs: int) -> list[str]:
    """How many runs there were, and how it was decided to stop: a list of sentences."""
    if not comparison.precision:
        return [f"{counted(comparison.n, 'run')} of each alternative, fixed beforehand (one look)."]
    factor, _, unit = scale(comparison.outcome)
    width, widest = f"{factor * comparison.precision:g} {unit}", f"{factor * max(comparison.halves()):.3g} {unit}"
    looks = f"{comparison.looks:,} look{'s' * (comparison.looks > 1)}"
    end = "reached" if comparison.reached else f"NOT reached by the cap of {comparison.n:,} runs"
    return [
        f"Stopping was sequential: {looks}, one after every {runs:,} runs, {comparison.n:,} runs of each alternative in all.",
        f"Precision asked for: every half width at most {width}; {end} (the widest is {widest}).",
        "It is a fixed-width rule: the intervals keep their level as the width goes to 0 (Chow & Robbins 1965).",
    ]


def open_ends(comparison: Comparison) -> list[str]:
    """What would resolve what is unresolved: a list of sentences, one an alternative."""
    out, (factor, _, unit) = [], scale(comparison.outcome)
    for c in comparison.contrasts:
        if c.verdict == UNRESOLVED and c.needed < float("inf"):
            more = (
                f"about {whole(c.needed)} runs would tell it from zero (with probability .8), if it is as large as it looks now"
            )
            out.append(f"{c.label}: {more}.")
        elif c.verdict == UNRESOLVED:
            interval = f"{bracketed(c.simultaneous, factor, signed)} {unit}".strip()
            out.append(f"{c.label}: so far it looks like zero, {interval}; no number of runs can be named yet.")
    return out


def _number(n: int) -> str:
    """A small number in words."""
    return NUMBERS[n] if n < len(NUMBERS) else f"{n:,}"
