"""What the comparison with real crises is asked."""

from dataclasses import dataclass

from sim.design.options import Options
from sim.model.parameter import whole


@dataclass(frozen=True)
class TargetOptions(Options):
    """What ``targets`` is asked; and with ``accept``, which plausible numbers the targets accept."""

    accept: int = whole(
        0, 0, 2**16, "candidates over the plausible ranges that are held against the targets, in place of the table (0: none)",
        unit="candidates", source="",
    )  # fmt: skip
    accept_runs: int = whole(1000, 100, 10**6, "runs of each candidate", unit="runs", source="")
    vectors: int = whole(400, 40, 10**5, "accepted vectors that are written, at the most", unit="vectors", source="")
