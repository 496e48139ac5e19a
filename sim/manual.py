"""What can be asked of an experiment: its groups and fields, its configuration as YAML, and completion of its command line."""

from string import Template

from hydra.core.plugins import Plugins
from hydra.plugins.completion_plugin import CompletionPlugin
from omegaconf import OmegaConf

from sim import references
from sim.composition import composed, files, loader, plain
from sim.config import Refusal

HELP = Template("""\
escalation $name: when two states trade strikes, what makes it stop?

== Groups (choose with group=option) ==
$groups

== Fields (change with field=value) ==
$fields

Change a field:   a.generosity=0.2 mechanism.compliance=0.5 runs=1000
Change a group:   mechanism=hotline scenario=headline_dyad nation@a=pakistan
Several values:   -m mechanism=none,hotline   (one study of sweep; else a folder each, below out)
Own files:        --config-dir my_configs (same folders: nation/, mechanism/, scenario/, ...)
Completion:       eval "$$(escalation -sc install=bash)"
""")


def show_help(name, overrides):
    """Print the groups of an experiment, their options and all fields, as some overrides leave them."""
    groups = "".join(f"{group}: {', '.join(options)}\n" for group, options in options_by_group().items())
    print(HELP.substitute(name=name, groups=groups, fields=OmegaConf.to_yaml(plain(composed(name, overrides)))), end="")


def options_by_group():
    """The names of the options of every group, those of the user's folder included."""
    groups = sorted(group for group in loader().list_groups("") if group != "hydra")
    return {group: loader().get_group_options(group) for group in groups}


def show(name, asked):
    """Print the configuration of an experiment, or a part of it, as YAML. Raises ``Refusal`` where there is no such part."""
    value = plain(composed(name, asked.overrides))
    value = references.resolved(value) if asked.resolve else value
    whole = asked.package in ("", "_global_")
    for part in [] if whole else asked.package.split("."):
        if not isinstance(value, dict) or part not in value:
            raise Refusal(f"--package must name a part of the configuration, got {asked.package!r}")
        value = value[part]
    if not isinstance(value, (dict, list)):
        print(value)
        return
    print("" if whole else f"# @package {asked.package}\n", OmegaConf.to_yaml(value), sep="", end="")


def complete(name, words):
    """Print what may follow on the command line of an experiment (``query=bash``), or what installs that in a shell."""
    task, _, shell = words[0].partition("=") if len(words) == 1 else ("", "", "")
    with files():
        plugins = {one.provides(): one(loader()) for one in Plugins.instance().discover(CompletionPlugin)}
        if task not in ("install", "uninstall", "query") or shell not in plugins:
            raise Refusal(f"-sc must be followed by install=, uninstall= or query= and one of {', '.join(sorted(plugins))}")
        getattr(plugins[shell], task)(*([name] if task == "query" else []))
