"""Sparse histograms of whole numbers: which values there are, and how often each. Compiled, without the interpreter's lock."""

import numpy as np
import numpy.typing as npt

from sim.model.numerics.jit import kernel

BITS = 10  # sorted by so many bits at a time


def histogram(values: npt.ArrayLike) -> np.ndarray:
    """The different values of ``values`` (whole, not negative) and their counts: an array [2, k], values ascending."""
    return distinct(np.array(values, dtype=np.int64))


def combined_histograms(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Two sparse histograms [2, k] in one."""
    values, counts, more = aligned(*one, *two)
    return np.stack([values, counts + more])


@kernel
def _sorted(values: np.ndarray, most: int) -> np.ndarray:
    """``values`` in order, none above ``most``: a radix sort, linear in their number."""
    other, shift, mask = np.empty_like(values), 0, (1 << BITS) - 1
    while most >> shift > 0:
        starts = np.zeros((1 << BITS) + 1, np.int64)
        for value in values:
            starts[((value >> shift) & mask) + 1] += 1
        for digit in range(1, len(starts)):
            starts[digit] += starts[digit - 1]
        for value in values:
            digit = (value >> shift) & mask
            other[starts[digit]] = value
            starts[digit] += 1
        values, other = other, values
        shift += BITS
    return values


@kernel
def distinct(values: np.ndarray) -> np.ndarray:
    """The different values, ascending, and how often each occurs: [2, k]; ``values`` is used as room to work in."""
    most = 0
    for value in values:
        most = max(most, value)
    ordered = _sorted(values, most)
    out, k = np.empty((2, len(values)), np.int64), 0
    for i in range(len(ordered)):
        if i == 0 or ordered[i] != ordered[i - 1]:
            out[0, k], out[1, k] = ordered[i], 0
            k += 1
        out[1, k - 1] += 1
    return out[:, :k].copy()


@kernel
def aligned(
    steps: np.ndarray, counts: np.ndarray, more_steps: np.ndarray, more_counts: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two histograms over the values of both: the values, ascending, and the counts of the one and of the other."""
    n, m, i, j, k = len(steps), len(more_steps), 0, 0, 0
    out, one, two = np.empty(n + m, np.int64), np.zeros(n + m, np.int64), np.zeros(n + m, np.int64)
    while i < n or j < m:
        step = min(steps[i] if i < n else more_steps[j], more_steps[j] if j < m else steps[i])
        out[k] = step
        if i < n and steps[i] == step:
            one[k] = counts[i]
            i += 1
        if j < m and more_steps[j] == step:
            two[k] = more_counts[j]
            j += 1
        k += 1
    return out[:k].copy(), one[:k].copy(), two[:k].copy()
