"""A design: which cells a sweep plays, from its axes in configuration.

An axis varies a group (``mechanism``, ``nation@a``), a field (``a.generosity``), or several fields together joined by ``+``; a
list of points names every cell instead. Groups are composed once for each combination of their options; numbers are set on
the crisis directly, so a large grid costs Hydra nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.design.crisis_from_mapping import crisis_of, wrong
from sim.design.errors import InputError
from sim.design.fields import MOST, axis_of, block_parts, parameter_at, point_of, unlike
from sim.design.grid import GROUP_AXES, Cell, Cells, Joined, Points, chosen, fields_of
from sim.design.sampling import sampled
from sim.model.parameter import Parameter, parts, records
from sim.model.setting.crisis import Crisis, contradictions, with_number

Compose = Callable[[list[str]], Mapping[str, Any]]  # group choices to the mapping of a crisis


class Saltelli(NamedTuple):
    """A sample for Sobol indices: what it varies, and its points. They are the last axes of a design and run fastest."""

    fields: tuple[str, ...]
    points: int


class Design(NamedTuple):
    """All cells, the axes' names in order, and the crises they start from."""

    axes: list[str]
    cells: Cells | Joined
    bases: list[Crisis]
    saltelli: Saltelli | None = None  # where its cells are such a sample, and so have Sobol indices

    def settings(self) -> Callable[[int, int], np.recarray]:
        """A function that gives the records of the cells from ``start`` to ``stop``: what the compiled clock reads.

        Numbers are written into copies of the bases' records, so that a cell costs microseconds.
        """
        bases = records(self.bases)

        def some(start: int, stop: int) -> np.recarray:
            """The records of the cells from ``start`` to ``stop``."""
            cells = self.cells[start:stop]
            out = bases[[cell.base for cell in cells]].view(np.recarray)
            for key in cells[0].numbers:  # every cell sets the same
                column: np.ndarray = out
                for part in key.split("."):
                    column = column[part]
                engine = parameter_at(key).engine
                column[:] = [engine(cell.numbers[key]) for cell in cells]
            return out

        return some

    def crisis(self, cell: Cell) -> Crisis:
        """The crisis of a cell."""
        crisis = self.bases[cell.base]
        for key, value in cell.numbers.items():
            crisis = with_number(crisis, key, value)
        return crisis


def design(block: Any, base: Crisis, compose: Compose, seed: int = 1) -> Design:
    """The design of a ``sweep`` block over the crisis ``base``; ``compose`` gives the crisis mapping of group choices.

    Its cells are the points that are listed, or every combination of the axes with every point of the sample; ``seed`` is that
    of a sample which names none. Raises ``InputError`` where an axis is empty, names no field or group, or holds a
    value that is not admissible.
    """
    listed, points, sample = block_parts(block)
    if points:
        labels = [point_of(i, point) for i, point in enumerate(points)]
        unlike("sweep.points", [tuple(sorted(one.items())) for one in labels])
        return _of_points(Points({}, labels[0], [[one[name] for name in labels[0]] for one in labels]), base, compose)
    axes, size = [], 1
    for i, axis in enumerate(listed):
        axes.append(axis_of(i, axis))
        size *= len(axes[-1][1])
        if size > MOST:
            raise InputError(
                f"sweep.axes must span at most {MOST} cells, got {size}{' and more' if i + 1 < len(listed) else ''}"
            )
    names = [name for name, _ in axes]
    drawn, sampled_points = sampled(sample, seed, MOST // size, _first_parameter) if sample else ([], [()])
    names += drawn
    each = [key for name in names for key in fields_of(name)]
    if len(set(each)) < len(each):
        raise InputError(f"sweep.{'sample' if drawn else 'axes'} must vary each thing once, got {', '.join(names)}")
    plan = _of_points(Points(dict(axes), drawn, sampled_points), base, compose)
    explainable = sample and sample["method"] == "saltelli"
    return plan._replace(saltelli=Saltelli(tuple(drawn), len(sampled_points))) if explainable else plan


def _first_parameter(name: str) -> Parameter | None:
    """The parameter of an axis's first field, None for a group. Raises ``InputError`` where there is no such field."""
    return None if name in GROUP_AXES else parameter_at(fields_of(name)[0])


def _of_points(points: Points, base: Crisis, compose: Compose) -> Design:
    """The design with a cell for each of ``points``."""
    choices = dict.fromkeys(map(chosen, points))
    bases = [crisis_of(compose([f"{n}={v}" for n, v in choice])) if choice else base for choice in choices]
    cells = Cells(points, {choice: i for i, choice in enumerate(choices)})
    return _checked(Design(list(points.names), cells, bases), points)


def _checked(plan: Design, points: Points) -> Design:
    """The design, once every value of every axis is known to be admissible, alone and together with the rest."""
    lines = []
    for name in plan.axes:
        if name not in GROUP_AXES:
            for key in fields_of(name):
                if refused := [value for value in points.of(name) if parameter_at(key).refuses(value)]:
                    more = f" and {len(refused) - 1} more such values" if len(refused) > 1 else ""
                    lines.append(f"{wrong(key, parameter_at(key), refused[0])}{more}")
    if lines:
        raise InputError(*dict.fromkeys(lines))
    for cell in plan.cells:
        for problem in contradictions(_Overlaid(plan.bases[cell.base], cell.numbers)):
            raise InputError(problem)
    return plan


class _Overlaid:
    """A crisis, or a part of one, that reads as though ``numbers`` were set on it: quicker than to build it for each cell."""

    def __init__(self, base: Any, numbers: Mapping[str, Any], prefix: str = "") -> None:
        self._base, self._numbers, self._prefix = base, numbers, prefix

    def __getattr__(self, name: str) -> Any:
        """What is set on it, else what the base has."""
        key = self._prefix + name
        if key in self._numbers:
            return self._numbers[key]
        value = getattr(self._base, name)
        return _Overlaid(value, self._numbers, f"{key}.") if name in parts(type(self._base)) else value


def overruled(plan: Design, given: Mapping[str, Any]) -> list[str]:
    """A line for each override on the command line (``given``: key to value) that an axis of the design would overrule."""
    varied = {key: axis for axis in plan.axes for key in fields_of(axis)}
    return [
        f"{key} is varied over an axis of the sweep ({varied[key]}), got {key}={value} too: choose other axes, or sweep=none"
        for key, value in given.items()
        if key in varied
    ]


def combined_designs(jobs: Sequence[tuple[Mapping[str, str], Design]]) -> Design:
    """The designs of several jobs of a multirun as one: each job's varied overrides are axes before its own.

    ``jobs`` holds pairs of the overrides given (key to text) and the job's design.
    """
    first_given, first = jobs[0]
    for _, plan in jobs:
        if plan.axes != first.axes:
            both = f"{', '.join(first.axes) or 'nothing'} and {', '.join(plan.axes) or 'nothing'}"
            raise InputError(f"sweep must vary the same in all jobs of a multirun, got {both}")
    varied = [key for key in first_given if len({given.get(key) for given, _ in jobs}) > 1]
    unlike("a multirun", [" ".join(f"{key}={given[key]}" for key in varied or given if key in given) for given, _ in jobs])
    bases: list[Crisis] = []
    cells: list[Cells] = []
    for given, plan in jobs:
        labels = {key: given[key] if key in GROUP_AXES else _number(given[key]) for key in varied}
        if not isinstance(plan.cells, Cells):
            raise TypeError("designs that are joined cannot be joined again")
        cells.append(Cells(plan.cells.points, plan.cells.base_of, labels, len(bases)))
        bases += plan.bases
    same = all(plan.saltelli == first.saltelli for _, plan in jobs)
    return Design([*varied, *first.axes], Joined(cells), bases, first.saltelli if same else None)


def _number(text: str) -> float | str:
    """The number a text writes, or the text."""
    try:
        return float(text)
    except ValueError:
        return text
