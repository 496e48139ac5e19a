"""A militant group: hosted by one side, it attacks the other."""

from dataclasses import dataclass

from sim.model.parameter import check, real, text


@dataclass(frozen=True)
class Militants:
    """Attacks as a Hawkes process with heavy-tailed deaths (Hawkes 1971; exact simulation: Dassios & Zhao 2013)."""

    name: str = text("militants", "what the story calls the group")
    rate: float = real(0.6, 0, 1e6, "attacks on average, those that others set off among them", unit="per year")
    offspring: float = real(0.2, 0, 0.999, "further attacks that one attack sets off, on average", unit="attacks")
    half_life: float = real(14.0, 0.001, 1e5, "half-life of that excitation", unit="days")
    deaths_least: float = real(6.0, 0, 1e6, "least dead in an attack that counts", unit="deaths")
    deaths_scale: float = real(6.0, 0, 1e6, "scale of the dead beyond that", unit="deaths")
    deaths_tail: float = real(
        1.4,
        0.2,
        100,
        "tail index of those (Lomax, rounded down)",
        source="Clauset, Young & Gleditsch (2007): density exponent 2.4",
    )
    deaths_most: float = real(
        1200.0, 0, 1e6, "most dead in an attack", unit="deaths", source="assumption: 7 October 2023, the most since 2001"
    )
    complicity: float = real(0.5, 0, 1, "probability that the host is of the kind that stands behind the group")
    direction: float = real(0.5, 0, 1, "share of the attacks that such a host directs")
    spoiling: float = real(
        0.5, 0, 100, "relative rise of the rate while the channel makes progress", source="sign: Kydd & Walter (2002)"
    )
    degradation: float = real(0.3, 0, 1, "share by which a strike that hits slows the group's next attack")
    radicalisation: float = real(
        0.01, 0, 10, "further attacks that each bystander killed sets off", unit="attacks per death",
        source="sign: Haushofer et al. (2010), Jaeger & Paserman (2008)",
    )  # fmt: skip

    def __post_init__(self) -> None:
        check(self)
