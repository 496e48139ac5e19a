"""Configuration files of a bearable size: a few kilobytes of YAML may unfold into gigabytes (aliases of aliases of aliases).

Hydra reads every file through ``OmegaConf.load``; while ``bounded`` holds, that looks first. References unfold likewise
(``${a.name}`` a thousand times, which holds ``${b.name}`` a thousand times), so they are counted in what Hydra has composed.
"""

from contextlib import contextmanager

import yaml
from hydra._internal.config_loader_impl import ConfigLoaderImpl
from omegaconf import OmegaConf

from sim.config import Refusal
from sim.instead import instead

BYTES, NODES, DEPTH = 2_000_000, 200_000, 40  # of a file
REFERENCES, TEXT = 30, 10_000  # of a configuration, of each of its texts


@contextmanager
def bounded():
    """Refuse YAML files and references that are too long, too deep, or unfold into too much, before they are."""
    load, composing = OmegaConf.load, ConfigLoaderImpl.load_configuration

    def looked(file):
        if hasattr(file, "read"):
            text = file.read(BYTES + 1)
            check(text, getattr(file, "name", "a file"))
            file.seek(0)
        return load(file)

    def composed(*arguments, **options):
        whole = composing(*arguments, **options)
        check_references(list(_texts(OmegaConf.to_container(whole, resolve=False))))
        return whole

    with instead(OmegaConf, "load", staticmethod(looked)), instead(ConfigLoaderImpl, "load_configuration", composed):
        yield


def check(text, name):
    """Raise ``Refusal`` where the YAML ``text`` of the file ``name`` is beyond the bounds."""
    if len(text) > BYTES:
        raise Refusal(f"{name} must be at most {BYTES:,} characters long")
    try:
        for nodes, depth in _unfolded(text):
            if depth > DEPTH:
                raise Refusal(f"{name} must not nest deeper than {DEPTH}")
            if nodes > NODES:
                raise Refusal(f"{name} must unfold into at most {NODES:,} values")
        scalars = (event.value for event in yaml.parse(text, Loader=yaml.SafeLoader) if isinstance(event, yaml.ScalarEvent))
        check_references(list(scalars))  # of the file alone: Hydra follows some while it composes
    except yaml.YAMLError:
        return  # what is no YAML is told where it is read


def check_references(texts):
    """Raise ``Refusal`` where the texts of a configuration hold too many references (Hydra's own are five), or one is long."""
    count, longest = sum(text.count("${") for text in texts), max(map(len, texts), default=0)
    if count > REFERENCES:
        raise Refusal(f"a configuration must hold at most {REFERENCES} references such as ${{a.name}}, got {count:,}")
    if longest > TEXT:
        raise Refusal(f"a text in a configuration must be at most {TEXT:,} characters long, got {longest:,}")


def _texts(value):
    """Every text in a plain value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _unfolded(text):
    """After each event of YAML: how many values there are so far, aliases unfolded, and how deep it is."""
    nodes, open_, sizes = 0, [], {}
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
