"""The answer on disk: every number of a comparison as one tidy table, and the headline as a summary a program can read."""

from collections.abc import Iterator, Sequence

import pyarrow as pa

from sim.design.draws import Draws
from sim.model.parameter import DAY
from sim.model.setting.crisis import Crisis
from sim.runs.competing_risks import ends
from sim.runs.ignorance import Ignorance
from sim.runs.quantiles import mean, quantile, share
from sim.runs.summary import Count, estimates
from sim.runs.time_to_step import times_to_steps
from sim.runs.ways import EARLY
from sim.statistics.intervals import Triple, clopper_pearson, finite, half_width
from sim.statistics.random_effects import Spread
from sim.storage import parquet
from sim.storage.provenance import provenance
from sim.studies.compare.options import CompareOptions
from sim.studies.compare.paired_runs import Comparison, Contrast
from sim.studies.compare.spec import ComparisonSpec
from sim.studies.compare.works_on import early_differences, works_on

QUANTILES = (0.5, 0.75, 0.9, 0.99, 0.999)
AT = (1, 3, 7, 14, 30, 90, 180)  # days at which the table holds the cumulative incidence; and the horizon
TIDY = (
    ("alternative", pa.string(), "", "label of the alternative; the first is the base"),
    (
        "quantity",
        pa.string(),
        "",
        "what is measured: peak>=r, a time, a column of the runs, how it first ended, or the outcome",
    ),
    ("statistic", pa.string(), "", "probability, mean, median (Kaplan-Meier), difference, ratio, incidence at a day, ..."),
    ("value", pa.float64(), "as the quantity", "the estimate; null where there is none"),
    (
        "low",
        pa.float64(),
        "as the quantity",
        "lower end of the interval; means of deaths and payoffs: too narrow below 1,000 runs",
    ),
    ("high", pa.float64(), "as the quantity", "upper end of the interval; null where the runs leave it open"),
    ("n", pa.int64(), "runs or draws", "runs of the alternative; draws of what is not known, where the statistic is over them"),
)
SOURCES = (
    ("alternative", pa.string(), "", "label of the alternative; the first is the base"),
    ("of", pa.string(), "", "level: the outcome; difference: what the alternative changes in it"),
    ("number", pa.string(), "", "the number that is not known"),
    ("share", pa.float64(), "share of variance", "of the spread over the draws, chance taken out, that goes when it is known"),
    ("low", pa.float64(), "share of variance", "lower end of its 95 % interval"),
    ("high", pa.float64(), "share of variance", "upper end"),
    ("p", pa.float64(), "", "how often so large a share comes by chance"),
)


def level(comparison: Comparison, i: int) -> Triple:
    """The outcome under alternative ``i``: its value and 95 % interval (Clopper & Pearson 1934 for a probability)."""
    m = comparison.played.moments
    if comparison.outcome.probability:
        return clopper_pearson(int(m.sums[i]), m.n)
    half = half_width(m.covariance(i, i), m.n)
    return m.mean(i), m.mean(i) - half, m.mean(i) + half


def rows(comparison: Comparison, crises: Sequence[Crisis], found: Sequence[Ignorance] = ()) -> Iterator[tuple]:
    """Every row of the tidy table, in a fixed order; ``found`` is what is not known, where it is drawn."""
    n, count_of = comparison.n, dict(zip(comparison.labels, comparison.played.counts, strict=True))
    for i, label in enumerate(comparison.labels):
        kind = "probability" if comparison.outcome.probability else "mean"
        known = {(e.quantity, e.statistic) for e in estimates(count_of[label])}
        if (comparison.outcome.name, kind) not in known:
            yield label, comparison.outcome.name, kind, *level(comparison, i), n
        for e in estimates(count_of[label]):
            yield label, *e
        yield from _ends(label, count_of[label], crises[i].horizon)
        for name, counts in comparison.played.spreads[i].items():
            yield label, name, "share of none", *clopper_pearson(*share(counts, 0)), n
            yield label, name, "mean in all", mean(counts), None, None, n
            for q in QUANTILES:
                yield label, name, f"quantile {q:g}", *quantile(counts, q)[1:], n
    for one in comparison.contrasts:
        yield from _contrast(comparison.outcome.name, one, n)
    for unknown in found:
        yield from _not_known(comparison.outcome.name, unknown)
    yield from _works(comparison)
    for pace in times_to_steps(comparison):
        yield pace.label, pace.step, "log-rank z", pace.z, None, None, n
        yield pace.label, pace.step, "log-rank p, Holm", pace.p, None, None, n


def _ends(label: str, count: Count, horizon: float) -> Iterator[tuple]:
    """The cumulative incidence of each end at chosen days."""
    for name, curve in ends(count).items():
        for day in (*(day for day in AT if day < horizon), horizon):
            yield label, name, f"incidence at {day:g} days", *map(float, curve.read(day * DAY)), count.n


def _contrast(name: str, one: Contrast, n: int) -> Iterator[tuple]:
    """An alternative against the base."""
    yield one.label, name, "difference", *one.difference, n
    yield one.label, name, "difference, together", *one.simultaneous, n
    yield one.label, name, "ratio", *one.ratio, n
    for statistic in ("variance_reduction", "moved", "differing", "needed"):
        words = {
            "variance_reduction": "variance saved by pairing",
            "moved": "runs with another outcome",
            "differing": "runs that differ",
        }
        yield one.label, name, words.get(statistic, "runs to resolve it"), float(getattr(one, statistic)), None, None, n


def _not_known(name: str, one: Ignorance) -> Iterator[tuple]:
    """An alternative over the draws of what is not known (null: not told from chance); ``n`` is that of the draws."""
    n = one.level.draws
    yield one.label, name, "over draws", one.level.mean, *one.level.ends, n
    if one.difference is not None:
        yield one.label, name, "difference over draws", one.difference.mean, *one.difference.ends, n
        yield one.label, name, "share of draws that lower it", *one.share, n
    yield one.label, name, "share of draws that are lowest", one.lowest, None, None, n


def source_table(found: Sequence[Ignorance]) -> pa.Table:
    """Which numbers the spread over the draws is due to: a row an alternative, of level and difference, and number."""
    rows = []
    for one in found:
        parts = [("level", one.level_sources)] + ([("difference", one.difference_sources)] if one.difference else [])
        rows += [(one.label, what, *source) for what, some in parts for source in some]
    return parquet.table(SOURCES, rows)


def _works(comparison: Comparison) -> Iterator[tuple]:
    """What each alternative works on, and its difference by the early day."""
    n, labels = comparison.n, comparison.labels[1:]
    for label, gap in zip(labels, early_differences(comparison), strict=False):
        yield label, comparison.outcome.name, f"difference by day {EARLY:g}, together", *gap, n
    for work in (work for works in works_on(comparison) for work in works):
        yield work.label, work.way.words, "difference, together", *work.difference, n
        yield work.label, work.way.words, "under the base", work.base, None, None, n


def tidy(comparison: Comparison, crises: Sequence[Crisis], found: Sequence[Ignorance] = ()) -> pa.Table:
    """The tidy table."""
    return parquet.table(TIDY, [tuple(map(finite, row)) for row in rows(comparison, crises, found)])


def data(
    comparison: Comparison, spec: ComparisonSpec, options: CompareOptions, drawn: Draws | None, found: Sequence[Ignorance]
) -> dict:
    """The question, how it was answered, and each alternative against the base, as plain data."""
    value, *interval = level(comparison, 0)
    return {
        "experiment": "compare",
        "question": spec.words,
        "outcome": comparison.outcome.name,
        "seed": options.seed,
        "runs": comparison.n,
        "looks": comparison.looks,
        "precision asked for": comparison.precision or None,
        "precision reached": comparison.reached,
        "interval": "95 %",
        "together": f"95 % for all {len(comparison.contrasts)} differences (Bonferroni); verdicts rest on these",
        "case": options.case.words,
        "made by": provenance(),
        "base": {"value": value, "interval": interval},
        "alternatives": [_summed(comparison, spec, i) for i in range(1, len(comparison.labels))],
    } | ({"not known": _unknown(drawn, found)} if drawn else {})


def _unknown(drawn: Draws, found: Sequence[Ignorance]) -> dict:
    """What is drawn, and every alternative over the draws."""
    spreads = [
        {"label": one.label, "level": _spread(one.level), "lowest": one.lowest}
        | ({"difference": _spread(one.difference), "lower": [*map(finite, one.share)]} if one.difference else {})
        for one in found
    ]
    return {"drawn": drawn.kind, "draws": len(drawn.u), "numbers": len(drawn.varied), "conditioned": drawn.conditioned} | {
        "accepted set": dict(drawn.about), "alternatives": spreads,
    }  # fmt: skip


def _spread(one: Spread) -> dict:
    """A spread; its ends are null where the draws do not tell them from chance."""
    return one._asdict() | ({} if one.told else dict.fromkeys(("low", "high", "low_ends", "high_ends")))


def _summed(comparison: Comparison, spec: ComparisonSpec, i: int) -> dict:
    """An alternative's lines in the summary."""
    one, at = comparison.contrasts[i - 1], level(comparison, i)
    return {
        "label": one.label,
        "sets": spec.settings[i],
        "verdict": one.verdict,
        "value": at[0],
        "interval": at[1:],
        "difference": [finite(x) for x in one.difference],
        "difference, together": [finite(x) for x in one.simultaneous],
        "ratio": [finite(x) for x in one.ratio],
        "variance saved by pairing": finite(one.variance_reduction),
        "runs with another outcome": one.moved,
        "runs that differ": one.differing,
        "runs to resolve it": finite(float(one.needed)),
        "ranks": one.ranks,
    }
