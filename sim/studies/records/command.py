"""The command ``records``: it lists, tells or converts, and plays nothing."""

from typing import Any

from sim.design.errors import InputError
from sim.history.reading import record
from sim.studies.command import Command
from sim.studies.records.options import RecordsOptions


def finish(jobs: list) -> int:
    """Do what every job asks; all are looked at before the first is told."""
    from sim.studies.records import text

    looked = [(apart(job).request(RecordsOptions), job) for job in jobs]
    for options, job in looked:
        if options.mie or options.to:
            print(converted(options))
        elif name := job.choices.get("record"):
            print(text.told(record(job.mapping["record"], name)))
        else:
            print(text.listed([record(job.option("record", name), name) for name in job.options("record")]))
    return 0


def apart(job: Any) -> Any:
    """A job without its record, which is no field of a request."""
    return job._replace(mapping={key: value for key, value in job.mapping.items() if key != "record"})


def converted(options: RecordsOptions) -> str:
    """Write the records of a file of MIE; what was written, in a line."""
    from sim.history import mie
    from sim.history.collection import target, write

    if not (options.mie and options.to):
        raise InputError("mie and to go together: records mie=mie-1.0.csv to=mie.jsonl")
    to = target(options.to)
    try:
        found = list(mie.records(options.mie, options.since))
    except ValueError as error:
        raise InputError(f"mie: {error}") from None
    write(to, found)
    return f"{len(found):,} crises of two states that a blow opens, from {options.since} on, written to {to}"


COMMAND = Command("records", RecordsOptions, finish=finish)
