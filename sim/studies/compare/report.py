"""The report of a comparison: question, answer, figures, tables, assumptions, what would change it, how to reproduce it.

Each section is made by a function of its own, so that another experiment can take some and add others.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.design.case import Case
from sim.design.draws import Draws
from sim.model.text import counted
from sim.plotting.html import Section, bullets, figure, folded, paragraphs, report, subheading, table
from sim.plotting.ignorance_words import doubts, drivers, heading, often, rows
from sim.plotting.mechanism_words import sets
from sim.plotting.ranking import ranking_section
from sim.plotting.reproduction import how_to_reproduce, look_up, the_assumptions
from sim.plotting.setting_table import differing
from sim.runs.ignorance import shared
from sim.statistics.verdict import LOWERS, RAISES
from sim.studies.compare.options import CompareOptions
from sim.studies.compare.paired_runs import Comparison
from sim.studies.compare.spec import ComparisonSpec
from sim.studies.compare.summary import open_ends, scale, stopped, summary_sentences
from sim.studies.compare.text import ENDED, FIRST, HELD, PASSED, ends_table, main_table, notes, off_centre, ordered, pace_table
from sim.studies.compare.works_text import BEST, HEAD, best_table, horizon_table, work_lines

if TYPE_CHECKING:
    from sim.studies.compare.compute import ComparisonResult

CAPTIONS = {
    "differences": "The difference each alternative makes to the outcome. Hollow and grey: the runs do not resolve it.",
    "works": "What each works on: the outcome by an early day and by the horizon, and what lies between cause and outcome.",
    "escalation": "How far it climbs: the probability of reaching each rung or worse, a scale a rung; grey is the base.",
    "ends": "How crises first end: the share that has stood down, or come to war before any stand-down, by day; dashed: base.",
    "outcomes": "How outcomes are distributed: the share of runs with at least so much; grey is the base.",
    "spread": "What follows the opening act. Left of each pair: the share of runs with none. Right: quantiles in per cent.",
    "passage": "Median days to each step of the way down. Hollow: not told from the base.",
}


def comparison_report(result: "ComparisonResult", svgs: dict[str, str], path: Path) -> str:
    """The report as a page of HTML; ``svgs`` are the figures by name, ``path`` is where the folder will stand."""
    comparison, spec, options, base = result.comparison, result.spec, result.options, result.spec.crises[0]
    played = f"Seed {options.seed}; runs 0 to {options.runs - 1:,} of every alternative"
    sections = [
        the_question(comparison, spec, options),
        the_answer(comparison, svgs, result.look, result.drawn),
        *([not_known(result)] if result.drawn else []),
        what_it_works_on(result, svgs),
        how_it_goes(comparison, svgs),
        what_would_change(comparison),
        *([ranking_section(result.ranking, svgs["ranking"])] if result.ranking else []),
        the_assumptions(base, options.case, "The base"),
        how_to_reproduce("compare", played, "the headline", result.given, path),
        look_up(base, options.case, " of the base", set_apart(spec, result.cases)),
    ]
    kicker = f"{base.title or 'A crisis'} · {comparison.n:,} runs of each alternative · seed {options.seed}"
    return report(spec.words, kicker, sections)


def the_question(comparison: Comparison, spec: ComparisonSpec, options: CompareOptions) -> Section:
    """What is asked, of what, between what."""
    crisis = spec.crises[0]
    names = [f"{side} is {nation.name}" for side, nation in (("a", crisis.a), ("b", crisis.b)) if nation.name]
    texts = [
        f"What is compared is {comparison.outcome.words}, over {counted(crisis.horizon, 'day', 'g')}.",
        *([f"In the names of fields, {' and '.join(names)}."] if names else []),
        "What is in the table, and what each alternative sets:",
    ]
    return Section("question", "Question", [paragraphs(texts), bullets(sets(comparison, spec, options))])


def the_answer(comparison: Comparison, svgs: dict[str, str], look: int, drawn: Draws | None) -> Section:
    """The answer in sentences, the table it rests on, and the picture."""
    grey = [i + 1 for i, c in enumerate(ordered(comparison)) if c.verdict not in (LOWERS, RAISES)]
    parts = [
        paragraphs(summary_sentences(comparison), "answer"),
        figure(svgs["differences"], "differences", CAPTIONS["differences"]),
        table(
            main_table(comparison),
            "All are compared with the base, in which nothing is changed. Grey: not resolved, or the same.",
            grey,
        ),
        paragraphs([" ".join([*stopped(comparison, look), *notes(comparison, drawn)])], "small"),
    ]
    return Section("answer", "Answer", parts)


def not_known(result: "ComparisonResult") -> Section:
    """How far ignorance of the numbers moves the answer, and which numbers do it."""
    assert result.drawn
    factor, unit, _ = scale(result.comparison.outcome)
    head = heading(result.drawn, shared(result.comparison.n, len(result.drawn.u)))
    parts = [
        paragraphs(
            [*doubts(result.drawn), *often(result.ignorance, "it"), *off_centre(result.comparison, result.ignorance)], "answer"
        ),
        table(
            rows(result.ignorance, factor, unit),
            f"{head} {HELD} Beside the tables of chance alone, which are at the numbers as configured.",
        ),
        paragraphs(["Which numbers the spread is due to: share of its variance, with 95 % intervals."]),
        bullets(drivers(result.ignorance)),
    ]
    return Section("unknown", "What is not known", parts)


def what_it_works_on(result: "ComparisonResult", drawn: dict[str, str]) -> Section:
    """By which way each alternative does what it does: measured in the same runs."""
    comparison, horizon = result.comparison, result.spec.crises[0].horizon
    rows, orders = horizon_table(comparison, horizon), result.rankings
    parts = [
        figure(drawn["works"], "works", CAPTIONS["works"]),
        *([table(rows, "Differences from the base, with intervals that hold all at once.")] if rows else []),
        *([table(best_table(orders, horizon), BEST)] if orders else []),
        paragraphs([HEAD]),
        bullets(list(work_lines(comparison))),
    ]
    return Section("working", "What each works on", parts)


def how_it_goes(comparison: Comparison, drawn: dict[str, str]) -> Section:
    """All that is around the outcome: the ladder, the ends, what follows, the way down."""
    words = "Medians are compared as of independent runs, which on the same chances errs on the safe side."
    parts = [
        figure(drawn["escalation"], "escalation", CAPTIONS["escalation"]),
        figure(drawn["ends"], "ends", CAPTIONS["ends"]),
        table(ends_table(comparison), f"{ENDED}. {FIRST}"),
        figure(drawn["outcomes"], "outcomes", CAPTIONS["outcomes"]),
        figure(drawn["spread"], "spread", CAPTIONS["spread"]),
        figure(drawn["passage"], "passage", CAPTIONS["passage"]),
        table(pace_table(comparison), f"{PASSED}. {words}"),
    ]
    return Section("course", "How it goes", parts)


def what_would_change(comparison: Comparison) -> Section:
    """What the answer does not cover: what the runs leave open, and that only chance is in the intervals."""
    still = open_ends(comparison)
    said = [
        "The intervals of chance tell the runs and nothing else; more runs make them as narrow as one likes. Those of what is "
        "not known stay as wide as the evidence leaves them, and say nothing of what the model's form leaves out.",
        "Where a source is one case (n = 1), it identifies almost nothing: one episode with two strikes fits many games.",
    ]
    parts = [
        subheading("More runs"),
        bullets(still) if still else paragraphs(["No difference is left open by these runs."]),
        subheading("Other assumptions"),
        paragraphs(said),
    ]
    return Section("change", "What would change the answer", parts)


def set_apart(spec: ComparisonSpec, cases: Sequence[Case]) -> str:
    """The table of what sets each alternative apart from the others, folded."""
    apart = differing(spec.labels, spec.crises, cases)
    inner = table(apart) if len(apart) > 1 else paragraphs(["No field sets them apart."])
    return folded("What sets each alternative apart, field by field", inner)
