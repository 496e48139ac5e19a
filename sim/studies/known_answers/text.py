"""Known answers as a table: on a terminal, and as the page of the documentation."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sim.statistics.intervals import Z
from sim.studies.known_answers.limits import Plan
from sim.studies.known_answers.quantity import Comparison

WIDTH = 80
HEAD = f"{'quantity':<34} {'exact':>12} {'simulated':>12} {'error':>10} {'z':>7}"


def opening(every: Sequence[Plan], bound: float, seed: int) -> str:
    """What the plans ``every`` compare, and the bound that was set before: a limit is played in one setting or more."""
    quantities, limits = sum(len(plan.quantities) for plan in every), len({plan.limit.name for plan in every})
    return textwrap.fill(
        f"{quantities} quantities whose exact value is known, in {len(every)} settings of {limits} limits of the game, "
        f"seed {seed}. Each simulated mean must lie within {bound:.2f} standard errors of it: a right engine fails any of them "
        "with probability 1e-6 (Bonferroni). What must be exact has no error and must be met to the last digit.",
        WIDTH,
    )


def block(name: str, comparisons: Iterable[Comparison]) -> Iterator[str]:
    """The lines of one limit."""
    comparisons = list(comparisons)
    yield f"\n{name} ({comparisons[0].source}); {', '.join(f'{n:,}' for n in sorted({c.n for c in comparisons}))} runs"
    yield HEAD
    yield "-" * len(HEAD)
    yield from (line(c) for c in comparisons)


def line(c: Comparison) -> str:
    """One comparison in a line."""
    verdict = "" if c.holds else "   FAILS"
    return f"{c.name:<34} {c.exact:>12.6g} {c.simulated:>12.6g} {c.error:>10.2g} {c.z:>z7.2f}{verdict}"


def closing(comparisons: Sequence[Comparison]) -> str:
    """How many hold, and the largest difference."""
    failed = [c for c in comparisons if not c.holds]
    worst = max(comparisons, key=lambda c: abs(c.z))
    most = f"the largest difference is {abs(worst.z):.2f} standard errors ({worst.limit}: {worst.name})"
    if not failed:
        return f"\nAll {len(comparisons)} hold; {most}."
    return f"\n{len(failed)} of {len(comparisons)} FAIL: " + "; ".join(f"{c.limit}: {c.name}" for c in failed) + f". {most}."


def blocks(comparisons: Iterable[Comparison]) -> Iterator[tuple[str, Iterator[Comparison]]]:
    """Comparisons by limit, in their order."""
    return groupby(comparisons, key=lambda c: c.limit)


def markdown(comparisons: Sequence[Comparison]) -> Iterator[str]:
    """The tables of the documentation, line by line."""
    for name, some in blocks(comparisons):
        group = list(some)
        yield f"\n## {name}\n\nExact value: {group[0].source}. {group[0].n:,} runs.\n"
        yield "| quantity | exact | simulated | 95 % interval | z |\n|---|---|---|---|---|"
        for c in group:
            low, high = c.simulated - Z * c.error, c.simulated + Z * c.error
            yield f"| {c.name} | {c.exact:.6g} | {c.simulated:.6g} | {low:.6g} to {high:.6g} | {c.z:z.2f} |"
    yield closing(comparisons)
