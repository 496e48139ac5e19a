"""The cells of a sweep, and in which way its design can be read.

Two axes of numbers make heat maps, one makes lines, many lines a panel each; a short list of points has a row a point. A
sample, or more axes than that, is shown one axis at a time.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.plotting.heat_map import TICKS
from sim.plotting.names import readable

MOST_PANELS = 6
MOST_ROWS = 40
MOST_LINES = 8  # on the same axes; of more of them each has a panel
MOST_MULTIPLES = 42


class Cells(NamedTuple):
    """The cells of a design, and what is known of each."""

    axes: list[str]  # names of the axes with more than one value
    labels: list[tuple]  # a tuple of values a cell, in the order of ``axes``
    chances: np.ndarray  # [cells, 3] the probability and the ends of its interval
    rung: int  # whose probability it is
    words: dict[str, str]  # by axis: what a reader calls it
    gaps: np.ndarray | None = None  # [cells, 3] the difference from ``others`` and its interval, NaN where it is none
    wide: np.ndarray | None = None  # [cells, 3] the mean over draws of what is not known, and the ends of most of them
    wide_gaps: np.ndarray | None = None  # [cells, 3] the same of the difference

    @property
    def values(self) -> dict[str, list]:
        """By axis: its values, numbers from small to large, words as they come."""
        found = {axis: list(dict.fromkeys(label[i] for label in self.labels)) for i, axis in enumerate(self.axes)}
        return {axis: sorted(some) if numeric(some) else some for axis, some in found.items()}


def cells(
    axes: Sequence[str],
    labels: Sequence[Mapping[str, Any]],
    chances: Sequence | np.ndarray,
    rung: int,
    nations: Mapping[str, str] | None = None,
    gaps: np.ndarray | None = None,
) -> Cells:
    """The ``Cells`` of a design: ``labels`` are dicts from axis to value, ``nations`` the names of the two sides."""
    varied = [axis for axis in axes if any(label[axis] != labels[0][axis] for label in labels)]
    words = {axis: readable(axis, nations) for axis in varied}
    found = [tuple(label[axis] for axis in varied) for label in labels]
    return Cells(varied, found, np.asarray(chances, float), rung, words, gaps)


def others(found: Cells) -> list[int]:
    """By cell: the number of the one it is set against, itself for that one; empty for designs read in another way.

    Lines are set against the first line at the same place, one line or a list of points against its first.
    """
    shape = kind(found)
    if shape == "rows":
        return [0] * len(found.labels)
    if shape not in ("lines", "multiples"):
        return []
    values, at = found.values, {label: i for i, label in enumerate(found.labels)}
    kept = along(found.axes, values) if len(found.axes) > 1 else None
    return [
        at[tuple(x if axis == kept else values[axis][0] for axis, x in zip(found.axes, label, strict=True))]
        for label in found.labels
    ]


def kind(found: Cells, log: bool = False) -> str:
    """How cells are drawn: "curve", "maps", "lines", "multiples", "rows", or "first order", one axis at a time."""
    values = found.values
    numbers = [axis for axis in found.axes if numeric(values[axis])]
    whole = len(found.labels) == len(set(found.labels)) == math.prod(map(len, values.values()))  # a grid, each point once
    spread = [axis for axis in numbers if sampled(values[axis])]
    if not found.axes:
        return "curve"
    if whole and len(numbers) == 2 and not spread and not log:
        panels = math.prod(len(values[axis]) for axis in found.axes if axis not in numbers)
        if panels <= MOST_PANELS:
            return "maps"
    longest = along(found.axes, values)
    if whole and (log or len(numbers) < 2 or spread == [longest]):
        lines = len(found.labels) // len(values[longest])
        if lines <= MOST_MULTIPLES:
            return "lines" if lines <= MOST_LINES else "multiples"
    return "rows" if not whole and not spread and len(found.labels) <= MOST_ROWS else "first order"


def numeric(values: Sequence[Any]) -> bool:
    """Whether an axis is one of numbers."""
    return all(isinstance(value, (int, float)) for value in values)


def sampled(values: Sequence[float]) -> bool:
    """Whether numbers are many and unevenly spaced, as a sample's are: neither ticks nor equal cells suit them."""
    steps = np.diff(values)
    return len(values) > TICKS and bool(np.ptp(steps) > 0.1 * steps.max())  # short decimals are not quite even


def along(axes: Sequence[str], values: Mapping[str, Sequence[Any]]) -> str:
    """The axis that lines run along: the longest of numbers, of words where there is none, of two as long not mechanisms."""
    some = [axis for axis in axes if numeric(values[axis])] or axes
    return max(some, key=lambda axis: (len(values[axis]), axis != "mechanism"))
