"""Which days of a run to look at, and how days and dates are written along an axis."""

from datetime import datetime, timedelta

from matplotlib.axes import Axes

from sim.engine.event_loop import Story
from sim.model.ladder import CLASH
from sim.model.parameter import DAY
from sim.model.setting.crisis import Crisis
from sim.model.state import (
    ACTED,
    CALM,
    SITTING,
    TRIED,
)
from sim.plotting.style import TEXT
from sim.story.dates import MONTHS, date

AT_EASE = (CALM, SITTING)
LEAST, BEYOND = 5.0, 1.12  # days shown at least; how far to look past the end, as a factor on the crisis's length
STEPS = (1, 2, 5, 7, 14, 30, 60, 90, 182, 365, 730, 1826, 3652)  # days between ticks


def first_crisis(story: Story) -> tuple[int, int] | None:
    """The acts of the first crisis with force, or else of the first crisis: (index of its first, of its last act).

    A crisis lasts from the act that disturbs normal relations until they are normal again and both councils at rest.
    ``None`` where nothing ever disturbed them.
    """
    spells, start = [], None
    for i, state in enumerate(story.states):
        quiet = state.talks.rung == 0 and state.talks.step == 0
        if quiet and state.a.plan.phase in AT_EASE and state.b.plan.phase in AT_EASE:
            if start is not None:
                spells.append((start, i))
            start = None
        elif start is None:
            start = i
    if start is not None:
        spells.append((start, len(story.acts) - 1))
    forceful = [s for s in spells if any(_force(act) for act in story.acts[s[0] : s[1] + 1])]
    return next(iter(forceful or spells), None)


def _force(act):
    """Whether the act is one of force."""
    return act.kind == ACTED and act.rung >= CLASH


def window(story: Story, crisis: Crisis) -> tuple[float, float]:
    """The days that hold the first crisis: (first, last). It starts at 0 unless the crisis came later; no crisis, all days."""
    spell = first_crisis(story)
    if spell is None:
        return 0.0, crisis.horizon
    acts = [act for act in story.acts[spell[0] : spell[1] + 1] if act.kind != TRIED]
    begin, end = acts[0].at / DAY, acts[-1].at / DAY
    first = 0.0 if begin < 1 else max(0.0, begin - 1 - 0.05 * (end - begin))
    return first, min(crisis.horizon, max(first + LEAST, begin + BEYOND * (end - begin)))


def dated(axes: Axes, crisis: Crisis, first: float, last: float, ticks: int = 8) -> None:
    """Mark days from ``first`` to ``last`` along the x axis: days since the start, and the date of each."""
    step = next((s for s in STEPS if (last - first) / s <= ticks), STEPS[-1])
    days = [d for d in range(0, int(last) + 1, step) if d >= first - 1e-9]
    axes.set_xticks(days, [f"{d}\n{_day(crisis, d, step)}" for d in days])
    length = last - first
    axes.set_xlim(first - 0.028 * length, last + 0.018 * length)
    axes.set_xlabel(f"days since {date(crisis, 0).strip()}", fontsize=TEXT, labelpad=2)


def _day(crisis, day, step):
    """The date of a day: with the day of the month where ticks are close, with the year where they are not."""
    t = datetime.fromisoformat(crisis.start) + timedelta(days=day)
    return f"{t.day} {MONTHS[t.month - 1]}" if step < 60 else f"{MONTHS[t.month - 1]} {t.year}" if step < 365 else f"{t.year}"
