"""The commands of ``sim.studies.registry``, by name."""

from sim.studies import registry
from sim.studies.command import Command


def loaded(name: str) -> Command:
    """The command called ``name``, one of the registry's."""
    return registry.command(name)


def options() -> dict[str, type]:
    """The dataclass of what each command may be asked."""
    return {name: loaded(name).options for name in registry.STUDIES}
