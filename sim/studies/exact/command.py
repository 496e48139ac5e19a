"""The command ``exact``."""

from typing import Any

from sim.studies.command import Asked, Command
from sim.studies.exact.options import ExactOptions
from sim.studies.result import Result


def ready(job: Any) -> Asked:
    """The question of a job: its crisis."""
    crisis, options = job.asked(ExactOptions)

    def compute() -> Result:
        from sim.studies.exact.compute import solve

        return solve(crisis, options)

    return Asked(options, (crisis,), compute)


COMMAND = Command("exact", ExactOptions, ready)
