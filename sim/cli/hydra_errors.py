"""Hydra's and the system's errors in one clear line: the full key, what it may be, what was given."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from typing import Any

import yaml
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.errors import OverrideParseException
from omegaconf.errors import UnsupportedValueType

from sim.cli import commands
from sim.design.crisis_from_mapping import defaults
from sim.design.errors import nearest, unknown
from sim.design.groups import GROUPS
from sim.design.paths import CONFIGS
from sim.model.parameter import parameters, parts
from sim.model.setting.crisis import Crisis

OWN_FILES: ContextVar[str] = ContextVar("own_files", default="--config-dir FOLDER")  # how such a folder is named


def fields(values: Mapping[str, Any] | None = None, prefix: str = "") -> Iterator[str]:
    """The full keys of all fields of a crisis."""
    for name, value in (defaults(Crisis) if values is None else values).items():
        yield f"{prefix}{name}"
        if isinstance(value, dict):
            yield from fields(value, f"{prefix}{name}.")


def asked() -> list[str]:
    """The keys of all requests."""
    kinds = commands.options().values()
    return sorted({name for kind in kinds for one in (kind, *parts(kind).values()) for name in parameters(one)})


def blocks() -> list[str]:
    """The keys of all blocks, as far as our own files use them."""
    files = [path for path in CONFIGS.glob("*/*.yaml") if path.parent.name not in GROUPS]
    return sorted({f"{path.parent.name}.{key}" for path in files for key in yaml.safe_load(path.read_text(encoding="utf-8"))})


def lines(error: BaseException) -> list[str]:
    """One line for an error of Hydra or OmegaConf."""
    text = str(error).strip()
    if not text and error.__cause__:
        return lines(error.__cause__)
    if isinstance(error, UnsupportedValueType):
        return [f"{error.full_key} must be a number, a text, a list or a mapping, got a {text.split(chr(39))[1]}"]
    if isinstance(error, OverrideParseException):
        return [unreadable(error.override)]
    chain = f"{text}\n{error.__cause__ or ''}"
    missing = re.search(r"Could not override '([^']+)'", chain) or re.search(r"Key '([^']+)' is not in struct", chain)
    if missing and (CONFIGS / missing[1]).is_dir():
        if "No match in the defaults list" in chain:
            return [f"{missing[1]} is not a group of this command"]
        options = _options("", missing[1])
        return [f"{missing[1]} is a group: it must be one of {options}; to change what is in it, name the field"]
    if missing and "@" not in missing[1]:
        return [_elsewhere(missing[1]) or unknown(missing[1], [*fields(), *asked(), *blocks()])]
    option = re.search(r"Could not (?:find|load) '((?:hydra/)?[^'/]+)/([^']*)'", chain)
    if option:
        options = _options(chain, option[1])
        near = nearest(option[2], options.split(", ")) or f"; one of your own needs its folder: {OWN_FILES.get()}"
        return [f"{option[1]} must be one of {options}, got {option[2]!r}{near}"]
    return [" ".join(text.split()) or f"the configuration cannot be read ({type(error).__name__})"]


def unreadable(override: str) -> str:
    """The line about an argument that is no override, with what would make it one."""
    if re.search(r"^=|\s=|=\s|=$", override):
        return f"{override} cannot be read as key=value: no spaces around =, as in a.generosity=0.2"
    if any(override.count(left) != override.count(right) for left, right in ("[]", "{}")):
        return f"{override} cannot be read as key=value: put the whole argument in quotes, as in '{override} ...'"
    return f"{override or repr(override)} cannot be read as key=value; quote values with signs in them: 'key=\"value\"'"


def _elsewhere(key: str) -> str:
    """The line about a field that this command lacks and others have; "" for one that none has."""
    if key in fields():
        return f"{key} is a field of a crisis, and this command has none of its own"
    having = [name for name, kind in commands.options().items() if key in parameters(kind)]
    here = [block for block in blocks() if block.partition(".")[2] == key]
    hint = f"; did you mean {here[0]}?" if here else ""
    return f"{key} is not a field of this command, but of {', '.join(having)}{hint}" if having else ""


def _options(text: str, group: str) -> str:
    """The options Hydra listed as available, or else those of our own files."""
    listed = re.search(r"Available options in '[^']+':\n((?:\s+\S+\n?)+)", text)
    return ", ".join(listed[1].split() if listed else sorted(one.stem for one in (CONFIGS / group).glob("*.yaml")))


def unread(error: Exception, arguments: Iterable[str]) -> str:
    """The line about what Hydra did not foresee in these arguments: a number in the place of a group's option, say."""
    if "Config group override" in str(error):
        for argument in arguments:
            key, sign, value = argument.partition("=")
            group = key.split("@")[0]
            if sign and group and (CONFIGS / group).is_dir() and _nameless(argument):
                return f"{key} must be one of {_options('', group)}, got {value}"
    if isinstance(error, RecursionError):
        return "the configuration cannot be read: it nests too deep, or a list of defaults leads back to itself"
    return f"the configuration cannot be read: {str(error) or type(error).__name__}"


def _nameless(override: str) -> bool:
    """Whether what an override gives is no name, nor several of them, but a number, a mapping or null."""
    value = OverridesParser.create().parse_override(override).value()
    return value is None or isinstance(value, (int, float, dict))


def of_yaml(error: yaml.YAMLError) -> str:
    """One line for a file that is no YAML: which file and line, and what is wrong there."""
    mark = getattr(error, "problem_mark", None)
    where = f"{mark.name}, line {mark.line + 1}: " if mark else ""
    return f"{where}{getattr(error, 'problem', None) or error}"


def of_file(error: OSError) -> str:
    """One line for an error of the file system."""
    where = f"{error.filename} " if getattr(error, "filename", None) else ""
    return f"{where}cannot be used: {error.strerror or error}"
