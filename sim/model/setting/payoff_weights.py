"""What a run is worth to a side: the weights of its payoff, in units of one national killed."""

from dataclasses import dataclass

from sim.model.parameter import check, real


@dataclass(frozen=True)
class Weights:
    """Costs, all positive, but for ``degraded`` and ``force_gain``, gains. The default set counts lives first and war as ruin.

    The defaults are assumptions, chosen so that one strike suffered weighs as much as a headline attack, and a war as
    much as a thousand dead, which is where the Correlates of War project sees one begin and not what it costs.
    """

    death: float = real(1.0, 0, 1e9, "one of its nationals killed", unit="deaths", source="the unit")
    struck: float = real(10.0, 0, 1e9, "one strike suffered: sovereignty", unit="deaths")
    attacked: float = real(5.0, 0, 1e9, "one militant attack suffered, beside its dead", unit="deaths")
    rung_day: float = real(0.02, 0, 1e9, "one day at one rung of the crisis", unit="deaths")
    envoy_day: float = real(0.1, 0, 1e9, "one day without ambassadors", unit="deaths")
    audience: float = real(5.0, 0, 1e9, "backing down, per unit of pressure at home", unit="deaths")
    source: float = real(2.0, 0, 1e9, "one warning shared: sources exposed", unit="deaths")
    war: float = real(1000.0, 0, 1e9, "war", unit="deaths")
    force_suffered: float = real(0.0, 0, 1e9, "one day in which the other side's last decision stood at force", unit="deaths")
    force_gain: float = real(0.0, 0, 1e9, "gained by one day in which its own did: what coercion is worth to it", unit="deaths")
    force_both: float = real(0.0, 0, 1e9, "one day in which both did, beside those two", unit="deaths")
    degraded: float = real(5.0, 0, 1e9, "one hit on the group that attacks it", unit="deaths")

    def __post_init__(self) -> None:
        check(self)
