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

    block = job.mapping.get("assumptions")

    def compute() -> Result:
        """The table of targets, or what they accept."""
        if options.accept:
            from sim.studies.calibration.acceptance import acceptance

            return acceptance(dyad, crisis, settlement, block, options)
        from sim.studies.calibration.compute import calibration

        return calibration(crisis, dyad, settlement, options)

    return Asked(options, (crisis, *([block] if options.accept else [])), compute)


COMMAND = Command("targets", TargetOptions, ready)
