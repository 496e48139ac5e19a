"""What an equilibrium study is asked: how many runs, how sure, whose escalation, and whether to look beyond the menus."""

from dataclasses import dataclass

from sim.design.options import Options
from sim.model.parameter import real, whole


@dataclass(frozen=True)
class EquilibriumOptions(Options):
    """What ``equilibrium`` is asked, beside menus, mechanisms and noise."""

    runs: int = whole(10_000, 100, 10**10, "runs of each pair of strategies, at first", unit="runs", source="")
    budget: int = whole(
        200_000,
        0,
        10**10,
        "most further runs of each game, for the pairs that decide what is an equilibrium",
        unit="runs",
        source="",
    )
    resamples: int = whole(400, 40, 10**5, "resamples of the bootstrap behind every interval", source="")
    rung: int = whole(7, 1, 9, "rung whose probability is what escalation costs", unit="rung", source="")
    search: int = whole(0, 0, 1, "1 or true: look for deviations over the strategies' numbers too", source="")
    gain: float = real(1.0, 0, 1e9, "gain from a deviation below which the search stops", unit="payoff", source="")
    report: int = whole(0, 0, 1, "1 or true: also write report.html", source="")
