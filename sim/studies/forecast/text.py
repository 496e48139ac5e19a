"""A forecast in words: what the record says, what it makes likely, what the mechanisms would change, how far to trust it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sim.history.forecasting import Estimate
from sim.history.journal import before
from sim.history.outcomes import DAY
from sim.history.record import FORCE, Entry
from sim.model.ladder import RUNGS
from sim.model.text import shown
from sim.plotting.paragraphs import table, wrapped
from sim.story.dates import MONTHS
from sim.studies.forecast.table import Row, horizons, rows

if TYPE_CHECKING:
    from sim.studies.forecast.compute import Forecast

MOST_ENTRIES = 12  # that are told


def text(found: Forecast) -> str:
    """The whole of it."""
    every = rows(found)
    parts = [
        _head(found),
        _so_far(found),
        _outlook(found, [row for row in every if row.cell == 0]),
        _times(found),
        _mechanisms(found, every),
        _trust(found),
    ]
    return "\n\n".join(part for part in [*parts, _before(found)] if part)


def _head(found: Forecast) -> str:
    """Which crisis, as of when, from what."""
    known, later = len(found.known.entries), len(found.record.entries) - len(found.known.entries)
    unused = (
        f" {_entries(later)} that came or became known later {'is' if later == 1 else 'are'} not looked at." if later else ""
    )
    sides = " and ".join(map(shown, found.record.sides))
    return wrapped(
        f"{shown(found.record.title)}: {sides}, as of {moment(found, found.known.end)} UTC, day {found.known.end / DAY:.1f} "
        f"after the opening, from {_entries(known)}.{unused} {shown(found.options.case.said)}"
    )


def _entries(n: int) -> str:
    """So many entries."""
    return "1 entry" if n == 1 else f"{n:,} entries"


def moment(found: Forecast, minute: float) -> str:
    """A minute of the record as a date and time in UTC."""
    at = datetime.fromisoformat(found.record.start) + timedelta(minutes=minute)
    return f"{at.day} {MONTHS[at.month - 1]} {at.year} {at:%H:%M}"


def _so_far(found: Forecast) -> str:
    """The opening and the entries held against the model, each with how likely it was before it came."""
    a, b = found.record.sides
    opening = found.known.opening
    lines = [f"{moment(found, 0)}  {_act(opening, a, b)} (the opening, given)"]
    shown_ones = found.foreseen[-MOST_ENTRIES:]
    if len(found.foreseen) > len(shown_ones):
        lines.append(f"... {len(found.foreseen) - len(shown_ones)} more entries, in entries.parquet")
    lines += [
        f"{moment(found, (one.entry.earliest + one.entry.latest) / 2)}  {_act(one.entry, a, b)} ({_likely(one.probability)})"
        for one in shown_ones
    ]
    kinds = " and ".join(found.known.recorded)
    head = (
        f"What the record says, of {kinds}, and how likely the model held each entry before it came: that it comes within "
        "its own window of time, at its rung and toll, and nothing else before (the narrower the window, the smaller):"
    )
    return "\n".join([wrapped(head), *(wrapped(line, "  ") for line in lines)])


def _act(one: Entry, a: str, b: str) -> str:
    """An entry in a few words."""
    who = {"a": a, "b": b, "both": "both sides", "third": "a third party", "militants_a": f"militants against {a}"}
    name = shown(who.get(one.actor, f"militants against {b}"))
    if one.kind != FORCE:
        return f"{one.kind.replace('_', ' ')} by {name}"
    rung = f"rung {one.rungs[0]}" if one.rungs[0] == one.rungs[1] else f"rung {one.rungs[0]} to {one.rungs[1]}"
    return f"force by {name}, {rung} ({RUNGS[one.rungs[0]]})"


def _likely(p: float) -> str:
    """A probability before the fact."""
    if math.isnan(p):
        return "the record had become impossible"
    return f"{percent(p)}, {-math.log2(max(p, 1e-300)):.0f} bits"


def percent(p: float) -> str:
    """A probability as a reader needs it."""
    if p and p < 0.001:
        return f"{100 * p:.0e} %".replace("e-0", "e-")
    return f"{_digits(p)} %"


def _span(one: Estimate | None) -> str:
    """The ends of an interval, in percent."""
    return f"[{_digits(one.low)}, {_digits(one.high)}]" if one else "none"


def _digits(p: float) -> str:
    """A probability in percent, without the sign."""
    return f"{100 * p:.1f}" if 0.0 < p < 0.0995 else f"{100 * p:.0f}"


def _outlook(found: Forecast, own: list[Row]) -> str:
    """What it makes likely, with both intervals and the base rates beside it."""
    lines = [("within", "forecast [chance]", "drawn [ignorance]", "MIE", "library")]
    for row in own:
        lines.append(
            (
                f"{_short(row.quantity)}, {row.days} d",
                f"{percent(row.chance.value)} {_span(row.chance)}",
                f"{percent(row.ignorance.value)} {_span(row.ignorance)}" if row.ignorance else "none",
                percent(row.mie) if row.mie is not None else "none",
                f"{percent(row.library)} ({row.library_cases})",
            )
        )
    about = (
        "What comes, with no mechanism put in force that is not there, in percent. Chance: 95 %, what the particles scatter. "
        "Drawn: the mean over draws of the assumptions from their plausible ranges, each weighed by how likely it makes the "
        "record; ignorance: their 5th to 95th percentile. Beside it what a forecast without a model says: MIE, the share of "
        "new blows in 719 crises (military acts alone); library, the share of the other coded crises as long after their "
        "opening (how many tell). A model that is no better than these has not earned its trust: escalation backtest."
    )
    return "\n\n".join([wrapped(about), table(lines)])


def _short(quantity: str) -> str:
    """An outcome in a word or two."""
    return {"strike": "another strike", "higher": "higher rung", "war": "war", "stand_down": "stand-down"}[quantity]


def _times(found: Forecast) -> str:
    """When: quartiles of the time to the next act and to the next stand-down, open where they were not reached."""
    return wrapped(" ".join(_time(found, quantity) for quantity in ("strike", "stand_down")))


def _time(found: Forecast, quantity: str) -> str:
    """The days until the next act of force, or stand-down, in a sentence."""
    days = found.options.days
    first, half, last = (f"{x:.1f}" if math.isfinite(x) else f"more than {days}" for x in _quartiles(found, quantity))
    what = "act of force" if quantity == "strike" else "stand-down"
    return f"Days until the next {what}: {half} (median; quartiles {first} and {last})."


def _quartiles(found: Forecast, quantity: str) -> list[float]:
    return found.pool.quantiles(0, quantity, (0.25, 0.5, 0.75))


def _mechanisms(found: Forecast, every: list[Row]) -> str:
    """What each mechanism would change, on the same particles and chances."""
    days = 30 if 30 in horizons(found) else horizons(found)[-1]
    chosen = [row for row in every if row.cell and row.days == days and row.quantity in ("strike", "stand_down")]
    if not chosen:
        return ""
    by_name = {name: [row for row in chosen if row.alternative == name] for name in found.names[1:]}
    lines = [(f"put in force now; within {days} d", "strike", "[by chance]", "stand-down", "[by chance]")]
    order = sorted(by_name.items(), key=lambda item: item[1][0].difference.value if item[1][0].difference else 0.0)
    for name, (strike, down) in order:
        lines.append((name.replace("_", " "), *_change(strike), *_change(down)))
    about = (
        "What a mechanism put in force at this moment would change, in percentage points, from the same particles on the same "
        "chances. What mechanisms do is assumed, not learned from records."
    )
    return "\n\n".join([wrapped(about), table(lines)])


def _change(row: Row) -> tuple[str, str]:
    gap = row.difference
    assert gap
    return f"{100 * gap.value:+.1f}", f"[{100 * gap.low:+.1f}, {100 * gap.high:+.1f}]"


def _trust(found: Forecast) -> str:
    """How far to trust it."""
    return wrapped(" ".join(_doubts(found)))


def _doubts(found: Forecast) -> Iterator[str]:
    """What the forecast rests on, and what speaks against it."""
    options, pool = found.options, found.pool
    low, high = pool.evidence.low, pool.evidence.high
    yield (
        f"{options.runs:,} particles in {options.filters} filters, seed {options.seed}; at the end they are worth "
        f"{pool.effective:.0f} equal ones. Log probability of the record {pool.evidence.value:.2f} [{low:.2f}, {high:.2f}]."
    )
    if pool.effective < 100:
        yield "That is few: ask for more runs."
    if found.less_likely is not None:
        yield (
            f"Of {options.own_records} records of the model's own up to the same moment, known to the day, a share of "
            f"{found.less_likely:.2f} is less likely than this one: {_surprise(found.less_likely)}."
        )
    outside = [f"{share:.0%}" for share in pool.told if share > 0.005]
    if outside:
        yield (
            f"{_entries(len(outside))} of the record may be no work of the model's: the background of {options.background:g} "
            f"acts a year tells them with {', '.join(outside)} of the weight. That is how far the model misses this crisis."
        )
    if found.draws:
        yield f"The {len(found.draws.weights)} draws of the assumptions are worth {found.draws.effective:.1f} equal ones."
        yield from _unlike_the_draws([row for row in rows(found) if row.cell == 0])
    yield (
        "Left out by both intervals: that the model is wrong, that the record is, and that the model's numbers were fitted to "
        "a library that may hold this very crisis."
    )


def _unlike_the_draws(own: list[Row]) -> Iterator[str]:
    """That the scenario's numbers forecast what few draws of the assumptions do, where it is so."""
    odd = [row for row in own if row.ignorance and not row.ignorance.low <= row.chance.value <= row.ignorance.high]
    if odd:
        yield (
            f"Of the {len(own)} forecasts {len(odd)} lie outside their interval for ignorance ({_listed(odd)}): there the "
            "scenario's numbers say what few draws of the assumptions do. Quote both."
        )


def _listed(odd: list[Row]) -> str:
    """Forecasts by name, the days of each together."""
    days = {row.quantity: [f"{one.days}" for one in odd if one.quantity == row.quantity] for row in odd}
    return "; ".join(f"{_short(quantity)}, {' and '.join(found)} d" for quantity, found in days.items())


def _surprise(share: float) -> str:
    """How surprising a record is that so many are less likely than."""
    return "it lies far out" if share < 0.05 else "it is no surprise" if share > 0.2 else "it is somewhat surprising"


def _before(found: Forecast) -> str:
    """What was forecast before, as the journal has it, and what became of it."""
    if not found.options.journal:
        return ""
    made = [one for one in before(found.options.journal, found.record, found.known) if one.came is not None]
    if not made:
        return wrapped("In the journal no earlier forecast of this crisis has come due.")
    lines = [("forecast as of", "of", "chance", "came")]
    lines += [
        (shown(one.asof), f"{_short(one.quantity)}, {one.days} d", percent(one.value), "yes" if one.came else "no")
        for one in made
    ]
    score = sum((one.value - float(bool(one.came))) ** 2 for one in made) / len(made)
    return "\n\n".join([wrapped(f"Forecasts that have come due since; their mean Brier score is {score:.3f}."), table(lines)])
