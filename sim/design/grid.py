"""The cells of a design, each made when it is asked for: a design of a million takes no more memory than its axes."""

import itertools
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, overload

GROUP_AXES = ("mechanism", "scenario", "diplomacy", "weights", "nation@a", "nation@b", "militants@militants_a",
              "militants@militants_b")  # fmt: skip


T = TypeVar("T")
Groups = tuple[tuple[str, Any], ...]  # chosen options: pairs of group and option


class Cell(NamedTuple):
    """One cell of a design."""

    labels: dict[str, Any]  # by axis: the value it stands for
    base: int  # which of the design's bases
    numbers: dict[str, Any]  # fields set on it


def fields_of(name: str) -> list[str]:
    """What the axis of that name sets: the full keys of its fields, or its group."""
    return name.split(" + ")


def chosen(labels: Mapping[str, Any]) -> Groups:
    """The groups that some labels choose, as pairs of group and option."""
    return tuple((name, value) for name, value in labels.items() if name in GROUP_AXES)


class Listed(Sequence[T]):
    """A sequence whose items ``at(i)`` makes. Numbers count from its start: it raises ``IndexError`` for those below 0."""

    def at(self, i: int) -> T:
        """The item of a number within bounds."""
        raise NotImplementedError

    @overload
    def __getitem__(self, i: int) -> T: ...
    @overload
    def __getitem__(self, i: slice) -> list[T]: ...
    def __getitem__(self, i: int | slice) -> T | list[T]:
        """The item of a number, or a list of those of a slice."""
        if isinstance(i, slice):
            return [self.at(k) for k in range(*i.indices(len(self)))]
        if not 0 <= i < len(self):
            raise IndexError(i)
        return self.at(i)


class Points(Listed[dict[str, Any]]):
    """Every combination of the ``values`` of some axes (name to list) with every point of a sample: dicts of axis to value.

    The sample's points are lists of values of its ``names``; the last axis runs fastest, the sample faster still.
    """

    def __init__(
        self, values: Mapping[str, Sequence[Any]], names: Iterable[str] = (), sample: Sequence[Sequence[Any]] = ((),)
    ) -> None:
        self.values, self.sample, self.names = values, sample, (*values, *names)

    def __len__(self) -> int:
        return math.prod(map(len, self.values.values())) * len(self.sample)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for point in itertools.product(*self.values.values()):
            for more in self.sample:
                yield dict(zip(self.names, (*point, *more), strict=True))

    def at(self, i: int) -> dict[str, Any]:
        """The point of a number."""
        i, point = i // len(self.sample), list(self.sample[i % len(self.sample)])
        for values in reversed([*self.values.values()]):
            i, place = divmod(i, len(values))
            point.insert(0, values[place])
        return dict(zip(self.names, point, strict=True))

    def of(self, name: str) -> list[Any]:
        """The different values of an axis, in order."""
        if name in self.values:
            return list(dict.fromkeys(self.values[name]))
        column = self.names.index(name) - len(self.values)
        return list(dict.fromkeys(point[column] for point in self.sample))


class Cells(Listed[Cell]):
    """A cell for each of some points; ``base_of`` gives the number of the base for the groups ``chosen``.

    ``more`` are labels before those of every point, and ``first`` is added to the numbers of the bases.
    """

    def __init__(
        self, points: Points, base_of: Mapping[Groups, int], more: dict[str, Any] | None = None, first: int = 0
    ) -> None:
        self.points, self.base_of, self.more, self.first = points, base_of, more or {}, first

    def __len__(self) -> int:
        return len(self.points)

    def __iter__(self) -> Iterator[Cell]:
        return map(self._of, self.points)

    def at(self, i: int) -> Cell:
        """The cell of a number."""
        return self._of(self.points.at(i))

    def _of(self, labels: dict[str, Any]) -> Cell:
        numbers = {key: value for name, value in labels.items() if name not in GROUP_AXES for key in fields_of(name)}
        return Cell(self.more | labels, self.first + self.base_of[chosen(labels)], numbers)


class Joined(Listed[Cell]):
    """The cells of several designs, one after the other."""

    def __init__(self, parts: Sequence[Listed[Cell]]) -> None:
        self.parts, self.ends = parts, list(itertools.accumulate(map(len, parts)))

    def __len__(self) -> int:
        return self.ends[-1]

    def __iter__(self) -> Iterator[Cell]:
        return itertools.chain.from_iterable(self.parts)

    def at(self, i: int) -> Cell:
        """The cell of a number."""
        k = bisect_right(self.ends, i)
        return self.parts[k].at(i - (self.ends[k - 1] if k else 0))


class Labels(Listed[dict[str, Any]]):
    """The labels of some cells."""

    def __init__(self, cells: Listed[Cell]) -> None:
        self.cells = cells

    def __len__(self) -> int:
        return len(self.cells)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (cell.labels for cell in self.cells)

    def at(self, i: int) -> dict[str, Any]:
        """The labels of the cell of a number."""
        return self.cells.at(i).labels
