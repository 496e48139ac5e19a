"""Sources of the numbers in configuration files: beside the values of a block, a mapping ``sources`` from field to text.

So for their plausible ranges: a mapping ``ranges`` from field to {from, to, evidence}. Both hold for the value their own file
gives: a later file that sets the field again overrules them, and so does the command line. They change no number that is
played as it stands, and are no part of a question about it.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra.types import RunMode
from omegaconf import OmegaConf

from sim.design.case import Source
from sim.design.crisis_from_mapping import RANGES, SOURCES, unranged

NOT_VALUES = (SOURCES, RANGES, "defaults", "hydra")


def sources(loader: ConfigLoaderImpl, name: str, overrides: Iterable[str]) -> Mapping[str, Source]:
    """Of every field that a chosen file sets, its ``Source``, by full key; files merged last count."""
    return _sources(loader, name, tuple(overrides))


@lru_cache(8)
def _sources(loader: ConfigLoaderImpl, name: str, overrides: tuple[str, ...]) -> Mapping[str, Source]:
    """The same; looked for once."""
    found: dict[str, Source] = {}
    for one in loader.compute_defaults_list(name, list(overrides), RunMode.RUN).defaults:
        path = one.config_path or ""
        group, _, option = path.rpartition("/")
        if group.startswith("hydra") or not group or option == "base":
            continue
        content: Any = OmegaConf.to_container(loader.repository.load_config(path).config, resolve=False)  # type: ignore[union-attr]
        found |= dict(_of(content, one.package or "", path))
    return found


def _of(block: Mapping[str, Any], place: str, file: str) -> Iterator[tuple[str, Source]]:
    """The sources of a file's block, by full key."""
    named, ranges = block.get(SOURCES) or {}, block.get(RANGES) or {}
    for key, value in block.items():
        full = f"{place}.{key}".removeprefix("_global_").strip(".")
        if isinstance(value, dict) and key not in NOT_VALUES:
            yield from _of(value, full, file)
        elif key not in NOT_VALUES:
            yield full, Source(file, str(named.get(key, "")), *_range(ranges.get(key)))


def _range(block: Any) -> tuple[tuple[float, float] | None, str]:
    """The ends and the evidence of a plausible range; what is none is refused where the crisis is read."""
    if unranged(block):
        return None, ""
    return (float(block["from"]), float(block["to"])), str(block["evidence"])
