"""What ``sensitivity`` may be asked, beside the block ``assumptions``."""

from dataclasses import dataclass

from sim.design.options import Options
from sim.model.parameter import text, whole


@dataclass(frozen=True)
class SensitivityOptions(Options):
    """What ``sensitivity`` is asked, beside the block ``assumptions``. ``runs`` are those of each point of the indices."""

    outcome: str = text("peak>=7", "peak>=r, a time (reached by the horizon), or a count (its mean)")
    difference: int = whole(0, 0, 1, "1: the difference the mechanism makes to it, against none", source="")
    power: int = whole(8, 2, 16, "2^power points in the sample of Sobol indices, times the number of fields + 2", source="")
    points: int = whole(300, 20, 10**6, "points in the sample over which mechanisms are ranked", unit="points", source="")
    ranking_runs: int = whole(2000, 1, 10**9, "runs of each mechanism at each of those points", unit="runs", source="")
