"""What the comparison with real crises is asked."""

from dataclasses import dataclass

from sim.design.request import Request


@dataclass(frozen=True)
class TargetOptions(Request):
    """What ``targets`` is asked."""
