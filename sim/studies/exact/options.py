"""What the exact solver is asked."""

from dataclasses import dataclass

from sim.design.options import Options
from sim.model.parameter import whole


@dataclass(frozen=True)
class ExactOptions(Options):
    """What ``exact`` is asked. The seed and the threads are those of the runs played beside it."""

    most_states: int = whole(20_000, 1, 10**7, "states at which it gives up", unit="states", source="")
    runs: int = whole(
        0, 0, 10**10, "runs of the compiled clock to set beside the exact answer (0: none)", unit="runs", source=""
    )
