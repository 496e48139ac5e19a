"""What a comparison takes as given: the fields of a crisis with their values, units, meanings and sources, as tables."""

from collections.abc import Sequence
from typing import Any

from sim.design.case import Case, fields
from sim.model.parameter import ASSUMPTION, Parameter, Plausible
from sim.model.setting.crisis import Crisis

HEAD = ("field", "value", "default", "plausible", "meaning", "source")
ASKED, NONE = "as asked", "no source given"


def changed(crisis: Crisis, case: Case) -> list[tuple[str, ...]]:
    """The fields of a crisis that are not at their defaults, each with the source of its value: a table."""
    default = {key: value for key, _, value in fields(type(crisis)())}
    rows = [
        (
            key,
            said(value, p),
            said(default[key], p),
            within(key, value, p, case),
            p.meaning,
            source(key, value, p, default[key], case),
        )
        for key, p, value in fields(crisis)
        if value != default[key]
    ]
    return [HEAD, *rows]


def assumed(crisis: Crisis, case: Case) -> list[tuple[str, ...]]:
    """The fields of a crisis whose numbers are, in whole or in part, an assumption: a table."""
    default = {key: value for key, _, value in fields(type(crisis)())}
    every = [(key, p, value, source(key, value, p, default[key], case)) for key, p, value in fields(crisis)]
    rows = [
        (key, said(value, p), within(key, value, p, case), p.meaning, origin)
        for key, p, value, origin in every
        if ASSUMPTION in origin.lower()
    ]
    return [("field", "value", "plausible", "meaning", "source"), *rows]


def differing(labels: Sequence[str], crises: Sequence[Crisis], cases: Sequence[Case]) -> list[tuple[str, ...]]:
    """What sets each alternative apart from the base, the first of the crises: a table; each has a case of its own."""
    base = {key: value for key, _, value in fields(crises[0])}
    default = {key: value for key, _, value in fields(type(crises[0])())}
    rows = [
        (
            label,
            key,
            said(value, p),
            said(base[key], p),
            within(key, value, p, case),
            p.meaning,
            source(key, value, p, default[key], case),
        )
        for label, crisis, case in zip(labels[1:], crises[1:], cases[1:], strict=True)
        for key, p, value in fields(crisis)
        if value != base[key]
    ]
    return [("alternative", "field", "value", "in the base", "plausible", "meaning", "source"), *rows]


def within(key: str, value: Any, parameter: Parameter, case: Case) -> str:
    """The plausible range of a value with its evidence: that of its file, else of the field; or why there is none."""
    given = next((source for name, stands, source in case.given if name == key and stands == value and source.span), None)
    if given and given.span:
        return str(Plausible(*given.span, given.evidence))
    return str(parameter.plausible or parameter.held)


def said(value: Any, parameter: Parameter) -> str:
    """A value with its unit."""
    number = value if isinstance(value, str) else f"{value:g}"
    return f"{number} {parameter.unit}".strip()


def source(key: str, value: Any, parameter: Parameter, default: Any, case: Case) -> str:
    """Where a value comes from: the file that gives it, or the field where it is the default; else it was asked for."""
    given, origin = next((rest for name, *rest in case.given if name == key), (None, None))
    if origin and given == value and (origin.text or value != default):
        return origin.text or f"{NONE} ({origin.file})"
    return (parameter.source or ASKED) if value == default else ASKED
