"""An exact solution as a table and two figures."""

import math

import numpy as np

from sim.model.ladder import CLASH, RUNGS, WAR
from sim.plotting.escalation_curve import escalation_by_rung
from sim.plotting.labels import end_labels
from sim.plotting.mechanism_words import agreement
from sim.plotting.names import cased
from sim.plotting.numbers import bracketed
from sim.plotting.paragraphs import table, wrapped
from sim.plotting.style import colour, dash, plot, small_print, titled
from sim.studies.exact.solution import AT

WORDS = {
    "recall_at": "an ambassador is recalled",
    "answer_at": "a strike, and one that answers it",
    "contact_at": "a contact after a strike",
    "statement_at": "a joint statement after a strike",
    "agreement_at": "{agreement}",
    "recurrence_at": "a statement, and another strike after it",
}
NOTHING = 5e-13  # below this a probability is shown as 0


def exact_table(found, crisis, played, request):
    """What the chain says, a line a quantity: by chosen days, ever, and how long it takes where it comes."""
    days = [*(day for day in AT if day < crisis.horizon), crisis.horizon]
    named = {f"peak>={rung}": f"rung {rung}: {RUNGS[rung]}" for rung in range(CLASH, WAR + 1)} | WORDS
    beside = {e.quantity: bracketed((e.value, e.low, e.high)) for e in played if e.statistic == "probability"}
    rows = [("by day", *(f"{day:g}" for day in days), "ever", "days if so")]
    if played:
        rows[0] += (f"{request.runs:,} runs, by day {crisis.horizon:g}",)
    size = f"{found.states:,} states, {found.moves:,} ways from one to another"
    lines = [f"{crisis.title or 'A crisis'}: {size}, solved exactly.", request.case.said, "", "How likely it is that"]
    for name, words in named.items():
        ever, mean = found.ever[name]
        by_day = [_share(found.by(name, day)) for day in days]
        words = words.format(agreement=agreement(crisis.mechanism))
        rows.append((words, *by_day, _share(ever), _wait(ever, mean), *([beside.get(name, "")] if played else [])))
    lines.append(table(rows))
    if len(found.postures):
        named = zip(("neither", "a alone", "b alone", "both"), found.postures, strict=True)
        lines += ["", f"Of the time, at force: {'; '.join(f'{who} {share:.5f}' for who, share in named)}."]
    return "\n".join([*lines, "", *map(wrapped, [_in_the_long_run(found.shares), *_foot(found)])])


def _share(p):
    """A probability in five decimals; small ones in powers of ten."""
    if p < NOTHING:
        return "0"
    return f"{p:.5f}" if p >= 1e-3 else f"{p:.2e}"


def _wait(ever, mean):
    """Mean days until it comes: none where it never does, in powers of ten where it takes ages."""
    if ever < NOTHING or math.isnan(mean):
        return ""
    return f"{mean:.2f}" if mean < 1e6 else f"{mean:.2e}"


def _in_the_long_run(shares):
    """Where it settles: the rungs that keep a share of the time."""
    kept = [f"{RUNGS[rung]} {share:.5f}" for rung, share in enumerate(shares) if share >= 5e-6]
    return f"In the long run, share of time by crisis rung: {'; '.join(kept)}."


def _foot(found):
    """What the numbers rest on."""
    yield "Probabilities are of all that can happen; 'days if so' is the mean where it ever comes."
    yield (
        f"No interval, for no chance was drawn; the error of each probability is below {_above(found.error):g}. "
        "A wait of up to a minute is none here, while the clocks round each wait up to a whole minute: "
        "played runs lag behind by about half a minute a wait."
    )


def _above(error):
    """The power of ten above an error."""
    return 10.0 ** math.ceil(math.log10(max(error, 1e-300)))


def curve_figure(found, crisis, request):
    """P(peak ≥ r) by day, one line a rung, both scales logarithmic; what the opening act gave, or never comes, has none."""
    figure, axes = plot(box=(0.12, 0.2, 0.84, 0.69))
    days = found.days[1:]
    lines = [(rung, found.curves[f"peak>={rung}"]) for rung in range(CLASH, WAR + 1)]
    lines = [(rung, p[1:]) for rung, p in lines if p[0] < 1.0 - NOTHING and p[-1] > NOTHING]
    for i, (_, p) in enumerate(lines):
        axes.plot(days, p, color=colour(i), linestyle=dash(i), linewidth=1.6)
    axes.set(xscale="log", yscale="log", xlim=(days[0], days[-1]), xlabel="day", ylabel="P(peak ≥ rung) by that day")
    ends = [float(p[-1]) for _, p in lines]
    axes.set_ylim(1e-3 * min(ends, default=1e-3), 1.5 * max(ends, default=1.0))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    titled(axes, "How soon does it climb? Solved exactly")
    small_print(figure, f"{_small(found, request)} Rungs reached by the opening act, or never, are left out.")
    end_labels(axes, ends, [f"{rung} {RUNGS[rung]}" for rung, _ in lines], [colour(i) for i in range(len(lines))])
    return figure


def rung_figure(found, crisis, played, request):
    """The escalation curve by the horizon, exact; with the played runs beside it where there are some."""
    figure, axes = plot()
    p = np.array([found.curves[f"peak>={rung}"][-1] for rung in range(1, WAR + 1)])
    p = np.where(p > NOTHING, p, 0.0)
    lines = [("exact", p, p, p)]
    rungs = [e for e in played if e.quantity.startswith("peak>=")]
    if rungs:
        lines.append((f"{request.runs:,} runs", *([getattr(e, part) for e in rungs] for part in ("value", "low", "high"))))
    escalation_by_rung(axes, lines, log=bool(p.any()))
    titled(axes, f"How far does it climb by day {crisis.horizon:g}?")
    beside = (
        f" Beside it {request.runs:,} played runs with 95 % Clopper-Pearson intervals, seed {request.seed}." if rungs else ""
    )
    small_print(figure, f"{_small(found, request)}{beside}")
    return figure


def _small(found, request):
    """The small print of an exact figure."""
    size = f"{found.states:,} states"
    return cased(request, f"Exact: a Markov chain of {size} built from the rules; no chance drawn, so no interval.")
