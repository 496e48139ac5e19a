"""A study of equilibria on disk: every pair of every game as one tidy table, and the answers as a summary."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from sim.games.alpha_rank import alpharank
from sim.games.bimatrix import Bimatrix
from sim.games.component import Component
from sim.statistics.intervals import clopper_pearson
from sim.storage import parquet
from sim.storage.provenance import provenance
from sim.studies.equilibrium.bootstrap_profile import BootstrapProfile
from sim.studies.equilibrium.fixed_vs_equilibrium import Grid, SolvedGame
from sim.studies.equilibrium.game_spec import GameSpec
from sim.studies.equilibrium.noise_threshold import threshold_of
from sim.studies.equilibrium.options import EquilibriumOptions
from sim.studies.equilibrium.search import Search
from sim.studies.equilibrium.weight_sensitivity import Swayed, WeightSensitivity

TIDY = (
    ("mechanism", pa.string(), "", "the mechanism of the game"),
    ("noise", pa.float64(), "as the field", "value of the fields that are varied; null where none is"),
    ("a", pa.string(), "", "strategy of a"),
    ("b", pa.string(), "", "strategy of b"),
    ("quantity", pa.string(), "", "payoff_a, payoff_b, peak>=r, the share of resamples in which the pair is an equilibrium, or "
     "its alpha-rank"),
    ("value", pa.float64(), "as the quantity", "the estimate"),
    ("low", pa.float64(), "as the quantity", "lower end of the 95 % interval"),
    ("high", pa.float64(), "as the quantity", "upper end of the 95 % interval"),
    ("n", pa.int64(), "runs", "runs of the pair"),
)  # fmt: skip


def table(grid: Grid) -> pa.Table:
    """A row for each game, pair of strategies and quantity."""
    listed = [row for games in grid for one in games for row in _rows(one)]
    columns = [
        pa.array([_null(x) for x in values], kind)
        for values, (_, kind, *_) in zip(zip(*listed, strict=True), TIDY, strict=True)
    ]
    return pa.table(columns, schema=pa.schema([parquet.field(*column) for column in TIDY]))


def summary(grid: Grid, spec: GameSpec, options: EquilibriumOptions, swayed: Swayed, sought: Sequence[Search]) -> dict:
    """The answers as plain data."""
    about = {
        "experiment": "equilibrium", "seed": options.seed, "runs": options.runs, "interval": "95 %", "rung": options.rung,
        "varied": spec.varied, "strategies": spec.menus._asdict(), "case": options.case.words, "made by": provenance(),
    }  # fmt: skip
    if spec.varied:
        about["stops"] = [_stops(games, options) for games in grid]
    about["games"] = [_summed(one, options) for games in grid for one in games]
    about["weights"] = [_swayed(games[0], weights) for games, weights in zip(grid, swayed, strict=True)]
    about["search"] = [_sought(name, one) for name, one in zip(spec.mechanisms, sought, strict=False)]
    return about


def _stops(games: Sequence[SolvedGame], options: EquilibriumOptions) -> dict:
    """Over which noise what is watched is an equilibrium, and leaves nobody more than the gain asked about."""
    return {"mechanism": games[0].mechanism, "watched": {
        name: {words: [[_null(x) for x in triple] for triple in threshold_of(games, name, allowed)]
               for words, allowed in (("equilibrium from, until", 0.0), (f"within {options.gain:g} from, until", options.gain))}
        for name in games[0].answer.watched}}  # fmt: skip


def _swayed(one: SolvedGame, weight_sensitivities: Sequence[WeightSensitivity]) -> dict:
    """What weights do to the likeliest equilibrium, factor by factor."""
    game = one.answer.game
    return {
        "mechanism": one.mechanism,
        "weights": {
            sensitivity.weight: {
                f"x {factor:g}": {"a": game.rows[i], "b": game.columns[j], "share of the first": float(shares[0])}
                for factor, (i, j), shares in zip(sensitivity.factors, sensitivity.likeliest, sensitivity.shares, strict=True)
            }
            for sensitivity in weight_sensitivities
        },
    }


def _sought(mechanism: str, one: Search) -> dict:
    """Where the search for deviations ended."""
    best_responses = [[reply._asdict() for reply in listed] for listed in (one.best_responses, one.left)]
    return {"mechanism": mechanism, "joined": best_responses[0], "regret left": best_responses[1], "reached": one.reached,
            "peaks": one.bootstrap_profile.peaks, "menus": one.menus}  # fmt: skip


def _rows(one: SolvedGame) -> Iterator[tuple]:
    """Every row of one game."""
    game, cells = one.answer.game, one.cells
    ranks = alpharank(game)
    for (i, j), runs in np.ndenumerate(cells.runs):
        head = (one.mechanism, one.noise, game.rows[i], game.columns[j])
        for k, side in enumerate("ab"):
            yield *head, f"payoff_{side}", (game.a, game.b)[k][i, j], *cells.ends[:, k, i, j], runs
        for rung in range(1, 10):
            p = clopper_pearson(round(float(cells.peaks[i, j, rung - 1])), int(runs))
            yield *head, f"peak>={rung}", *p, runs
        yield *head, "equilibrium", one.answer.shares[i, j], None, None, runs
        yield *head, "alpha-rank", ranks[i, j], None, None, runs


def _summed(one: SolvedGame, options: EquilibriumOptions) -> dict:
    """A game's lines in the summary."""
    solution = one.answer.solution
    return {
        "mechanism": one.mechanism,
        "noise": one.noise,
        "complete": solution.complete,
        "may be missing": solution.missing,
        "degenerate": solution.degenerate,
        "duplicates": [[[names[k] for k in group] for group in side if len(group) > 1] for side, names in
                  zip(solution.duplicates, (one.answer.game.rows, one.answer.game.columns), strict=True)],
        "dominated": [gone._asdict() for gone in solution.dominated],
        "equilibria": [stood(each, one.answer.game, options) for each in one.answer.equilibria],
        "components": [_spanned(each) for each in one.answer.components],
        "watched": {name: stood(each, one.answer.game, options) for name, each in one.answer.watched.items()},
        "best deviations": {name: deviation._asdict() for name, deviation in one.profitable_deviations.items()},
        "policies fixed": stood(one.fixed, one.answer.game, options),
        "policies re-chosen": [stood(each, one.answer.game, options) for each in one.chosen],
        "spent": one.spent._replace(bound=_null(one.spent.bound))._asdict(),
    }  # fmt: skip


def _spanned(one: Component) -> dict:
    """A component's lines in the summary: the numbers, from 0, of its equilibria in the list above, and what they pay."""
    (low_a, high_a), (low_b, high_b) = one.payoffs
    return {"equilibria": one.equilibria, "maximal Nash subsets": one.subsets,
            "payoffs": {"a": [low_a, high_a], "b": [low_b, high_b]}}  # fmt: skip


def stood(one: BootstrapProfile, game: Bimatrix, options: EquilibriumOptions) -> dict:
    """A profile's lines in the summary."""
    weights = [{name: float(w) for name, w in zip(names, side, strict=True) if w > 0}
               for names, side in ((game.rows, one.x), (game.columns, one.y))]  # fmt: skip
    return {
        "a": weights[0],
        "b": weights[1],
        "payoffs": one.payoffs,
        "regrets": one.regrets,
        "regrets, held out": one.held_out,
        "margins": [[_null(x) for x in triple] for triple in one.margins],
        "equilibrium in resamples": _null(one.share),
        f"within {options.gain:g} in resamples": one.near,
        "peaks": one.peaks,
        "runs": one.runs,
    }


def _null(value: Any) -> Any:
    """None for a number that is not one, or not finite."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
