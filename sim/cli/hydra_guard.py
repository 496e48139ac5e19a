"""What a configuration file of a stranger's may say: numbers and names of the model, in a file of a group, and nothing else.

A file of ``nation``, ``mechanism``, ``sweep`` and so on holds what stands below its own key; one of ``scenario`` or ``limit``
holds the fields of a crisis. Its defaults name other options of the model's groups. It has no say in where Hydra puts what it
holds, in Hydra's own settings, or in what is asked of a command (seed, runs, folder, workers): the command line alone has.
"""

import io
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from omegaconf import OmegaConf

from sim.cli.references import check
from sim.design.crisis_from_mapping import RANGES, SOURCES
from sim.design.errors import InputError
from sim.design.paths import CONFIGS
from sim.model.parameter import parameters, parts
from sim.model.setting.crisis import Crisis

PLACES = {
    "nation": ("a", "b"),
    "militants": ("militants_a", "militants_b"),
    "diplomacy": ("diplomacy",),
    "mechanism": ("mechanism",),
    "weights": ("weights",),
}
WORLDS = ("scenario", "limit")  # groups whose files hold a whole crisis
GROUPS = frozenset(path.name for path in CONFIGS.iterdir() if path.is_dir())
OPTION = re.compile(r"[^\W_][\w .+-]*")
CHOSEN = re.compile(r"override /(\w+)(?:@(\w+))?")
INCLUDED = re.compile(rf"/(\w+)/(?:{OPTION.pattern})@_global_(?:\.(\w+))?")
DIRECTIVE = re.compile(r"^[ \t]*#[ \t]*@[ \t]*package\b(.*)$", re.MULTILINE)
TRAPS = (  # pairs of a pattern and what YAML makes of it
    (re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"), "a number in base 60"),
    (re.compile(r"[-+]?0[0-7_]+"), "a number in base 8"),
    (re.compile(r"yes|no|on|off", re.IGNORECASE), "true or false"),
)
BYTES, NODES, DEPTH = 2_000_000, 200_000, 40


def file_of(folder: str, group: str, name: str) -> str | None:
    """The path of an option's file in a stranger's folder; None where there is none that may be read.

    It is a regular file of one of the model's groups, and lies in the folder even where links lead to it.
    """
    path = os.path.join(folder, group, name if name.endswith(".yaml") else f"{name}.yaml")
    if group not in GROUPS or not OPTION.fullmatch(name) or not os.path.isfile(path):
        return None
    home = os.path.realpath(folder)
    return path if os.path.commonpath([home, os.path.realpath(path)]) == home else None


def content_of(path: str, group: str) -> dict[str, Any]:
    """The mapping in the file of a group, plain. Raises ``InputError`` for what such a file may not say."""
    text = _text(path)
    _bounded(text, path)
    _check_plain(text, path)
    stream = io.StringIO(text)
    stream.name = path  # which errors name
    content: Any = OmegaConf.to_container(OmegaConf.create(OmegaConf.load(stream)), resolve=False)
    if not isinstance(content, dict):
        raise InputError(f"{path} must be a mapping of fields to values")
    _check_place(text, group, path)
    _check_keys(content, group, path)
    check(content, group)
    return content


def _check_plain(text: str, path: str) -> None:
    """Refuse words that YAML 1.1 takes for numbers or truth values where hardly anybody means them."""
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.ScalarEvent) and event.implicit[0]:
                for trap, meaning in TRAPS:
                    if trap.fullmatch(event.value):
                        where = f"{path}, line {event.start_mark.line + 1}"
                        raise InputError(
                            f"{where}: {event.value} would be {meaning}: put a name in quotes, write a number plainly"
                        )
    except yaml.YAMLError:
        return  # what is no YAML is told where it is read


def package_of(group: str) -> str | None:
    """Where Hydra puts what a file of the group holds: at the top, or (None) below the group's key."""
    return "_global_" if group in WORLDS else None


def _text(path: str) -> str:
    """The text of a file, or as much of it as is too much."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read(BYTES + 1)
    except UnicodeDecodeError:
        raise InputError(f"{path} must be a text in UTF-8") from None


def _check_place(text: str, group: str, path: str) -> None:
    """Refuse a directive ``# @package`` that is not the group's own."""
    said, wanted = {found.strip() for found in DIRECTIVE.findall(text)}, package_of(group)
    if wanted and not said:
        raise InputError(f"{path} must say '# @package {wanted}' at its head, as every {group} does")
    if strange := sorted(said - {wanted}):
        place = "at the top" if wanted else f"below {group}"
        raise InputError(f"{path} must not say '# @package {strange[0]}': what it holds stands {place}")


def _check_keys(content: Mapping[str, Any], group: str, path: str) -> None:
    """Refuse keys at the top that are no fields of a crisis, and defaults beyond the model's groups."""
    known = {*parameters(Crisis), *parts(Crisis), "defaults", SOURCES, RANGES}
    if strange := [key for key in content if group in WORLDS and key not in known]:
        raise InputError(f"{path} must hold fields of a crisis alone (the rest is the command line's), got {strange[0]}")
    entries = content.get("defaults") or []
    if not isinstance(entries, list):
        raise InputError(f"{path}: defaults must be a list, got {entries!r}")
    for entry in entries:
        if not _admitted(entry, group):
            more = ", or choose those of the model's other groups" if group in WORLDS else ""
            raise InputError(f"{path}: defaults must name options of {group}{more}, got {entry!r}")


def _admitted(entry: object, group: str) -> bool:
    """Whether an entry of a defaults list names an option of the model's, in its own place."""
    if isinstance(entry, str):
        found = INCLUDED.fullmatch(entry) if group in WORLDS else None
        return entry == "_self_" or bool(OPTION.fullmatch(entry)) or bool(found and _fits(*found.groups()))
    if group not in WORLDS or not isinstance(entry, dict) or len(entry) != 1:
        return False
    ((key, option),) = entry.items()
    found = CHOSEN.fullmatch(str(key))
    return bool(found and _fits(found[1], found[2] or found[1]) and isinstance(option, str) and OPTION.fullmatch(option))


def _fits(group: str, place: str | None) -> bool:
    """Whether options of the group may stand at the place of a crisis (None: at the top)."""
    return group in WORLDS if place is None else place in PLACES.get(group, ())


def _bounded(text: str, name: str) -> None:
    """Refuse the YAML ``text`` of the file ``name`` where it is too long, too deep, or unfolds into too much (aliases)."""
    if len(text) > BYTES:
        raise InputError(f"{name} must be at most {BYTES:,} characters long")
    try:
        for nodes, depth in _unfolded(text):
            if depth > DEPTH:
                raise InputError(f"{name} must not nest deeper than {DEPTH}")
            if nodes > NODES:
                raise InputError(f"{name} must unfold into at most {NODES:,} values")
    except yaml.YAMLError:
        return  # what is no YAML is told where it is read


def _unfolded(text: str) -> Iterator[tuple[int, int]]:
    """After each event of YAML: how many values there are so far, aliases unfolded, and how deep it is."""
    nodes, open_ = 0, list[tuple[str | None, int]]()
    sizes: dict[str | None, int] = {}
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            nodes += sizes.get(event.anchor, 1)
        elif isinstance(event, yaml.CollectionStartEvent):
            open_.append((event.anchor, nodes))
            nodes += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_.pop()
            sizes[anchor] = nodes - before
        elif isinstance(event, yaml.ScalarEvent):
            nodes += 1
            sizes[event.anchor] = 1
        yield nodes, len(open_)
