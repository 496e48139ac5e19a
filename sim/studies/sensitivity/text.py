"""Sensitivity as text: the fields that drive the outcome, and how the ranking of mechanisms fares over the assumptions."""

import numpy as np

from sim.design.uncertainty import held
from sim.model.text import counted
from sim.plotting.numbers import bracketed, plain, signed
from sim.plotting.paragraphs import table, wrapped
from sim.plotting.ranking import ranked
from sim.plotting.reversal_words import reversal
from sim.plotting.tornado import drivers

SHOWN = 20


def sensitivity_table(found, order, assumptions, outcome, crisis, request):
    """The table of indices, largest first, and that of the ranking where there is one."""
    parts = [
        *_about(found, assumptions, outcome, crisis, request),
        wrapped(drivers([one.name for one in found.indices], [one.total for one in found.indices])),
        f"{table(_rows(found, assumptions))}\n{_rest(found.indices[SHOWN:])}".rstrip(),
        _held(assumptions, crisis),
        *(_ranking(order) if order else []),
    ]
    return "\n\n".join(filter(None, parts))


def _about(found, assumptions, outcome, crisis, request):
    what = f"the difference {crisis.mechanism.name} makes to {outcome.words}" if request.difference else outcome.words
    yield wrapped(f"What drives {what}? {request.case.words or crisis.title}")
    yield wrapped(
        f"Sobol indices over {len(assumptions)} assumptions, uniform over their ranges; {found.points:,} points of "
        f"{found.runs:,} runs, seed {request.seed}; 95 % bootstrap intervals. Over the ranges the outcome is "
        f"{plain(found.mean, 4)} on average, standard deviation {found.deviation:.4f}. All points share the same chances, so "
        f"that chance is for the most part a common offset and a field that touches nothing is exactly 0; independent runs "
        f"would have added {100 * found.chance:.0f} % of the variance: where that is much, another seed may tell otherwise."
    )


def _rows(found, assumptions):
    """The table of indices."""
    ranges = {one.name: f"{one.low:g} to {one.high:g} {one.parameter.unit}".strip() for one in assumptions}
    rows = [("assumption", "total index", "change, low to high end", "first order", "range")]
    for one in found.indices[:SHOWN]:
        change = bracketed(one.swing, write=signed)
        rows.append((one.name, bracketed(one.total), change, bracketed(one.first), ranges[one.name]))
    return rows


def _rest(rest):
    """What the table leaves out."""
    if not rest:
        return ""
    highest, still = max(one.total[0] for one in rest), sum(one.total == (0.0, 0.0, 0.0) for one in rest)
    said = f"{len(rest)} more, none with a total index above {highest:.3f}; {still} of them exactly 0: they touch nothing"
    return wrapped(said)


def _held(assumptions, crisis):
    names = held(assumptions, crisis)
    words = f"Marked as assumptions but held, being 0, a whole number or not listed: {', '.join(names)}."
    return wrapped(words) if names else ""


def _ranking(order):
    """The parts about the ranking."""
    points, runs = counted(len(order.u), "point"), counted(order.runs, "run")
    yield wrapped(f"Which mechanism is best, over {points} of a Latin hypercube ({runs} of each at each)?")
    yield wrapped(
        "Best means least. Every mechanism's own marked numbers vary too. All meet the same chances at a point, and each point "
        "has its own. Resolved: by a lead that the intervals of all its differences at the point, 95 % together, leave "
        "above zero. Ranks are those that all pairs together allow."
    )
    rows = [("mechanism", "best", "rank", "resolved", "mean regret", "median", "95 %", "worst")]
    for place in order.places:
        q = [place.regrets.mean(), *np.quantile(place.regrets, [0.5, 0.95, 1.0])]
        shares = f"{100 * place.best:.1f} %", ranked(place), f"{100 * place.resolved:.1f} %"
        rows.append((place.name, *shares, *(plain(x, 4) for x in q)))
    yield table(rows)
    yield "\n".join(map(wrapped, reversal(order)))
