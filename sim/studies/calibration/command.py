"""The command ``targets``."""

from typing import Any

from sim.design.crisis_from_mapping import crisis_of
from sim.studies.calibration.options import TargetOptions
from sim.studies.command import Asked, Command
from sim.studies.result import Result


def ready(job: Any) -> Asked:
    """The question of a job: its crisis, the dyad of the headlines and the mechanism ``settlement``."""
    crisis, options = job.asked(TargetOptions)
    dyad = crisis_of(job.recomposed(["scenario=headline_dyad"]))
    settlement = crisis_of(job.recomposed(["mechanism=settlement"])).mechanism

    def compute() -> Result:
        from sim.studies.calibration.compute import calibration

        return calibration(crisis, dyad, settlement, options)

    return Asked(options, (crisis,), compute)


COMMAND = Command("targets", TargetOptions, ready)
