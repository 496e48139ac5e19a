"""What can be asked of an experiment: its help, its configuration as YAML, and completion of its command line."""

from collections.abc import Sequence
from typing import Any

from hydra.core.plugins import Plugins
from hydra.plugins.completion_plugin import CompletionPlugin
from omegaconf import OmegaConf

from sim.cli import references
from sim.cli.arguments import Arguments
from sim.cli.hydra_config import composed, files, loader, plain
from sim.design.errors import InputError


def show_help(name: str, asked: Arguments) -> None:
    """Print the help of an experiment, or of one topic of it."""
    from sim.cli.handbook import handbook

    print(handbook(name, asked.overrides, asked.help or ""))


def show(name: str, asked: Arguments) -> None:
    """Print the configuration of an experiment, or a part of it, as YAML. Raises ``InputError`` where there is no such part."""
    value = plain(composed(name, asked.overrides))
    value = references.resolved(value) if asked.resolve else value
    whole = asked.package in ("", "_global_")
    for part in [] if whole else asked.package.split("."):
        if not isinstance(value, dict) or part not in value:
            raise InputError(f"--package must name a part of the configuration, got {asked.package!r}")
        value = value[part]
    if not isinstance(value, (dict, list)):
        print(value)
        return
    print("" if whole else f"# @package {asked.package}\n", OmegaConf.to_yaml(value), sep="", end="")


def complete(name: str, words: Sequence[str]) -> None:
    """Print what may follow on the command line of an experiment (``query=bash``), or what installs that in a shell."""
    task, _, shell = words[0].partition("=") if len(words) == 1 else ("", "", "")
    with files():
        known: Any = Plugins.instance().discover(CompletionPlugin)
        plugins = {one.provides(): one(loader()) for one in known}
        if task not in ("install", "uninstall", "query") or shell not in plugins:
            raise InputError(f"-sc must be followed by install=, uninstall= or query= and one of {', '.join(sorted(plugins))}")
        getattr(plugins[shell], task)(*([name] if task == "query" else []))
