"""The answer of an equilibrium study as text: what the sides would choose, how sure that is, and what it costs."""

from collections.abc import Iterator, Sequence

from sim.model.text import counted
from sim.plotting.numbers import MINUS, bracketed
from sim.plotting.paragraphs import table, wrapped
from sim.studies.equilibrium.answer import answer
from sim.studies.equilibrium.effect_table import SWAYED, effect_table, effects, sentences, weight_table
from sim.studies.equilibrium.fixed_vs_equilibrium import Grid, SolvedGame
from sim.studies.equilibrium.game_spec import GameSpec
from sim.studies.equilibrium.game_table import profile_table, remarks, strategies
from sim.studies.equilibrium.noise_table import noise_table
from sim.studies.equilibrium.options import EquilibriumOptions
from sim.studies.equilibrium.search import Search
from sim.studies.equilibrium.weight_sensitivity import Swayed


def text(grid: Grid, spec: GameSpec, options: EquilibriumOptions, swayed: Swayed, sought: Sequence[Search]) -> str:
    """The whole answer; ``swayed`` is what weights do to each game, ``sought`` the searches for deviations."""
    parts = [heading(spec, options), "\n".join(map(wrapped, answer(grid, spec, options, swayed)))]
    if len(grid) > 1:
        parts.append(f"{effects(options.rung)}:\n{table(effect_table(grid, options))}")
        parts.append(wrapped(" ".join(sentences(grid, options))))
    if spec.varied:
        parts.append(f"Is it an equilibrium that both play it? Over {spec.varied}:\n{table(noise_table(grid, options))}")
    parts += [game_part(one, spec, options) for games in grid for one in games[:1]]
    parts.append(f"{SWAYED}; the other games' are in summary.json:\n{table(weight_table(grid[:1], swayed[:1]))}")
    if sought:
        parts.append(
            "\n".join(["Deviations outside the menus:", *(wrapped(line) for line in search_lines(spec, sought, options))])
        )
    parts.append(wrapped(" ".join(notes(grid, options))))
    return "\n\n".join(part for part in parts if part)


def heading(spec: GameSpec, options: EquilibriumOptions) -> str:
    """What is played."""
    crisis = spec.games[0][0]
    sides = " and ".join(f"{side} = {nation.name}" for side, nation in (("a", crisis.a), ("b", crisis.b)) if nation.name)
    at = f" At {spec.varied} = {spec.noise[0]:g}, unless it says otherwise." if spec.varied else ""
    said = (
        f"{crisis.title or 'A crisis'}{f' ({sides})' if sides else ''}; "
        f"horizon {counted(crisis.horizon, 'day', 'g')}; seed {options.seed}. {options.case.said} "
        f"a chooses among {len(spec.menus.a)} strategies and b among {len(spec.menus.b)}; payoffs in {spec.unit}: "
        f"{MINUS}1 is as bad as one {spec.unit[:-1]}.{at}"
    )
    return "What would the two sides choose?\n" + wrapped(said)


def game_part(one: SolvedGame, spec: GameSpec, options: EquilibriumOptions) -> str:
    """One game: its equilibria, what is watched, and what the solver has to say."""
    head = f"mechanism {one.mechanism.replace('_', ' ')}"
    return "\n".join([head, table(profile_table(one, options)), *(wrapped(line) for line in remarks(one, spec.unit))])


def search_lines(spec: GameSpec, sought: Sequence[Search], options: EquilibriumOptions) -> Iterator[str]:
    """Where the search for deviations ended, mechanism by mechanism: sentences."""
    for name, one in zip(spec.mechanisms, sought, strict=True):
        joined = "; ".join(f"{r.name} ({_sets(r.sets)}), which gains {bracketed(r.gain)}" for r in one.best_responses) or "none"
        yield f"{name.replace('_', ' ')}: joined the menus: {joined}."
        plays = [
            strategies(side, names)
            for side, names in zip((one.bootstrap_profile.x, one.bootstrap_profile.y), one.names, strict=True)
        ]
        peak = bracketed(one.bootstrap_profile.peaks[options.rung - 1], 100)
        left = " and ".join(f"{r.side} {bracketed(r.gain)}" for r in one.left)
        ended = "no deviation found pays more than" if one.reached else "it stopped while deviations still paid more than"
        yield (
            f"  Then a plays {plays[0]} and b {plays[1]}: P(peak>={options.rung}) {peak} %; {ended} {options.gain:g}. "
            f"Regret left, by the best deviation found: {left}."
        )


def _sets(sets: dict) -> str:
    """What a strategy sets, in few characters."""
    return ", ".join(f"{key} {value:.2g}" if isinstance(value, float) else f"{key} {value}" for key, value in sets.items())


def notes(grid: Grid, options: EquilibriumOptions) -> list[str]:
    """What a reader must know to judge it."""
    m, n = grid[0][0].answer.game.a.shape
    more = f", up to {options.budget:,} more a game where they decide" if options.budget else ""
    return [
        f"{options.runs:,} runs of every pair on the same chances{more}.",
        "Regret is what a side would gain by its best deviation: 0 at an equilibrium. Reckoned from runs it is too large on",
        "average (the largest of noisy gains); with the deviation picked on half of the runs and judged on the other half it",
        f"is too small (summary.json has both). P(equil.) is the share of {options.resamples} resamples of the runs in which",
        "the profile, or one mixing the same strategies, is an equilibrium; P(within g) that in which no deviation gains more",
        "than g. Intervals: 95 %, bootstrap with the profile fixed, exact for P(peak). They tell chance in runs alone:",
        f"payoffs are the weights', and menus of {m} and {n} are not all that a state can do.",
    ]
