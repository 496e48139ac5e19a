"""The command ``backtest``."""

from typing import Any

from sim.design.errors import InputError
from sim.history.record import Record
from sim.studies.backtest.options import BacktestOptions
from sim.studies.command import Asked, Command
from sim.studies.result import Result

LIBRARY = "library"
LEAST = 4  # crises of different pairs


def ready(job: Any) -> Asked:
    """The question of a job: the crisis whose numbers all pairs get, and the records."""
    crisis, options = job.asked(BacktestOptions)
    records = chosen(options)

    def compute() -> Result:
        from sim.studies.backtest.compute import backtest

        return backtest(crisis, records, options)

    told = [(one.name, one.start, len(one.entries)) for one in records]
    return Asked(options, (crisis, told), compute, words=[] if options.records == LIBRARY else ["file"], title=LIBRARY)


def chosen(options: BacktestOptions) -> list[Record]:
    """The records asked for. Raises ``InputError`` where they are too few."""
    from sim.history.collection import read
    from sim.history.library import given_records

    found = list(given_records()) if options.records == LIBRARY else list(read(options.records))
    if options.most and len(found) > options.most:
        found = [found[i * len(found) // options.most] for i in range(options.most)]
    pairs = {frozenset(one.sides) for one in found}
    if len(pairs) < LEAST:
        raise InputError(f"records must hold crises of at least {LEAST} pairs of states, got {len(pairs)}")
    early = [one for one in found if int(one.start[:4]) < options.era]
    if options.era and not (LEAST <= len(early) < len(found)):
        raise InputError(f"era must leave at least {LEAST} crises before it and one from it on, got {options.era}")
    return found


COMMAND = Command("backtest", BacktestOptions, ready)
