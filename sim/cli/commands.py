"""The commands of ``sim.studies.registry``, by name."""

import importlib.util
from functools import cache

from sim.design.paths import EXPERIMENTS
from sim.studies import registry
from sim.studies.command import Command


@cache
def loaded(name: str) -> Command:
    """The command called ``name``, one of the registry's."""
    if importlib.util.find_spec(f"sim.studies.{registry.STUDIES[name].folder}.command"):
        return registry.command(name)
    spec = importlib.util.spec_from_file_location(f"escalation_{name}", EXPERIMENTS / f"{name}.py")
    if spec is None or spec.loader is None:
        raise ImportError(f"{name} is no experiment")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    kind = next(one for key, one in vars(module).items() if key.endswith(("Request", "Options")))
    return Command(name, kind, finish=module.finish, given=getattr(module, "given", list))


def options() -> dict[str, type]:
    """The dataclass of what each command may be asked."""
    return {name: loaded(name).options for name in registry.STUDIES}
