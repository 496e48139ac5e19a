"""What the equilibria of a game cost, as a figure over the noise draws it."""

from typing import NamedTuple

SURE = 0.005  # a probability this near to 0 or 1 moves no more


class Cost(NamedTuple):
    """What policies cost at one value of the noise: values with the ends of their intervals."""

    fixed: tuple
    chosen: tuple  # re-chosen
    span: tuple  # lowest and highest over all equilibria


def escalation(rung):
    """The function from a ``Choice`` to its ``Cost`` in P(peak >= rung), %."""

    def cost(one):
        fixed, chosen, (high, low) = one.fixed.peaks[rung - 1], one.peak(rung), one.worst(rung)
        return Cost(*(tuple(100 * x for x in triple) for triple in (fixed, chosen, (low, high))))

    return cost


def pay(one):
    """The ``Cost`` of a ``Choice`` in what a side gets, the mean of both. Ends of intervals are averaged: at least as wide."""
    fixed, chosen = mean(one.fixed.payoffs), mean([mean(each.payoffs) for each in one.chosen])
    every = [mean(each.payoffs)[0] for each in one.answer.equilibria]
    return Cost(fixed, chosen, (min(every), max(every)))


def mean(triples):
    """The mean of values with the ends of their intervals."""
    return tuple(sum(one[k] for one in triples) / len(triples) for k in range(3))


def saturated(found, rung):
    """Whether P(peak >= rung) tells nothing: next to 0 or next to 1 in every equilibrium at every noise but the first."""
    costs = [escalation(rung)(one) for games in found for one in games[1:]]
    values = [x / 100 for one in costs for x in (one.fixed[0], one.chosen[0], *one.span)]
    return bool(values) and (max(values) < SURE or min(values) > 1 - SURE)
