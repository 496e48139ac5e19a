"""The report of a comparison: question, answer, figures, tables, assumptions, what would change it, how to reproduce it.

Each section is made by a function of its own, so that another experiment can take some and add others.
"""

from sim.model.text import counted
from sim.plotting.html import Section, bullets, figure, folded, paragraphs, report, subheading, table
from sim.plotting.mechanism_words import sets
from sim.plotting.reproduction import how_to_reproduce, look_up, the_assumptions
from sim.plotting.setting_table import differing
from sim.statistics.verdict import LOWERS, RAISES
from sim.studies.compare.summary import finding, open_ends, stopped
from sim.studies.compare.text import ENDED, FIRST, PASSED, ends_table, main_table, notes, ordered, pace_table

CAPTIONS = {
    "differences": "The difference each alternative makes to the outcome. Hollow and grey: the runs do not resolve it.",
    "climb": "How far it climbs: the probability of reaching each rung or worse, a scale a rung; grey is the base.",
    "ends": "How crises first end: the share that has stood down, or come to war before any stand-down, by day; dashed: base.",
    "outcomes": "How outcomes are distributed: the share of runs with at least so much, all alternatives on the same axes.",
    "spread": "What follows the opening act. Left of each pair: the share of runs with none. Right: quantiles in per cent.",
    "passage": "Median days to each step of the way down. Hollow: not told from the base.",
}


def compare_report(folder, found, put, request, played, given, path, more=(), cases=()):
    """Write ``report.html`` beside the figures in ``folder``; ``more`` are sections to put before the assumptions,
    ``cases`` the case of every alternative where it has one of its own.

    ``request`` is what was asked, ``played`` the same with the runs that were played; ``given`` is the command line,
    ``path`` where the folder will stand.
    """
    drawn = {name: (folder / f"{name}.svg").read_text(encoding="utf-8") for name in CAPTIONS}
    runs = f"runs 0 to {played.runs - 1:,} of every alternative"
    sections = [
        the_question(found, put, request),
        the_answer(found, drawn, request),
        how_it_goes(found, drawn),
        what_would_change(found),
        *more,
        the_assumptions(put.crises[0], request.case, "The base"),
        how_to_reproduce("compare", f"Seed {played.seed}; {runs}", "the headline", given, path),
        look_up(put.crises[0], request.case, " of the base", set_apart(put, cases or [request.case] * len(put.crises))),
    ]
    kicker = f"{put.crises[0].title or 'A crisis'} · {found.n:,} runs of each alternative · seed {request.seed}"
    (folder / "report.html").write_text(report(put.words, kicker, sections), encoding="utf-8")


def the_question(found, put, request):
    """What is asked, of what, between what."""
    crisis = put.crises[0]
    names = [f"{side} is {nation.name}" for side, nation in (("a", crisis.a), ("b", crisis.b)) if nation.name]
    texts = [
        f"What is compared is {found.outcome.words}, over {counted(crisis.horizon, 'day', 'g')}.",
        *([f"In the names of fields, {' and '.join(names)}."] if names else []),
        "What is in the table, and what each alternative sets:",
    ]
    return Section("question", "Question", [paragraphs(texts), bullets(sets(found, put, request))])


def the_answer(found, drawn, request):
    """The answer in sentences, the table it rests on, and the picture."""
    grey = [i + 1 for i, c in enumerate(ordered(found)) if c.verdict not in (LOWERS, RAISES)]
    parts = [
        paragraphs(finding(found), "answer"),
        figure(drawn["differences"], "differences", CAPTIONS["differences"]),
        table(
            main_table(found),
            "All are compared with the base, in which nothing is changed. Grey: not resolved, or the same.",
            grey,
        ),
        paragraphs([" ".join([*stopped(found, request.runs), *notes(found)])], "small"),
    ]
    return Section("answer", "Answer", parts)


def how_it_goes(found, drawn):
    """All that is around the outcome: the ladder, the ends, what follows, the way down."""
    words = "Medians are compared as of independent runs, which on the same chances errs on the safe side."
    parts = [
        figure(drawn["climb"], "climb", CAPTIONS["climb"]),
        figure(drawn["ends"], "ends", CAPTIONS["ends"]),
        table(ends_table(found), f"{ENDED}. {FIRST}"),
        figure(drawn["outcomes"], "outcomes", CAPTIONS["outcomes"]),
        figure(drawn["spread"], "spread", CAPTIONS["spread"]),
        figure(drawn["passage"], "passage", CAPTIONS["passage"]),
        table(pace_table(found), f"{PASSED}. {words}"),
    ]
    return Section("course", "How it goes", parts)


def what_would_change(found):
    """What the answer does not cover: what the runs leave open, and that only chance is in the intervals."""
    still = open_ends(found)
    said = [
        "The intervals tell the chance in the runs and nothing else; more runs make them as narrow as one likes. Another "
        "value of an assumption can change sizes, ranks and signs, and this comparison does not say which.",
        "Where a source is one case (n = 1), it identifies almost nothing: one episode with two strikes fits many games.",
    ]
    parts = [
        subheading("More runs"),
        bullets(still) if still else paragraphs(["No difference is left open by these runs."]),
        subheading("Other assumptions"),
        paragraphs(said),
    ]
    return Section("change", "What would change the answer", parts)


def set_apart(put, cases):
    """The table of what sets each alternative apart from the others, folded."""
    apart = differing(put.labels, put.crises, cases)
    inner = table(apart) if len(apart) > 1 else paragraphs(["No field sets them apart."])
    return folded("What sets each alternative apart, field by field", inner)
