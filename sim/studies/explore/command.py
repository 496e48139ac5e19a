"""The command ``explore``: it writes one file, and shows where."""

from typing import Any

from sim.studies.command import Command
from sim.studies.explore.options import ExploreOptions


def finish(jobs: list[Any]) -> int:
    """Write the page of every job; all are looked at before the first is written."""
    from sim.studies.explore.writing import asked, page_of, place, write

    pages = [(place(asked(job)[1].out, job.scenario), page_of(job)) for job in jobs]
    for path, page in pages:
        write(path, page)
        print(f"written to {path} ({len(page.encode()) / 1000:.0f} KB): open it in a browser; it needs no network")
    return 0


COMMAND = Command("explore", ExploreOptions, finish=finish)
