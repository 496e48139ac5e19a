"""An axis in configuration, ``{vary: a.generosity, over: {from: 0, to: 1, steps: 11}}``: what it varies, and its values."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sim.design.errors import InputError, unknown
from sim.design.grid import GROUP_AXES, fields_of
from sim.design.spacing import finite, spaced
from sim.model.parameter import Parameter, parameters, parts
from sim.model.setting.crisis import Crisis
from sim.model.text import visible

MOST = 1_000_000  # cells
STEPS = Parameter("values of an axis", "whole", low=1, high=MOST)


def point_of(i: int, point: Any) -> dict[str, Any]:
    """A point of a list: a dict from axis to value."""
    if not isinstance(point, dict) or not point:
        raise InputError(f"sweep.points[{i}] must be a mapping of fields or groups to values, got {point!r}")
    labels = {}
    for name, value in point.items():
        axis, values = axis_of(i, {"vary": str(name), "over": [value]}, "sweep.points")
        labels[axis] = values[0]
    return labels


def block_parts(block: Any) -> tuple[list[Any], list[Any], Any]:
    """The axes, the points and the sample of a ``sweep`` block; points stand alone."""
    block = {} if block is None else block
    extra = sorted(map(str, set(block) - {"axes", "points", "sample"})) if isinstance(block, dict) else []
    if extra:
        raise InputError(unknown(f"sweep.{extra[0]}", ["sweep.axes", "sweep.points", "sweep.sample"]))
    axes, points = (block.get("axes") or [], block.get("points") or []) if isinstance(block, dict) else (None, None)
    if not isinstance(axes, list):
        raise InputError(f"sweep.axes must be a list of axes, got {axes!r}")
    if not isinstance(points, list):
        raise InputError(f"sweep.points must be a list of points, got {points!r}")
    sample = block.get("sample") or None
    if points and (axes or sample):
        other = "axes" if axes else "sample"
        raise InputError(f"sweep.points must stand alone, got sweep.{other} too: give sweep.{other}=[] with it")
    if len({frozenset(point) for point in points if isinstance(point, dict)}) > 1:
        raise InputError("sweep.points must all name the same fields and groups")
    return axes, points, sample


def axis_of(i: int, axis: Any, where: str = "sweep.axes") -> tuple[str, list[Any]]:
    """The name and the values of the axis number ``i`` of a block. Raises ``InputError`` where it is none."""
    if not isinstance(axis, dict) or set(axis) != {"vary", "over"} or not isinstance(axis.get("vary"), str):
        raise InputError(f"{where}[{i}] must be {{vary: a field or group, over: values}}, got {axis!r}")
    name = " + ".join(part.strip() for part in axis["vary"].split("+"))
    if name not in GROUP_AXES:
        for key in fields_of(name):
            parameter_at(key)
    values = values_of(f"{where}[{i}].over", axis["over"])
    _options(f"{where}[{i}].over", name, values)
    return name, values


def values_of(key: str, over: Any) -> list[Any]:
    """The values of an axis: a list, or evenly spaced numbers."""
    if isinstance(over, dict):
        if set(over) != {"from", "to", "steps"}:
            raise InputError(f"{key} must be a list or {{from, to, steps}}, got {over!r}")
        low, high, steps = over["from"], over["to"], over["steps"]
        if not (finite(low) and finite(high) and finite(float(high) - float(low))) or STEPS.refuses(steps):
            raise InputError(f"{key} must hold numbers, and whole steps from 1 to {MOST}, got {over!r}")
        return unlike(key, spaced(float(low), float(high), int(steps)))
    if not isinstance(over, list) or not over:
        raise InputError(f"{key} must hold at least one value, got {over!r}")
    if any(isinstance(value, (dict, list)) or value is None for value in over):
        raise InputError(f"{key} must hold numbers or names, got {over!r}")
    return unlike(key, over)


def unlike(key: str, values: list[Any]) -> list[Any]:
    """``values``, each of which stands there once. Raises ``InputError`` where one is there again: its cells would be too."""
    seen = set()
    for value in values:
        if value in seen:
            raise InputError(f"{key} must hold each value once, got {value!r} twice")
        seen.add(value)
    return values


def _options(where: str, name: str, values: list[Any]) -> None:
    """Raise ``InputError`` where an axis over a group has a value that is no name of an option."""
    wrong = [value for value in values if not isinstance(value, str) or not visible(value)]
    if name in GROUP_AXES and wrong:
        raise InputError(f"{where} must name options of {name}, got {wrong[0]!r}; a name that reads as a number needs quotes")


@cache
def parameter_at(key: str) -> Parameter:
    """The parameter at a full key, a number or a choice. Raises ``InputError`` where there is none."""
    kind: type = Crisis
    rest = key
    while "." in rest:
        head, rest = rest.split(".", 1)
        if head not in parts(kind):
            raise InputError(unknown(key, [*GROUP_AXES, *keys()]))
        kind = parts(kind)[head]
    if rest not in parameters(kind):
        raise InputError(unknown(key, [*GROUP_AXES, *keys()]))
    if parameters(kind)[rest].kind == "text":
        raise InputError(f"{key} is a text, on which nothing in a run depends: it cannot be varied")
    return parameters(kind)[rest]


def keys(kind: type = Crisis, prefix: str = "") -> Iterator[str]:
    """The full keys of all fields."""
    for name in parameters(kind):
        yield prefix + name
    for name, inner in parts(kind).items():
        yield from keys(inner, f"{prefix}{name}.")
