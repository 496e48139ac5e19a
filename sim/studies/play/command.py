"""The command ``play``."""

from typing import Any

from sim.studies.command import Asked, Command
from sim.studies.play.options import PlayOptions
from sim.studies.result import Result


def ready(job: Any) -> Asked:
    """The question of a job: its crisis, one run of it and thousands."""
    crisis, options = job.asked(PlayOptions)

    def compute() -> Result:
        from sim.studies.play.compute import Play

        return Play(crisis, options)

    return Asked(options, (crisis,), compute)


COMMAND = Command("play", PlayOptions, ready)
