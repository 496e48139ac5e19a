"""What a page must know to call the module, read off the declarations: where each number lies, and what it means.

Nothing here is listed by hand, so a new field, rule or column is known to every page that is made after it.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.engine.kernel import LOG, ROW
from sim.model.ladder import RUNGS, WAR
from sim.model.outcome_columns import DECLARED, SCRATCH, UNREACHED
from sim.model.parameter import IN_MINUTES, parameters, parts, record_type
from sim.model.setting.crisis import Crisis
from sim.model.state import ACTORS, KINDS


def layout() -> dict[str, Any]:
    """Everything as one mapping that JSON can hold; an infinite number is the text "Infinity", which ``Number`` reads.

    ``record``: the bytes of a crisis and its ``fields`` by key, as ``fields`` below says. ``row``: the columns of a run, in
    order: name, unit, meaning, kind (count, time, payoff), whether whole, and words. ``log``: the names of an act's columns.
    ``kinds``, ``actors``, ``rungs``: what the numbers in these columns stand for. ``unreached``: a time that did not come.
    """
    return {
        "record": {"bytes": record_type(Crisis).itemsize, "fields": list(fields(Crisis, record_type(Crisis), "", 0))},
        "row": [column._asdict() for column in _kept()],
        "log": list(LOG),
        "kinds": list(KINDS),
        "actors": list(ACTORS),
        "rungs": list(RUNGS),
        "war": WAR,
        "unreached": UNREACHED,
    }


def _kept() -> list[Any]:
    """The declared columns that are kept of a run, in the order of the row."""
    known = {column.name: column for column in DECLARED if column.kind != SCRATCH}
    return [known[name] for name in ROW]


def fields(kind: type, record: np.dtype, path: str, start: int) -> Iterator[dict[str, Any]]:
    """The numbers of a dataclass of the setting, each with its place in the record.

    ``key`` as on the command line; ``at``: its first byte; ``kind``: real (a float), whole or choice (whole numbers of 64 bits;
    of a choice the place of its name among ``names``); ``times``: what turns a value in its ``unit`` into the record's;
    ``low``, ``high``, ``default``, ``meaning`` and ``source`` as declared; ``admits``: the bounds or choices in words.
    """
    places: Any = record.fields
    given = kind()
    for name, one in parameters(kind).items():
        if one.kind != "text":
            yield {
                "key": path + name,
                "at": start + places[name][1],
                "kind": one.kind,
                "times": IN_MINUTES.get(one.unit, 1.0) if one.kind == "real" else 1.0,
                "default": _json(getattr(given, name)),
                "low": _json(one.low),
                "high": _json(one.high),
                "admits": one.admits(),
                "names": list(one.names),
                "unit": one.unit,
                "meaning": one.meaning,
                "source": one.source,
            }
    for name, inner in parts(kind).items():
        yield from fields(inner, places[name][0], f"{path}{name}.", start + places[name][1])


def _json(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, float) and math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value
