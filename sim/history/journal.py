"""A live journal: forecasts of one crisis as they were made, each with what was known then, one a line; never changed.

A crisis that goes on has its record appended to day by day, and a forecast made each time. Later ones show what became of the
earlier: each is held against the record as it is known by then.
"""

import hashlib
import json
import os
from typing import Any, NamedTuple

from sim.design.errors import InputError
from sim.history.outcomes import QUANTITIES, outcomes
from sim.history.record import Record
from sim.model.numerics.jit import sources_digest

SUFFIX = ".jsonl"
KEYS = ("record", "start", "asof", "minute", "known", "entries", "rules", "seed", "runs", "forecasts")
LARGEST = 50_000_000  # bytes


class Made(NamedTuple):
    """A forecast made before, of one outcome within so many days, and whether it came: None where that is not known yet."""

    asof: str
    quantity: str
    days: int
    value: float
    came: bool | None


def check(path: str) -> None:
    """Raise ``InputError`` where a path is no journal's."""
    if not path.endswith(SUFFIX) or "\0" in path or (os.path.lexists(path) and not os.path.isfile(path)):
        raise InputError(f"journal must be a file that ends in {SUFFIX}, got {path!r}")
    if not os.path.isdir(os.path.dirname(path) or "."):
        raise InputError(f"journal must lie in a folder that is there, got {path!r}")
    _lines(path)


def line(record: Record, known: Record, forecasts: list[dict], asof: str, seed: int, runs: int) -> dict[str, Any]:
    """A forecast as it stands in a journal."""
    told = json.dumps([known.opening, *known.entries]).encode()
    return {
        "record": record.name, "start": record.start, "asof": asof or "the end of the record", "minute": known.end,
        "known": [one.number for one in known.entries], "entries": hashlib.sha256(told).hexdigest()[:16],
        "rules": sources_digest()[:16], "seed": seed, "runs": runs, "forecasts": forecasts,
    }  # fmt: skip


def append(path: str, made: dict[str, Any]) -> None:
    """Add a forecast to a journal, unless the same stands there already."""
    if made not in _lines(path):
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")


def before(path: str, record: Record, known: Record) -> list[Made]:
    """What was forecast of this crisis before the moment of ``known``, and what became of it by then."""
    found = []
    for made in _lines(path):
        if (made["record"], made["start"]) == (record.name, record.start) and made["minute"] < known.end:
            came = outcomes(known, made["minute"])
            found += [
                Made(made["asof"], one["quantity"], one["days"], one["value"], came[one["quantity"]].by(one["days"]))
                for one in made["forecasts"]
            ]
    return found


def _lines(path: str) -> list[dict[str, Any]]:
    """The lines of a journal; none where it is still to be begun. Raises ``InputError`` for what is none."""
    if not os.path.lexists(path):
        return []
    if os.path.getsize(path) > LARGEST:
        raise InputError(f"journal must be of at most {LARGEST:,} bytes, got {path!r}")
    try:
        with open(path, encoding="utf-8") as file:
            found = [json.loads(one) for one in file]
        for one in found:
            if set(one) != set(KEYS) or not isinstance(one["minute"], int):
                raise ValueError
            for forecast in one["forecasts"]:
                _check_forecast(forecast)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise InputError(f"journal must hold forecasts alone, a line each, got {path!r}") from None
    return found


def _check_forecast(one: dict[str, Any]) -> None:
    """Raise ``ValueError`` or ``KeyError`` for what is no forecast."""
    if one["quantity"] not in QUANTITIES or not 0.0 <= float(one["value"]) <= 1.0 or int(one["days"]) < 1:
        raise ValueError
