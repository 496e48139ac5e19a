"""Crises loaded, and changed by the names of the command line, with its messages."""

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from sim.cli import hydra_errors
from sim.cli.hydra_config import composed, crisis_mapping, files, plain, read_overrides
from sim.design.crisis_from_mapping import crisis_of, wrong
from sim.design.errors import InputError, unknown
from sim.design.grid import GROUP_AXES
from sim.model.parameter import parameters, parts
from sim.model.setting.crisis import Crisis

OWN_FILES = "config_dir=FOLDER"  # how a folder of one's own files is named from Python
CHOSEN = (*GROUP_AXES, "limit")  # groups that a crisis is chosen by
GROUP_OF = {group.rpartition("@")[2]: group for group in GROUP_AXES}  # of a part of a crisis: "a" is chosen by nation@a


class Origin(NamedTuple):
    """Where a crisis is from: overrides, what was set on it since, and the folder of the user's own files."""

    overrides: tuple[str, ...] = ()
    fields: Mapping[str, Any] = MappingProxyType({})
    config_dir: str = ""
    made: Crisis | None = None  # the crisis itself, where no files made it

    def choices(self) -> list[str]:
        """The choices of groups among the overrides: the file it starts from, and what else is chosen."""
        return ["scenario=base"] if self.made else [one for one in self.overrides if one.partition("=")[0] in CHOSEN]

    def composed(self, choices: list[str]) -> dict:
        """The mapping of the crisis with further choices of groups; what was set on it stays set. ``files`` must be open."""
        read_overrides(choices)
        groups = [choice.partition("=")[0] for choice in choices]
        if self.made is None:
            kept = [one for one in self.overrides if one.partition("=")[0] not in groups]
            mapping = crisis_mapping(plain(composed("play", [*kept, *choices])))
        else:
            whole = crisis_mapping(plain(composed("play", choices)))
            chosen = whole if "scenario" in groups else {part: whole[part] for part in map(part_of, groups)}
            mapping = dataclasses.asdict(self.made) | chosen
        for key, value in self.fields.items():
            mapping = with_value(mapping, key, value)
        return mapping


def part_of(group: str) -> str:
    """The part of a crisis that a group chooses: of ``nation@a`` it is ``a``."""
    return group.rpartition("@")[2]


def with_value(mapping: dict, key: str, value: Any) -> dict:
    """A nested mapping with the value at ``key`` ("a.generosity")."""
    name, _, rest = key.partition(".")
    return mapping | {name: with_value(mapping[name], rest, value) if rest else value}


def origin_of(crisis: Crisis) -> Origin:
    """Where a crisis is from."""
    return vars(crisis).get("_origin") or Origin(made=crisis)


def load(*overrides: str, config_dir: str = "") -> Crisis:
    """The crisis of the configuration files, changed by overrides as on the command line.

    ``config_dir`` is a folder of your own files beside ours. Raises ``InputError`` for what the command line refuses.

    >>> load("scenario=iran_pakistan_2024", "mechanism=hotline", "a.generosity=0.2")
    <Crisis: Iran–Pakistan, January 2024; mechanism hotline, 365 days>
    """
    with files(config_dir, OWN_FILES):
        read_overrides(overrides)
        return _of(Origin(tuple(overrides), config_dir=config_dir), [])


def changed(crisis: Crisis, changes: Mapping[str, Any]) -> Crisis:
    """``crisis`` with groups chosen and fields set by the names of the command line: see ``Crisis.with_``."""
    origin, choices, fields = origin_of(crisis), [], {}
    for key, value in changes.items():
        group = key if key in CHOSEN else GROUP_OF.get(key)
        if group and isinstance(value, str):
            choices.append(f"{group}={value}")
        else:
            fields[key] = _checked(key, value)
    with files(origin.config_dir, OWN_FILES):
        return _of(origin._replace(fields={**origin.fields, **fields}), choices)


def _checked(key: str, value: Any) -> Any:
    """A value its field admits; of a part of the crisis, its dataclass as a mapping."""
    name, _, rest = key.rpartition(".")
    kind = parts(Crisis).get(name, Crisis) if name in (*parts(Crisis), "") else None
    if kind is Crisis and rest in parts(Crisis):
        if not isinstance(value, parts(Crisis)[rest]):
            raise InputError(f"{key} must be the name of an option or a {parts(Crisis)[rest].__name__}, got {value!r}")
        return dataclasses.asdict(value)  # type: ignore[call-overload]
    if kind is None or rest not in parameters(kind):
        raise InputError(unknown(key, [*hydra_errors.fields(), *GROUP_AXES]))
    if parameters(kind)[rest].refuses(value):
        raise InputError(wrong(key, parameters(kind)[rest], value))
    return value


def _of(origin: Origin, choices: list[str]) -> Crisis:
    """The crisis of an origin with further choices, which knows where it is from."""
    crisis = crisis_of(origin.composed(choices))
    if origin.made is None:
        groups = [choice.partition("=")[0] for choice in choices]
        kept = [one for one in origin.overrides if one.partition("=")[0] not in groups]
        object.__setattr__(crisis, "_origin", origin._replace(overrides=(*kept, *choices)))
    return crisis


Crisis.changed = staticmethod(changed)
