"""Which of several alternatives lowers an outcome, by how much, how sure? The answer, and all that is made of it."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
from matplotlib.figure import Figure

from sim.design.case import Case
from sim.design.draws import Draws
from sim.design.uncertainty import Assumption
from sim.model.setting.crisis import Crisis
from sim.plotting.ranking import POINTS, ranking_figure
from sim.runs.ignorance import Ignorance, estimates, ignorance, over_draws, shared
from sim.runs.ranking import Ranking, rankings
from sim.statistics.space_filling import latin
from sim.storage.draw_table import draw_table
from sim.studies.compare.figures import compare_figures
from sim.studies.compare.options import CompareOptions
from sim.studies.compare.paired_runs import Comparison, early_outcome, paired_comparison
from sim.studies.compare.report import comparison_report
from sim.studies.compare.spec import ComparisonSpec, cells
from sim.studies.compare.table import data, source_table, tidy
from sim.studies.compare.text import verdicts
from sim.studies.compare.works_text import best_text
from sim.studies.result import Result


@dataclass(frozen=True, repr=False, eq=False)
class ComparisonResult(Result):
    """Several alternatives on the same chances, each against the base."""

    experiment, text_file = "compare", "compare.txt"
    spec: ComparisonSpec
    options: CompareOptions  # ``runs`` are those that were played of each alternative
    comparison: Comparison
    look: int  # runs each look added
    varied: Sequence[Assumption]  # over which the ranking is tried
    cases: Sequence[Case]  # of every alternative, the base first
    given: Sequence[str] = ()  # the words of the command line
    drawn: Draws | None = None  # what is not known; None: taken as it is
    ignorance: Sequence[Ignorance] = ()  # of every alternative, the base first; nothing where nothing is drawn

    @cached_property
    def rankings(self) -> list[Ranking]:
        """How the alternatives rank over what is not known, in the outcome and by the early day; only for a report.

        Over the draws where there are some, else over points of the assumptions.
        """
        asked, crises = self.options, dict(zip(self.spec.labels, self.spec.crises, strict=True))
        if not asked.report or not asked.points:
            return []
        early = early_outcome(self.spec.outcome, self.spec.crises[0])
        outcomes = [self.spec.outcome, *([early] if early else [])]
        varied, u = self.varied, latin(len(self.varied), asked.points, asked.seed)
        if self.drawn:
            varied, u = self.drawn.varied, self.drawn.u
        return rankings(crises, varied, outcomes, asked.seed, asked.point_runs, u, asked.threads)

    @property
    def ranking(self) -> Ranking | None:
        """How they rank in the outcome; None where it was not asked for."""
        return self.rankings[0] if self.rankings else None

    def told(self) -> Iterator[str]:
        """The whole answer as text."""
        yield verdicts(self.comparison, self.spec, self.options, self.look, self.drawn, self.ignorance)
        if self.rankings:
            yield f"\n{best_text(self.rankings, self.spec.crises[0].horizon)}"

    def tables(self) -> dict[str, pa.Table]:
        """One row an alternative, quantity and statistic; which numbers the spread over draws is due to, and the draws."""
        rows = {"table": tidy(self.comparison, self.spec.crises, self.ignorance)}
        return rows | ({"sources": source_table(self.ignorance), "draws": draw_table(self.drawn)} if self.drawn else {})

    def data(self) -> dict:
        """The question, how it was answered, and each alternative against the base."""
        return data(self.comparison, self.spec, self.options, self.drawn, self.ignorance)

    def figures(self) -> dict[str, Figure]:
        """Differences, escalation, ends, outcomes, spread, the way down; and the ranking where it was tried."""
        drawn = compare_figures(self.comparison, self.spec, self.options, self.ignorance, self.rankings)
        if self.ranking:
            of = "draws of what is not known" if self.drawn else POINTS
            drawn["ranking"] = ranking_figure(self.ranking, self.spec.outcome, self.spec.crises[0], self.options, of)
        return drawn

    def cells(self) -> tuple[list[Crisis], list[dict]]:
        """The alternatives, any run of which can be told again."""
        return self.spec.crises, cells(self.spec.labels)

    def write_more(self, folder: Path, path: Path) -> list[str]:
        """Write the report, where one was asked for, from the figures that stand in ``folder``."""
        if not self.options.report:
            return []
        svgs = {one.stem: one.read_text(encoding="utf-8") for one in sorted(folder.glob("*.svg"))}
        (folder / "report.html").write_text(comparison_report(self, svgs, path), encoding="utf-8")
        return ["report.html"]


def compare(
    spec: ComparisonSpec,
    options: CompareOptions,
    varied: Sequence[Assumption] = (),
    cases: Sequence[Case] = (),
    given: Sequence[str] = (),
    drawn: Draws | None = None,
) -> ComparisonResult:
    """The alternatives of ``spec`` against its base, on the same chances.

    ``varied`` are the assumptions a report tries the ranking over, ``cases`` the case of each alternative where it has one of
    its own, ``given`` the words of the command line that a report repeats. ``drawn`` is what is drawn in place of numbers that
    are not known.

    >>> from sim.design.crisis_from_mapping import defaults
    >>> from sim.studies.compare.spec import comparison_spec
    >>> block = {"outcome": "peak>=7", "alternatives": {"generous": {"a.generosity": 1.0, "b.generosity": 1.0}}}
    >>> spec = comparison_spec(block, lambda groups: defaults(Crisis) | {"opening": "strike_by_a"})
    >>> result = compare(spec, CompareOptions(runs=200))
    >>> result.comparison.contrasts[0].label, result.comparison.n
    ('generous', 200)
    """
    asked = options.seed, options.runs, options.precision, options.most_runs, options.threads
    comparison = paired_comparison(spec.crises, spec.labels, spec.outcome, *asked)
    played = dataclasses.replace(options, runs=comparison.n)
    own = cases or [options.case] * len(spec.crises)
    ignored = over_what_is_drawn(spec, options, drawn, comparison.n) if drawn else []
    return ComparisonResult(spec, played, comparison, options.runs, varied, own, given, drawn, ignored)


def over_what_is_drawn(spec: ComparisonSpec, options: CompareOptions, drawn: Draws, runs: int) -> list[Ignorance]:
    """Every alternative over the draws, whose further runs are a share of the ``runs`` of the answer."""
    crises, each = dict(zip(spec.labels, spec.crises, strict=True)), shared(runs, len(drawn.u))
    found = over_draws(crises, drawn.varied, drawn.u, spec.outcome, options.seed, each, options.threads)
    return ignorance(estimates(found), spec.labels, drawn.numbers, options.seed)
