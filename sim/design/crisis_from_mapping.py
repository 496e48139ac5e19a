"""From configuration to the game: a mapping becomes a ``Crisis``, or one clear line says why it cannot.

``composition`` has Hydra compose the files; the rest is here, for its schema checks neither bounds nor more than one error.
Configuration is data: keys are fields, values are numbers, names and texts, and nothing in a file is ever run.
"""

import dataclasses
import math
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

from sim.design.errors import InputError, nearest, unknown
from sim.design.groups import GROUPS
from sim.model.parameter import Parameter, parameters, parts
from sim.model.setting.crisis import Crisis, contradictions, with_number

R = TypeVar("R")
SOURCES, RANGES = "sources", "ranges"  # beside the values of a block: where they are from, and what else they might be
ENDS = ("from", "to", "evidence")
NUMBER = Parameter("any number", "real")


def defaults(kind: type) -> dict[str, Any]:
    """The default configuration of a dataclass: plain numbers and names, parts nested."""
    values = {f.name: f.default for f in dataclasses.fields(kind) if f.name in parameters(kind)}
    return values | {name: defaults(inner) for name, inner in parts(kind).items()}


def crisis_of_cell(study: Mapping[str, Any], cell: int) -> Crisis:
    """The crisis of a cell in a study's plain data; its numbers pass the same checks as a configuration."""
    try:
        base, numbers = study["cells"][cell]["base"], study["cells"][cell]["numbers"]
        if base not in range(len(study["bases"])):
            raise InputError(f"study must hold the base of cell {cell}, got number {base!r} of {len(study['bases'])}")
        crisis = crisis_of(study["bases"][base])
        for key, value in numbers.items():
            crisis = with_number(crisis, key, value)
        return crisis
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        raise (
            error if isinstance(error, InputError) else InputError(f"study must hold a crisis for cell {cell}: {error}")
        ) from None


def read(mapping: Any, request_kind: type[R]) -> tuple[Crisis, R]:
    """The crisis and the request in a composed configuration (a plain dict). Raises ``InputError`` with every problem."""
    wanted = {f.name for f in dataclasses.fields(cast(Any, request_kind))}
    asked = {key: value for key, value in mapping.items() if key in wanted}
    rest = {key: value for key, value in mapping.items() if key not in wanted and key not in ("sweep", "assumptions")}
    lines = [*problems(request_kind, asked, ""), *problems(Crisis, rest, "", wanted)]
    if lines:
        raise InputError(*lines)
    return built(Crisis, rest), built(request_kind, asked)


def crisis_of(mapping: Any) -> Crisis:
    """The crisis in a plain dict. Raises ``InputError`` with every problem."""
    lines = problems(Crisis, mapping, "")
    if lines:
        raise InputError(*lines)
    return built(Crisis, mapping)


def problems(kind: type, mapping: Any, prefix: str, also: Iterable[str] = ()) -> list[str]:
    """Every problem of a mapping meant for the dataclass ``kind``: one line each, with the full key."""
    if not isinstance(mapping, dict):
        return [f"{prefix.rstrip('.')} must be a mapping of {kind.__name__}'s fields, got {mapping!r}"]
    known, inner = parameters(kind), parts(kind)
    lines = []
    for key, value in mapping.items():
        if key == SOURCES and kind in (Crisis, *GROUPS.values()):
            lines += _unsourced(value, known, prefix)
        elif key == RANGES and kind in (Crisis, *GROUPS.values()):
            lines += _misranged(value, known, prefix)
        elif key in inner:
            lines += problems(inner[key], value, f"{prefix}{key}.")
        elif key not in known:
            lines.append(unknown(f"{prefix}{key}", [f"{prefix}{name}" for name in (*known, *inner, *also)]))
        elif known[key].refuses(value):
            lines.append(wrong(f"{prefix}{key}", known[key], value))
    if kind is Crisis and not lines:
        lines = _contradictions(mapping)
    return lines


def _unsourced(sources: Any, known: Mapping[str, Parameter], prefix: str) -> list[str]:
    """Every problem of the sources beside a block's values: texts by the names of its fields."""
    where = f"{prefix}{SOURCES}"
    if not isinstance(sources, dict):
        return [f"{where} must be a mapping from fields to texts, got {sources!r}"]
    lines = [unknown(f"{where}.{key}", [f"{where}.{name}" for name in known]) for key in sources if key not in known]
    texts = {key: value for key, value in sources.items() if key in known}
    return lines + [f"{where}.{key} must be a text, got {text!r}" for key, text in texts.items() if not isinstance(text, str)]


def _misranged(ranges: Any, known: Mapping[str, Parameter], prefix: str) -> list[str]:
    """Every problem of the plausible ranges beside a block's values: by the names of its numbers, within their bounds."""
    where = f"{prefix}{RANGES}"
    if not isinstance(ranges, dict):
        return [f"{where} must be a mapping from fields to {{{', '.join(ENDS)}}}, got {ranges!r}"]
    lines = []
    for key, span in ranges.items():
        if key not in known or known[key].kind not in ("real", "whole"):
            numbers = [f"{where}.{name}" for name, parameter in known.items() if parameter.kind in ("real", "whole")]
            lines.append(unknown(f"{where}.{key}", numbers))
        elif unranged(span, known[key]):
            bounds = f"[{known[key].low:g}, {known[key].high:g}]"
            lines.append(f"{where}.{key} must be {{from, to, evidence}}, a range within {bounds} and a text, got {span!r}")
    return lines


def unranged(span: Any, parameter: Parameter = NUMBER) -> bool:
    """Whether ``span`` is no plausible range of the parameter: two ends in order, finite and within bounds, and a text."""
    if not isinstance(span, dict) or set(span) != set(ENDS) or not isinstance(span["evidence"], str):
        return True
    ends = span["from"], span["to"]
    return any(parameter.refuses(x) or math.isinf(x) for x in ends) or ends[0] > ends[1]


def wrong(key: str, parameter: Parameter, value: Any) -> str:
    """The line about a value its parameter does not admit: what it may be, and which name is near."""
    near = nearest(value, parameter.names) if parameter.kind == "choice" and isinstance(value, str) else ""
    return f"{key} must {parameter.admits()}, got {value!r}{near}"


def _contradictions(mapping: Any) -> list[str]:
    """The problems that only show once all fields stand together."""
    whole = _Unchecked(mapping, Crisis)
    return list(contradictions(whole))


class _Unchecked:
    """A mapping that reads like the dataclass it is meant for, defaults filled in."""

    def __init__(self, mapping: Any, kind: type) -> None:
        for name, value in defaults(kind).items():
            given = mapping.get(name, value)
            setattr(self, name, _Unchecked(given, parts(kind)[name]) if name in parts(kind) else given)


def built(kind: type[R], mapping: Mapping[str, Any]) -> R:
    """The dataclass of a mapping without problems; whole numbers may have come as 3.0."""
    known, inner = parameters(kind), parts(kind)
    values: dict[str, Any] = {}
    for key, value in mapping.items():
        if key in (SOURCES, RANGES):
            continue
        if key in inner:
            values[key] = built(inner[key], value)
        else:
            values[key] = int(value) if known[key].kind == "whole" else value
    return kind(**values)
