"""What is asked of the known answers: how many runs of each limit, by which seed."""

from dataclasses import dataclass

from sim.design.options import MOST
from sim.model.parameter import check, real, text, whole


@dataclass(frozen=True)
class VerifyOptions:
    """What ``verify`` is asked."""

    seed: int = whole(1, 0, MOST, "the seed of all chances", source="")
    scale: float = real(1.0, 0.01, 1e4, "factor on the runs of every limit", source="")
    out: str = text("", "folder to write; empty: outputs/verify/known_answers-<what is asked>-<digest>")

    def __post_init__(self) -> None:
        check(self)
