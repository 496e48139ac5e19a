"""What ``play`` may be asked."""

from dataclasses import dataclass

from sim.design.options import MOST, Options
from sim.model.parameter import whole


@dataclass(frozen=True)
class PlayOptions(Options):
    """What ``play`` is asked."""

    run: int = whole(0, 0, MOST, "number of the run that is told", unit="runs", source="")
