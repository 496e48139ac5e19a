"""What the comparison with real crises is asked."""

from dataclasses import dataclass

from sim.design.options import Options


@dataclass(frozen=True)
class TargetOptions(Options):
    """What ``targets`` is asked."""
