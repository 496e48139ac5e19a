"""How far a vector of numbers is from what is known: the implausibility of history matching (Craig et al. 1997; Vernon,
Goldstein & Bower 2010), target by target and in all.

A target's is the distance of the model's value from the middle of the target's interval, over the root of three variances:
that of the cases the target rests on, that of the runs, and the model's own discrepancy. Shares are compared on the arcsine
scale, on which the variance of a share of n cases is 1 / n wherever it lies; ratios of hazards on the logarithm.
"""

import math
from collections.abc import Iterable

import numpy as np
from scipy.special import chdtri

from sim.statistics.intervals import Z
from sim.studies.calibration.target import FITTED, Target

CUTOFF = 3.0  # by Pukelsheim's (1994) rule any unimodal law lies within three standard deviations in .95 of the cases
DISCREPANCY = 0.05  # standard deviation of what the best numbers leave: .025 of a share at one half, .05 of a ratio
TRIED = ((DISCREPANCY, CUTOFF), (DISCREPANCY, 2.5), (0.0, CUTOFF), (0.1, CUTOFF))  # this rule, and others beside it
JOINT = 0.05  # how often all targets together would be as far off by chance, were the numbers right


def distances(found: Iterable[Target], targets: int) -> np.ndarray:
    """Gap and variance of every fitted target: [``targets``, 2]; an infinite gap where no run tells its value.

    It stops, and leaves the rest not a number, at the target from which on the vector is ruled out: under any rule of
    ``TRIED``, so that what these would accept is known too.
    """
    far = np.full((targets, 2), np.nan)
    for j, one in enumerate(target for target in found if target.role == FITTED):
        far[j] = _distance(one)
        if not any(_open(far[: j + 1], discrepancy, cutoff, targets) for discrepancy, cutoff in TRIED):
            break
    return far


def _open(far: np.ndarray, discrepancy: float, cutoff: float, targets: int) -> bool:
    """Whether some targets leave a vector open."""
    each = implausibilities(far, discrepancy)
    return bool((each < cutoff).all() and (each * each).sum() < limit(targets))


def implausibilities(far: np.ndarray, discrepancy: float = DISCREPANCY) -> np.ndarray:
    """From ``distances`` [..., targets, 2] the implausibility of every target: [..., targets]."""
    return far[..., 0] / np.sqrt(far[..., 1] + discrepancy**2)


def accepted(far: np.ndarray, discrepancy: float = DISCREPANCY, cutoff: float = CUTOFF) -> np.ndarray:
    """Which vectors are not ruled out [vectors]: by no target alone, nor by all together; ``far`` [vectors, targets, 2]."""
    each = implausibilities(far, discrepancy)
    return (each < cutoff).all(1) & ((each * each).sum(1) < limit(each.shape[1]))  # what was not asked is not below


def ruled_out(far: np.ndarray) -> tuple[np.ndarray, float]:
    """The share of the vectors that each target is the first to rule out alone [targets], and that of those left that all
    together do; ``far`` [vectors, targets, 2]."""
    out = implausibilities(far) >= CUTOFF
    first = np.where(out.any(1), out.argmax(1), far.shape[1])
    alone = np.bincount(first, minlength=far.shape[1] + 1)[:-1] / len(far)
    return alone, float(1.0 - alone.sum() - accepted(far).mean())


def limit(targets: int) -> float:
    """What the sum of squares over all targets must stay below: the upper point of chi-squared."""
    return float(chdtri(targets, JOINT))


def _distance(one: Target) -> tuple[float, float]:
    """The distance from a target: from the middle of its interval, which a share of few cases near 0 or 1 is not."""
    if not math.isfinite(one.value):
        return math.inf, 1.0
    low, high, value, *ends = (_scaled(one, x) for x in (one.low, one.high, one.value, one.value_low, one.value_high))
    cases, runs = (high - low) / (2 * Z), (ends[1] - ends[0]) / (2 * Z)
    return abs(value - (low + high) / 2), cases**2 + runs**2


def _scaled(one: Target, x: float) -> float:
    """A share or a ratio on the scale it is compared on."""
    return math.log(x) if one.ratio else 2.0 * math.asin(math.sqrt(min(1.0, max(0.0, x))))
