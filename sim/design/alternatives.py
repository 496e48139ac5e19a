"""Alternatives to a crisis: the block ``compare`` of a configuration becomes crises, the base first.

An alternative is a label and what it sets: groups (``mechanism: hotline``, ``nation@a: iran``), fields (``a.generosity: 1``),
or several fields together joined by ``+``, as on the axes of a design. Groups are composed first, numbers are set on top.
What stands under ``base`` is set on every alternative. The null, the base as it is, is always there, first.
"""

import copy
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sim.design.crisis_from_mapping import crisis_of
from sim.design.errors import InputError, unknown
from sim.design.fields import keys
from sim.design.grid import GROUP_AXES, fields_of
from sim.model.setting.crisis import Crisis

BASE = "base"  # the label of what others are compared with
TAKEN = (BASE, "none")  # labels that would be mistaken for it
BLOCK = ("question", "outcome", "base", "alternatives")
MOST = 60  # alternatives: more are a sweep

Compose = Callable[[list[str]], dict]  # from group choices ("mechanism=hotline") to the mapping of a crisis


class Alternatives(NamedTuple):
    """What is compared: the first label and crisis are the base's."""

    labels: list[str]
    crises: list[Crisis]
    settings: list[dict]  # what each alternative sets, by group or full key; the base's own come first


def alternatives(block: dict, compose: Compose) -> Alternatives:
    """The alternatives of a block that ``compare_block`` has looked at; ``compose`` gives the mapping of group choices.

    Raises ``InputError``, with the full key, for a key that is none, an empty list or a label twice.
    """
    base = _settings("compare.base", block["base"])
    listed = {BASE: {}, **_alternatives(block["alternatives"])}
    composed: dict[tuple[str, ...], dict] = {}
    crises = []
    for label, settings in listed.items():
        where = "compare.base" if label == BASE else f"compare.alternatives.{label}"
        crises.append(_crisis(where, base | settings, compose, composed))
    return Alternatives(list(listed), crises, [base, *list(listed.values())[1:]])


def compare_block(block: object) -> dict:
    """A ``compare`` block with nothing unknown in it and nothing missing but what may be."""
    if not isinstance(block, dict):
        raise InputError(f"compare must be a mapping of {', '.join(BLOCK)}, got {block!r}")
    lines = [unknown(f"compare.{key}", [f"compare.{name}" for name in BLOCK]) for key in block if key not in BLOCK]
    lines += [f"compare.{key} must be given" for key in ("outcome", "alternatives") if key not in block]
    words = block.get("question") or ""
    if not isinstance(words, str):
        lines.append(f"compare.question must be a text, got {words!r}")
    if lines:
        raise InputError(*lines)
    return {**block, "question": words, "base": block.get("base") or {}}


def _alternatives(listed: object) -> dict[str, dict]:
    """The alternatives by label: what each sets."""
    if not isinstance(listed, dict) or not listed:
        raise InputError(f"compare.alternatives must hold at least one labelled alternative, got {listed!r}")
    if len(listed) > MOST:
        raise InputError(f"compare.alternatives must hold at most {MOST} (sweep takes more), got {len(listed)}")
    out: dict[str, dict] = {}
    for key, settings in listed.items():
        label, where = " ".join(str(key).split()), f"compare.alternatives.{key}"
        if not label or label.lower() in TAKEN:
            raise InputError(f"{where} must have another label: the base is always in the table, as {BASE!r}")
        if label in out:
            raise InputError(f"{where} must have a label of its own, got {label!r} twice")
        out[label] = _settings(where, settings)
        if not out[label]:
            raise InputError(f"{where} must set at least one group or field, got {settings!r}")
    return out


def _settings(where: str, settings: object) -> dict:
    """What an alternative sets, by group or full key, joined and nested keys taken apart."""
    if not isinstance(settings, dict):
        raise InputError(f"{where} must be a mapping of groups and fields, got {settings!r}")
    flat: dict[str, object] = {}
    known = [*GROUP_AXES, *keys()]
    for name, value in _flat(settings):
        for key in (name,) if name in GROUP_AXES else [part.strip() for part in fields_of(name)]:
            if key not in known:
                raise InputError(unknown(f"{where}.{key}", [f"{where}.{one}" for one in known]))
            if key in flat:
                raise InputError(f"{where}.{key} must be set once")
            if key in GROUP_AXES and not isinstance(value, str):
                raise InputError(f"{where}.{key} must be the name of an option, got {value!r}")
            flat[key] = value
    return flat


def _flat(settings: dict, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Pairs of full key and value: ``{a: {generosity: 1}}`` is ``a.generosity``."""
    for key, value in settings.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _crisis(where: str, settings: dict, compose: Compose, composed: dict[tuple[str, ...], dict]) -> Crisis:
    """The crisis with all settings: groups composed, each combination once, and numbers set on them."""
    groups = tuple(f"{key}={value}" for key, value in settings.items() if key in GROUP_AXES)
    try:
        if groups not in composed:
            composed[groups] = compose(list(groups))
    except InputError as refused:
        raise InputError(*(f"{where}.{line}" for line in refused.lines)) from None
    mapping = copy.deepcopy(composed[groups])
    for key, value in settings.items():
        if key not in GROUP_AXES:
            *path, last = key.split(".")
            inner = mapping
            for name in path:
                inner = inner[name]
            inner[last] = value
    try:
        return crisis_of(mapping)
    except InputError as refused:
        raise InputError(*(f"{where}.{line}" for line in refused.lines)) from None
