"""Noisy reciprocity solved: the exact Markov chain over the joint memory of two automata.

In rounds both act at once, each on the memory of the last round; at Poisson times one of the two acts at a time. Execution
noise turns an act into the other, and both remember the act as it was done; perception noise turns what the other side
sees of it (conventions of Axelrod-Python from the first move on; Molander 1985).
"""

from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
from scipy.stats import poisson

from sim.model.parameter import DAY
from sim.model.setting.crisis import Crisis
from sim.studies.known_answers.automata import Automaton, automaton
from sim.studies.known_answers.quantity import Columns, Quantity, reached

PAYS = {(True, True): 3.0, (True, False): 0.0, (False, True): 5.0, (False, False): 1.0}
BOTH = ((True, True), (True, False), (False, True), (False, False))


class Noise(NamedTuple):
    """Of execution and of perception, each of one side."""

    slips: float
    errs: float


Side = tuple[Automaton, Noise]
Shares = dict[tuple[bool, bool], float]  # of CC, CD, DC, DD, a's act first


class Chain(NamedTuple):
    """States of a pair: the postures of both and the memories of both; and the probabilities of a step between them."""

    postures: list[tuple[bool, bool]]  # of each state: (a cooperates, b cooperates)
    matrix: np.ndarray  # [states, states]


def sides(crisis: Crisis) -> list[Side]:
    """Automaton and noise of both sides of a crisis. Raises ``ValueError`` where accidents and failures, or phantoms and
    misses, are not equally likely.
    """
    for nation in (crisis.a, crisis.b):
        if nation.accident != nation.failure or nation.phantom != nation.miss:
            raise ValueError("noise must be as likely either way: accident = failure, phantom = miss")
    return [
        (automaton(nation.retaliation, nation.generosity), Noise(nation.accident, nation.phantom))
        for nation in (crisis.a, crisis.b)
    ]


def flips(value: bool, probability: float) -> list[tuple[bool, float]]:
    """The value and its opposite, with their probabilities."""
    return [(v, p) for v, p in ((value, 1.0 - probability), (not value, probability)) if p > 0.0]


def deeds(side: Side, memory: tuple) -> list[tuple[bool, float]]:
    """What a side does: cooperation or not, with probabilities."""
    one, noise = side
    p = one.cooperates(memory)
    p = p * (1.0 - noise.slips) + (1.0 - p) * noise.slips
    return [(deed, q) for deed, q in ((True, p), (False, 1.0 - p)) if q > 0.0]


def round_of(a: Side, b: Side, state: tuple) -> Iterator[tuple[tuple, float]]:
    """The states after a round in which both act at once, with probabilities."""
    _, (mine, theirs) = state
    for (x, p), (y, q) in product(deeds(a, mine), deeds(b, theirs)):
        for (seen_y, r), (seen_x, s) in product(flips(y, a[1].errs), flips(x, b[1].errs)):
            yield ((x, y), (a[0].after(mine, x, seen_y), b[0].after(theirs, y, seen_x))), p * q * r * s


def turn_of(a: Side, b: Side, state: tuple) -> Iterator[tuple[tuple, float]]:
    """The states after one of the two, each as likely, has acted alone, with probabilities."""
    (x, y), (mine, theirs) = state
    for deed, p in deeds(a, mine):
        for seen, r in flips(deed, b[1].errs):
            yield ((deed, y), (a[0].after(mine, deed, None), b[0].after(theirs, None, seen))), 0.5 * p * r
    for deed, p in deeds(b, theirs):
        for seen, r in flips(deed, a[1].errs):
            yield ((x, deed), (a[0].after(mine, None, seen), b[0].after(theirs, deed, None))), 0.5 * p * r


def chain(crisis: Crisis, step: Callable) -> Chain:
    """The chain of a crisis, from mutual cooperation on, by ``round_of`` or ``turn_of``."""
    a, b = sides(crisis)
    states = [((True, True), (a[0].start, b[0].start))]
    number, moves = {states[0]: 0}, []
    for i, state in enumerate(states):  # grows as it goes
        for after, p in step(a, b, state):
            if after not in number:
                number[after] = len(states)
                states.append(after)
            moves.append((i, number[after], p))
    matrix = np.zeros((len(states), len(states)))
    for i, j, p in moves:
        matrix[i, j] += p
    return Chain([state[0] for state in states], matrix)


def shares(one: Chain, over: np.ndarray) -> Shares:
    """The shares of CC, CD, DC, DD (a's act first) in a distribution over the chain's states."""
    return {both: sum(p for p, posture in zip(over, one.postures, strict=True) if posture == both) for both in BOTH}


def payoff(shares: Shares) -> float:
    """The payoff of a per round."""
    return sum(PAYS[both] * share for both, share in shares.items())


def stationary(one: Chain) -> Shares:
    """The long-run shares of CC, CD, DC, DD from the chain's start (its limit of averages, by repeated squaring)."""
    over, power = np.eye(len(one.matrix))[0], 0.5 * (one.matrix + np.eye(len(one.matrix)))  # lazy: no cycles
    for _ in range(60):
        power = power @ power
        power = power / power.sum(axis=1, keepdims=True)
    return shares(one, over @ power)


def in_rounds(one: Chain, rounds: int) -> Shares:
    """The mean shares over the first ``rounds`` rounds."""
    over, total = np.eye(len(one.matrix))[0], np.zeros(len(one.matrix))
    for _ in range(rounds):
        over = over @ one.matrix
        total += over
    return shares(one, total / rounds)


def in_time(one: Chain, turns: float) -> Shares:
    """The mean shares over a time in which the two act ``turns`` times in all on average, at Poisson times.

    By uniformisation: the chain has made exactly k steps for an expected share P(N > k) / turns of the time.
    """
    most = int(turns + 12.0 * np.sqrt(turns) + 20.0)
    over, total = np.eye(len(one.matrix))[0], np.zeros(len(one.matrix))
    for weight in poisson.sf(np.arange(most), turns) / turns:
        total += weight * over
        over = over @ one.matrix
    return shares(one, total)


def rounds(crisis: Crisis) -> Iterator[Quantity]:
    """Cooperation and payoff over the rounds of the horizon, and the first defection of any side."""
    n = int(crisis.horizon) - 1
    one = chain(crisis, round_of)
    yield from _shares(in_rounds(one, n), n * DAY, crisis)
    quiet = shares(one, one.matrix[0])[True, True]
    if crisis.a.phantom == crisis.b.phantom == 0.0 and crisis.a.retaliation == crisis.b.retaliation == "tit_for_tat":
        for k in (1, 5, 10):
            yield Quantity(f"P(first defection by round {k})", 1 - quiet**k, reached("first_strike_at", (k + 1) * DAY))


def reviews(crisis: Crisis) -> Iterator[Quantity]:
    """Cooperation and payoff over the horizon, one side at a time."""
    wait = crisis.a.review / np.log(2) / 24.0
    long = in_time(chain(crisis, turn_of), 2.0 * crisis.horizon / wait)
    yield from _shares(long, crisis.horizon * DAY, crisis)


def _shares(long: Shares, minutes: float, crisis: Crisis) -> Iterator[Quantity]:
    """The quantities of shares of a time of so many minutes."""
    coop = long[True, True] + long[True, False]
    yield Quantity("share of cooperation", coop, lambda c: 1.0 - c["force_a"] / minutes, slack=2e-5)
    both = long[True, True]
    yield Quantity("share of both cooperating", both, lambda c: 1.0 - _any(c) / minutes, slack=2e-5)
    days = minutes / DAY
    yield Quantity("payoff a round", payoff(long), lambda c: 3.0 + c["payoff_a"] / days, slack=1e-4)


def _any(c: Columns) -> np.ndarray:
    """The minutes in which at least one of the two stood at force."""
    return c["force_a"] + c["force_b"] - c["force_both"]
