"""The command ``sensitivity``."""

import dataclasses
from functools import partial
from typing import Any

from sim.design.crisis_from_mapping import crisis_of
from sim.design.errors import InputError
from sim.model.setting.crisis import Crisis
from sim.studies.command import Asked, Command
from sim.studies.result import Result
from sim.studies.sensitivity.options import SensitivityOptions


def ready(job: Any) -> Asked:
    """The question of a job: the crisis, the outcome, what is varied, and the mechanisms that are ranked."""
    from sim.design.uncertainty import BLOCK, assumptions, mechanisms
    from sim.runs.outcome import outcome

    block = job.mapping.get("assumptions") or dict.fromkeys(BLOCK)
    rest = {key: value for key, value in job.mapping.items() if key != "assumptions"}
    crisis, options = job._replace(mapping=rest).asked(SensitivityOptions)
    varied = assumptions(block, crisis)
    try:
        asked = outcome(options.outcome)
    except ValueError as error:
        raise InputError(f"outcome {error}") from None
    alternatives = {name: _under(job, crisis, name) for name in mechanisms(block)}
    cases = {name: job.case(one, mechanism=name) for name, one in alternatives.items()}
    compute = partial(_sensitivity, crisis, varied, asked, alternatives, options, cases)
    return Asked(options, (crisis, block, list(alternatives.values())), compute)


def _under(job: Any, crisis: Crisis, name: str) -> Crisis:
    """The crisis under the mechanism ``name``."""
    option = job.recomposed([f"mechanism={name}"])["mechanism"]
    return dataclasses.replace(crisis, mechanism=crisis_of({"mechanism": option}).mechanism)


def _sensitivity(*asked: Any) -> Result:
    """The answer."""
    from sim.studies.sensitivity.compute import sensitivity

    return sensitivity(*asked)


COMMAND = Command("sensitivity", SensitivityOptions, ready)
