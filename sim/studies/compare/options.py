"""What ``compare`` may be asked, beside the question itself (``spec``)."""

from dataclasses import dataclass

from sim.design.options import DrawnOptions
from sim.model.parameter import real, whole


@dataclass(frozen=True)
class CompareOptions(DrawnOptions):
    """What ``compare`` is asked; outcome and alternatives stand in the group ``compare``. ``runs`` is what one look adds."""

    precision: float = real(
        0.0, 0, 1e9, "half width every interval of a difference must come below before it stops adding runs (0: one look)",
        unit="as the outcome", source="",
    )  # fmt: skip
    most_runs: int = whole(
        1_000_000, 1, 10**10, "runs of each alternative at which it stops in any case", unit="runs", source=""
    )
    report: int = whole(0, 0, 1, "1 or true: also write report.html", source="")
    points: int = whole(300, 0, 10**6, "points of the assumptions the report tries the ranking at (0: none)", source="")
    point_runs: int = whole(2000, 10, 10**7, "runs of each alternative at each of those points", unit="runs", source="")
