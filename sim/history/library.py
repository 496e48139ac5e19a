"""The records that come with the program."""

from functools import cache

import yaml

from sim.design.paths import CONFIGS
from sim.history.reading import record
from sim.history.record import Record


@cache
def given_records() -> tuple[Record, ...]:
    """Every record in ``configs/record``, by name."""
    files = sorted((CONFIGS / "record").glob("*.yaml"))
    return tuple(record(yaml.safe_load(path.read_text(encoding="utf-8")), path.stem) for path in files)


def others(found: Record) -> list[Record]:
    """The given records of other crises: those that another pair, or another opening, makes."""
    return [one for one in given_records() if one.name != found.name and (one.sides, one.start) != (found.sides, found.start)]
