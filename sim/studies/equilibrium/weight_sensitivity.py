"""Which payoff weights flip what is an equilibrium? A payoff is linear in its weights, so no run is played again."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.games.bimatrix import place_of_largest
from sim.model.setting.payoff_weights import Weights
from sim.runs.progress_bar import bar
from sim.studies.equilibrium.bootstrap_profile import equilibrium_shares, resampled
from sim.studies.equilibrium.payoffs import WEIGHTS, Table, reweighted

FACTORS = (0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


class WeightSensitivity(NamedTuple):
    """What becomes of the equilibria as one weight is multiplied."""

    weight: str
    value: float  # as configured
    factors: tuple[float, ...]
    likeliest: list[
        tuple[int, int]
    ]  # [factors] the pure profile (i, j) that is most often an equilibrium when runs are resampled
    shares: np.ndarray  # [factors, profiles] share of resamples in which each profile asked about is an equilibrium

    def flips(self) -> tuple[float | None, float | None]:
        """The factors nearest to 1, below and above, at which another pure profile is the likeliest; None where none is."""
        base = self.likeliest[self.factors.index(1.0)]
        other = [f for f, one in zip(self.factors, self.likeliest, strict=True) if one != base]
        return max((f for f in other if f < 1), default=None), min((f for f in other if f > 1), default=None)


Swayed = list[list[WeightSensitivity]]  # of each game's weights


def weight_sensitivities(
    table: Table,
    weights: Weights,
    profiles: Sequence[tuple[int, int]],
    resamples: int,
    seed: int,
    factors: Sequence[float] = FACTORS,
) -> list[WeightSensitivity]:
    """One for every weight: each multiplied alone, all else as in ``weights``; ``profiles`` are pairs (i, j).

    A multiple may lie beyond the bounds of a configured weight: nothing is played with it.
    """
    sensitivities, now = [], {name: getattr(weights, name) for name in WEIGHTS}
    with bar(total=len(now) * len(factors), desc="weights", unit=" games") as shown:
        for name, value in now.items():
            best, shares = [], []
            for factor in factors:
                drawn = resampled(reweighted(table, now | {name: value * factor}), resamples, seed)
                every = equilibrium_shares(*drawn[:2])
                best.append(place_of_largest(every))
                shares.append([every[pair] for pair in profiles])
                shown.update()
            sensitivities.append(WeightSensitivity(name, value, tuple(factors), best, np.array(shares)))
    return sensitivities
