"""Policies fixed and policies re-chosen as text, mechanism by mechanism, and the weights that flip an equilibrium."""

import math
from collections.abc import Iterator

from sim.games.bimatrix import Bimatrix
from sim.games.regret import Triple
from sim.plotting.numbers import NONE, bracketed, listed, share
from sim.studies.equilibrium.fixed_vs_equilibrium import Grid, SolvedGame
from sim.studies.equilibrium.game_table import strategies
from sim.studies.equilibrium.options import EquilibriumOptions
from sim.studies.equilibrium.weight_sensitivity import FACTORS, Swayed

TRIED = listed([f"{factor:g}".removeprefix("0") or "0" for factor in FACTORS if factor != 1.0])
SWAYED = f"Which payoff weights flip the likeliest pure equilibrium (each alone, of the factors {TRIED})"


def effects(rung: int) -> str:
    """The heading of the table of effects on P(peak >= rung)."""
    return f"P(peak>={rung}), %, with policies fixed and with policies re-chosen"


def effect_table(grid: Grid, options: EquilibriumOptions) -> list[tuple[str, ...]]:
    """A head and a row a mechanism: P(peak) with policies fixed, re-chosen, and at the likeliest equilibrium."""
    rows: list[tuple[str, ...]] = [
        ("mechanism", "policies fixed", "re-chosen", "re-chosen a, b", "equilibrium", "equilibrium a, b", "P(equil.)")
    ]
    for games in grid:
        one = games[0]
        game = one.answer.game
        ends = [dict.fromkeys(names[k[s]] for k in one.end.profiles) for s, names in enumerate((game.rows, game.columns))]
        rows.append((
            one.mechanism.replace("_", " "),
            bracketed(one.fixed.peaks[options.rung - 1], 100),
            bracketed(one.peak(options.rung), 100),
            ", ".join(" / ".join(names) for names in ends),
            bracketed(one.expected.peaks[options.rung - 1], 100),
            f"{strategies(one.expected.x, game.rows)}, {strategies(one.expected.y, game.columns)}",
            NONE if math.isnan(one.expected.share) else share(one.expected.share),
        ))  # fmt: skip
    return rows


def sentences(grid: Grid, options: EquilibriumOptions) -> Iterator[str]:
    """What the table of effects shows, mechanism by mechanism where policies change."""
    first = grid[0][0]
    game = first.answer.game
    yield (
        f"Policies fixed are those of the likeliest equilibrium under {first.mechanism.replace('_', ' ')} (a "
        f"{game.rows[first.start[0]]}, b {game.columns[first.start[1]]}); re-chosen are those where best replies lead from "
        "there, as far as these runs resolve that a move pays; the equilibrium is that of the mean payoffs, resolved or not."
    )
    for games in grid[1:]:
        said = equilibrium_response(first, games[0], options.rung)
        if said:
            yield said


def equilibrium_response(first: SolvedGame, one: SolvedGame, rung: int) -> str:
    """What re-choosing makes of a mechanism's effect, where the intervals tell it."""
    name = one.mechanism.replace("_", " ")
    base, fixed, chosen = first.fixed.peaks[rung - 1], one.fixed.peaks[rung - 1], one.peak(rung)
    if not one.end.settled:
        return f"Under {name} best replies go round in a cycle of {len(one.end.profiles)}."
    i, j = one.end.profiles[0]
    to = f"a to {one.answer.game.rows[i]}, b to {one.answer.game.columns[j]}"
    if chosen[1] > fixed[2]:
        gone = " what it had gained is lost" if chosen[1] > base[1] else " part of what it had gained is lost"
        worse = " it ends above where it was without" if chosen[1] > base[2] else gone
        return f"Moral hazard: under {name} policies re-chosen ({to}) raise it from {pct(fixed)} to {pct(chosen)} %;{worse}."
    if chosen[2] < fixed[1]:
        return (
            f"Under {name} policies re-chosen ({to}) lower it further, from {pct(fixed)} to {pct(chosen)} %: milder ones pay."
        )
    return ""


def pct(triple: Triple) -> str:
    """A probability and its interval in per cent."""
    return bracketed(triple, 100)


def weight_table(grid: Grid, swayed: Swayed) -> list[tuple[str, ...]]:
    """A head and a row for each mechanism and each weight that flips its likeliest pure equilibrium."""
    rows: list[tuple[str, ...]] = [("mechanism", "equilibrium", "weight", "as configured", "flips at x", "to")]
    for games, weight_sensitivities in zip(grid, swayed, strict=True):
        name, game = games[0].mechanism.replace("_", " "), games[0].answer.game
        base = weight_sensitivities[0].likeliest[weight_sensitivities[0].factors.index(1.0)]
        lines = [
            (
                name,
                pair(game, base),
                sensitivity.weight,
                f"{sensitivity.value:g}",
                f"{factor:g}",
                pair(game, sensitivity.likeliest[sensitivity.factors.index(factor)]),
            )
            for sensitivity in weight_sensitivities
            for factor in sensitivity.flips()
            if factor is not None
        ]
        rows += lines or [(name, pair(game, base), "none of them", NONE, NONE, NONE)]
    return rows


def pair(game: Bimatrix, profile: tuple[int, int]) -> str:
    """A pure profile in words."""
    return f"{game.rows[profile[0]]}, {game.columns[profile[1]]}"
