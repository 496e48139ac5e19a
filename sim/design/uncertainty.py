"""Which assumptions are varied, and how far: the block ``assumptions`` of a configuration becomes fields with ranges.

A field stands for both sides together (``nation.hold_fire``, ``militants.rate``), for one part (``a.hold_fire``,
``diplomacy.burden``), or for the crisis (``type_correlation``). Where none is listed, all are taken that have a plausible range
(``Parameter.plausible``), but for the weights of payoffs. A field is varied over the range the block gives it, else over its
plausible one (a mechanism's over that of its file). Where it is configured beyond that, or has none, it goes from half to
double its configured value, within its bounds; one that is 0 or a whole number is then held.
"""

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.design.case import Case
from sim.design.errors import InputError, unknown
from sim.design.fields import keys
from sim.design.spacing import between, whole_between
from sim.model.parameter import OWN, Parameter, parameters, parts
from sim.model.setting.crisis import Crisis, with_number
from sim.model.setting.mechanism import Mechanism

BLOCK = ("fields", "ranges", "mechanisms")
SCOPES = {
    "nation": ("a", "b"),
    "militants": ("militants_a", "militants_b"),
    "diplomacy": ("diplomacy",),
    "mechanism": ("mechanism",),
    "": ("",),
}
Places = tuple[tuple[str, str], ...]  # pairs of part and field; the crisis's own fields have part ""
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
    found = over_all(block, crisis)
    _together(found, crisis)
    return found


def over_all(block: Any, crisis: Crisis) -> list[Assumption]:
    """The same, whether or not their ends can stand together."""
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
    return found


def held(found: Sequence[Assumption], crisis: Crisis) -> list[str]:
    """The numbers that are not varied: given by the case, policies, off, not listed, or beyond their plausible range."""
    names = {one.name for one in found}
    return [key for key, parameter in _numbers(crisis) if key not in names and parameter.held != OWN]


def over_alternatives(
    found: Sequence[Assumption], crises: Mapping[str, Crisis], cases: Mapping[str, Case] | None = None
) -> list[Assumption]:
    """What is varied under several alternatives (by name): what all share, and each one's mechanism's own numbers."""
    mechanisms = {name: crisis.mechanism for name, crisis in crises.items()}
    return [*common(found, [*crises.values()]), *own(mechanisms, cases)]


def common(found: Sequence[Assumption], crises: Sequence[Crisis]) -> list[Assumption]:
    """Those assumptions about fields that all ``crises`` share: what an alternative sets is not varied away."""

    def shared(place: tuple[str, str]) -> bool:
        return len({value_at(crisis, place) for crisis in crises}) == 1

    return [one for one in found if one.places[0][0] != "mechanism" and all(map(shared, one.places))]


def own(mechanisms: Mapping[str, Mechanism], cases: Mapping[str, Case] | None = None) -> list[Assumption]:
    """The numbers of each mechanism (by name) as assumptions of its own, named mechanism.field.

    Each over the range its file gives it, where ``cases`` (by the same names) tell one and the number is the file's; else from
    half to double.
    """
    ranges = {name: case.ranges() for name, case in (cases or {}).items()}
    return [
        Assumption(f"{name}.{field}", ((name, field),), *span, parameter)
        for name, mechanism in mechanisms.items()
        for field, parameter in parameters(Mechanism).items()
        if parameter.kind == "real" and _matters(mechanism, field)
        if (span := _span([getattr(mechanism, field)], parameter, ranges.get(name, {}).get(f"mechanism.{field}")))
    ]


def value_at(crisis: Crisis, place: tuple[str, str]) -> Any:
    """What stands at a pair of part and field."""
    return functools.reduce(getattr, filter(None, place), crisis)


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


def _fields(part: str) -> dict[str, Parameter]:
    """The fields of a part of the crisis, or its own."""
    return parameters(parts(Crisis)[part] if part else Crisis)


def _places(key: str) -> Places:
    """The parts and the field a key stands for. Raises ``InputError`` where there is none."""
    part, _, field = key.rpartition(".")
    names = SCOPES.get(part, (part,))
    if not all((name in parts(Crisis) or not name) and field in _fields(name) for name in names):
        known = [_key(scope, name) for scope, (first, *_) in SCOPES.items() for name in _fields(first)]
        raise InputError(unknown(key, [*known, *keys()]))
    return tuple((name, field) for name in names)


def _key(scope: str, field: str) -> str:
    return f"{scope}.{field}".lstrip(".")


def _parameter(places: Places) -> Parameter:
    part, field = places[0]
    return _fields(part)[field]


def _checked(where: str, key: str, span: Any) -> None:
    """Refuse a range that is none, or leaves the bounds of its field."""
    parameter = _parameter(_places(key))
    if parameter.kind not in ("real", "whole"):
        raise InputError(f"{key} must be a number to be varied; it is a {parameter.kind}")
    numbers = isinstance(span, list) and len(span) == 2 and not any(parameter.refuses(x) or math.isinf(x) for x in span)
    if not numbers or span[0] > span[1]:
        raise InputError(f"{where} must be [low, high] within [{parameter.low:g}, {parameter.high:g}], got {span!r}")


def _marked(crisis: Crisis) -> Iterator[str]:
    """The keys of all numbers with a plausible range."""
    return (key for key, parameter in _numbers(crisis) if parameter.plausible or parameter.held == OWN)


def _numbers(crisis: Crisis) -> Iterator[tuple[str, Parameter]]:
    """The numbers of all scopes; a mechanism's only where it has a say."""
    for scope, (part, *_) in SCOPES.items():
        for field, parameter in _fields(part).items():
            if parameter.kind in ("real", "whole") and (scope != "mechanism" or _matters(crisis.mechanism, field)):
                yield _key(scope, field), parameter


def _matters(mechanism: Mechanism, field: str) -> bool:
    """Whether a number of the mechanism's has a say: not a 0, nor what belongs to an inquiry, a relay or meetings it lacks."""
    needs = {"inquiry_delay": "inquiry", "relay_cost": "relay", "renewal": "meeting_interval"}.get(field)
    return getattr(mechanism, field) > 0.0 and mechanism != Mechanism() and (needs is None or getattr(mechanism, needs) > 0.0)


def _span(values: Sequence[float], parameter: Parameter, given: Sequence[float] | None = None) -> tuple[float, float] | None:
    """Over what a field with these values varies: the plausible range they lie in, else half to double; None: it is held."""
    for span in (given, parameter.plausible):
        if span and all(span[0] <= value <= span[1] for value in values):
            return (span[0], span[1]) if span[0] < span[1] else None
    if parameter.kind == "whole" or not all(0.0 < value < math.inf for value in values):
        return None
    low, high = max(parameter.low, min(values) / SCALE), min(parameter.high, max(values) * SCALE)
    return (low, high) if low < high else None


def _assumption(key: str, span: Any, crisis: Crisis) -> Assumption | None:
    """The assumption of a key, over the range asked for or its own, or None where it is held."""
    places = _places(key)
    parameter = _parameter(places)
    if parameter.kind not in ("real", "whole"):
        raise InputError(f"{key} must be a number to be varied; it is a {parameter.kind}")
    if span is None:
        span = _span([value_at(crisis, place) for place in places], parameter)
    return Assumption(key, places, span[0], span[1], parameter) if span and span[0] < span[1] else None


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
        crisis = with_number(crisis, _key(part, field), value)
    return crisis
