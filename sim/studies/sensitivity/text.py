"""Sensitivity as text: the fields that drive the outcome, and how the ranking of mechanisms fares over the assumptions."""

from collections.abc import Iterator, Sequence

import numpy as np

from sim.design.uncertainty import Assumption, held
from sim.model.setting.crisis import Crisis
from sim.model.text import counted
from sim.plotting.numbers import bracketed, plain, signed
from sim.plotting.paragraphs import table, wrapped
from sim.plotting.ranking import ranked
from sim.plotting.reversal_words import reversal
from sim.plotting.tornado import drivers
from sim.runs.outcome import Outcome
from sim.runs.ranking import Ranking
from sim.studies.sensitivity.indices import Index, Sensitivity
from sim.studies.sensitivity.options import SensitivityOptions

SHOWN = 20


def index_text(
    sensitivity: Sensitivity,
    assumptions: Sequence[Assumption],
    outcome: Outcome,
    crisis: Crisis,
    options: SensitivityOptions,
) -> str:
    """What is asked, what drives it, and the table of indices, largest first."""
    indices = sensitivity.indices
    parts = [
        *_about(sensitivity, assumptions, outcome, crisis, options),
        wrapped(drivers([one.name for one in indices], [one.total for one in indices])),
        f"{table(_rows(indices, assumptions))}\n{_rest(indices[SHOWN:])}".rstrip(),
        _held(assumptions, crisis),
    ]
    return "\n\n".join(filter(None, parts))


def ranking_text(order: Ranking) -> str:
    """Which mechanism is best over the points, and where that is lost."""
    return "\n\n".join(_ranking(order))


def _about(sensitivity, assumptions, outcome, crisis, options) -> Iterator[str]:
    """What is asked, and what the answer rests on."""
    what = f"the difference {crisis.mechanism.name} makes to {outcome.words}" if options.difference else outcome.words
    yield wrapped(f"What drives {what}? {options.case.words or crisis.title}")
    yield wrapped(
        f"Sobol indices over {len(assumptions)} assumptions, uniform over their ranges; {sensitivity.points:,} points of "
        f"{sensitivity.runs:,} runs, seed {options.seed}; 95 % bootstrap intervals. Over the ranges the outcome is "
        f"{plain(sensitivity.mean, 4)} on average, standard deviation {sensitivity.deviation:.4f}. All points share the same "
        f"chances, so that chance is for the most part a common offset and a field that touches nothing is exactly 0; "
        f"independent runs would have added {100 * sensitivity.chance:.0f} % of the variance: where that is much, another "
        "seed may tell otherwise."
    )


def _rows(indices: list[Index], assumptions: Sequence[Assumption]) -> list[tuple[str, ...]]:
    """The table of indices."""
    ranges = {one.name: f"{one.low:g} to {one.high:g} {one.parameter.unit}".strip() for one in assumptions}
    rows: list[tuple[str, ...]] = [("assumption", "total index", "change, low to high end", "first order", "range")]
    for one in indices[:SHOWN]:
        change = bracketed(one.swing, write=signed)
        rows.append((one.name, bracketed(one.total), change, bracketed(one.first), ranges[one.name]))
    return rows


def _rest(rest: list[Index]) -> str:
    """What the table leaves out."""
    if not rest:
        return ""
    highest, still = max(one.total[0] for one in rest), sum(one.total == (0.0, 0.0, 0.0) for one in rest)
    said = f"{len(rest)} more, none with a total index above {highest:.3f}; {still} of them exactly 0: they touch nothing"
    return wrapped(said)


def _held(assumptions: Sequence[Assumption], crisis: Crisis) -> str:
    """Which numbers are not varied."""
    names = held(assumptions, crisis)
    words = f"Held, being given by the case, a policy, off or not listed: {', '.join(names)}."
    return wrapped(words) if names else ""


def _ranking(order: Ranking) -> Iterator[str]:
    """The parts about the ranking."""
    points, runs = counted(len(order.u), "point"), counted(order.runs, "run")
    yield wrapped(f"Which mechanism is best, over {points} of a Latin hypercube ({runs} of each at each)?")
    yield wrapped(
        "Best means least. Every mechanism's own marked numbers vary too. All meet the same chances at a point, and each point "
        "has its own. Resolved: by a lead that the intervals of all its differences at the point, 95 % together, leave "
        "above zero. Ranks are those that all pairs together allow."
    )
    rows: list[tuple[str, ...]] = [("mechanism", "best", "rank", "resolved", "mean regret", "median", "95 %", "worst")]
    for place in order.places:
        q = [place.regrets.mean(), *np.quantile(place.regrets, [0.5, 0.95, 1.0])]
        shares = f"{100 * place.best:.1f} %", ranked(place), f"{100 * place.resolved:.1f} %"
        rows.append((place.name, *shares, *(plain(x, 4) for x in q)))
    yield table(rows)
    yield "\n".join(map(wrapped, reversal(order)))
