"""Which assumptions drive the answer, and does the ranking of mechanisms survive them?"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa
from matplotlib.figure import Figure

from sim.design.case import Case
from sim.design.errors import InputError
from sim.design.uncertainty import Assumption, over_alternatives
from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.plotting.ranking import ranking_figure
from sim.plotting.tornado import tornado_figure
from sim.runs.outcome import Outcome
from sim.runs.ranking import Ranking, ranking
from sim.studies.result import Result
from sim.studies.sensitivity.indices import Sensitivity, sensitivity_indices
from sim.studies.sensitivity.options import SensitivityOptions
from sim.studies.sensitivity.table import data, index_table, point_table
from sim.studies.sensitivity.text import index_text, ranking_text


@dataclass(frozen=True, repr=False, eq=False)
class SensitivityResult(Result):
    """What each assumption has to do with an outcome, and how the ranking of mechanisms fares over them."""

    experiment, text_file = "sensitivity", "sensitivity.txt"
    crisis: Crisis
    options: SensitivityOptions
    outcome: Outcome
    varied: Sequence[Assumption]
    alternatives: Mapping[str, Crisis]  # the crisis under each mechanism that is ranked, by name
    sensitivity: Sensitivity
    cases: Mapping[str, Case] = field(default_factory=dict)  # of those, for the ranges of their mechanisms' numbers

    @property
    def ranked_over(self) -> list[Assumption]:
        """What is varied in the ranking: the mechanisms' own numbers too."""
        return over_alternatives(self.varied, self.alternatives, self.cases)

    @cached_property
    def ranking(self) -> Ranking | None:
        """The ranking of the mechanisms; None where there are not two. Played when first asked about."""
        if len(self.alternatives) < 2:
            return None
        asked = self.options.seed, self.options.ranking_runs, self.options.points, self.options.threads
        return ranking(self.alternatives, self.ranked_over, self.outcome, *asked)

    def told(self) -> Iterator[str]:
        """The indices, largest first, then the ranking where there is one."""
        yield index_text(self.sensitivity, self.varied, self.outcome, self.crisis, self.options)
        if self.ranking:
            yield f"\n{ranking_text(self.ranking)}"

    def tables(self) -> dict[str, pa.Table]:
        """A row a field; and a row a point of the ranking."""
        tables = {"table": index_table(self.sensitivity, self.varied)}
        return tables | ({"points": point_table(self.ranking, self.ranked_over)} if self.ranking else {})

    def data(self) -> dict:
        """The indices, and the places of the mechanisms."""
        return data(self.sensitivity, self.ranking, self.varied, self.options)

    def figures(self) -> dict[str, Figure]:
        """The tornado, and the ranking where there is one."""
        drawn = {"tornado": tornado_figure(self.sensitivity, self.varied, self.outcome, self.crisis, self.options)}
        if self.ranking:
            drawn["ranking"] = ranking_figure(self.ranking, self.outcome, self.crisis, self.options)
        return drawn


def sensitivity(
    crisis: Crisis,
    varied: Sequence[Assumption],
    outcome: Outcome,
    alternatives: Mapping[str, Crisis],
    options: SensitivityOptions,
    cases: Mapping[str, Case] | None = None,
) -> SensitivityResult:
    """What each assumption of ``varied`` has to do with an outcome of ``crisis``, or with what its mechanism changes in it.

    ``alternatives`` holds the crisis under each mechanism that is ranked, ``cases`` their cases by the same names. Raises
    ``InputError`` where nothing varies.

    >>> from sim.design.uncertainty import assumptions
    >>> from sim.runs.outcome import outcome
    >>> crisis = Crisis(opening="strike_by_a")
    >>> varied = assumptions({"fields": ["a.generosity"], "ranges": {"a.generosity": [0.0, 1.0]}}, crisis)
    >>> result = sensitivity(crisis, varied, outcome("strikes_b"), {}, SensitivityOptions(runs=50, power=3))
    >>> result.frame.field.tolist()
    ['a.generosity']
    """
    against = dataclasses.replace(crisis, mechanism=Mechanism()) if options.difference else None
    asked = options.seed, options.runs, options.power, options.threads
    try:
        found = sensitivity_indices(crisis, varied, outcome, *asked, against)
    except ValueError as error:
        raise InputError(f"{options.outcome} {error}") from None
    return SensitivityResult(crisis, options, outcome, varied, alternatives, found, cases or {})
