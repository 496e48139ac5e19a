"""What ``replay`` may be asked."""

from dataclasses import dataclass

from sim.design.options import MOST
from sim.model.parameter import check, text, whole


@dataclass(frozen=True)
class ReplayOptions:
    """What ``replay`` is asked."""

    study: str = text("", "folder of the study")
    cell: int = whole(0, 0, MOST, "number of the cell", source="")
    run: int = whole(0, 0, MOST, "number of the run", source="")
    everything: int = whole(0, 0, 1, "1: also tell what came to nothing, such as failed tries at talks", source="")

    def __post_init__(self) -> None:
        check(self)
