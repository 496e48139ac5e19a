"""The help of an experiment: what it may be asked, in groups, each thing with meaning, unit, bounds and value; or one of them.

All of it is read from where it is declared: the fields of the dataclasses, and the configuration files with their comments.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from omegaconf import OmegaConf

from sim.cli.commands import loaded
from sim.cli.hydra_config import composed, loader, plain
from sim.cli.sources import sources
from sim.design.case import Source
from sim.design.crisis_from_mapping import defaults
from sim.design.errors import InputError, nearest
from sim.design.groups import GROUPS
from sim.design.paths import CONFIGS, EXPERIMENTS
from sim.model.parameter import Parameter, Plausible, parameters, parts
from sim.model.setting.crisis import Crisis
from sim.model.text import beside, folded

TOGETHER = (("a", "b"), ("militants_a", "militants_b"))  # parts of one kind, told together
ALL = "all"  # the topic of a help that tells every field
FEW = 4  # fields of a part that are named
FOOT = """\
Change a field:   a.generosity=0.2 mechanism.compliance=0.5 runs=1000
Choose options:   mechanism=hotline scenario=headline_dyad nation@a=pakistan
Several values:   -m mechanism=none,hotline  (a study of sweep, else folders)
Own files:        --config-dir mine  (mine/mechanism/red_phone.yaml, ...)
More on one:      --help FIELD (--help a.generosity), PART, GROUP or OPTION
Every field:      --help all
Completion:       eval "$(escalation -sc install=bash)"\
"""


def handbook(name: str, overrides: Sequence[str], topic: str = "") -> str:
    """The help of an experiment as some overrides leave it, or on one ``topic``: a field, a part, a group or an option."""
    whole = composed(name, overrides)
    choices = {key: value for key, value in whole.hydra.runtime.choices.items() if not key.startswith("hydra/")}
    mapping = plain(whole)
    if topic in ("", ALL):
        return _whole(name, mapping, choices, topic == ALL)
    return _on(topic, name, mapping, choices, overrides)


def request_of(name: str) -> type:
    """The dataclass of what an experiment is asked."""
    return loaded(name).options


def _whole(name: str, mapping: Mapping[str, Any], choices: Mapping[str, str], every: bool) -> str:
    """The help: what is asked, the groups, and the parts of the crisis with ``every`` field of them, or how many there are."""
    about = (EXPERIMENTS / f"{name}.py").read_text(encoding="utf-8").split('"""')[1].split("\n\n")[0]
    blocks = [
        folded(f"escalation {name}: {about}"),
        "\nWhat is asked of it: change with field=value",
        *_fields(request_of(name), [mapping]),
    ]
    for part, kind in parts(request_of(name)).items():
        blocks += _fields(kind, _mappings([part], mapping), f"{part}.") if every else [_counted(part, kind)]
    if choices:
        blocks += ["\nGroups: choose with group=option", *(_choice(*one) for one in choices.items())]
    if Crisis.__dataclass_fields__.keys() & mapping.keys():
        blocks += ["\nThe crisis", *_fields(Crisis, [mapping])]
        for names in (*TOGETHER, *((one,) for one in parts(Crisis) if one not in sum(TOGETHER, ()))):
            if _mappings(names, mapping):
                told = ["", *_part(names, mapping)] if every else [_counted(" and ".join(names), parts(Crisis)[names[0]])]
                blocks += told
    blocks += [f"\n{key}: --help {key} tells what stands in it" for key in _blocks(name, mapping)]
    return "\n".join([*blocks, "", FOOT])


def _counted(names: str, kind: type) -> str:
    """A line for a part: how many fields it has, and how they are told."""
    there = [*parameters(kind)]
    few = ", ".join(there) if len(there) <= FEW else f"{', '.join(there[:2])} and {len(there) - 2} more fields"
    return beside(f"  {names.replace(' and ', '.… and ')}.…", f"{few}: --help {names.split(' ')[0]}")


def _blocks(name: str, mapping: Mapping[str, Any]) -> list[str]:
    """The parts of a configuration that are no field and hold more than one."""
    known = {*parameters(request_of(name)), *parts(request_of(name)), *parameters(Crisis), *parts(Crisis)}
    return [key for key in mapping if key not in known]


def _part(names: Sequence[str], mapping: Mapping[str, Any]) -> Iterator[str]:
    """The fields of a part of the crisis, or of two of one kind."""
    kind = parts(Crisis)[names[0]]
    about = (kind.__doc__ or kind.__name__).split("\n")[0].replace("`", "")
    yield folded(f"{' and '.join(f'{name}.…' for name in names)}: {about}")
    yield from _fields(kind, _mappings(names, mapping))


def _mappings(names: Sequence[str], mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What stands at some names of a configuration, as far as overrides have left it there as mappings."""
    return [mapping[name] for name in names if isinstance(mapping.get(name), dict)]


def _fields(kind: type, mappings: Sequence[Mapping[str, Any]], stem: str = "") -> Iterator[str]:
    """A line or more for each field of a dataclass: its name, its value in each of some mappings, and what it means."""
    for name, parameter in parameters(kind).items():
        if values := dict.fromkeys(_shown(mapping[name]) for mapping in mappings if name in mapping):
            yield beside(f"  {stem}{name} = {' | '.join(values)}", f"{parameter.meaning} {_limits(parameter)}".strip())


def _shown(value: object) -> str:
    """A value as one writes it on the command line."""
    if isinstance(value, float):
        return (".inf" if value > 0 else "-.inf") if math.isinf(value) else f"{value:.12g}"
    return repr(value) if value == "" else str(value)


def _limits(parameter: Parameter) -> str:
    """Bounds or choices, and the unit, in brackets."""
    if parameter.kind == "text":
        return ""
    if parameter.kind == "choice":
        return f"({', '.join(parameter.names)})"
    whole = "whole, " if parameter.kind == "whole" else ""
    return f"({whole}{parameter.low:g} to {parameter.high:g}{' ' if parameter.unit else ''}{parameter.unit})"


def _choice(group: str, chosen: str) -> str:
    """A line of a group: its options, and the one that is chosen."""
    return beside(f"  {group} = {chosen or 'null'}", ", ".join(loader().get_group_options(group.split("@")[0])))


def _on(topic: str, name: str, mapping: Mapping[str, Any], choices: Mapping[str, str], overrides: Sequence[str]) -> str:
    """The help on one topic. Raises ``InputError``, with what is near, where there is none."""
    folders = {key.split("@")[0]: key for key in choices}
    options = {option: group for group in folders for option in loader().get_group_options(group)}
    kind, place, last = request_of(name), mapping, topic
    head, _, rest = topic.partition(".")
    if rest and (head in parts(Crisis) or head in parts(kind)):
        kind, place, last = (parts(Crisis) | parts(kind))[head], mapping.get(head, {}), rest
    elif not rest and topic in parameters(Crisis):
        kind = Crisis
    if last in parameters(kind) and last in place:
        return _field(topic, kind, last, place[last], sources(loader(), name, overrides).get(topic))
    found = []
    if topic in folders or topic in choices:
        found += [_group(topic.split("@")[0])]
    if topic in parts(Crisis) and topic in mapping:
        found += _part((topic,), mapping)
    elif topic in parts(kind) and topic in mapping:
        found += [f"{topic}.…", *_fields(parts(kind)[topic], _mappings([topic], mapping))]
    elif topic in _blocks(name, mapping):
        found += [f"{topic} as it stands:", OmegaConf.to_yaml({topic: mapping[topic]}).rstrip()]
    if not found and topic in options:
        found = [f"{options[topic]}={topic}", _file(options[topic], topic)]
    if not found:
        inner = {**parts(Crisis), **parts(request_of(name))}
        known = [f"{part}.{one}" for part, kind in inner.items() if part in mapping for one in parameters(kind)]
        raise InputError(f"--help knows no {topic!r} of {name}{nearest(topic, [*known, *folders, *mapping, *options])}")
    return "\n".join(found)


def _field(key: str, kind: type, name: str, value: object, given: Source | None) -> str:
    """All there is to say of one field, whose value may be ``given`` by a file with a source and a plausible range."""
    parameter, default = parameters(kind)[name], defaults(kind)[name]
    rows = {"means": parameter.meaning, "unit": parameter.unit, "must": parameter.admits(), "default": _shown(default)}
    plausible = Plausible(*given.span, given.evidence) if given and given.span else parameter.plausible or parameter.held
    source = given.text if given and given.text else parameter.source
    rows |= {"here": _shown(value), "source": source, "plausible": str(plausible), "write": f"{key}={_shown(value)}"}
    return "\n".join([key, *(beside(f"  {what}", said, 13) for what, said in rows.items() if said)])


def _group(group: str) -> str:
    """The options of a group, each with what its file says of itself."""
    lines = (beside(f"  {option}", _first(group, option), 24) for option in loader().get_group_options(group))
    return "\n".join([f"{group}=OPTION, one of", *lines])


def _first(group: str, option: str) -> str:
    """The first sentence a file of ours says of itself."""
    said = [line.lstrip("# ") for line in _file(group, option).split("\n") if line.startswith("# ") and "@package" not in line]
    return said[0] if said else "the defaults of each field" if option == "base" and group in GROUPS else ""


def _file(group: str, option: str) -> str:
    """The text of a configuration file of ours, "" for others."""
    path = CONFIGS / group / f"{option}.yaml"
    return path.read_text(encoding="utf-8").rstrip() if path.is_file() else ""
