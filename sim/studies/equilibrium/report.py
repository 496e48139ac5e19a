"""The report of an equilibrium study: question, answer, every game, assumptions, how to reproduce it."""

from sim.model.text import counted
from sim.plotting.html import Section, bullets, figure, folded, paragraphs, report, subheading, table
from sim.plotting.reproduction import how_to_reproduce, look_up, the_assumptions
from sim.studies.equilibrium.answer import answer
from sim.studies.equilibrium.effect_table import SWAYED, effect_table, effects, sentences, stake_table
from sim.studies.equilibrium.game_table import profile_table, remarks
from sim.studies.equilibrium.noise_table import noise_table
from sim.studies.equilibrium.text import notes, search_lines

CAPTIONS = {
    "choice": "P(peak) with policies fixed, with policies re-chosen, and at the equilibria; at the right what both would play.",
    "noise": "Above: the regret of each watched profile; filled where it is an equilibrium. Below: what it costs.",
    "payoffs": "Payoffs to each side for every pair of strategies; framed and dotted: equilibria; arrows: best replies.",
    "replicator": "Replicator dynamics: what does better than average grows; squares are where it ends.",
    "quantal": "Logit quantal response: from play at random (left) to errors that cost ever less (right).",
}


def contest_report(folder, found, put, request, given, path, more):
    """Write ``report.html`` beside the figures in ``folder``; ``more`` are the stakes and the searches of the games."""
    crisis, firsts = put.games[0][0], [games[0] for games in found]
    played = f"Seed {request.seed}; runs 0 to {request.runs - 1:,} of every pair"
    sections = [
        the_question(put, request),
        the_answer(folder, found, firsts, put, request, more[0]),
        the_games(folder, firsts, put, request),
        what_would_change(found, put, request, more),
        the_dynamics(folder),
        the_assumptions(crisis, request.case, "The crisis"),
        how_to_reproduce("equilibrium", played, "the answers", given, path),
        look_up(crisis, request.case),
    ]
    kicker = f"{crisis.title or 'A crisis'} · {request.runs:,} runs of each pair of strategies · seed {request.seed}"
    page = report("What would the two sides choose?", kicker, sections)
    (folder / "report.html").write_text(page, encoding="utf-8")


def drawn(folder, name, kind=None):
    """A figure that stands in the folder."""
    svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
    return figure(svg, name, CAPTIONS[kind or name])


def the_question(put, request):
    """Who may choose what."""
    crisis = put.games[0][0]
    names = [f"{side} is {nation.name}" for side, nation in (("a", crisis.a), ("b", crisis.b)) if nation.name]
    said = [
        f"Each side chooses a strategy; what it gets is the mean payoff over {counted(crisis.horizon, 'day', 'g')}, "
        f"in {put.unit}.",
        *([f"{' and '.join(names)}."] if names else []),
        *filter(None, [request.case.words]),
    ]
    menus = [("side", "strategy", "what it sets")]
    for side in "ab":
        for name, sets in getattr(put.menus, side).items():
            menus.append((side, name, ", ".join(f"{key}={value}" for key, value in sets.items())))
    return Section("question", "Question", [paragraphs(said), folded(f"The menus ({len(menus) - 1} entries)", table(menus))])


def the_answer(folder, found, firsts, put, request, swayed):
    """What both would play under each mechanism, what that costs, and how sure it is."""
    parts = [paragraphs(answer(found, put, request, swayed), "answer")]
    if len(firsts) > 1:
        parts += [drawn(folder, "choice"), table(effect_table(found, request), f"{effects(request.rung)}.")]
        parts.append(paragraphs(sentences(found, request), "small"))
    if put.varied:
        parts.append(drawn(folder, "noise"))
        parts.append(table(noise_table(found, request), f"Is it an equilibrium that both play it? Over {put.varied}."))
    parts.append(paragraphs([" ".join(notes(found, request))], "small"))
    return Section("answer", "Answer", parts)


def what_would_change(found, put, request, more):
    """Which weights flip the equilibria, and what lies outside the menus."""
    swayed, sought = more
    parts = [table(stake_table(found, swayed), f"{SWAYED}.")]
    if sought:
        parts += [subheading("Deviations outside the menus"), bullets(search_lines(put, sought, request))]
    else:
        parts.append(paragraphs(["Strategies outside the menus were not looked for (search=true does)."], "small"))
    return Section("change", "What would change it", parts)


def the_games(folder, firsts, put, request):
    """Every mechanism's game."""
    parts = []
    for one in firsts:
        parts.append(subheading(one.mechanism.replace("_", " ")))
        rows = profile_table(one, request)
        parts.append(table([[*row[:4], row[-1]] for row in rows], f"At {put.varied} = {one.noise:g}." if put.varied else ""))
        parts.append(table([[row[0], *row[4:-1]] for row in rows], f"What they pay, in {put.unit}."))
        parts.append(drawn(folder, f"payoffs_{one.mechanism}", "payoffs"))
        parts.append(paragraphs(list(remarks(one, put.unit)), "small"))
    return Section("games", "The games", parts)


def the_dynamics(folder):
    """Where play that is not yet in equilibrium leads."""
    return Section("dynamics", "How they get there", [drawn(folder, "replicator"), drawn(folder, "quantal")])
