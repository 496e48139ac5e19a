"""References in configuration: ``${a.generosity}`` stands for another field's value. They ask nothing of the machine.

OmegaConf would call functions in them (``${oc.env:HOME}``), so it is never asked to resolve any: what is no plain reference is
refused before it composes, and the plain ones are filled in here. They name single values, and few, so that nothing unfolds.
"""

import re
from collections.abc import Iterator
from typing import Any

from sim.design.errors import InputError
from sim.model.text import visible

REFERENCE = re.compile(r"\$\{([\w.]+)\}")
MOST, LONGEST = 30, 10_000  # references of a configuration, characters of a text


def check(value: object, key: str) -> None:
    """Raise ``InputError`` where a text in a plain value holds what is no plain reference or is not seen, or is too long.

    ``key`` names the value; the keys within it are texts too.
    """
    for where, text in _texts(value, key):
        if not visible(text.replace("\n", " ")):
            raise InputError(f"{where} must be a text of visible characters, got {text!r}")
        if "${" in REFERENCE.sub("", text) or "\\${" in text:
            strange = re.search(r"\$\{[^}]*\}?", REFERENCE.sub("", text)) or [text]
            line = f"{where} must be a plain value or name another field, as ${{a.generosity}} does"
            raise InputError(f"{line}; got {strange[0]}")
        if len(text) > LONGEST:
            raise InputError(f"a text in a configuration must be at most {LONGEST:,} characters long, got {len(text):,}")


def resolved(mapping: dict[str, Any]) -> dict[str, Any]:
    """A plain mapping with its references filled in. Raises ``InputError`` for what names no single value, and too many."""
    check(mapping, "")
    count = sum(len(REFERENCE.findall(text)) for _, text in _texts(mapping, ""))
    if count > MOST:
        raise InputError(f"a configuration must hold at most {MOST} references such as ${{a.name}}, got {count:,}")
    return _filled(mapping, mapping, "", ())


def _texts(value: object, key: str) -> Iterator[tuple[str, str]]:
    """Every text in a plain value, with its full key."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield key or str(name), str(name)
            yield from _texts(inner, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _texts(inner, f"{key}[{i}]")


def _filled(value: Any, whole: dict[str, Any], key: str, within: tuple[str, ...]) -> Any:
    """``value``, which stands at ``key`` of the mapping ``whole``, references filled in; ``within`` holds those it is in."""
    if isinstance(value, dict):
        return {name: _filled(inner, whole, f"{key}.{name}" if key else str(name), within) for name, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, whole, f"{key}[{i}]", within) for i, inner in enumerate(value)]
    if not isinstance(value, str) or "${" not in value:
        return value
    if alone := REFERENCE.fullmatch(value):
        return _named(alone[1], whole, key, within)
    text = REFERENCE.sub(lambda found: str(_named(found[1], whole, key, within)), value)
    if len(text) > LONGEST:
        raise InputError(f"a text in a configuration must be at most {LONGEST:,} characters long, got {len(text):,}")
    return text


def _named(name: str, whole: dict[str, Any], key: str, within: tuple[str, ...]) -> Any:
    """The single value a reference at ``key`` names."""
    if name in within:
        raise InputError(f"{key} leads back to itself: {' -> '.join([*within, name])}")
    value = whole
    for part in name.split("."):
        if not isinstance(value, dict) or part not in value:
            raise InputError(f"{key} names {name}, which is not a field")
        value = value[part]
    if isinstance(value, (dict, list)):
        raise InputError(f"{key} must name a field, and {name} is a block of them")
    return _filled(value, whole, name, (*within, name))
