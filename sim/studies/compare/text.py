"""The table of a comparison as text: each alternative with its outcome, its difference from the base, and what may be said."""

import math
from collections.abc import Sequence

from sim.design.draws import Draws
from sim.model.parameter import DAY
from sim.model.text import counted
from sim.plotting.ignorance_words import doubts, drivers, heading, often, rows
from sim.plotting.mechanism_words import sets
from sim.plotting.numbers import NONE, bracketed, decimals_for, plain, signed
from sim.plotting.paragraphs import table, wrapped
from sim.runs.competing_risks import ends
from sim.runs.ignorance import ENOUGH, Ignorance, shared
from sim.runs.time_to_step import TimeToStep, times_to_steps
from sim.statistics.kaplan_meier import Curve
from sim.statistics.paired_differences import bonferroni_z
from sim.statistics.verdict import LOWERS, RAISES, SAME, UNRESOLVED
from sim.studies.compare.options import CompareOptions
from sim.studies.compare.paired_runs import Comparison, Contrast
from sim.studies.compare.spec import ComparisonSpec
from sim.studies.compare.summary import open_ends, ordered, scale, stopped, summary_sentences
from sim.studies.compare.table import level
from sim.studies.compare.works_text import works_text

ENDS = {"stand_down": "stood down first", "war": "war before any stand-down", "neither": "neither"}
ENDED = "How it has first ended by the horizon: stand-down or war, whichever came first (Aalen-Johansen; %, 95 %)"
FIRST = (
    "A war that follows a stand-down, when strikes recur, counts here as stood down first; the probability of war by the "
    "horizon (outcome war_at or peak>=9, and what play says) counts it too, and is the larger of the two."
)
PASSED = (
    "Days to each step (Kaplan-Meier medians, 95 %; * differs from the base: by the medians' difference, at 95 % all together, "
    "or by a log-rank test where fewer than half reach it)"
)
HELD = "Intervals hold 95 % of the draws."
FEW = f" (Fewer than {ENOUGH} runs draw nothing of what is not known.)"
FIRST_TABLE = "Intervals of the first table tell chance in the runs alone, at the numbers as configured."
TAKEN = "Intervals tell chance in the runs alone: the assumptions are taken as they are."
HEAVY = (
    "Deaths have heavy tails, though an end: the interval of a mean covers .94 of the time with 1,000 runs of the reference, "
    "but .81 with 100; look at the quantiles too."
)


def verdicts(
    comparison: Comparison,
    spec: ComparisonSpec,
    options: CompareOptions,
    look: int,
    drawn: Draws | None = None,
    found: Sequence[Ignorance] = (),
) -> str:
    """The whole answer as text. ``look`` is how many runs each look added; ``found`` is what is not known."""
    crisis = spec.crises[0]
    sides = " and ".join(f"{side} = {nation.name}" for side, nation in (("a", crisis.a), ("b", crisis.b)) if nation.name)
    about = (
        f"{crisis.title or 'A crisis'}{f' ({sides})' if sides else ''}; "
        f"horizon {counted(crisis.horizon, 'day', 'g')}; seed {options.seed}."
    )
    still = open_ends(comparison)
    parts = [
        wrapped(spec.words),
        f"{wrapped('Outcome: ' + comparison.outcome.words + '.')}\n{wrapped(about)}",
        "\n".join(wrapped(line) for line in sets(comparison, spec, options)),
        table(main_table(comparison)),
        "\n".join(wrapped(sentence) for sentence in summary_sentences(comparison)),
        not_known(comparison, drawn, found) if drawn else "",
        wrapped(" ".join([*stopped(comparison, look), *notes(comparison, drawn)])),
        works_text(comparison, crisis.horizon),
        "\n".join(["What would resolve the rest:", *(wrapped(line, "  ") for line in still)]) if still else "",
        f"{wrapped(f'{ENDED}:')}\n{table(ends_table(comparison))}\n{wrapped(FIRST)}",
        f"{wrapped(f'{PASSED}:')}\n{table(pace_table(comparison))}",
    ]
    return "\n\n".join(part for part in parts if part)


def main_table(comparison: Comparison) -> list[tuple[str, ...]]:
    """The table of the answer: a head and a row an alternative, the base first, then as ``ordered``."""
    factor, unit, _ = scale(comparison.outcome)
    of_unit = f" ({unit})" if unit else ""
    head = ("alternative", f"outcome{of_unit}, 95 %", "difference, together", "verdict", "rank", "ratio, 95 %", "runs saved")
    rows = [(comparison.labels[0], bracketed(level(comparison, 0), factor), NONE, "compared with", NONE, NONE, NONE)]
    for c in ordered(comparison):
        at = bracketed(level(comparison, comparison.labels.index(c.label)), factor)
        if c.verdict == SAME:
            rows.append((c.label, at, "0 in every run", SAME, NONE, "1", NONE))
            continue
        gained = f"x {c.variance_reduction:.3g}" if c.variance_reduction < 1e6 else NONE
        rows.append((c.label, at, bracketed(c.simultaneous, factor, signed), c.verdict, _rank(c), bracketed(c.ratio), gained))
    return [head, *rows]


def _rank(contrast: Contrast) -> str:
    """The ranks an alternative may have, lowest outcome first."""
    if contrast.ranks is None or contrast.verdict not in (LOWERS, RAISES):
        return NONE
    low, high = contrast.ranks
    return f"{low}" if low == high else f"{low}-{high}"


def not_known(comparison: Comparison, drawn: Draws, found: Sequence[Ignorance]) -> str:
    """How far ignorance of the numbers moves the answer: what is drawn, a table, and which numbers do it."""
    factor, unit, _ = scale(comparison.outcome)
    parts = [*doubts(drawn), heading(drawn, shared(comparison.n, len(drawn.u))), HELD, *off_centre(comparison, found)]
    head = " ".join(parts)
    said = [*often(found, "it"), "Of that spread, share of the variance [95 %] that each number gives:"]
    lines = [*map(wrapped, said), *(wrapped(line, "  ") for line in drivers(found))]
    return "\n".join([wrapped(head), table(rows(found, factor, unit)), *lines])


def off_centre(comparison: Comparison, found: Sequence[Ignorance]) -> list[str]:
    """Whether the numbers as configured lie at an end of what is plausible: a sentence, or none."""
    factor, unit, _ = scale(comparison.outcome)
    value, spread = level(comparison, 0)[0], found[0].level
    if not spread.told or spread.low <= value <= spread.high:
        return []
    where = "below" if value < spread.low else "above"
    shown = plain(factor * value, decimals_for(factor * spread.low, factor * spread.high) + 1)
    return [f"As configured the base ({f'{shown} {unit}'.strip()}) lies {where} that: these numbers are one end of it."]


def notes(comparison: Comparison, drawn: Draws | None = None) -> list[str]:
    """What a reader must know to judge the table: sentences."""
    k, z = len(comparison.contrasts), bonferroni_z(len(comparison.contrasts))
    how = "intervals from the exact ones of both shares" if comparison.outcome.probability else "Student intervals, run by run,"
    joint = (
        f"hold all at once at 95 % (Bonferroni: each at {100 * (1 - 0.05 / k):.2f} %, z = {z:.2f})" if k > 1 else "hold at 95 %"
    )
    return [
        "Run i meets the same chances under every alternative; 'runs saved': with chances of their own, so many times the runs",
        f"would be needed for as sure a difference. Differences have {how} that {joint};",
        f"with a verdict other than {UNRESOLVED} it leaves out zero.",
        "Ranks (lowest first, the base among them) are those that all pairs together allow." if k > 1 else "",
        f"{TAKEN}{FEW if comparison.n < ENOUGH else ''}" if drawn is None else FIRST_TABLE,
        HEAVY if comparison.outcome.unit in ("deaths", "payoff") else "",
    ]


def ends_table(comparison: Comparison) -> list[tuple[str, ...]]:
    """How crises have ended by the horizon: a head and a row an alternative."""
    rows = [("alternative", *ENDS.values())]
    for label, count in zip(comparison.labels, comparison.played.counts, strict=True):
        curves = ends(count)
        rows.append((label, *(bracketed(_last(curves[name]), 100) for name in ENDS)))
    return rows


def _last(curve: Curve) -> tuple[float, ...]:
    """The end of a curve: value and interval."""
    return tuple(map(float, curve.read(math.inf)))


def pace_table(comparison: Comparison) -> list[tuple[str, ...]]:
    """Median days to each step: a head and a row an alternative; a star where it differs from the base."""
    every = times_to_steps(comparison)
    steps = list(dict.fromkeys(pace.step for pace in every))
    rows = [("alternative", *(step.removesuffix("_at").replace("_", " ") for step in steps))]
    for label in comparison.labels:
        mine = [next(pace for pace in every if (pace.label, pace.step) == (label, step)) for step in steps]
        rows.append((label, *(_median(pace) for pace in mine)))
    return rows


def _median(pace: TimeToStep) -> str:
    """A median in days with its interval, and a star where the step comes sooner or later than under the base."""
    star = "*" if pace.told else ""
    if pace.median[0] != pace.median[0]:
        return f"not by half{star}"
    value, low, high = (x / DAY for x in pace.median)
    high = high if high == high else float("inf")
    return bracketed((value, low if low == low else 0.0, high), shown=1) + star
