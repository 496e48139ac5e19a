"""How long it lasts where some runs end before: the life table of a time, its Kaplan–Meier curve, and its median.

Reckoned from counts by time (``sim.runs.summary.Count``), so that a million runs cost no more than the different times there
are; the tests hold it against SciPy's ``ecdf`` of censored data.
"""

import bisect
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from sim.model.numerics.jit import kernel
from sim.statistics import incomplete_beta
from sim.statistics.histogram import aligned
from sim.statistics.incomplete_beta import betainc
from sim.statistics.intervals import Z, beta_ends, tail


class Counted(Protocol):
    """Counts of times over runs, such as a ``sim.runs.summary.Count``: by name, steps and how many runs, [2, k]."""

    @property
    def n(self) -> int:
        """How many runs."""

    @property
    def reached(self) -> dict[str, np.ndarray]:
        """Steps at which a time was reached."""

    @property
    def censored(self) -> dict[str, np.ndarray]:
        """Steps at which war ended a run that had not reached it."""

    @property
    def step(self) -> int:
        """Minutes in a step."""


class Life(NamedTuple):
    """Times of an event by steps at which something happens: how many runs reach it, leave before it, are at risk."""

    at: np.ndarray  # [k] minutes, ascending
    events: np.ndarray  # [k] runs that reach it then
    lost: np.ndarray  # [k] runs that end without it then: they were still at risk at that time
    at_risk: np.ndarray  # [k] runs that had neither reached it nor ended before
    n: int


class Curve(NamedTuple):
    """A probability over time, whose pointwise interval is reckoned only where it is read: a beta quantile is slow."""

    at: np.ndarray  # [k] minutes
    value: np.ndarray  # [k + 1] before the first time and from each on
    lower: np.ndarray  # [2, k + 1] the beta distributions whose quantiles are the lower ends
    upper: np.ndarray  # [2, k + 1]

    def ends(self, where: int | np.ndarray) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
        """The two parameters of the lower and of the upper end's beta distribution, at a place or places."""
        return (self.lower[0, where], self.lower[1, where]), (self.upper[0, where], self.upper[1, where])

    def read(self, minutes: npt.ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Value and the ends of its 95 % interval at some time or times."""
        where = np.searchsorted(self.at, minutes, side="right")
        return self.value[where], *beta_ends(*self.ends(where))


def life(count: Counted, name: str) -> Life:
    """The ``Life`` of the time ``name`` in a cell's count. War ends a run without it; the horizon ends the rest."""
    return _table(count.n, count.reached[name], count.censored[name], count.step)


def _table(n: int, reached: np.ndarray, lost: np.ndarray, step: int = 1) -> Life:
    """The ``Life`` of sparse counts [2, k] of runs that reach the event and of those lost before it."""
    at, events, gone = aligned(*reached, *lost) if lost.shape[1] else (*reached, np.zeros(reached.shape[1]))
    events, gone = events.astype(float), gone.astype(float)
    ended = events + gone
    return Life(at * step, events, gone, n - (np.cumsum(ended) - ended), n)


def laid_on(at: np.ndarray, counts: Sequence[np.ndarray] | np.ndarray) -> np.ndarray:
    """Sparse counts laid on the steps ``at``."""
    laid = np.zeros(len(at))
    laid[np.searchsorted(at, counts[0])] = counts[1]
    return laid


def kaplan_meier(one: Life) -> Curve:
    """The share of runs that have not reached the event, over time (Kaplan & Meier 1958).

    Interval: the beta product confidence procedure, by moments (Fay, Brittain & Proschan 2013, Biostatistics 14: 723-736).
    Each share that outlives a time is a beta distribution and the curve their product; with nobody lost it is the exact
    interval of a share, and with few runs or early on it holds where Greenwood's formula does not.
    """
    value, lower, upper = _outlived(one.events, one.lost, float(one.n))
    return Curve(one.at, value, lower, upper)


@kernel
def _outlived(events: np.ndarray, lost: np.ndarray, n: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The curve [k + 1], and the beta distributions [2, k + 1] of the lower and of the upper end of its interval.

    The product's mean, what it lacks to 1, and its mean square over the mean's, less 1, are carried along as they are: none
    is the small difference of two large numbers.
    """
    k = len(events)
    value, lower, upper = np.ones(k + 1), np.empty((2, k + 1)), np.empty((2, k + 1))
    mean, lack, excess, left = 1.0, 0.0, 0.0, n
    for i in range(k + 1):
        if i > 0:
            go, stay = events[i - 1], left - events[i - 1] + 1.0  # of those left, who are at risk
            value[i] = value[i - 1] * (1.0 - go / left)
            lack += mean * (go / (stay + go))
            mean *= stay / (stay + go)
            more = go / (stay * (stay + go + 1.0))
            excess += more + excess * more
            left -= events[i - 1] + lost[i - 1]
        _as_beta(mean, lack, excess, upper[:, i])
        if left <= 0.0:
            lower[0, i], lower[1, i] = 0.0, 1.0  # nobody is left: all at 0
        else:  # one more that goes at once
            more = 1.0 / (left * (left + 2.0))
            _as_beta(mean * (left / (left + 1.0)), lack + mean / (left + 1.0), excess + more + excess * more, lower[:, i])
    return value, lower, upper


@kernel
def _as_beta(mean: float, lack: float, excess: float, out: np.ndarray) -> None:
    """Write the parameters of the beta distribution with those moments into ``out``; all at 1 where none has gone."""
    if excess == 0.0:
        out[0], out[1] = 1.0, 0.0
    else:
        size = lack / (mean * excess) - 1.0
        out[0], out[1] = mean * size, lack * size


def medians(count: Counted, names: Iterable[str], z: float = Z) -> np.ndarray:
    """The Kaplan–Meier medians of times in minutes with their intervals, 95 % or as ``z`` says: an array [len(names), 3].

    NaN where not half of the runs reach it. The interval is where the curve's own interval crosses one half (Brookmeyer &
    Crowley 1982).
    """
    incomplete_beta.ready()
    parts = [part for name in names for part in (count.reached[name], count.censored[name])]
    ends = np.cumsum([part.shape[1] for part in parts])
    steps, counts = np.concatenate(parts, axis=1)
    return _medians(float(count.n), steps, counts, ends, tail(z)) * count.step


def median(count: Counted, name: str, z: float = Z) -> tuple[float, float, float]:
    """One of the ``medians``: three numbers."""
    value, low, high = medians(count, [name], z)[0].tolist()
    return value, low, high


def quantile(curve: Curve, q: float) -> tuple[float, float, float]:
    """The time by which a share ``q`` have reached the event, on a Kaplan–Meier curve, and its 95 % interval: three numbers.

    Each is where the curve, or an end of its pointwise interval, first comes down to 1 - q; infinite where it never does.
    """

    def low(i: int) -> float:
        return float(beta_ends(*curve.ends(i))[0])

    def high(i: int) -> float:
        return float(beta_ends(*curve.ends(i))[1])

    def crossed(end: Callable[[int], float]) -> float:
        i = bisect.bisect_left(range(len(curve.value)), True, key=lambda i: end(i) <= 1.0 - q)
        return float(curve.at[i - 1]) if 0 < i < len(curve.value) else 0.0 if i == 0 else math.inf

    return crossed(lambda i: float(curve.value[i])), crossed(low), crossed(high)


@kernel
def _medians(n: float, steps: np.ndarray, counts: np.ndarray, ends: np.ndarray, missed: float) -> np.ndarray:
    """Medians in steps and the ends of their intervals, [k, 3], each of which misses with probability ``missed``.

    ``steps`` and their ``counts`` are, for each of the k times, those at which it is reached, then those at which it is lost,
    up to the next two of ``ends``.
    """
    out, start = np.full((len(ends) // 2, 3), np.nan), 0
    for j in range(len(out)):
        middle, end = ends[2 * j], ends[2 * j + 1]
        gone = counts[start:end].sum()
        if gone == n or betainc(n - gone, gone + 1.0, 0.5) >= missed:  # else no half, even were the lost to have reached it
            at, events, lost = aligned(steps[start:middle], counts[start:middle], steps[middle:end], counts[middle:end])
            _crossings(n, at, events, lost, missed, out[j])
        start = end
    return out


@kernel
def _crossings(n: float, at: np.ndarray, events: np.ndarray, lost: np.ndarray, missed: float, out: np.ndarray) -> None:
    """Write into ``out`` the steps at which a Kaplan–Meier curve and the ends of its interval come to one half."""
    value, lower, upper = _outlived(events, lost, n)
    last, middle = len(at), 0
    while middle <= last and value[middle] > 0.5:
        middle += 1
    wide = int(math.sqrt(n))  # the ends cross it about so many runs before and after
    early = _first_below(lower[0], lower[1], missed, middle - wide)
    late = _first_below(upper[0], upper[1], 1.0 - missed, middle + wide)
    for j, i in enumerate((middle, early, late)):
        if i <= last:
            out[j] = at[i - 1]


@kernel
def _first_below(a: np.ndarray, b: np.ndarray, level: float, guess: int) -> int:
    """The first place after 0 at which a falling curve is at one half or below, looked for around a guess; k for none.

    The curve is the ``level`` quantiles of the beta distributions with parameters ``a`` and ``b`` [k].
    """
    last = len(a) - 1
    if last == 0 or not _below(a[last], b[last], level):
        return last + 1
    low, high, step = max(0, min(guess, last - 1)), last, 1
    while low > 0 and _below(a[low], b[low], level):
        low, high, step = max(0, low - step), low, 2 * step
    step = 1
    while low + step < high and not _below(a[low + step], b[low + step], level):
        low, step = low + step, 2 * step
    high = min(high, low + step)
    while high - low > 1:
        middle = (low + high) // 2
        if _below(a[middle], b[middle], level):
            high = middle
        else:
            low = middle
    return high


@kernel
def _below(a: float, b: float, level: float) -> bool:
    """Whether the ``level`` quantile of a beta distribution is at one half or below; see ``beta_ends`` for parameters of 0."""
    return a == 0.0 or (b > 0.0 and betainc(a, b, 0.5) >= level)


def as_before(first: float, steps: np.ndarray) -> np.ndarray:
    """A step function just before each of its steps."""
    return np.concatenate([[first], steps])[: len(steps)]
