"""What ``explore`` may be asked."""

import dataclasses
from dataclasses import dataclass

from sim.design.case import Case
from sim.model.parameter import check, text, whole

MOST_SEED = 10**15  # JavaScript tells whole numbers apart up to nine times that


@dataclass(frozen=True)
class ExploreOptions:
    """What ``explore`` is asked."""

    seed: int = whole(1, 0, MOST_SEED, "the seed of all chances the page opens with", source="")
    run: int = whole(0, 0, 10**9, "number of the run that is told first", unit="runs", source="")
    out: str = text("", "file to write, which ends in .html; empty: outputs/explore/<scenario>.html")
    case: Case = dataclasses.field(default=Case(), compare=False)

    def __post_init__(self) -> None:
        check(self)
