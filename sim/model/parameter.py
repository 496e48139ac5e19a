"""A parameter says everything about a number once: meaning, unit, bounds, default, source.

Fields of the frozen dataclasses in ``sim.model.setting`` are made here. From one declaration come the check of a value,
the column of the kernel's record, the plain tuple the event loop reads, and the row of the documentation's table.
"""

import dataclasses
import math
from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, Protocol, TypeVar, cast

import numpy as np

from sim.model.text import visible

ASSUMPTION = "assumption"
HOUR, DAY, YEAR = 60.0, 1440.0, 525600.0  # minutes: the engine's time is whole minutes
IN_MINUTES = {"hours": HOUR, "days": DAY, "per day": 1 / DAY, "per year": 1 / YEAR}

# why a number has no plausible range of its own
GIVEN = "given by the case, and no assumption about it"
POLICY = "a policy, chosen and not known"
SWITCH = "off unless a study of its own asks for it"
UNIT = "the unit the others are in"
OWN = "each mechanism has a range of its own, in its file"

F = TypeVar("F", bound=Callable[..., Any])


class Plain(Protocol):
    """A part of the setting as rules read it, in engine units: ``plain`` or a record of ``records``; its fields by name."""

    def __getattr__(self, name: str) -> Any: ...


def _once(function: F) -> F:
    """``functools.cache`` for functions of a class, which type checkers take to be unhashable."""
    return cast(F, cache(function))


class Plausible(NamedTuple):
    """What one could reasonably hold a number to be: anything from ``low`` to ``high``, and on what evidence."""

    low: float
    high: float
    evidence: str = ASSUMPTION

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g} ({self.evidence})"


Range = tuple[float, float] | tuple[float, float, str] | str  # a plausible range, its evidence; or why there is none


@dataclass(frozen=True)
class Parameter:
    """What a field means and which values it admits."""

    meaning: str
    kind: str  # "real", "whole", "choice" or "text"
    unit: str = ""
    low: float = -math.inf
    high: float = math.inf
    names: tuple[str, ...] = ()
    source: str = ASSUMPTION
    plausible: Plausible | None = None
    held: str = ""  # why a number has no plausible range

    def __post_init__(self) -> None:
        if self.plausible and not self.low <= self.plausible.low <= self.plausible.high <= self.high:
            raise ValueError(f"the plausible range {self.plausible} of {self.meaning!r} leaves its bounds")

    def admits(self) -> str:
        """The admissible values in words: bounds or choices."""
        if self.kind == "choice":
            return f"be one of {', '.join(self.names)}"
        if self.kind == "text":
            return "be a text of visible characters"
        number = "be a whole number" if self.kind == "whole" else "lie"
        return f"{number} in [{self.low:g}, {self.high:g}]"

    def refuses(self, value: Any) -> bool:
        """Whether ``value`` is of the wrong type, not a number, or out of bounds."""
        if self.kind in ("choice", "text"):
            return not isinstance(value, str) or (value not in self.names if self.kind == "choice" else not visible(value))
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return True
        if self.kind == "whole" and value != value // 1:
            return True
        return not self.low <= value <= self.high

    def engine(self, value: Any) -> float:
        """The value as the engine holds it: minutes for times, per minute for rates, a code for a choice."""
        if self.kind == "choice":
            return self.names.index(value)
        return int(value) if self.kind == "whole" else float(value) * IN_MINUTES.get(self.unit, 1.0)


def real(
    default: Any, low: float, high: float, meaning: str, *, unit: str = "", source: str = ASSUMPTION, plausible: Range = ""
) -> Any:
    """A field that holds a real number in [low, high]; ``plausible``: where it may lie, or why that is not asked."""
    return _field(default, Parameter(meaning, "real", unit, low, high, source=source, **_ranged(plausible)))


def whole(
    default: Any, low: float, high: float, meaning: str, *, unit: str = "", source: str = ASSUMPTION, plausible: Range = ""
) -> Any:
    """A field that holds a whole number in [low, high]; ``plausible`` as of a real one."""
    return _field(default, Parameter(meaning, "whole", unit, low, high, source=source, **_ranged(plausible)))


def choice(default: Any, names: Iterable[str], meaning: str, *, source: str = ASSUMPTION) -> Any:
    """A field that holds one of ``names``."""
    return _field(default, Parameter(meaning, "choice", names=tuple(names), source=source))


def text(default: Any, meaning: str) -> Any:
    """A field that holds words for people; the engine never sees it."""
    return _field(default, Parameter(meaning, "text", source=""))


def _ranged(plausible: Range) -> dict[str, Any]:
    """A plausible range as a parameter keeps it, or the reason why there is none."""
    return {"held": plausible} if isinstance(plausible, str) else {"plausible": Plausible(*plausible)}


def _field(default: Any, parameter: Parameter) -> Any:
    return dataclasses.field(default=default, metadata={"parameter": parameter})


@_once
def parameters(kind: type) -> dict[str, Parameter]:
    """The parameters of a dataclass by field name, to be read only; fields that hold another dataclass are left out."""
    return {f.name: f.metadata["parameter"] for f in dataclasses.fields(kind) if "parameter" in f.metadata}


@_once
def parts(kind: type) -> dict[str, type]:
    """The fields of a dataclass that hold another dataclass, to be read only: name and class."""
    return {f.name: f.metadata["part"] for f in dataclasses.fields(kind) if "part" in f.metadata}


def part(kind: type) -> Any:
    """A field that holds another dataclass of the setting."""
    return dataclasses.field(default_factory=kind, metadata={"part": kind})


def check(instance: Any) -> None:
    """Raise ``ValueError`` naming field, bounds and value where a field of ``instance`` is not admissible."""
    for name, parameter in parameters(type(instance)).items():
        value = getattr(instance, name)
        if parameter.refuses(value):
            raise ValueError(f"{type(instance).__name__}.{name} must {parameter.admits()}, got {value!r}")
    for name, kind in parts(type(instance)).items():
        if not isinstance(getattr(instance, name), kind):
            raise ValueError(f"{type(instance).__name__}.{name} must be a {kind.__name__}")


@_once
def record_type(kind: type) -> np.dtype:
    """The NumPy record of a dataclass: one field a number, in engine units, parts nested."""
    columns = [
        (name, np.float64 if parameter.kind == "real" else np.int64)
        for name, parameter in parameters(kind).items()
        if parameter.kind != "text"
    ]
    return np.dtype(columns + [(name, record_type(inner)) for name, inner in parts(kind).items()])


def numbers_of(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass's record, in order: its numbers, then its parts."""
    return record_type(kind).names or ()


@_once
def _plain_type(kind: type) -> Callable[..., Any]:
    return namedtuple(kind.__name__, numbers_of(kind))


def plain(instance: Any) -> Plain:
    """The named tuple of ``instance`` in engine units: the fields of its record, quick to read from Python."""
    known = parameters(type(instance))
    values = (
        known[name].engine(getattr(instance, name)) if name in known else plain(getattr(instance, name))
        for name in numbers_of(type(instance))
    )
    return _plain_type(type(instance))(*values)


def records(instances: Sequence[Any]) -> np.recarray:
    """An array of records, one an instance: what the compiled clock reads."""
    kind = type(instances[0])
    return np.array([plain(one) for one in instances], dtype=record_type(kind)).view(np.recarray)
