"""A small crisis solved exactly, with played runs beside it where they are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
from matplotlib.figure import Figure

from sim.design.errors import InputError
from sim.execution.measuring import measured_cells
from sim.model.setting.crisis import Crisis
from sim.runs.summary import Estimate, listed
from sim.studies.exact.figures import curve_figure, rung_figure
from sim.studies.exact.options import ExactOptions
from sim.studies.exact.solution import Solution, solution
from sim.studies.exact.symbolic_chance import Unsolvable
from sim.studies.exact.table import summary, table
from sim.studies.exact.text import text
from sim.studies.result import Result


@dataclass(frozen=True, repr=False, eq=False)
class ExactSolution(Result):
    """What a crisis does, without a single random number."""

    experiment, text_file = "exact", "exact.txt"
    crisis: Crisis
    options: ExactOptions
    solution: Solution  # curves, chances ever, shares of time
    played: list[Estimate]  # of the runs played beside it; empty where none were asked for

    def told(self) -> Iterator[str]:
        """A line a quantity: by chosen days, ever, and how long it takes where it comes."""
        yield text(self.solution, self.crisis, self.played, self.options)

    def tables(self) -> dict[str, pa.Table]:
        """Every probability, a row each."""
        return {"table": table(self.solution)}

    def data(self) -> dict:
        """The same by quantity, the played runs beside it."""
        return summary(self.solution, self.played, self.options)

    def figures(self) -> dict[str, Figure]:
        """P(peak) over time, and by rung at the horizon."""
        return {
            "curves": curve_figure(self.solution, self.options),
            "escalation": rung_figure(self.solution, self.crisis, self.played, self.options),
        }


def solve(crisis: Crisis, options: ExactOptions | None = None) -> ExactSolution:
    """The exact solution of ``crisis``: every state its rules can reach, every outcome of every chance.

    ``.frame`` has a row for each probability: of a quantity by a day, ever, or as a long-run share of time; times are in days.
    Raises ``InputError``, a line each, for what keeps it from being solved (waits that are not exponential, what fades, deaths
    that are drawn) or where it has more than ``options.most_states`` states.

    >>> import sim
    >>> exact = solve(sim.load("scenario=small_world"))
    >>> round(exact.solution.ever["war_at"][0], 4) <= 1
    True
    >>> exact.frame.columns.tolist()
    ['quantity', 'statistic', 'day', 'value']
    """
    options = options or ExactOptions()
    try:
        solved = solution(crisis, options.most_states)
    except Unsolvable as error:
        raise InputError(*error.lines) from None
    return ExactSolution(crisis, options, solved, beside(crisis, options) if options.runs else [])


def beside(crisis: Crisis, options: ExactOptions) -> list[Estimate]:
    """The estimates of played runs, to set beside the exact answer."""
    (measured,) = measured_cells([crisis], options.seed, options.runs, options.threads)
    return listed(measured.values, measured.n)
