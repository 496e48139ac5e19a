"""Sources of the numbers in configuration files: beside the values of a block, a mapping ``sources`` from field to text.

A source holds for the value its own file gives: a later file that sets the field again overrules it, and so does the command
line. Sources change no number and are no part of a question.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra.types import RunMode
from omegaconf import OmegaConf

from sim.design.case import Source

KEY = "sources"
NOT_VALUES = (KEY, "defaults", "hydra")


def sources(loader: ConfigLoaderImpl, name: str, overrides: Iterable[str]) -> dict[str, Source]:
    """Of every field that a chosen file sets, its ``Source``, by full key; files merged last count."""
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
    named = block.get(KEY) or {}
    for key, value in block.items():
        full = f"{place}.{key}".removeprefix("_global_").strip(".")
        if isinstance(value, dict) and key not in NOT_VALUES:
            yield from _of(value, full, file)
        elif key not in NOT_VALUES:
            yield full, Source(file, str(named.get(key, "")))
