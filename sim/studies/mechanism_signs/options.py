"""What ``signs`` may be asked."""

from dataclasses import dataclass

from sim.design.options import Options
from sim.model.parameter import whole


@dataclass(frozen=True)
class SignsOptions(Options):
    """What ``signs`` is asked."""

    rung: int = whole(7, 1, 9, "rung whose probability the signs are about", unit="rung", source="")
