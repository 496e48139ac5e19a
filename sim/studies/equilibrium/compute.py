"""The games of a study solved: what both sides would play under every mechanism, how sure that is, and what flips it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from matplotlib.figure import Figure

from sim.model.setting.crisis import Crisis
from sim.studies.equilibrium.figures import figures
from sim.studies.equilibrium.fixed_vs_equilibrium import Grid, fixed_vs_equilibrium, likeliest
from sim.studies.equilibrium.game_spec import GameSpec, cells
from sim.studies.equilibrium.options import EquilibriumOptions
from sim.studies.equilibrium.payoffs import Players
from sim.studies.equilibrium.search import Search, searched
from sim.studies.equilibrium.table import summary, table
from sim.studies.equilibrium.text import text
from sim.studies.equilibrium.weight_sensitivity import Swayed, weight_sensitivities
from sim.studies.result import Result


@dataclass(frozen=True, repr=False, eq=False)
class SolvedGames(Result):
    """Games solved, one for each mechanism and value of the noise, on the same chances."""

    experiment, text_file = "equilibrium", "equilibrium.txt"
    spec: GameSpec
    options: EquilibriumOptions
    grid: Grid  # [mechanism][noise]
    swayed: Swayed  # [mechanism] what each payoff weight does to the game at the first value of the noise
    searches: list[Search]  # [mechanism] for deviations outside the menus; empty where none was asked for
    given: Sequence[str] = ()  # what was said on the command line, for the report

    def told(self) -> Iterator[str]:
        """What both sides would play, how sure that is, and every game."""
        yield text(self.grid, self.spec, self.options, self.swayed, self.searches)

    def tables(self) -> dict[str, pa.Table]:
        """A row for each game, pair of strategies and quantity."""
        return {"table": table(self.grid)}

    def data(self) -> dict:
        """Every equilibrium, with regrets, shares of resamples and what it costs."""
        return summary(self.grid, self.spec, self.options, self.swayed, self.searches)

    def figures(self) -> dict[str, Figure]:
        """Policies fixed and re-chosen, over the noise, the payoffs of every game; dynamics and logit path of the first."""
        return figures(self.grid, self.spec, self.options)

    def cells(self) -> tuple[list[Crisis], Iterable[dict]]:
        """The crisis of each mechanism, and what noise and strategies set on it."""
        return [games[0] for games in self.spec.games], cells(self.spec)

    def write_more(self, folder: Path, path: Path) -> list[str]:
        """The report, where one is asked for."""
        if not self.options.report:
            return []
        from sim.studies.equilibrium.report import write_report

        write_report(folder, self.grid, self.spec, self.options, self.given, path, self.swayed, self.searches)
        return ["report.html"]


def equilibrium(spec: GameSpec, options: EquilibriumOptions | None = None, given: Sequence[str] = ()) -> SolvedGames:
    """What both sides would play in every game of ``spec`` (``game_spec.game_spec``), as the ``options`` ask.

    Payoffs are in deaths, where the weights count a death as 1. ``.frame`` has a row for each game, pair of strategies and
    quantity: ``payoff_a``, ``payoff_b``, ``peak>=r``, ``equilibrium`` (share of resamples in which the pair is one) and
    ``alpha-rank``. ``given`` are overrides of a command line, told in the report.

    >>> import sim
    >>> from sim.studies.equilibrium.game_spec import game_spec
    >>> from sim.studies.equilibrium.options import EquilibriumOptions
    >>> menus = {"both": {"restraint": {"retaliation": "restraint"}, "in kind": {"retaliation": "tit_for_tat"}}}
    >>> crises = {"none": sim.load(), "hotline": sim.load("mechanism=hotline")}
    >>> solved = equilibrium(game_spec(crises, menus), EquilibriumOptions(runs=100, budget=0, resamples=40))
    >>> [len(game.answer.equilibria) > 0 for games in solved.grid for game in games]
    [True, True]
    >>> len(solved.frame)  # 2 mechanisms, 4 pairs, 13 quantities
    104
    """
    options = options or EquilibriumOptions()
    grid = fixed_vs_equilibrium(spec, options)
    weights = spec.games[0][0].weights
    firsts = [games[0] for games in grid]
    swayed = [
        weight_sensitivities(one.table, weights, [likeliest(one.answer)], options.resamples, options.seed) for one in firsts
    ]
    return SolvedGames(spec, options, grid, swayed, searches(spec, options) if options.search else [], given)


def searches(spec: GameSpec, options: EquilibriumOptions) -> list[Search]:
    """A ``Search`` for deviations outside the menus under every mechanism, at the first value of the noise."""
    with Players(options.seed, options.threads) as players:
        return [searched(players, games[0], spec.menus.a, spec.menus.b, spec.over, options) for games in spec.games]
