"""What a run is worth to a side: the weights of its payoff, in units of one national killed."""

from dataclasses import dataclass

from sim.model.parameter import SWITCH, UNIT, check, real


@dataclass(frozen=True)
class Weights:
    """Costs, all positive, but for ``degraded`` and ``force_gain``, gains. The default set counts lives first and war as ruin.

    The defaults are assumptions, chosen so that one strike suffered weighs as much as a headline attack, and a war as
    much as a thousand dead, which is where the Correlates of War project sees one begin and not what it costs.
    """

    death: float = real(1.0, 0, 1e9, "one of its nationals killed", unit="deaths", source="the unit", plausible=UNIT)
    struck: float = real(10.0, 0, 1e9, "one strike suffered: sovereignty", unit="deaths", plausible=(3.0, 30.0))
    attacked: float = real(5.0, 0, 1e9, "one militant attack suffered, beside its dead", unit="deaths", plausible=(1.5, 15.0))
    rung_day: float = real(0.02, 0, 1e9, "one day at one rung of the crisis", unit="deaths", plausible=(0.005, 0.1))
    envoy_day: float = real(0.1, 0, 1e9, "one day without ambassadors", unit="deaths", plausible=(0.02, 0.5))
    audience: float = real(5.0, 0, 1e9, "backing down, per unit of pressure at home", unit="deaths", plausible=(1.0, 20.0))
    source: float = real(2.0, 0, 1e9, "one warning shared: sources exposed", unit="deaths", plausible=(0.5, 8.0))
    war: float = real(
        1000.0,
        0,
        1e9,
        "war",
        unit="deaths",
        plausible=(300.0, 10000.0, "assumption: from the smallest war to one that ruins a state"),
    )
    force_suffered: float = real(
        0.0, 0, 1e9, "one day in which the other side's last decision stood at force", unit="deaths", plausible=SWITCH
    )
    force_gain: float = real(
        0.0, 0, 1e9, "gained by one day in which its own did: what coercion is worth to it", unit="deaths", plausible=SWITCH
    )
    force_both: float = real(0.0, 0, 1e9, "one day in which both did, beside those two", unit="deaths", plausible=SWITCH)
    degraded: float = real(5.0, 0, 1e9, "one hit on the group that attacks it", unit="deaths", plausible=(1.0, 15.0))

    def __post_init__(self) -> None:
        check(self)
