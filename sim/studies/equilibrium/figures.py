"""The figures of an equilibrium study, each on its own page."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from sim.games.alpha_rank import alpharank
from sim.games.bimatrix import spans
from sim.games.quantal_response import quantal_path
from sim.games.regret import regrets
from sim.plotting.names import readable, shown
from sim.plotting.panel_grid import key, panel_grid, small_print
from sim.plotting.style import INK, TEXT, looks
from sim.studies.equilibrium.fixed_vs_equilibrium import Grid, SolvedGame
from sim.studies.equilibrium.game_spec import GameSpec
from sim.studies.equilibrium.moral_hazard import CHOSEN, FIXED, PLAYED, response_rows
from sim.studies.equilibrium.noise_figure import noise_figure, note
from sim.studies.equilibrium.options import EquilibriumOptions
from sim.studies.equilibrium.payoff_map import legend_text, path_lines, payoff_map, rising
from sim.studies.equilibrium.phase_portrait import leading, square, triangles

END = "where it is when a gap of a hundredth of the range of payoffs has multiplied odds by e²⁰"
DYNAMICS = "Replicator dynamics (Taylor 1979)."
PRECISE = 5000.0  # the logit path is drawn up to this precision, in one over the range of payoffs


def figures(grid: Grid, spec: GameSpec, options: EquilibriumOptions) -> dict[str, Figure]:
    """The figures by name: policies fixed and re-chosen, over the noise, every game; dynamics and logit path of the first."""
    grid = [[named(one) for one in games] for games in grid]
    firsts = [games[0] for games in grid]
    drawn = {"choice": fixed_vs_equilibrium_figure(firsts, options, at(spec))} if len(grid) > 1 else {}
    if spec.varied:
        drawn["noise"] = noise_figure(grid, spec, options)
    said = note(options, at(spec))
    for one in firsts:
        drawn[f"payoffs_{one.mechanism}"] = payoff_figure(one, said, spec.unit)
    drawn["replicator"] = replicator_figure(firsts[0], said)
    drawn["quantal"] = quantal_figure(firsts[0], said, spec.unit)
    return drawn


def named(one: SolvedGame) -> SolvedGame:
    """A ``SolvedGame`` whose strategies are named as a figure shows them."""
    game = one.answer.game
    rows, columns = (tuple(map(shown, names)) for names in (game.rows, game.columns))
    return one._replace(answer=one.answer._replace(game=game._replace(rows=rows, columns=columns)))


def at(spec: GameSpec) -> str:
    """At which noise a figure stands, where it is varied."""
    return f"At {readable(spec.varied)} = {spec.noise[0]:g}." if spec.varied else ""


def under(mechanism: str) -> str:
    """The mechanism of a game, for a title."""
    return "without a mechanism" if mechanism == "none" else f"under {shown(mechanism)}"


def fixed_vs_equilibrium_figure(firsts: Sequence[SolvedGame], options: EquilibriumOptions, where: str) -> Figure:
    """Policies fixed and policies re-chosen."""
    figure, (axes,) = panel_grid("What would both sides play, and what does that do to escalation?", (0.46 * len(firsts),))
    key(figure, [("● policies fixed", FIXED), ("■ policies re-chosen", CHOSEN), ("◆ equilibria", PLAYED)])
    response_rows(axes, firsts, options.rung)
    game, (i, j) = firsts[0].answer.game, firsts[0].start
    kept = f"Fixed: a {game.rows[i]}, b {game.columns[j]}, the likeliest equilibrium {under(firsts[0].mechanism)} (dashed)."
    words = (kept, "Re-chosen: where best replies that the runs resolve lead from there. Right: the likeliest equilibrium "
             "(share of resamples in which it is one); hollow below .95: the runs do not tell. 95 % intervals.")  # fmt: skip
    small_print(figure, note(options, where, *words))
    return figure


def payoff_figure(one: SolvedGame, said: str, unit: str) -> Figure:
    """What a gets and what b gets, side by side, in ``unit``; ``said`` begins the small print."""
    m = len(one.answer.game.rows)
    tall = 0.28 * m if m > 6 else 0.4 * m
    figure, panels = panel_grid(f"What does each pair of policies pay, {under(one.mechanism)}?", (tall,), (1.0, 1.0))
    for side, axes in enumerate(panels):
        payoff_map(axes, one.answer.game, side, one.answer.equilibria, "b plays", "" if side else "a plays")
        if side:
            axes.set_yticklabels([])
        axes.set_title(f"to {'ab'[side]}, in {unit}", loc="left", fontsize=TEXT, color=INK, pad=4)
    small_print(figure, f"{said} {legend_text(one.answer.game)}")
    return figure


def replicator_figure(one: SolvedGame, said: str) -> Figure:
    """The phase portrait of the first game, over the strategies in which evolution spends its time."""
    game = one.answer.game
    ranks = alpharank(game)
    m, n = game.a.shape
    asked = f"Where does it lead if what does better spreads, {under(one.mechanism)}?"
    some = "" if max(m, n) <= 3 else " Strategies shown: those with the highest alpha-rank."
    if min(m, n) >= 3:
        rows, columns = leading(ranks.sum(1), 3), leading(ranks.sum(0), 3)
        figure, (left, right) = panel_grid(asked, (2.9,), (1.0, 1.0))
        triangles(left, right, game, rows, columns)
        small_print(figure, f"{said} {DYNAMICS} A colour a start: circle, the same mixture on both sides; square: {END}.{some}")
        return figure
    if min(m, n) == 1:
        return replicator_line(one, asked, said)
    figure, (axes,) = panel_grid(asked, (3.4,))
    square(axes, game, leading(ranks.sum(1), 2), leading(ranks.sum(0), 2))
    small_print(figure, f"{said} {DYNAMICS} Circles: starts; squares: {END}; arrows: the way from anywhere.{some}")
    return figure


def replicator_line(one: SolvedGame, asked: str, said: str) -> Figure:
    """Weights over time where one side has no choice."""
    from sim.games.replicator import ENOUGH, trajectory

    game = one.answer.game
    m, n = game.a.shape
    x, y = trajectory(game, np.full(m, 1 / m), np.full(n, 1 / n))
    weights, names = (x, game.rows) if m > n else (y, game.columns)
    figure, (axes,) = panel_grid(asked)
    path_lines(axes, ENOUGH * np.linspace(0.0, 1.0, len(weights))[1:] ** 4, names, weights[1:], "time", looks(names))
    small_print(figure, f"{said} {DYNAMICS}")
    return figure


def quantal_figure(one: SolvedGame, said: str, unit: str) -> Figure:
    """The logit path of the first game: from play at random to an equilibrium."""
    game = one.answer.game
    path = quantal_path(game, PRECISE / max(spans(game)))
    figure, panels = panel_grid(
        f"What do sides play that err the less the more it costs, {under(one.mechanism)}?", (1.9,), (1.0, 1.0)
    )
    every = list(dict.fromkeys((*game.rows, *game.columns)))
    tints = dict(zip(every, looks(every), strict=True))
    for k, (axes, names, shares) in enumerate(zip(panels, (game.rows, game.columns), (path.x, path.y), strict=True)):
        precision, weights = rising(path.precision[1:], shares[1:])
        path_lines(axes, precision, names, weights, f"precision, per {unit[:-1]}", [tints[name] for name in names])
        axes.set_title(f"{'ab'[k]} plays", loc="left", fontsize=TEXT, color=INK, pad=4)
    left = max(map(float, regrets(game.a, game.b, path.x[-1], path.y[-1])))
    words = (
        "Logit quantal response, principal branch (McKelvey & Palfrey 1995): left is play at random; at the right end nobody "
        f"gains more than {left:.2g} {unit} by leaving. A colour a strategy."
    )
    jumps = " Where a line breaks the branch folds back, and play jumps." if (np.diff(path.precision) < 0).any() else ""
    small_print(figure, f"{said} {words}{jumps}")
    return figure
