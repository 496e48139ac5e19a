"""A militant group: hosted by one side, it attacks the other."""

from dataclasses import dataclass

from sim.model.parameter import check, real, text


@dataclass(frozen=True)
class Militants:
    """Attacks as a Hawkes process with heavy-tailed deaths (Hawkes 1971; exact simulation: Dassios & Zhao 2013)."""

    name: str = text("militants", "what the story calls the group")
    rate: float = real(
        0.6,
        0,
        1e6,
        "attacks on average, those that others set off among them",
        unit="per year",
        plausible=(0.2, 1.6, "3 and 4 headline attacks in 6.3 years: 95 % intervals [.10, 1.4] and [.17, 1.6] a year"),
    )
    offspring: float = real(
        0.2, 0, 0.999, "further attacks that one attack sets off, on average", unit="attacks", plausible=(0.0, 0.4)
    )
    half_life: float = real(14.0, 0.001, 1e5, "half-life of that excitation", unit="days", plausible=(5.0, 40.0))
    deaths_least: float = real(6.0, 0, 1e6, "least dead in an attack that counts", unit="deaths", plausible=(3.0, 10.0))
    deaths_scale: float = real(6.0, 0, 1e6, "scale of the dead beyond that", unit="deaths", plausible=(3.0, 12.0))
    deaths_tail: float = real(
        1.4,
        0.2,
        100,
        "tail index of those (Lomax, rounded down)",
        source="Clauset, Young & Gleditsch (2007): density exponent 2.4",
        plausible=(1.1, 1.8, "assumption around 1.4: Clauset, Young & Gleditsch (2007)"),
    )
    deaths_most: float = real(
        1200.0,
        0,
        1e6,
        "most dead in an attack",
        unit="deaths",
        source="assumption: 7 October 2023, the most since 2001",
        plausible=(200.0, 3000.0),
    )
    complicity: float = real(
        0.5, 0, 1, "probability that the host is of the kind that stands behind the group", plausible=(0.0, 1.0)
    )
    direction: float = real(0.5, 0, 1, "share of the attacks that such a host directs", plausible=(0.0, 1.0))
    spoiling: float = real(
        0.5,
        0,
        100,
        "relative rise of the rate while the channel makes progress",
        source="sign: Kydd & Walter (2002)",
        plausible=(0.0, 1.5, "assumption; sign: Kydd & Walter (2002)"),
    )
    degradation: float = real(
        0.3, 0, 1, "share by which a strike that hits slows the group's next attack", plausible=(0.0, 0.6)
    )
    radicalisation: float = real(
        0.01, 0, 10, "further attacks that each bystander killed sets off", unit="attacks per death",
        source="assumption; sign disputed: Haushofer et al. (2010) find it, Jaeger & Paserman (2008) none",
        plausible=(0.0, 0.05))  # fmt: skip

    def __post_init__(self) -> None:
        check(self)
