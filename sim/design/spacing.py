"""Numbers between two ends as short decimals, so that what is shown, stored and asked for is one number.

Steps that are decimals are exact (0.3, not 0.30000000000000004); thirds, and what is drawn, are rounded finely.
"""

import math
import sys
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

EXACT = 12  # decimals of a step that is taken as it is
FIGURES = 6  # else: of the larger end, as many as tables show,
FINE = 4  # and at least so fine that 10,000 values fit between the ends


def finite(x: Any) -> bool:
    """Whether ``x`` is a number (no truth value) that a float can hold."""
    return isinstance(x, (int, float)) and not isinstance(x, bool) and abs(x) <= sys.float_info.max


def spaced(low: float, high: float, steps: int) -> list[float]:
    """``steps`` evenly spaced numbers from ``low`` to ``high``.

    >>> spaced(0, 1, 11)[3], spaced(0, 1, 4)[1]
    (0.3, 0.33333)
    """
    start, end = Fraction(repr(low)), Fraction(repr(high))
    grain = math.lcm(start.denominator, ((end - start) / max(1, steps - 1)).denominator)
    exact = next((places for places in range(EXACT + 1) if 10**places % grain == 0), None)
    fine = np.linspace(low, high, steps)
    inner = rounded(fine, low, high, exact)
    inner = (inner if len(np.unique(inner)) == steps else fine).tolist()[1:-1]  # no two that are one
    return [float(low), *inner, float(high)][:steps]


def between(low: float, high: float, u: npt.ArrayLike) -> np.ndarray:
    """The numbers at the shares ``u`` (an array in [0, 1)) of the way from ``low`` to ``high``."""
    return rounded(low + np.asarray(u) * (high - low), low, high)


def whole_between(low: float, high: float, u: npt.ArrayLike) -> np.ndarray:
    """The whole numbers from ``low`` to ``high``, both included, at the shares ``u``: each is as likely as another."""
    return np.floor(low + np.asarray(u) * (high - low + 1)).astype(int)


def rounded(values: np.ndarray, low: float, high: float, places: int | None = None) -> np.ndarray:
    """``values`` between two ends, to so many decimals; by default as many as show them well. Never beyond the ends."""
    if places is None:
        size, gap = max(abs(low), abs(high)), abs(high - low)
        if not gap:
            return values
        places = max(FIGURES - 1 - math.floor(math.log10(size)), FINE - math.floor(math.log10(gap)))
    return np.clip(np.round(values, places), min(low, high), max(low, high)) if places <= 15 else values
