"""Over which noise both playing a strategy is an equilibrium, as text."""

from collections.abc import Sequence

import numpy as np

from sim.games.regret import Triple
from sim.plotting.numbers import plain, share
from sim.studies.equilibrium.fixed_vs_equilibrium import Grid, SolvedGame
from sim.studies.equilibrium.noise_threshold import NoiseThreshold, threshold_of
from sim.studies.equilibrium.options import EquilibriumOptions


def noise_table(grid: Grid, options: EquilibriumOptions) -> list[tuple[str, ...]]:
    """A head and a row for each mechanism, watched strategy and value of the noise."""
    rows: list[tuple[str, ...]] = [("mechanism", "both play", "P(equil.) at each", "larger regret at each",
             "an equilibrium", f"within {options.gain:g}")]  # fmt: skip
    for games in grid:
        for name in games[0].answer.watched:
            stood = [one.answer.watched[name] for one in games]
            rows.append((
                games[0].mechanism.replace("_", " "),
                name,
                " ".join(share(one.share) for one in stood),
                " ".join(plain(one.regret[0], int(one.regret[0] < 10)) for one in stood),
                held(games, name),
                held(games, name, options.gain),
            ))  # fmt: skip
    return rows


def held(games: Sequence[SolvedGame], name: str, allowed: float = 0.0) -> str:
    """Over which noise both playing ``name`` is an equilibrium, or leaves nobody more than ``allowed`` to gain."""
    threshold = threshold_of(games, name, allowed)
    later = any(one.noise > threshold.stop[0] and one.answer.leeway[name][0] + allowed >= 0 for one in games)
    return spell(threshold, games) + (", and again later" if later else "")


def spell(threshold: NoiseThreshold, games: Sequence[SolvedGame]) -> str:
    """Over which noise a profile holds: "until .301 [.297, .304]", "from .05 [.04, .06] on", "never"."""
    low, high = games[0].noise, games[-1].noise
    if np.isinf(threshold.start[0]):
        return "never"
    begins = "" if threshold.start[0] <= low else f"from {over(threshold.start, low, high)}"
    if np.isinf(threshold.stop[0]):
        return f"{begins} on" if begins else f"at all, up to {high:g}"
    if not begins and max(threshold.stop) <= low:
        return f"at {low:g} alone"
    return f"{begins} until {over(threshold.stop, low, high)}".strip()


def over(triple: Triple, low: float, high: float) -> str:
    """A value of the noise with its interval, whose ends may lie beyond the values looked at."""
    value, *ends = triple
    shown = [f"<{low:g}" if one < low else f">{high:g}" if one > high else f"{one:.3g}" for one in ends]
    return f"{value:.3g} [{shown[0]}, {shown[1]}]"
