"""Configuration files of a bearable size: a few kilobytes of YAML may unfold into gigabytes (aliases of aliases of aliases).

Hydra reads every file through ``OmegaConf.load``; while ``bounded`` holds, that looks first.
"""

from contextlib import contextmanager

import yaml
from omegaconf import OmegaConf

from sim.config import Refusal
from sim.instead import instead

BYTES, NODES, DEPTH = 2_000_000, 200_000, 40


@contextmanager
def bounded():
    """Refuse YAML files that are too long, too deep, or unfold into too much, before they are read."""
    load = OmegaConf.load

    def looked(file):
        if hasattr(file, "read"):
            text = file.read(BYTES + 1)
            check(text, getattr(file, "name", "a file"))
            file.seek(0)
        return load(file)

    with instead(OmegaConf, "load", staticmethod(looked)):
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
    except yaml.YAMLError:
        return  # what is no YAML is told where it is read


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
