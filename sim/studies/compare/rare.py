"""A comparison by splitting: how probable a rare rung is under each alternative, and the ratio to the base."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
from matplotlib.figure import Figure

from sim.model.setting.crisis import Crisis
from sim.model.text import counted
from sim.plotting.escalation_curve import escalation_along
from sim.plotting.mechanism_words import sets
from sim.plotting.names import event, shown
from sim.plotting.numbers import NONE
from sim.plotting.panel_grid import panel_grid, small_print
from sim.plotting.paragraphs import table, wrapped
from sim.plotting.rare_words import curve, note, warnings, written
from sim.plotting.rung_panels import rungs_figure
from sim.plotting.style import BASE, looks
from sim.runs.rare_events import RareContrast, Replicates, contrasts, interval, relative_error, replicates_of, rung_of
from sim.statistics.verdict import SAME, UNRESOLVED
from sim.storage.rare_table import LEFT_OUT, data, tidy
from sim.studies.compare.options import CompareOptions
from sim.studies.compare.spec import ComparisonSpec, cells
from sim.studies.result import Result


@dataclass(frozen=True, repr=False, eq=False)
class RareComparison(Result):
    """What splitting found under each alternative, the base first."""

    experiment, text_file = "compare", "compare.txt"
    spec: ComparisonSpec
    options: CompareOptions
    rung: int
    replicates: list[Replicates]

    @cached_property
    def contrasts(self) -> list[RareContrast]:
        """Each alternative but the base against the base."""
        return contrasts(self.replicates, self.spec.labels, self.rung)

    @property
    def labels(self) -> list[dict]:
        """What tells the cells of the table apart."""
        return [{"alternative": label} for label in self.spec.labels]

    def told(self) -> Iterator[str]:
        """The whole answer as text."""
        yield verdicts(self)

    def tables(self) -> dict[str, pa.Table]:
        """One row an alternative and quantity."""
        return {"table": tidy(["alternative"], self.labels, self.replicates)}

    def data(self) -> dict:
        """The probabilities of each alternative, and how each compares with the base."""
        asked = {"question": self.spec.words, "outcome": self.spec.outcome.name}
        more = asked | {"contrasts": [one.as_data() for one in self.contrasts]}
        return data("compare", self.options, ["alternative"], self.labels, self.replicates, more)

    def figures(self) -> dict[str, Figure]:
        """Each alternative's probability on a log scale, and its curve beside the base's."""
        return {"outcome": outcome_figure(self), "escalation": escalation_figure(self)}

    def cells(self) -> tuple[list[Crisis], list[dict]]:
        """The alternatives: the particles of the first replicate start as their plain runs."""
        return self.spec.crises, cells(self.spec.labels)


def compare_rare(spec: ComparisonSpec, options: CompareOptions) -> RareComparison:
    """How probable the rung of the outcome is under each alternative of ``spec``, by splitting."""
    rung = rung_of(spec.outcome.name)
    assert rung is not None  # looked at before
    found = replicates_of(spec.crises, options.seed, options.particles, options.replicates, options.threads)
    return RareComparison(spec, options.started, rung, found)


def outcome_figure(result: RareComparison) -> Figure:
    """Each alternative's probability on a log scale."""
    names = [shown(label) for label in result.spec.labels]
    triples = [interval(cell.estimates[:, result.rung], cell.particles) for cell in result.replicates]
    figure, (axes,) = panel_grid(f"How likely is {event(result.rung)}?", (0.3 * len(names),))
    escalation_along(axes, names, [("", *map(list, zip(*triples, strict=True)))], "", result.rung, log=True)
    small_print(figure, f"{note(result.options)} All alternatives on the same chances.")
    return figure


def escalation_figure(result: RareComparison) -> Figure:
    """Each alternative's chances of reaching each rung beside the base's."""
    names = [shown(label) for label in result.spec.labels]
    lines = [(name, *curve(cell)) for name, cell in zip(names, result.replicates, strict=True)]
    figure = rungs_figure(lines, [BASE, *looks(names[1:])])
    said = "All alternatives on the same chances. Each rung on a scale of its own; grey line: the base."
    small_print(figure, f"{note(result.options)} {said}")
    return figure


def verdicts(result: RareComparison) -> str:
    """The whole answer as text."""
    spec, options, rung = result.spec, result.options, result.rung
    notes = [
        f"Multilevel splitting: {options.effort} of each alternative, "
        f"{sum(int(cell.acts.sum()) for cell in result.replicates):,} acts in all.",
        "Replicate k meets the same chances under every alternative, as far as particles keep in step.",
        "Intervals are Student's, of probabilities and ratios on the logarithm; ratios hold all at once (Bonferroni),",
        "and verdicts rest on them.",
        f"{LEFT_OUT[0].upper()}{LEFT_OUT[1:]}.",
        *warnings(result.replicates, rung),
    ]
    crisis = spec.crises[0]
    about = f"{crisis.title or 'A crisis'}; horizon {counted(crisis.horizon, 'day', 'g')}; seed {options.seed}."
    still = open_ends(result.contrasts)
    parts = [
        wrapped(spec.words),
        f"{wrapped(f'Outcome: {spec.outcome.words}.')}\n{wrapped(about)}",
        "\n".join(wrapped(line) for line in sets(spec, spec, options)),
        table(main_table(result)),
        wrapped(" ".join(notes)),
        "\n".join(["What would resolve the rest:", *still]) if still else "",
    ]
    return "\n\n".join(part for part in parts if part)


def main_table(result: RareComparison) -> list[tuple[str, ...]]:
    """A head and a row an alternative, the base first."""
    head = ("alternative", f"P(peak >= {result.rung}), 95 %", "ratio, together", "verdict", "rel. error", "difference, 95 %")
    against = [(NONE, NONE, "compared with"), *map(_contrasted, result.contrasts)]
    rows: list[tuple[str, ...]] = [head]
    for label, cell, (difference, ratio, verdict) in zip(result.spec.labels, result.replicates, against, strict=True):
        values = cell.estimates[:, result.rung]
        error = relative_error(values, cell.particles)
        said = f"{error:.2g}" if error < float("inf") else NONE
        rows.append((label, written(interval(values, cell.particles)), ratio, verdict, said, difference))
    return rows


def _contrasted(contrast: RareContrast) -> tuple[str, str, str]:
    """The columns of an alternative that set it against the base."""
    if contrast.verdict == SAME:
        return "0 in every replicate", "1", SAME
    return written(contrast.difference), written(contrast.simultaneous), contrast.verdict


def open_ends(found: list[RareContrast]) -> list[str]:
    """What would resolve what is unresolved: a line each."""
    return [
        wrapped(f"{one.label}: about {one.needed:,.0f} replicates, if the ratio is what it looks", "  ")
        for one in found
        if one.verdict == UNRESOLVED and one.needed < 1e12
    ]
