"""What each alternative works on, in words: a table of the outcome by an early day and by the horizon, and a line each."""

from collections.abc import Iterator, Sequence

from sim.model.text import counted
from sim.plotting.numbers import bracketed, signed
from sim.plotting.paragraphs import table, wrapped
from sim.runs.ranking import Ranking
from sim.runs.ways import EARLY
from sim.statistics.intervals import clopper_pearson
from sim.studies.compare.paired_runs import Comparison
from sim.studies.compare.summary import scale
from sim.studies.compare.works_on import Work, early_differences, works_on

HEAD = (
    "What each works on: differences from the base in what lies between, in the same runs, with intervals of 95 % that hold "
    "all at once; what is not named is not told from nothing."
)

BEST = (
    "Best in how much of what is plausible: the share of the draws, each mechanism's own numbers among them, in which the "
    "outcome is lowest under it, with the interval so many draws leave; and by a lead that is more than chance in its runs."
)


def works_text(comparison: Comparison, horizon: float) -> str:
    """The table of two horizons where the runs tell them apart, and what each alternative works on."""
    rows = horizon_table(comparison, horizon)
    early = f"By day {EARLY:g} an exchange is stopped or goes on; by day {horizon:g} the next is prevented or not:"
    parts = [f"{wrapped(early)}\n{table(rows)}"] if rows else []
    return "\n\n".join([*parts, "\n".join([wrapped(HEAD), *(wrapped(line, "  ") for line in work_lines(comparison))])])


def horizon_table(comparison: Comparison, horizon: float) -> list[tuple[str, ...]]:
    """A head and a row an alternative: its difference by the early day and by the horizon; nothing where none is told."""
    factor, _, unit = scale(comparison.outcome)
    rows = [
        (c.label, bracketed(gap, factor, signed), bracketed(c.simultaneous, factor, signed))
        for c, gap in zip(comparison.contrasts, early_differences(comparison), strict=False)
    ]
    return [("alternative", f"by day {EARLY:g} ({unit})", f"by day {horizon:g}"), *rows] if rows else []


def work_lines(comparison: Comparison) -> Iterator[str]:
    """A line an alternative: the ways it changes, the largest change first, and that it changes nothing else."""
    for works in works_on(comparison):
        told = sorted((work for work in works if work.told), key=lambda work: -relative(work))
        named = "; ".join(dict.fromkeys(work.way.on for work in told))
        yield f"{works[0].label}: {named or 'none of these'}{f' ({_sizes(told)})' if told else ''}."


def relative(work: Work) -> float:
    """The size of a change as a share of the base's value."""
    return abs(work.difference[0] / work.base) if work.base else float("inf")


def _sizes(told: Sequence[Work]) -> str:
    """How large the changes are, each beside the base's value."""
    return "; ".join(f"{work.way.words} {size(work)}" for work in told)


def size(work: Work) -> str:
    """A change with its interval, and what it is a change of."""
    factor = 100.0 if work.way.unit == "%" else 1.0
    base = f"{factor * work.base:.3g}{' %' if work.way.unit == '%' else ''}"
    return f"{bracketed(work.difference, factor, signed)} of {base}"


def best_table(orders: Sequence[Ranking], horizon: float) -> list[tuple[str, ...]]:
    """In how much of what is plausible each is best, by the early day and the horizon: a head and a row an alternative."""
    whole, *early = orders
    named = [(f"by day {EARLY:g}", one) for one in early] + [(f"by day {horizon:g}", whole)]
    head = [text for words, _ in named for text in (f"best {words}", "by more than chance")]
    return [("alternative", *head), *((label, *_bests(label, [one for _, one in named])) for label in whole.names)]


def _bests(label: str, orders: Sequence[Ranking]) -> Iterator[str]:
    """The share of the points at which an alternative is best, with its interval, and at which by more than chance."""
    for order in orders:
        place = next(one for one in order.places if one.name == label)
        value, low, high = (100 * x for x in clopper_pearson(place.best * len(order.u), len(order.u)))
        yield f"{value:.0f} % [{low:.0f}, {high:.0f}]"
        yield f"{100 * place.resolved:.0f} %"


def best_text(orders: Sequence[Ranking], horizon: float) -> str:
    """The same as text."""
    whole = orders[0]
    said = (
        f"Best in how much of what is plausible ({counted(len(whole.u), 'draw')} of {counted(whole.u.shape[1], 'number')}, "
        f"each mechanism's own among them; {counted(whole.runs, 'run')} of each alternative at each):"
    )
    return f"{wrapped(said)}\n{table(best_table(orders, horizon))}"
