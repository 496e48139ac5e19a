"""The report of an equilibrium study: question, answer, every game, assumptions, how to reproduce it."""

from collections.abc import Sequence
from pathlib import Path

from sim.model.text import counted
from sim.plotting.html import Section, bullets, figure, folded, paragraphs, report, subheading, table
from sim.plotting.reproduction import how_to_reproduce, look_up, the_assumptions
from sim.studies.equilibrium.answer import answer
from sim.studies.equilibrium.effect_table import SWAYED, effect_table, effects, sentences, weight_table
from sim.studies.equilibrium.fixed_vs_equilibrium import Grid, SolvedGame
from sim.studies.equilibrium.game_spec import GameSpec
from sim.studies.equilibrium.game_table import profile_table, remarks
from sim.studies.equilibrium.noise_table import noise_table
from sim.studies.equilibrium.options import EquilibriumOptions
from sim.studies.equilibrium.search import Search
from sim.studies.equilibrium.text import notes, search_lines
from sim.studies.equilibrium.weight_sensitivity import Swayed

CAPTIONS = {
    "choice": "P(peak) with policies fixed, with policies re-chosen, and at the equilibria; at the right what both would play.",
    "noise": "Above: the regret of each watched profile; filled where it is an equilibrium. Below: what it costs.",
    "payoffs": "Payoffs to each side for every pair of strategies; framed and dotted: equilibria; arrows: best replies.",
    "replicator": "Replicator dynamics: what does better than average grows; squares are where it ends.",
    "quantal": "Logit quantal response: from play at random (left) to errors that cost ever less (right).",
}


def write_report(
    folder: Path,
    grid: Grid,
    spec: GameSpec,
    options: EquilibriumOptions,
    given: Sequence[str],
    path: Path,
    swayed: Swayed,
    sought: Sequence[Search],
) -> None:
    """Write ``report.html`` beside the figures in ``folder``, which will be called ``path``."""
    crisis, firsts = spec.games[0][0], [games[0] for games in grid]
    played = f"Seed {options.seed}; runs 0 to {options.runs - 1:,} of every pair"
    sections = [
        the_question(spec, options),
        the_answer(folder, grid, firsts, spec, options, swayed),
        the_games(folder, firsts, spec, options),
        what_would_change(grid, spec, options, swayed, sought),
        the_dynamics(folder),
        the_assumptions(crisis, options.case, "The crisis"),
        how_to_reproduce("equilibrium", played, "the answers", given, path),
        look_up(crisis, options.case),
    ]
    kicker = f"{crisis.title or 'A crisis'} · {options.runs:,} runs of each pair of strategies · seed {options.seed}"
    page = report("What would the two sides choose?", kicker, sections)
    (folder / "report.html").write_text(page, encoding="utf-8")


def drawn(folder: Path, name: str, kind: str | None = None) -> str:
    """A figure that stands in the folder."""
    svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
    return figure(svg, name, CAPTIONS[kind or name])


def the_question(spec: GameSpec, options: EquilibriumOptions) -> Section:
    """Who may choose what."""
    crisis = spec.games[0][0]
    names = [f"{side} is {nation.name}" for side, nation in (("a", crisis.a), ("b", crisis.b)) if nation.name]
    said = [
        f"Each side chooses a strategy; what it gets is the mean payoff over {counted(crisis.horizon, 'day', 'g')}, "
        f"in {spec.unit}.",
        *([f"{' and '.join(names)}."] if names else []),
        *filter(None, [options.case.words]),
    ]
    menus = [("side", "strategy", "what it sets")]
    for side in "ab":
        for name, sets in getattr(spec.menus, side).items():
            menus.append((side, name, ", ".join(f"{key}={value}" for key, value in sets.items())))
    return Section("question", "Question", [paragraphs(said), folded(f"The menus ({len(menus) - 1} entries)", table(menus))])


def the_answer(
    folder: Path, grid: Grid, firsts: Sequence[SolvedGame], spec: GameSpec, options: EquilibriumOptions, swayed: Swayed
) -> Section:
    """What both would play under each mechanism, what that costs, and how sure it is."""
    parts = [paragraphs(answer(grid, spec, options, swayed), "answer")]
    if len(firsts) > 1:
        parts += [drawn(folder, "choice"), table(effect_table(grid, options), f"{effects(options.rung)}.")]
        parts.append(paragraphs(sentences(grid, options), "small"))
    if spec.varied:
        parts.append(drawn(folder, "noise"))
        parts.append(table(noise_table(grid, options), f"Is it an equilibrium that both play it? Over {spec.varied}."))
    parts.append(paragraphs([" ".join(notes(grid, options))], "small"))
    return Section("answer", "Answer", parts)


def what_would_change(
    grid: Grid, spec: GameSpec, options: EquilibriumOptions, swayed: Swayed, sought: Sequence[Search]
) -> Section:
    """Which weights flip the equilibria, and what lies outside the menus."""
    parts = [table(weight_table(grid, swayed), f"{SWAYED}.")]
    if sought:
        parts += [subheading("Deviations outside the menus"), bullets(search_lines(spec, sought, options))]
    else:
        parts.append(paragraphs(["Strategies outside the menus were not looked for (search=true does)."], "small"))
    return Section("change", "What would change it", parts)


def the_games(folder: Path, firsts: Sequence[SolvedGame], spec: GameSpec, options: EquilibriumOptions) -> Section:
    """Every mechanism's game."""
    parts = []
    for one in firsts:
        parts.append(subheading(one.mechanism.replace("_", " ")))
        rows = profile_table(one, options)
        parts.append(table([[*row[:4], row[-1]] for row in rows], f"At {spec.varied} = {one.noise:g}." if spec.varied else ""))
        parts.append(table([[row[0], *row[4:-1]] for row in rows], f"What they pay, in {spec.unit}."))
        parts.append(drawn(folder, f"payoffs_{one.mechanism}", "payoffs"))
        parts.append(paragraphs(list(remarks(one, spec.unit)), "small"))
    return Section("games", "The games", parts)


def the_dynamics(folder: Path) -> Section:
    """Where play that is not yet in equilibrium leads."""
    return Section("dynamics", "How they get there", [drawn(folder, "replicator"), drawn(folder, "quantal")])
