"""A design: which cells a sweep plays, from its axes in configuration.

An axis varies a group (``mechanism``, ``nation@a``), a field (``a.generosity``), or several fields together joined by ``+``; a
list of points names every cell instead. Groups are composed once for each combination of their options; numbers are set on
the crisis directly, so a large grid costs Hydra nothing.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from sim.cells import GROUP_AXES, Cells, Joined, Points, chosen, fields_of
from sim.config import Refusal, crisis_of, unknown
from sim.game.parameter import Parameter, parameters, parts, records
from sim.game.setting.crisis import Crisis, contradictions, with_number
from sim.sample import sampled

MOST = 1_000_000  # cells
STEPS = Parameter("values of an axis", "whole", low=1, high=MOST)


class Saltelli(NamedTuple):
    """A sample for Sobol indices: what it varies, and its points. They are the last axes of a design and run fastest."""

    fields: tuple
    points: int


class Design(NamedTuple):
    """All cells, the axes' names in order, and the crises they start from."""

    axes: list[str]
    cells: Sequence  # of ``sim.cells.Cell``
    bases: list[Crisis]
    saltelli: Saltelli | None = None  # where its cells are such a sample, and so have Sobol indices

    def settings(self):
        """A function that gives the records of the cells from ``start`` to ``stop``: what the compiled clock reads.

        Numbers are written into copies of the bases' records, so that a cell costs microseconds.
        """
        bases = records(self.bases)

        def some(start, stop):
            cells = self.cells[start:stop]
            out = bases[[cell.base for cell in cells]]
            for key in cells[0].numbers:  # every cell sets the same
                column = out
                for part in key.split("."):
                    column = column[part]
                engine = parameter_at(key).engine
                column[:] = [engine(cell.numbers[key]) for cell in cells]
            return out

        return some

    def crisis(self, cell):
        """The crisis of a cell."""
        crisis = self.bases[cell.base]
        for key, value in cell.numbers.items():
            crisis = with_number(crisis, key, value)
        return crisis


def design(block, base, compose, seed=1):
    """The design of a ``sweep`` block over the crisis ``base``; ``compose`` gives the crisis mapping of group choices.

    Its cells are the points that are listed, or every combination of the axes with every point of the sample; ``seed`` is that
    of a sample which names none. Raises ``Refusal`` where an axis is empty, names no field or group, or holds a value that is
    not admissible.
    """
    listed, points, sample = _parts(block)
    if points:
        labels = [_point(i, point) for i, point in enumerate(points)]
        return _of_points(Points({}, labels[0], [[one[name] for name in labels[0]] for one in labels]), base, compose)
    axes, size = [], 1
    for i, axis in enumerate(listed):
        axes.append(_axis(i, axis))
        size *= len(axes[-1][1])
        if size > MOST:
            raise Refusal(f"sweep.axes must span at most {MOST} cells, got {size}{' and more' if i + 1 < len(listed) else ''}")
    names = [name for name, _ in axes]
    drawn, sampled_points = sampled(sample, seed, MOST // size, _first_parameter) if sample else ([], [()])
    names += drawn
    each = [key for name in names for key in fields_of(name)]
    if len(set(each)) < len(each):
        raise Refusal(f"sweep.{'sample' if drawn else 'axes'} must vary each thing once, got {', '.join(names)}")
    plan = _of_points(Points(dict(axes), drawn, sampled_points), base, compose)
    explainable = sample and sample["method"] == "saltelli"
    return plan._replace(saltelli=Saltelli(tuple(drawn), len(sampled_points))) if explainable else plan


def _first_parameter(name):
    """The parameter of an axis's first field, None for a group. Raises ``Refusal`` where there is no such field."""
    return None if name in GROUP_AXES else parameter_at(fields_of(name)[0])


def _of_points(points, base, compose):
    """The design with a cell for each of ``points``."""
    choices = dict.fromkeys(map(chosen, points))
    bases = [crisis_of(compose([f"{n}={v}" for n, v in choice])) if choice else base for choice in choices]
    cells = Cells(points, {choice: i for i, choice in enumerate(choices)})
    return _checked(Design(list(points.names), cells, bases), points)


def _point(i, point):
    """A point of a list: a dict from axis to value."""
    if not isinstance(point, dict) or not point:
        raise Refusal(f"sweep.points[{i}] must be a mapping of fields or groups to values, got {point!r}")
    labels = {}
    for name, value in point.items():
        axis, values = _axis(i, {"vary": str(name), "over": [value]}, "sweep.points")
        labels[axis] = values[0]
    return labels


def _parts(block):
    """The axes, the points and the sample of a ``sweep`` block; points stand alone."""
    block = {} if block is None else block
    extra = sorted(map(str, set(block) - {"axes", "points", "sample"})) if isinstance(block, dict) else []
    if extra:
        raise Refusal(unknown(f"sweep.{extra[0]}", ["sweep.axes", "sweep.points", "sweep.sample"]))
    axes, points = (block.get("axes") or [], block.get("points") or []) if isinstance(block, dict) else (None, None)
    if not isinstance(axes, list):
        raise Refusal(f"sweep.axes must be a list of axes, got {axes!r}")
    if not isinstance(points, list):
        raise Refusal(f"sweep.points must be a list of points, got {points!r}")
    sample = block.get("sample") or None
    if points and (axes or sample):
        other = "axes" if axes else "sample"
        raise Refusal(f"sweep.points must stand alone, got sweep.{other} too: give sweep.{other}=[] with it")
    if len({frozenset(point) for point in points if isinstance(point, dict)}) > 1:
        raise Refusal("sweep.points must all name the same fields and groups")
    return axes, points, sample


def _axis(i, axis, where="sweep.axes"):
    """The name and the values of one axis."""
    if not isinstance(axis, dict) or set(axis) != {"vary", "over"} or not isinstance(axis.get("vary"), str):
        raise Refusal(f"{where}[{i}] must be {{vary: a field or group, over: values}}, got {axis!r}")
    name = " + ".join(part.strip() for part in axis["vary"].split("+"))
    if name not in GROUP_AXES:
        for key in fields_of(name):
            parameter_at(key)
    values = values_of(f"{where}[{i}].over", axis["over"])
    options(f"{where}[{i}].over", name, values)
    return name, values


def values_of(key, over):
    """The values of an axis: a list, or evenly spaced numbers."""
    if isinstance(over, dict):
        if set(over) != {"from", "to", "steps"}:
            raise Refusal(f"{key} must be a list or {{from, to, steps}}, got {over!r}")
        ends = over["from"], over["to"]
        if any(isinstance(x, bool) or not isinstance(x, (int, float)) for x in ends) or STEPS.refuses(over["steps"]):
            raise Refusal(f"{key} must hold numbers, and whole steps from 1 to {MOST}, got {over!r}")
        return [float(x) for x in np.linspace(over["from"], over["to"], int(over["steps"]))]
    if not isinstance(over, list) or not over:
        raise Refusal(f"{key} must hold at least one value, got {over!r}")
    if any(isinstance(value, (dict, list)) or value is None for value in over):
        raise Refusal(f"{key} must hold numbers or names, got {over!r}")
    return over


def options(where, name, values):
    """Raise ``Refusal`` where an axis over a group has a value that is no name of an option."""
    wrong = [value for value in values if not isinstance(value, str)]
    if name in GROUP_AXES and wrong:
        raise Refusal(f"{where} must name options of {name}, got {wrong[0]!r}")


@cache
def parameter_at(key):
    """The parameter at a full key, a number or a choice. Raises ``Refusal`` where there is none."""
    kind, rest = Crisis, key
    while "." in rest:
        head, rest = rest.split(".", 1)
        if head not in parts(kind):
            raise Refusal(unknown(key, [*GROUP_AXES, *keys()]))
        kind = parts(kind)[head]
    if rest not in parameters(kind):
        raise Refusal(unknown(key, [*GROUP_AXES, *keys()]))
    if parameters(kind)[rest].kind == "text":
        raise Refusal(f"{key} is a text, on which nothing in a run depends: it cannot be varied")
    return parameters(kind)[rest]


def keys(kind=Crisis, prefix=""):
    """The full keys of all fields."""
    for name in parameters(kind):
        yield prefix + name
    for name, inner in parts(kind).items():
        yield from keys(inner, f"{prefix}{name}.")


def _checked(plan, points):
    """The design, once every value of every axis is known to be admissible, alone and together with the rest."""
    lines = []
    for name in plan.axes:
        if name not in GROUP_AXES:
            for key in fields_of(name):
                if refused := [value for value in points.of(name) if parameter_at(key).refuses(value)]:
                    more = f" and {len(refused) - 1} more such values" if len(refused) > 1 else ""
                    lines.append(f"{key} must {parameter_at(key).admits()}, got {refused[0]!r}{more}")
    if lines:
        raise Refusal(*dict.fromkeys(lines))
    for cell in plan.cells:
        for problem in contradictions(_Overlaid(plan.bases[cell.base], cell.numbers)):
            raise Refusal(problem)
    return plan


class _Overlaid:
    """A crisis, or a part of one, that reads as though ``numbers`` were set on it: quicker than to build it for each cell."""

    def __init__(self, base, numbers, prefix=""):
        self._base, self._numbers, self._prefix = base, numbers, prefix

    def __getattr__(self, name):
        key = self._prefix + name
        if key in self._numbers:
            return self._numbers[key]
        value = getattr(self._base, name)
        return _Overlaid(value, self._numbers, f"{key}.") if name in parts(type(self._base)) else value


def overruled(plan, given):
    """A line for each override on the command line (``given``: key to value) that an axis of the design would overrule."""
    varied = {key: axis for axis in plan.axes for key in fields_of(axis)}
    return [
        f"{key} is varied over an axis of the sweep ({varied[key]}), got {key}={value} too: choose other axes, or sweep=none"
        for key, value in given.items()
        if key in varied
    ]


def joined(jobs):
    """The designs of several jobs of a multirun as one: each job's varied overrides are axes before its own.

    ``jobs`` holds pairs of the overrides given (key to text) and the job's design.
    """
    first_given, first = jobs[0]
    for _, plan in jobs:
        if plan.axes != first.axes:
            both = f"{', '.join(first.axes) or 'nothing'} and {', '.join(plan.axes) or 'nothing'}"
            raise Refusal(f"sweep must vary the same in all jobs of a multirun, got {both}")
    varied = [key for key in first_given if len({given.get(key) for given, _ in jobs}) > 1]
    bases, cells = [], []
    for given, plan in jobs:
        labels = {key: _number(given[key]) for key in varied}
        cells.append(Cells(plan.cells.points, plan.cells.base_of, labels, len(bases)))
        bases += plan.bases
    same = all(plan.saltelli == first.saltelli for _, plan in jobs)
    return Design([*varied, *first.axes], Joined(cells), bases, first.saltelli if same else None)


def _number(text):
    """The number a text writes, or the text."""
    try:
        return float(text)
    except ValueError:
        return text
