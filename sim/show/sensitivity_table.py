"""Sensitivity as text: the fields that drive the outcome, and how the ranking of mechanisms fares over the assumptions."""

import textwrap

import numpy as np

from sim.assumptions import held
from sim.show.numbers import bracketed, plain, signed

WIDTH, SHOWN = 128, 20


def sensitivity_table(found, order, assumptions, outcome, crisis, request):
    """The table of indices, largest first, and that of the ranking where there is one."""
    ranges = {one.name: f"{one.low:g} to {one.high:g} {one.parameter.unit}".strip() for one in assumptions}
    lines = [*_about(found, assumptions, outcome, crisis, request), ""]
    lines += [f"{'assumption':<28} {'range':<26} {'total index':<22} {'first order':<22} change, low to high end", "-" * WIDTH]
    for one in found.indices[:SHOWN]:
        swing = bracketed(one.swing, write=signed)
        lines.append(f"{one.name:<28} {ranges[one.name]:<26} {bracketed(one.total):<22} {bracketed(one.first):<22} {swing}")
    rest = found.indices[SHOWN:]
    if rest:
        largest = max(one.total[0] for one in rest)
        still = sum(one.total == (0.0, 0.0, 0.0) for one in rest)
        lines.append(
            f"{len(rest)} more, none with a total index above {largest:.3f}; {still} of them exactly 0: they touch nothing"
        )
    return "\n".join([*lines, *_held(assumptions, crisis), *(_ranking(order) if order else [])])


def _about(found, assumptions, outcome, crisis, request):
    what = f"the difference {crisis.mechanism.name} makes to {outcome.words}" if request.difference else outcome.words
    yield from _wrapped(f"What drives {what}? {crisis.title}.")
    yield from _wrapped(
        f"Sobol indices over {len(assumptions)} assumptions, uniform over their ranges; {found.points:,} points of "
        f"{found.runs:,} runs, seed {request.seed}; 95 % bootstrap intervals. Over the ranges the outcome is "
        f"{plain(found.mean, 4)} on average, standard deviation {found.deviation:.4f}. All points share the same chances, so "
        f"that chance is for the most part a common offset and a field that touches nothing is exactly 0; independent runs "
        f"would have added {100 * found.chance:.0f} % of the variance: where that is much, another seed may tell otherwise."
    )


def _held(assumptions, crisis):
    names = held(assumptions, crisis)
    if names:
        yield from _wrapped(f"Marked as assumptions but held, being 0, a whole number or not listed: {', '.join(names)}.")


def _ranking(order):
    """The lines about the ranking."""
    points = len(order.u)
    yield ""
    yield f"Which mechanism is best, over {points:,} points of a Latin hypercube ({order.runs:,} runs of each at each)?"
    yield from _wrapped(
        "Best means least. Every mechanism's own marked numbers vary too. Resolved: by a lead of 1.96 standard errors."
    )
    yield ""
    yield f"{'mechanism':<28} {'best':>7} {'resolved':>10}   {'mean regret':>12} {'median':>9} {'95 %':>9} {'worst':>9}"
    yield "-" * WIDTH
    for place in order.places:
        q = [place.regrets.mean(), *np.quantile(place.regrets, [0.5, 0.95, 1.0])]
        shares = f"{100 * place.best:>5.1f} % {100 * place.resolved:>8.1f} %"
        yield f"{place.name:<28} {shares}   {plain(q[0], 4):>12} " + " ".join(f"{plain(x, 4):>9}" for x in q[1:])
    yield ""
    yield from _wrapped(flip(order))


def flip(order):
    """Where the favourite loses its place, in a paragraph."""
    name, share = order.places[0].name, order.flips.mean()
    said = f"{name} is the favourite; some other is better by more than chance at {100 * share:.1f} % of the points."
    if not order.rules:
        return f"{said} No rule is sought for so few or so many."
    parts = [
        f"Where {rule.words}, this holds at {100 * rule.precision:.0f} % (precision){_instead(rule)}; that takes in "
        f"{100 * rule.coverage:.0f} % of all such points (coverage)"
        for rule in order.rules
    ]
    return f"{said} {'. '.join(parts)}. Judged on the {order.rules[0].of} points the rules were not found on."


def _instead(rule):
    return f", and {rule.instead} is then most often best" if rule.instead else ""


def _wrapped(text):
    return textwrap.wrap(text, WIDTH)
