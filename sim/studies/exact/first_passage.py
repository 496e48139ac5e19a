"""What a chain does in time: when it first passes something, how likely it ever does, and where it ends.

What is watched for may come in stages ("a strike, then a joint statement, then a strike"): a copy of the chain for each.
States that take no time are eliminated first (generalised stochastic Petri nets; Ajmone Marsan, Conte & Balbo 1984).
Transient curves are by uniformisation (Jensen 1953), whose error is a Poisson tail.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph
from scipy.sparse.linalg import splu
from scipy.special import gammaln, pdtrc

from sim.studies.exact.events_of_interest import EventOfInterest
from sim.studies.exact.markov_chain import Chain
from sim.studies.exact.symbolic_chance import Unsolvable

STRIDE = 256.0  # jumps of the uniformised chain in one step, on average
DOUBLINGS = 40  # after 2^40 instant moves in a row nothing may be left that goes on
ROUNDING = 1e-13  # of the sums of one step: a few hundred products of numbers below 1
SMALL = 1e-15


class Flow(NamedTuple):
    """A chain with its instant states gone: what is left, and the last state of all, where what was asked for is passed."""

    rates: sparse.csr_array  # off the diagonal of the generator, per minute
    start: np.ndarray
    origin: np.ndarray  # number in the chain of each state; -1 for the last


def flow(chain: Chain, watch: EventOfInterest | None = None) -> Flow:
    """The flow of a chain under an event of interest (``events_of_interest``): its last state is where the watch is over."""
    n, moves = len(chain.states), chain.moves
    stages = watch or [[]]
    size = len(stages) * n + 1
    rows = np.concatenate([k * n + moves.source for k in range(len(stages))])
    columns = []
    for k, stage in enumerate(stages):
        after = k * n + moves.target
        for mask, onward in stage:
            after = np.where(mask, onward * n + moves.target if onward < len(stages) else size - 1, after)
        columns.append(after)
    weights = np.tile(moves.weight, len(stages))
    matrix = sparse.csr_array((weights, (rows, np.concatenate(columns))), shape=(size, size))
    start = np.zeros(size)
    start[:n] = chain.start
    origin = np.append(np.tile(np.arange(n), len(stages)), -1)
    return _lasting(matrix, start, origin, np.append(np.tile(chain.instant, len(stages)), False))


def _lasting(matrix: sparse.csr_array, start: np.ndarray, origin: np.ndarray, instant: np.ndarray) -> Flow:
    """The flow between the states that last, through those that take no time."""
    lasting = ~instant
    onward, among = matrix[instant][:, lasting], matrix[instant][:, instant]
    through, ahead = onward, among  # the sum of among^k onward over k = 0, 1, ... by doubling
    for _ in range(DOUBLINGS):
        if ahead.nnz == 0 or ahead.max() < SMALL:
            break
        through, ahead = through + ahead @ through, ahead @ ahead
    else:
        raise Unsolvable("waits must not all be 0: acts follow upon acts without end in one moment")
    rates = matrix[lasting][:, lasting] + matrix[lasting][:, instant] @ through
    return Flow(sparse.csr_array(rates), start[lasting] + start[instant] @ through, origin[lasting])


def curve(flow: Flow, minutes: Sequence[float] | np.ndarray) -> tuple[np.ndarray, float]:
    """Probability that the flow has passed by each of ``minutes`` (rising), and a bound of its error."""
    reaching = _reaching(flow)
    if flow.start[reaching].sum() == 0.0:  # it has passed at once, or never will
        return np.full(len(minutes), float(flow.start[-1])), 0.0
    reached, error = distributions(flow, minutes)
    return reached[:, -1], error


def distributions(flow: Flow, minutes: Sequence[float] | np.ndarray) -> tuple[np.ndarray, float]:
    """Probability of each state at each of ``minutes`` (rising): [times, states], and a bound of their error."""
    total = flow.rates.sum(1)
    fastest = float(total.max(initial=0.0))
    if fastest == 0.0:
        return np.tile(flow.start, (len(minutes), 1)), 0.0
    jumps = sparse.csr_array((flow.rates + sparse.diags_array(fastest - total)) / fastest).T.tocsr()
    p, now, error, out = flow.start, 0.0, 0.0, []
    for at in minutes:
        steps = max(1, int(np.ceil(fastest * (at - now) / STRIDE)))
        weights, tail = _poisson(fastest * (at - now) / steps)
        for left in range(steps, 0, -1):
            before, p = p, _stepped(jumps, p, weights)
            error += tail + ROUNDING
            if np.abs(p - before).sum() * left < SMALL:  # what remains would move it no further
                break
        out.append(p)
        now = at
    return np.array(out), error


def _poisson(mean: float) -> tuple[np.ndarray, float]:
    """The weights of 0, 1, 2, ... jumps, and the probability of more."""
    most = int(np.ceil(mean + 9.0 * np.sqrt(mean) + 30.0))
    k = np.arange(most + 1)
    weights = np.exp(k * np.log(mean) - mean - gammaln(k + 1)) if mean > 0.0 else (k == 0).astype(float)
    return weights / weights.sum(), float(pdtrc(most, mean)) if mean > 0.0 else 0.0


def _stepped(jumps: sparse.csr_array, p: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The distribution after a Poisson number of jumps."""
    out = weights[0] * p
    for weight in weights[1:]:
        p = jumps @ p
        out = out + weight * p
    return out


def ever(flow: Flow) -> tuple[float, float]:
    """Probability that the flow ever passes, and the mean minutes until it does where it does (nan where it cannot)."""
    last, reaching = flow.rates.shape[0] - 1, _reaching(flow)
    if flow.start[reaching].sum() == 0.0:
        return float(flow.start[last]), 0.0 if flow.start[last] > 0.0 else np.nan
    inside = flow.rates[reaching][:, reaching]
    generator = sparse.csc_array(sparse.diags_array(flow.rates[reaching].sum(1)) - inside)
    solve = splu(generator).solve
    passing = solve(flow.rates[reaching][:, [last]].toarray().ravel())
    start = flow.start[reaching]
    p = float(start @ passing + flow.start[last])
    return min(p, 1.0), float(start @ solve(passing)) / p


def _reaching(flow: Flow) -> np.ndarray:
    """From which states the last can be reached; it is not counted itself."""
    last = flow.rates.shape[0] - 1
    reaching = np.zeros(last + 1, dtype=bool)
    reaching[csgraph.breadth_first_order(flow.rates.T.tocsr(), last, return_predecessors=False)] = True
    reaching[last] = False
    return reaching


def long_run(flow: Flow) -> np.ndarray:
    """Share of time in each state in the long run, from where the flow starts: [states]."""
    count, part = csgraph.connected_components(flow.rates, connection="strong")
    rows, columns = flow.rates.nonzero()
    left = np.zeros(count, dtype=bool)
    left[part[rows][part[rows] != part[columns]]] = True  # components that can be left
    passing = left[part]
    arriving = _arrivals(flow, passing)
    share = np.zeros(len(part))
    for one in np.flatnonzero(~left):
        inside = np.flatnonzero(part == one)
        p = float(flow.start[inside].sum() + arriving[inside].sum())
        if p > 0.0:
            share[inside] = p * _stationary(flow.rates[inside][:, inside])
    return share


def _arrivals(flow: Flow, passing: np.ndarray) -> np.ndarray:
    """Probability of first arriving at each state that is not ``passing`` from one that is."""
    arrivals = np.zeros(len(passing))
    if passing.any():
        inside = flow.rates[passing][:, passing]
        generator = sparse.csc_array(sparse.diags_array(flow.rates[passing].sum(1)) - inside)
        spent = splu(generator.T.tocsc()).solve(flow.start[passing])  # minutes in each passing state
        arrivals[~passing] = spent @ flow.rates[passing][:, ~passing]
    return arrivals


def _stationary(rates: sparse.csr_array) -> np.ndarray:
    """The stationary distribution of a class that is never left."""
    n = rates.shape[0]
    if n == 1:
        return np.ones(1)
    balance = (rates - sparse.diags_array(rates.sum(1))).T.tolil()
    balance[0, :] = 1.0
    right = np.zeros(n)
    right[0] = 1.0
    share = splu(balance.tocsc()).solve(right)
    return share / share.sum()
