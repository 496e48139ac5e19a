"""A job: one composed configuration, and what it asks: a crisis, a request, and which file they start from."""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from hydra._internal.config_loader_impl import ConfigLoaderImpl
from omegaconf import OmegaConf

from sim.cli import references
from sim.cli.hydra_config import composed, crisis_mapping, loader, named, plain, read_overrides
from sim.cli.sources import sources
from sim.design.case import Case, Source, case_of
from sim.design.crisis_from_mapping import built, crisis_of, problems, read
from sim.design.errors import InputError
from sim.design.grid import GROUP_AXES
from sim.design.groups import GROUPS
from sim.design.options import Options
from sim.model.setting.crisis import Crisis

T = TypeVar("T")
R = TypeVar("R", bound=Options)


class Job(NamedTuple):
    """One composed configuration: what an experiment answers."""

    name: str  # of the experiment
    mapping: dict[str, Any]  # resolved, plain
    text: str  # the same as YAML
    scenario: str  # the chosen option of the group; of the group limit, where one is chosen, for it brings its whole world
    given: list[str]  # the overrides on the command line
    multirun: bool
    choices: dict[str, str]  # the option of every group

    def overrides(self) -> dict[str, str]:
        """The overrides on the command line as a dict: by field or group the text given, less quotes and the marks + ~."""
        given = (override.partition("=") for override in self.given)
        return {key.lstrip("+~"): re.sub(r"""^(['"])(.*)\1$""", r"\2", value) for key, _, value in given}

    def fields_set(self) -> set[str]:
        """The keys of fields set on the command line."""
        return {*self.overrides()} - {*GROUP_AXES}

    def chosen(self, case: Case) -> set[str]:
        """The full keys of what someone chose: set on the command line, or by a file that names no source for it."""
        return self.fields_set() | {key for key, _, source in case.given if not source.text}

    def asked(self, request_kind: type[R]) -> tuple[Crisis, R]:
        """The crisis and the request, which knows its case. Raises ``InputError`` with every problem."""
        crisis, request = read(self.mapping, request_kind)
        return crisis, dataclasses.replace(request, case=self.case(crisis))

    def case(self, crisis: Crisis, **further: str) -> Case:
        """What ``crisis`` is called, and how it differs from the file it starts from; ``further`` are choices of groups."""
        chosen = {group: option for group, option in (self.choices | further).items() if option}
        start = [(group, chosen[group]) for group in ("scenario", "limit") if group in chosen] or [("scenario", "base")]
        own, made = _chosen(loader(), tuple(start))
        wanted = [(group, option) for group, option in chosen.items() if group.split("@")[0] in GROUPS]
        groups = [(group, option) for group, option in wanted if made.get(group) != option]
        if groups:
            own, _ = _chosen(loader(), (*start, *groups))
        known = sources(loader(), "play", _overrides([*start, *groups]))
        return case_of(crisis, "the {} file {}".format(*start[-1]), own, groups, known)

    def request(self, request_kind: type[T]) -> T:
        """The request alone, for an experiment without a crisis of its own."""
        lines = problems(request_kind, self.mapping, "")
        if lines:
            raise InputError(*lines)
        return built(request_kind, self.mapping)

    def load(self, *overrides: str) -> Crisis:
        """The crisis of the configuration files with these overrides alone, whatever this job says."""
        read_overrides(overrides)
        return crisis_of(crisis_mapping(plain(composed("play", overrides))))

    def sourced(self, *overrides: str) -> tuple[Crisis, Mapping[str, Source]]:
        """The crisis of the files with these overrides alone, and by full key where each value a file sets is from."""
        return self.load(*overrides), sources(loader(), "play", _named(overrides))

    def recomposed(self, choices: Sequence[str]) -> dict[str, Any]:
        """The crisis mapping of this job with further choices of groups ("mechanism=hotline"), which overrule its own."""
        groups = {override.split("=", 1)[0] for override in choices}
        kept = [override for override in self.given if override.split("=", 1)[0] not in groups]
        read_overrides(choices)
        return crisis_mapping(plain(composed(self.name, [*kept, *choices])))

    def options(self, group: str) -> list[str]:
        """The options there are of a group, the user's own among them."""
        return sorted(loader().get_group_options(group))

    def option(self, group: str, name: str) -> Any:
        """What the option called ``name`` of a group holds, references filled in."""
        choice = [f"{group}={name}"]
        read_overrides(choice)
        return references.resolved(plain(composed(self.name, choice)))[group]

    def write(self, folder: Path) -> None:
        """Write the resolved configuration beside the results, as ``config.yaml``."""
        (folder / "config.yaml").write_text(self.text, encoding="utf-8")


def job(name: str, given: Sequence[str], multirun: bool = False) -> Job:
    """The ``Job`` of an experiment with overrides that have been read, while ``files`` are open."""
    whole = composed(name, given)
    chosen = whole.hydra.runtime.choices
    scenario = str(chosen.get("limit") or chosen.get("scenario") or "crisis")
    mapping = references.resolved(plain(whole))
    return Job(name, mapping, OmegaConf.to_yaml(mapping), scenario, list(given), multirun, dict(chosen))


def _overrides(groups: Iterable[tuple[str, str]]) -> list[str]:
    """Choices of groups as on the command line."""
    return _named(f"{group}={option}" for group, option in groups)


def _named(overrides: Iterable[str]) -> list[str]:
    """Overrides as the composition takes them."""
    return [named(one) for one in overrides]


@lru_cache(8)
def _chosen(_: ConfigLoaderImpl, groups: tuple[tuple[str, str], ...]) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The crisis mapping of a plain run with these choices of groups alone, and the option of every group in it.

    It is composed once for each loader.
    """
    overrides = _overrides(groups)
    read_overrides(overrides)
    whole = composed("play", overrides)
    options = dict(whole.hydra.runtime.choices)
    return crisis_mapping(plain(whole)), options
