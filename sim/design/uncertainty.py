"""Which assumptions are varied, and how far: the block ``assumptions`` of a configuration becomes fields with ranges.

A field stands for both sides together (``nation.hold_fire``, ``militants.rate``) or for one part (``a.hold_fire``,
``diplomacy.burden``). Where none is listed, all are taken whose source is marked an assumption. A field without a range of its
own goes from half to double its configured value, within its bounds; one that is 0 or a whole number is held where it has none.
"""

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.design.errors import InputError, unknown
from sim.design.fields import keys
from sim.design.spacing import between, whole_between
from sim.model.parameter import ASSUMPTION, Parameter, parameters, parts
from sim.model.setting.crisis import Crisis, with_number
from sim.model.setting.mechanism import Mechanism

BLOCK = ("fields", "ranges", "mechanisms")
SCOPES = {
    "nation": ("a", "b"),
    "militants": ("militants_a", "militants_b"),
    "diplomacy": ("diplomacy",),
    "mechanism": ("mechanism",),
}
Places = tuple[tuple[str, str], ...]  # pairs of part and field
SCALE = 2.0  # a field without a range goes from its value divided by this to its value times this


class Assumption(NamedTuple):
    """A field that is varied, uniformly over a range."""

    name: str  # "nation.hold_fire", or "hotline.compliance" for a mechanism's own number
    places: Places  # pairs of part and field it is set on; the part is a mechanism's name for its own number
    low: float
    high: float
    parameter: Parameter

    def at(self, u: npt.ArrayLike) -> np.ndarray:
        """Values at the uniforms ``u`` in [0, 1), in the unit of the configuration."""
        return (whole_between if self.parameter.kind == "whole" else between)(self.low, self.high, u)


def assumptions(block: Any, crisis: Crisis) -> list[Assumption]:
    """The assumptions of a block over ``crisis``. Raises ``InputError`` for what is no field, no range or not admissible."""
    block = _block(block)
    ranges = dict(_flat(block["ranges"], "assumptions.ranges"))
    for key, span in ranges.items():
        _checked(f"assumptions.ranges.{key}", key, span)
    listed = block["fields"] or [*_marked(crisis), *(key for key in ranges if key.partition(".")[0] != "mechanism")]
    found = [one for key in dict.fromkeys(listed) if (one := _assumption(key, ranges.get(key), crisis))]
    if not found:
        raise InputError("assumptions.fields must name at least one field that can vary over a range")
    taken = [place for one in found for place in one.places]
    twice = next((place for place in taken if taken.count(place) > 1), None)
    if twice:
        raise InputError(f"assumptions.fields must vary each field once, got {'.'.join(twice)} twice")
    _together(found, crisis)
    return found


def held(found: Sequence[Assumption], crisis: Crisis) -> list[str]:
    """The marked fields that are not varied: at 0, whole numbers without a range, or simply not listed."""
    return [key for key in _marked(crisis) if key not in {one.name for one in found}]


def over_alternatives(found: Sequence[Assumption], crises: Mapping[str, Crisis]) -> list[Assumption]:
    """What is varied under several alternatives (by name): what all share, and each one's mechanism's own numbers."""
    return [*common(found, [*crises.values()]), *own({name: crisis.mechanism for name, crisis in crises.items()})]


def common(found: Sequence[Assumption], crises: Sequence[Crisis]) -> list[Assumption]:
    """Those assumptions about fields that all ``crises`` share: what an alternative sets is not varied away."""

    def shared(place: tuple[str, str]) -> bool:
        return len({functools.reduce(getattr, place, crisis) for crisis in crises}) == 1

    return [one for one in found if one.places[0][0] != "mechanism" and all(map(shared, one.places))]


def own(mechanisms: Mapping[str, Mechanism]) -> list[Assumption]:
    """The marked numbers of each mechanism (by name) as assumptions of its own, named mechanism.field."""
    return [
        _within(f"{name}.{field}", ((name, field),), _half_to_double(getattr(mechanism, field), parameter), parameter)
        for name, mechanism in mechanisms.items()
        for field, parameter in parameters(Mechanism).items()
        if _varies(parameter, getattr(mechanism, field)) and _matters(mechanism, field)
    ]


def mechanisms(block: Any) -> list[str]:
    """The mechanisms of a block that are ranked, each once."""
    return list(dict.fromkeys(_block(block)["mechanisms"]))


def _block(block: Any) -> dict[str, Any]:
    """The block with nothing unknown in it and nothing missing; None is one with nothing in it."""
    block = {} if block is None else block
    if not isinstance(block, dict):
        raise InputError(f"assumptions must be a mapping of {', '.join(BLOCK)}, got {block!r}")
    for key in block:
        if key not in BLOCK:
            raise InputError(unknown(f"assumptions.{key}", [f"assumptions.{name}" for name in BLOCK]))
    for key in ("fields", "mechanisms"):
        if not isinstance(block.get(key) or [], list) or not all(isinstance(name, str) for name in block.get(key) or []):
            raise InputError(f"assumptions.{key} must be a list of names, got {block[key]!r}")
    return {key: block.get(key) or ([] if key != "ranges" else {}) for key in BLOCK}


def _flat(ranges: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Pairs of full key and range: ``{nation: {hit: [0, 1]}}`` is ``nation.hit``."""
    if not isinstance(ranges, dict):
        raise InputError(f"{where} must be a mapping of fields to [low, high], got {ranges!r}")
    for key, value in ranges.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{inner}", span) for inner, span in _flat(value, f"{where}.{key}"))
        else:
            yield str(key), value


def _places(key: str) -> Places:
    """The parts and the field a key stands for. Raises ``InputError`` where there is none."""
    part, _, field = key.partition(".")
    names = SCOPES.get(part, (part,))
    if not all(name in parts(Crisis) and field in parameters(parts(Crisis)[name]) for name in names):
        known = [f"{scope}.{name}" for scope, (first, *_) in SCOPES.items() for name in parameters(parts(Crisis)[first])]
        raise InputError(unknown(key, [*known, *keys()]))
    return tuple((name, field) for name in names)


def _parameter(places: Places) -> Parameter:
    part, field = places[0]
    return parameters(parts(Crisis)[part])[field]


def _checked(where: str, key: str, span: Any) -> None:
    """Refuse a range that is none, or leaves the bounds of its field."""
    parameter = _parameter(_places(key))
    if parameter.kind not in ("real", "whole"):
        raise InputError(f"{key} must be a number to be varied; it is a {parameter.kind}")
    numbers = isinstance(span, list) and len(span) == 2 and not any(parameter.refuses(x) or math.isinf(x) for x in span)
    if not numbers or span[0] > span[1]:
        raise InputError(f"{where} must be [low, high] within [{parameter.low:g}, {parameter.high:g}], got {span!r}")


def _marked(crisis: Crisis) -> Iterator[str]:
    """The keys of all fields marked an assumption; a mechanism's only where there is one."""
    for scope, (part, *_) in SCOPES.items():
        for field, parameter in parameters(parts(Crisis)[part]).items():
            number = parameter.kind in ("real", "whole") and ASSUMPTION in parameter.source
            if number and (scope != "mechanism" or _matters(crisis.mechanism, field)):
                yield f"{scope}.{field}"


def _matters(mechanism: Mechanism, field: str) -> bool:
    """Whether a number of the mechanism's has a say: not a 0, nor what belongs to an inquiry, a relay or meetings it lacks."""
    needs = {"inquiry_delay": "inquiry", "relay_cost": "relay", "renewal": "meeting_interval"}.get(field)
    return getattr(mechanism, field) > 0.0 and mechanism != Mechanism() and (needs is None or getattr(mechanism, needs) > 0.0)


def _varies(parameter: Parameter, value: Any) -> bool:
    """Whether a marked number can go from half to double."""
    return ASSUMPTION in parameter.source and parameter.kind == "real" and 0.0 < value < math.inf


def _half_to_double(value: float, parameter: Parameter) -> tuple[float, float]:
    return max(parameter.low, value / SCALE), min(parameter.high, value * SCALE)


def _assumption(key: str, span: Any, crisis: Crisis) -> Assumption | None:
    """The assumption of a key, or None where it is held."""
    places = _places(key)
    parameter = _parameter(places)
    if parameter.kind not in ("real", "whole"):
        raise InputError(f"{key} must be a number to be varied; it is a {parameter.kind}")
    values = [getattr(getattr(crisis, part), field) for part, field in places]
    if span is None:
        if parameter.kind == "whole" or not all(0.0 < value < math.inf for value in values):
            return None
        span = _half_to_double(min(values), parameter)[0], _half_to_double(max(values), parameter)[1]
    return _within(key, places, span, parameter) if span[0] < span[1] else None


def _within(name: str, places: Places, span: Sequence[float], parameter: Parameter) -> Assumption:
    """The assumption with the ends of a span."""
    low, high = span
    return Assumption(name, places, low, high, parameter)


def _together(found: list[Assumption], crisis: Crisis) -> None:
    """Refuse ranges whose ends contradict each other: each field at its low end while all others are at their high ends."""
    highest = crisis
    for one in found:
        highest = _set(highest, one, one.high)
    for one in found:
        try:
            _set(highest, one, one.low)
        except ValueError as error:
            raise InputError(f"assumptions.ranges.{one.name}: {error}") from None


def _set(crisis: Crisis, one: Assumption, value: float) -> Crisis:
    for part, field in one.places:
        crisis = with_number(crisis, f"{part}.{field}", value)
    return crisis
