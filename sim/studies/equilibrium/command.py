"""The command ``equilibrium``."""

import re
from typing import Any

from sim.design.errors import InputError
from sim.studies.command import Asked, Command
from sim.studies.equilibrium.options import EquilibriumOptions
from sim.studies.result import Result

BLOCKS = ("strategies", "mechanisms", "noise", "search_over")


def given(arguments: list[str]) -> list[str]:
    """The command line with ``mechanism=none,hotline`` as the list it means: each mechanism is a game, all in one study.

    One mechanism is a list of one, unless ``mechanisms`` says otherwise. In a multirun each job has one mechanism, its own.
    """
    alone = not any(one.startswith("mechanisms=") for one in arguments)
    listed = re.compile(r"mechanism=([\w.-]+(?:,[\w.-]+)" + ("*)" if alone else "+)"))
    if {"-m", "--multirun"} & {*arguments}:
        chosen = {one.split("=", 1)[0] for one in arguments}
        return [*arguments, "mechanisms=[]"] if "mechanism" in chosen and "mechanisms" not in chosen else arguments
    return [f"mechanisms=[{names[1]}]" if (names := listed.fullmatch(one)) else one for one in arguments]


def ready(job: Any) -> Asked:
    """The question of a job: its games. The blocks are read apart from the options."""
    from sim.studies.equilibrium.game_spec import composed, overruled

    mapping = {name: value for name, value in job.mapping.items() if name not in BLOCKS}
    for name in ("report", "search"):  # which may be true or false
        if isinstance(mapping.get(name), bool):
            mapping[name] = int(mapping[name])
    options = job._replace(mapping=mapping).asked(EquilibriumOptions)[1]
    spec = composed(job.mapping, job.recomposed)
    if lines := overruled(spec, job.given):
        raise InputError(*lines)

    def compute() -> Result:
        from sim.studies.equilibrium.compute import equilibrium

        return equilibrium(spec, options, job.given)

    return Asked(options, (spec.games, spec.menus._asdict()), compute, spec.mechanisms)


COMMAND = Command("equilibrium", EquilibriumOptions, ready, given=given)
