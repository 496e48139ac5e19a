"""Hydra's own settings stay as they are: some would have it call functions, set variables of the environment or write files.

A stranger's file can reach them (``# @package _global_``), so they are looked at whenever Hydra has composed a configuration,
before it acts on one. Hydra has no place for that (its callbacks stand in the very settings), so its loader is wrapped.
"""

from contextlib import contextmanager

from hydra._internal.config_loader_impl import ConfigLoaderImpl
from omegaconf import OmegaConf

from sim.config import Refusal
from sim.instead import instead
from sim.line import one_line

CORE = "hydra._internal.core_plugins"
SILENT = {"version": 1, "root": None, "disable_existing_loggers": False}
SETTLED = {
    "launcher": {"_target_": f"{CORE}.basic_launcher.BasicLauncher"},
    "sweeper._target_": f"{CORE}.basic_sweeper.BasicSweeper",
    "callbacks": {},
    "hydra_logging": SILENT,
    "job_logging": SILENT,
    "job.env_set": {},
    "job.env_copy": [],
    "job.chdir": None,
    "run.dir": ".",
    "output_subdir": None,
}


@contextmanager
def settled():
    """Refuse configurations that change what Hydra does, as soon as it has composed them."""
    load = ConfigLoaderImpl.load_configuration

    def looked(*arguments, **options):
        composed = load(*arguments, **options)
        check(composed)
        return composed

    with instead(ConfigLoaderImpl, "load_configuration", looked):
        yield


def check(composed):
    """Raise ``Refusal`` where one of the settled settings is another."""
    lines = []
    for key, value in SETTLED.items():
        found = OmegaConf.select(composed, f"hydra.{key}")
        found = OmegaConf.to_container(found, resolve=False) if OmegaConf.is_config(found) else found
        if found != value:
            lines.append(f"hydra.{key} must stay {one_line(repr(value))}, got {one_line(repr(found))}")
    if lines:
        raise Refusal(*lines)
