"""Questions asked from Python: the job that the command line would make of them, answered by the same command."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sim.cli.hydra_config import files, read_overrides
from sim.cli.job import Job, job
from sim.design.case import every
from sim.design.crisis_from_mapping import built, problems
from sim.design.errors import InputError, nearest
from sim.design.factorial import Design, design
from sim.design.grid import GROUP_AXES
from sim.design.options import SweepOptions, idle
from sim.face.crises import OWN_FILES, origin_of
from sim.model.parameter import parameters, parts
from sim.model.setting.crisis import Crisis
from sim.studies import registry
from sim.studies.result import Result

DEFAULT = {key: value for key, _, value in every(Crisis())}
COMMANDS = ("out", "executor", "scheduler", "workers", "retries", "slurm", "verbosity")  # what a sweep in memory has no use for


class Question(Job):
    """A job asked from Python about a crisis that is at hand."""

    crisis: Crisis

    def recomposed(self, choices: Sequence[str]) -> dict[str, Any]:
        """The mapping of the crisis with further choices of groups ("mechanism=hotline")."""
        return origin_of(self.crisis).composed(list(choices))

    def fields_set(self) -> set[str]:
        """What was set on the crisis since it was loaded; of one that no files made, all that is not as by default."""
        origin = origin_of(self.crisis)
        made = {key for key, _, value in every(origin.made) if value != DEFAULT[key]} if origin.made else set()
        loaded = {one.partition("=")[0] for one in origin.overrides} - {*GROUP_AXES}
        return {*super().fields_set(), *loaded, *origin.fields, *made}


def asked(name: str, crisis: Crisis, overrides: tuple[str, ...], values: Mapping[str, Any]) -> Result:
    """The answer of the command ``name`` about ``crisis``: ``overrides`` as on the command line, ``values`` by name.

    Raises ``InputError`` for what the command refuses, before anything is computed.
    """
    command, origin = registry.command(name), origin_of(crisis)
    with files(origin.config_dir, OWN_FILES):
        given = [*origin.choices(), *overrides]
        read_overrides(given)
        composed = job(name, given)
        known = {*parameters(command.options), *parts(command.options), *composed.mapping, *composed.choices} - {
            *parameters(Crisis),
            *parts(Crisis),
        }
        if strange := [key for key in values if key not in known]:
            raise InputError(*(f"{key} is not asked of {name}{nearest(key, known)}" for key in strange))
        mapping = composed.mapping | dataclasses.asdict(crisis) | dict(values)
        question = Question(
            *composed._replace(mapping=mapping, given=[*overrides, *(f"{key}={values[key]}" for key in values)])
        )
        question.crisis = crisis
        if command.ready is None:
            raise TypeError(f"{name} cannot be asked from Python")
        return command.ready(question).compute()


@contextmanager
def exploring(crisis: Crisis, values: Mapping[str, Any]) -> Iterator[Job]:
    """The job of ``explore`` about ``crisis``, while its files are open; ``values`` are what it is asked beside."""
    origin = origin_of(crisis)
    with files(origin.config_dir):
        composed = job("explore", origin.choices())
        question = Question(*composed._replace(mapping=composed.mapping | dataclasses.asdict(crisis) | dict(values)))
        question.crisis = crisis
        set_ = question.fields_set()
        own = [(key, repr(value) if one.kind == "text" else value) for key, one, value in every(crisis) if key in set_]
        yield question._replace(given=[*origin.choices(), *(f"{key}={value}" for key, value in own)])


def options_of(name: str, crisis: Crisis, values: Mapping[str, Any]) -> Any:
    """The options of the command ``name`` about ``crisis``, which know its case. Raises ``InputError`` for what is refused."""
    kind, origin = registry.command(name).options, origin_of(crisis)
    if lines := problems(kind, dict(values), ""):
        raise InputError(*lines)
    with files(origin.config_dir, OWN_FILES):
        composed = job(name, origin.choices())
        mapping = {key: value for key, value in composed.mapping.items() if key in {*parameters(kind), *parts(kind)}}
        return dataclasses.replace(built(kind, mapping | dict(values)), case=composed.case(crisis))


def sweep_options(crisis: Crisis, values: Mapping[str, Any], options: Mapping[str, Any]) -> SweepOptions:
    """The options of a sweep that is kept in memory. Raises ``InputError`` for those of a command's process and folder."""
    if elsewhere := [key for key in options if key in COMMANDS]:
        raise InputError(
            *(f"{key} is asked of the command alone: a sweep asked from Python is kept in memory" for key in elsewhere)
        )
    asked_for = options_of("sweep", crisis, {**values, **options})
    if lines := idle(asked_for, [f"{key}={value}" for key, value in options.items()]):
        raise InputError(*lines)
    return asked_for


def sweep_job(crisis: Crisis) -> Question:
    """The job of ``sweep`` about ``crisis``, while its files are open: what was set on it, and what its files say."""
    question = Question(*job("sweep", origin_of(crisis).choices()))
    question.crisis = crisis
    return question


def as_list(values: Any) -> Any:
    """Values as plain data, where they are an array's."""
    return values.tolist() if hasattr(values, "tolist") else values


@contextmanager
def composing(crisis: Crisis) -> Iterator[Callable[[list[str]], dict[str, Any]]]:
    """The function from choices of groups to the mapping of ``crisis`` with them, while its files are open."""
    origin = origin_of(crisis)
    with files(origin.config_dir, OWN_FILES):
        yield origin.composed


def designed(
    crisis: Crisis, over: Mapping[str, Any], points: Sequence[Mapping[str, Any]], sample: Mapping[str, Any] | None, seed: int
) -> Design:
    """The design of a sweep over ``crisis``: axes by name, points one by one, a sample. Raises ``InputError``."""
    axes = [{"vary": name, "over": as_list(values)} for name, values in over.items()]
    block = {"axes": axes, "points": [dict(point) for point in points], "sample": sample and dict(sample)}
    with composing(crisis) as compose:
        return design(block, crisis, compose, seed)
