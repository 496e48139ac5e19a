"""A sample in configuration: the block ``sweep.sample`` becomes points, each a value for every field it ranges over.

``{method: sobol, points: 256, over: [{vary: a.trust, from: 0, to: 1}, {vary: mechanism, among: [none, hotline]}]}``. A range is
uniform; whole numbers and names are equally likely. With ``saltelli``, ``points`` is the size of the base sample.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.design.errors import InputError, unknown
from sim.design.options import MOST as MOST_SEED
from sim.design.spacing import between, finite, whole_between
from sim.model.parameter import Parameter
from sim.statistics.space_filling import METHODS, latin, saltelli, sobol

BLOCK = ("method", "points", "seed", "over")
RANGES = ({"vary", "from", "to"}, {"vary", "among"})
FIELDS = 500


def sampled(
    block: Any, seed: int, most: int, parameter_of: Callable[[str], Parameter | None]
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The names that are varied, and the points: lists of values. ``parameter_of(name)`` is a range's first field, or None.

    Raises ``InputError``, with the full key, for what is no sample or has more than ``most`` points.
    """
    method, points, seed = _checked(block, seed, most)
    over = [_range(i, one) for i, one in enumerate(block["over"])]
    names = [name for name, *_ in over]
    if len(set(names)) < len(names):
        raise InputError(f"sweep.sample.over must vary each thing once, got {', '.join(names)}")
    for i, (name, among, span) in enumerate(over):
        _admissible(f"sweep.sample.over[{i}]", name, among, span, parameter_of(name))
    if method == "latin":
        u = latin(len(over), points, seed)
    else:
        u = {"sobol": sobol, "saltelli": saltelli}[method](len(over), points.bit_length() - 1, seed)
    columns = [_values(u[:, j], among, span, parameter_of(name)) for j, (name, among, span) in enumerate(over)]
    return names, list(zip(*columns, strict=True))


def _checked(block: Any, seed: int, most: int) -> tuple[str, int, int]:
    """Method, points and seed of a block that makes at most ``most`` points; whole numbers may have come as 3.0."""
    if not isinstance(block, dict):
        raise InputError(f"sweep.sample must be a mapping of {', '.join(BLOCK)}, got {block!r}")
    lines = [unknown(f"sweep.sample.{key}", [f"sweep.sample.{name}" for name in BLOCK]) for key in block if key not in BLOCK]
    asked: dict[str, Any] = dict.fromkeys(BLOCK) | {"seed": seed} | block
    method, points, over, seed = (asked[key] for key in ("method", "points", "over", "seed"))
    if method not in METHODS:
        lines.append(f"sweep.sample.method must be one of {', '.join(METHODS)}, got {method!r}")
    each = len(over) + 2 if method == "saltelli" and isinstance(over, list) else 1
    if each > most:
        lines.append(f"sweep.sample must hold at most {most} points beside the axes, and {method} makes {each} at least")
    lines += [
        f"sweep.sample.{key} must be a whole number in [{low}, {high}], got {value!r}"
        for key, value, low, high in (("points", points, 1, max(1, most // each)), ("seed", seed, 0, MOST_SEED))
        if Parameter("", "whole", low=low, high=high).refuses(value)
    ]
    if not lines and method in ("sobol", "saltelli") and int(points) & int(points) - 1:
        below = 1 << int(points).bit_length() - 1
        near = f"{below} or {2 * below}" if 2 * below * each <= most else below
        lines.append(f"sweep.sample.points must be a power of two for {method}, such as {near}, got {points}")
    if not isinstance(over, list) or not 1 <= len(over) <= FIELDS:
        lines.append(f"sweep.sample.over must be a list of 1 to {FIELDS} ranges, got {over!r}")
    if lines:
        raise InputError(*lines)
    return method, int(points), int(seed)


def _range(i: int, one: Any) -> tuple[str, list[Any], tuple[float, ...]]:
    """Name, listed values and ends of a range: the one or the other is empty."""
    where = f"sweep.sample.over[{i}]"
    if not isinstance(one, dict) or set(one) not in RANGES or not isinstance(one["vary"], str):
        raise InputError(f"{where} must be {{vary: a field, from: number, to: number}} or {{vary, among: values}}, got {one!r}")
    name = " + ".join(part.strip() for part in one["vary"].split("+"))
    if "among" in one:
        among = one["among"]
        if not isinstance(among, list) or not among or any(isinstance(value, (dict, list)) or value is None for value in among):
            raise InputError(f"{where}.among must be a list of numbers or names, got {among!r}")
        return name, among, ()
    span = one["from"], one["to"]
    for key, value in zip(("from", "to"), span, strict=True):
        if not finite(value):
            raise InputError(f"{where}.{key} must be a finite number, got {value!r}")
    if not span[0] < span[1]:
        raise InputError(f"{where}.from must be less than its to, got {span[0]:g} and {span[1]:g}")
    return name, [], span


def _admissible(where: str, name: str, among: list[Any], span: tuple[float, ...], parameter: Parameter | None) -> None:
    """Raise ``InputError`` where a range has what its first field (its group: None) does not admit, before it draws."""
    if parameter is None:
        if wrong := [value for value in (*among, *span) if not isinstance(value, str)]:
            raise InputError(f"{where} must name options of {name} (among), got {wrong[0]!r}")
    elif wrong := [x for x in span if parameter.refuses(x)]:
        raise InputError(f"{name} must {parameter.admits()}, got {wrong[0]!r}")


def _values(u: np.ndarray, among: list[Any], span: tuple[float, ...], parameter: Parameter | None) -> list[Any]:
    """The values of a range at uniforms."""
    if among:
        return [among[int(x * len(among))] for x in u]
    low, high = span
    return (whole_between if parameter is not None and parameter.kind == "whole" else between)(low, high, u).tolist()
