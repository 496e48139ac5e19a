"""The command ``signs``."""

from typing import Any

from sim.design.crisis_from_mapping import crisis_of
from sim.studies.command import Asked, Command
from sim.studies.mechanism_signs.options import SignsOptions
from sim.studies.result import Result


def ready(job: Any) -> Asked:
    """The question of a job: its crisis, and every mechanism that something is predicted of, by name."""
    from sim.studies.mechanism_signs.predictions import PREDICTED

    crisis, options = job.asked(SignsOptions)
    mechanisms = {name: crisis_of(job.recomposed([f"mechanism={name}"])).mechanism for name in PREDICTED}

    def compute() -> Result:
        from sim.studies.mechanism_signs.compute import signs

        return signs(crisis, mechanisms, options)

    return Asked(options, (crisis, mechanisms), compute)


COMMAND = Command("signs", SignsOptions, ready)
