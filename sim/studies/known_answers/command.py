"""The command ``verify``."""

from typing import Any

from sim.studies.command import Asked, Command
from sim.studies.known_answers.options import VerifyOptions
from sim.studies.result import Result


def ready(job: Any) -> Asked:
    """The question of a job: it has no crisis of its own, and loads the limits as their files are."""
    options = job.request(VerifyOptions)

    def compute() -> Result:
        """Every limit, to be played."""
        from sim.studies.known_answers.compute import known_answers
        from sim.studies.known_answers.limits import LIMITS

        return known_answers({limit.name: job.load(f"limit={limit.name}") for limit in LIMITS}, options)

    return Asked(options, (), compute, title="known answers")


COMMAND = Command("verify", VerifyOptions, ready)
