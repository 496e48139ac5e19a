"""Rare events in words and pictures: probabilities on a log scale, and the table of a comparison."""

from sim.model.ladder import WAR
from sim.model.text import counted
from sim.plotting.cell_figure import cells_figure
from sim.plotting.cells import cells
from sim.plotting.escalation_curve import escalation_along
from sim.plotting.escalation_panels import climb_figure
from sim.plotting.mechanism_words import sets
from sim.plotting.names import cased, event, nations_of
from sim.plotting.notes import unseen, varied
from sim.plotting.numbers import MINUS, NONE
from sim.plotting.paragraphs import table, wrapped
from sim.plotting.sheet import WIDTH, shown
from sim.plotting.style import BASE, looks, page, plot, saved, small_print, titled
from sim.statistics.verdict import SAME, UNRESOLVED
from sim.studies.rare_events.compute import SHAKY, interval, relative_error, shaky
from sim.studies.rare_events.table import LEFT_OUT


def written(triple):
    """A small number and its interval in three figures: "9.54e-07 [9.1e-07, 1e-06]"; a dash where there is none."""
    value, low, high = (f"{x:.3g}".replace("-", MINUS) if x < 0 else f"{x:.3g}" for x in triple)
    return NONE if value == "nan" else f"{value} [{low}, {high}]"


def warnings(climbs, rung):
    """A sentence where replicates are too far apart for intervals to hold, and one where nothing was reached."""
    never = sum(not climb.found[:, rung].any() for climb in climbs)
    loose = sum(shaky(climb.found[:, rung]) for climb in climbs)
    said = []
    if loose:
        said.append(
            f"In {loose} of {len(climbs)} cells replicates of P(peak >= {rung}) differ by more than {SHAKY:.0%} of their mean "
            "(one standard deviation): intervals may miss what few of them saw; ask for more particles."
        )
    if never:
        said.append(f"In {never} of {len(climbs)} cells no particle reached rung {rung}: only an upper bound is given.")
    return said


def curve(climb):
    """P(peak >= r) for r = 1 to 9: three lists, values and ends of intervals."""
    return list(zip(*(interval(climb.found[:, rung], climb.particles) for rung in range(1, WAR + 1)), strict=True))


def sweep_figure(folder, axes, labels, climbs, request, crisis):
    """The probability of escalation over the design's axes on a log scale; the names of the files written.

    ``labels`` are dicts from axis to value, a cell each as ``climbs``; ``crisis`` is one of those it starts from.
    """
    chances = [interval(climb.found[:, request.rung], climb.particles) for climb in climbs]
    found = cells(axes, labels, chances, request.rung, nations_of(crisis, axes))
    figure, said = cells_figure(found, curve(climbs[0]), log=True)
    drawn = not unseen(found, log=True)
    small_print(figure, " ".join([note(request, drawn), varied(found), said]))
    return [path.name for path in saved(figure, folder, "escalation")]


def note(request, drawn=True):
    """The small print: the case, how it was estimated, the interval where it is ``drawn``."""
    sure = " 95 % intervals," if drawn else ""
    return cased(request, f"Multilevel splitting, {request.effort} a point,{sure} seed {request.seed}.")


def compare_figures(folder, put, climbs, request, rung):
    """Each alternative's probability on a log scale, and its curve beside the base's; the names of the files written."""
    names = [shown(label) for label in put.labels]
    triples = [interval(climb.found[:, rung], climb.particles) for climb in climbs]
    height = 1.5 + 0.3 * len(names)
    figure, box = plot(page(WIDTH, height), (0.22, 0.85 / height, 0.74, 1 - 1.3 / height))
    escalation_along(box, names, [("", *map(list, zip(*triples, strict=True)))], "", rung, log=True)
    titled(box, f"How likely is {event(rung)}?")
    small_print(figure, f"{note(request)} All on the same chances.")
    drawn = [path.name for path in saved(figure, folder, "outcome")]
    lines = [(name, *curve(climb)) for name, climb in zip(names, climbs, strict=True)]
    figure = climb_figure(lines, [BASE, *looks(names[1:])])
    small_print(figure, f"{note(request)} Each rung on a scale of its own; grey line: the base.")
    return drawn + [path.name for path in saved(figure, folder, "climb")]


def verdicts(put, climbs, contrasts, request, rung):
    """The whole answer as text."""
    head = ("alternative", f"P(peak >= {rung}), 95 %", "ratio, together", "verdict", "rel. error", "difference, 95 %")
    rows = [head]
    for i, (label, climb) in enumerate(zip(put.labels, climbs, strict=True)):
        values = climb.found[:, rung]
        error = relative_error(values, climb.particles)
        at, error = written(interval(values, climb.particles)), f"{error:.2g}" if error < float("inf") else NONE
        difference, ratio, verdict = _contrasted(contrasts[i - 1]) if i else (NONE, NONE, "compared with")
        rows.append((label, at, ratio, verdict, error, difference))
    notes = [
        f"Multilevel splitting: {request.effort} of each alternative, {sum(int(c.acts.sum()) for c in climbs):,} acts in all.",
        "Replicate k meets the same chances under every alternative, as far as particles keep in step.",
        "Intervals are Student's, of probabilities and ratios on the logarithm; ratios hold all at once (Bonferroni),",
        "and verdicts rest on them.",
        f"{LEFT_OUT[0].upper()}{LEFT_OUT[1:]}.",
        *warnings(climbs, rung),
    ]
    still = [
        wrapped(f"{c.label}: about {c.needed:,.0f} replicates, if the ratio is what it looks", "  ")
        for c in contrasts
        if c.verdict == UNRESOLVED and c.needed < 1e12
    ]
    crisis = put.crises[0]
    about = f"{crisis.title or 'A crisis'}; horizon {counted(crisis.horizon, 'day', 'g')}; seed {request.seed}."
    parts = [
        wrapped(put.words),
        f"{wrapped(f'Outcome: {put.outcome.words}.')}\n{wrapped(about)}",
        "\n".join(wrapped(line) for line in sets(put, put, request)),
        table(rows),
        wrapped(" ".join(notes)),
        "\n".join(["What would resolve the rest:", *still]) if still else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _contrasted(contrast):
    """The columns of an alternative that set it against the base."""
    if contrast.verdict == SAME:
        return "0 in every replicate", "1", SAME
    return written(contrast.difference), written(contrast.together), contrast.verdict
