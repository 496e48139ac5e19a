"""What a comparison takes as given: the fields of a crisis with their values, units, meanings and sources, as tables."""

from sim.case import fields
from sim.game.parameter import ASSUMPTION

HEAD = ("field", "value", "default", "meaning", "source of the default")


def changed(crisis):
    """The fields of a crisis that are not at their defaults: a table."""
    default = {key: value for key, _, value in fields(type(crisis)())}
    rows = [
        (key, said(value, p), said(default[key], p), p.meaning, source(p))
        for key, p, value in fields(crisis)
        if value != default[key]
    ]
    return [HEAD, *rows]


def assumed(crisis):
    """The fields of a crisis whose numbers are, in whole or in part, an assumption: a table."""
    rows = [(key, said(value, p), p.meaning, source(p)) for key, p, value in fields(crisis) if ASSUMPTION in p.source]
    return [("field", "value", "meaning", "source"), *rows]


def differing(labels, crises):
    """What sets each alternative apart from the base, the first of the crises: a table."""
    base = {key: value for key, _, value in fields(crises[0])}
    rows = [
        (label, key, said(value, p), said(base[key], p), p.meaning, source(p))
        for label, crisis in zip(labels[1:], crises[1:], strict=True)
        for key, p, value in fields(crisis)
        if value != base[key]
    ]
    return [("alternative", "field", "value", "in the base", "meaning", "source of the default"), *rows]


def said(value, parameter):
    """A value with its unit."""
    number = value if isinstance(value, str) else f"{value:g}"
    return f"{number} {parameter.unit}".strip()


def source(parameter):
    """Where a number comes from."""
    return parameter.source or "as asked"
