"""Questions asked from Python: the job that the command line would make of them, answered by the same command."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from sim.cli import hydra_config
from sim.cli.hydra_config import Job, files, read_overrides
from sim.design.crisis_from_mapping import built, problems
from sim.design.errors import InputError, nearest
from sim.face.crises import CHOSEN, origin_of
from sim.model.parameter import parameters, parts
from sim.model.setting.crisis import Crisis
from sim.studies import registry
from sim.studies.result import Result


class Question(Job):
    """A job asked from Python about a crisis that is at hand."""

    crisis: Crisis

    def recomposed(self, choices: list[str]) -> dict:
        """The mapping of the crisis with further choices of groups ("mechanism=hotline")."""
        return origin_of(self.crisis).composed(choices)


def asked(name: str, crisis: Crisis, overrides: tuple[str, ...], values: Mapping[str, Any]) -> Result:
    """The answer of the command ``name`` about ``crisis``: ``overrides`` as on the command line, ``values`` by name.

    Raises ``InputError`` for what the command refuses, before anything is computed.
    """
    command, origin = registry.command(name), origin_of(crisis)
    with files(origin.config_dir):
        given = [*(one for one in origin.overrides if one.partition("=")[0] in CHOSEN), *overrides]
        read_overrides(given)
        job = hydra_config.job(name, given)
        known = {*parameters(command.options), *parts(command.options), *job.mapping} - {*parameters(Crisis), *parts(Crisis)}
        if strange := [key for key in values if key not in known]:
            raise InputError(*(f"{key} is not asked of {name}{nearest(key, known)}" for key in strange))
        mapping = job.mapping | dataclasses.asdict(crisis) | dict(values)
        question = Question(*job._replace(mapping=mapping, given=[*overrides, *(f"{key}={values[key]}" for key in values)]))
        question.crisis = crisis
        return command.ready(question).compute()


def options_of(name: str, crisis: Crisis, values: Mapping[str, Any]) -> Any:
    """The options of the command ``name`` about ``crisis``, which know its case. Raises ``InputError`` for what is refused."""
    kind, origin = registry.command(name).options, origin_of(crisis)
    if lines := problems(kind, dict(values), ""):
        raise InputError(*lines)
    with files(origin.config_dir):
        given = [one for one in origin.overrides if one.partition("=")[0] in CHOSEN]
        case = hydra_config.job("play", given).case(crisis)
    return dataclasses.replace(built(kind, dict(values)), case=case)
