"""A run as a picture: both sides' acts on the ladder, the militants' attacks, and the way down, day by day."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.engine.event_loop import Story
from sim.model.ladder import WAR
from sim.model.setting.crisis import Crisis
from sim.plotting.escalation_curve import SHORT
from sim.plotting.labels import along, beside
from sim.plotting.names import literal
from sim.plotting.panel_grid import arranged, panel_grid, small_print
from sim.plotting.style import GREY, INK, NOTE, PALE, SIDES, TEXT, dressed
from sim.plotting.time_axis import dated, window
from sim.story.facts import names
from sim.studies.play.marks import Mark, absences, crisis_rung, key_names, marks, run_end, steps

RUNGS = ("no act", *(name.replace("\n", " ") for name in SHORT[1:]))
ENVOYS, CHANNEL, BOTTOM, TOP = -1.1, -2.1, -5.9, 9.7  # heights below the ladder, and its ends
TALL = 2.5  # inches
NOTHING = "Nothing: neither side acts, no militants strike, in all the days of this run."
ASIDE = 0.13  # where marks of both would meet, a's stand that much above the rung and b's below
NEAR = 0.03  # of the window: marks at one rung meet
SHAPES = {"force": ("o", 6.5), "words": ("o", 5.5), "restraint": ("v", 5), "blamed": ("^", 6), "unblamed": ("^", 6),
          "foiled": ("x", 4.5)}  # fmt: skip
ATTACKS = ("blamed", "unblamed", "foiled")


def timeline(axes: Axes, story: Story, crisis: Crisis, days: tuple[float, float] | None = None) -> Axes:
    """The run ``story`` of ``crisis`` on ``axes``: rungs upward, days along, diplomacy in a strip below the ladder.

    ``days`` is the window, (first, last) or the last alone; without it the first crisis is shown. The grey steps are the
    crisis rung: the highest act not yet walked back. Labels that find no free place are left out, those of fewest dead first.
    """
    if days is None:
        days = window(story, crisis)
    first, last = days if isinstance(days, tuple) else (0.0, float(days))
    dressed(axes)
    dated(axes, crisis, first, last)
    axes.set_ylim(BOTTOM, TOP)
    axes.set_yticks(
        [*range(WAR + 1), ENVOYS, CHANNEL],
        [*(f"{name}  {r}" for r, name in enumerate(RUNGS)), "ambassador recalled", "diplomacy"],
    )
    axes.tick_params(axis="y", length=0, labelsize=NOTE)
    axes.fill_between(*crisis_rung(story, crisis), step="post", color=PALE, alpha=0.55, linewidth=0, zorder=0.5)
    shown = [mark for mark in marks(story, crisis) if first <= mark.day <= last]
    failed = any(not label and first <= day <= last for day, label in steps(story))
    _key(axes, shown, crisis, failed)
    assert isinstance(axes.figure, Figure)
    arranged(axes.figure)  # what is written beside marks must know how wide a day is
    _draw(axes, shown, _heights(shown, last - first))
    _strip(axes, story, crisis, first, last)
    _end(axes, story, crisis, last)
    return axes


def _heights(shown: Sequence[Mark], width: float) -> dict[Mark, float]:
    """Where marks stand in a window of ``width`` days: on their rung, but where those of both sides would meet."""
    return {mark: mark.rung + _aside(mark, shown, NEAR * width) for mark in shown}


def _aside(mark: Mark, shown: Sequence[Mark], near: float) -> float:
    """How far a mark is moved from its rung."""
    meets = any(o.rung == mark.rung and o.side != mark.side and abs(o.day - mark.day) < near for o in shown)
    return (-ASIDE if mark.side else ASIDE) * meets


def _draw(axes: Axes, shown: Sequence[Mark], heights: Mapping[Mark, float]) -> None:
    """The marks, and beside them what happened."""
    for mark in shown:
        shape, size = SHAPES[mark.sort]
        tint = INK if mark.sort in ATTACKS else SIDES[mark.side]
        filled = mark.sort in ("force", "blamed")
        axes.plot(
            mark.day, heights[mark], shape, color=tint, markersize=size, zorder=4,
            markerfacecolor=tint if filled else "white", markeredgewidth=1.1,
        )  # fmt: skip
        if mark.private and mark.sort in ("force", "words"):
            axes.plot(mark.day, heights[mark], "o", color="white" if filled else tint, markersize=1.6, zorder=5)
    ranked = sorted(shown, key=lambda mark: (-(mark.sort == "force"), -mark.dead))
    beside(
        axes,
        [(mark.day, heights[mark]) for mark in ranked],
        [mark.text for mark in ranked],
        [INK if mark.sort in ATTACKS else SIDES[mark.side] for mark in ranked],
        size=4.2,
    )


def _strip(axes: Axes, story: Story, crisis: Crisis, first: float, last: float) -> None:
    """Below the ladder: the spells without ambassadors, and what the channel and the mechanism did."""
    for side in (0, 1):
        for since, until in absences(story, crisis, side):
            if since < last and until > first:
                height = ENVOYS + (-ASIDE if side else ASIDE)
                axes.hlines(height, max(since, first), min(until, last), color=SIDES[side], linewidth=2.6)
    done = [(day, label) for day, label in steps(story) if first <= day <= last]
    tries = [day for day, label in done if not label]
    made = [(day, label) for day, label in done if label]
    axes.vlines(tries, CHANNEL - 0.12, CHANNEL + 0.12, color=GREY, linewidth=0.6, alpha=0.6)
    axes.vlines([day for day, _ in made], CHANNEL - 0.3, CHANNEL + 0.3, color=INK, linewidth=1.3)
    along(axes, [day for day, _ in made], [label for _, label in made], CHANNEL - 0.45)


def _end(axes: Axes, story: Story, crisis: Crisis, last: float) -> None:
    """Where the run ends in war within the window, nothing follows."""
    if story.row["war_at"] >= 0 and run_end(story, crisis) < last:
        axes.axvspan(run_end(story, crisis), axes.get_xlim()[1], color=SIDES[1], alpha=0.08, linewidth=0)


def _key(axes: Axes, shown: Sequence[Mark], crisis: Crisis, failed: bool) -> None:
    """What the marks mean, in a line or two above the ladder; only what is there."""
    words, present = key_names(crisis), {mark.sort for mark in shown}
    entries: list[tuple[Any, str]] = [(_handle("s", 6, SIDES[i], SIDES[i]), words["ab"[i]]) for i in (0, 1)]
    for sort, (shape, size) in SHAPES.items():
        if sort in present:
            entries.append((_handle(shape, size, GREY, GREY if sort in ("force", "blamed") else "white"), words[sort]))
    if any(mark.private for mark in shown if mark.sort in ("force", "words")):
        entries.append(((_handle("o", 5.5, GREY, "white"), _handle("o", 1.6, GREY, GREY)), words["private"]))
    if failed:
        entries.append((_handle("|", 5, GREY, GREY), words["try"]))
    entries.append((Patch(facecolor=PALE, alpha=0.8), words["rung"]))
    columns = len(entries) if len(entries) <= 6 else -(-len(entries) // 2)
    axes.legend(
        *zip(*entries, strict=True), loc="lower left", bbox_to_anchor=(-0.012, 0.995), ncols=columns, frameon=False,
        fontsize=NOTE, labelcolor=INK, handletextpad=0.3, columnspacing=1.2, borderaxespad=0.2, labelspacing=0.3,
        handlelength=1.2,
    )  # fmt: skip


def _handle(shape: str, size: float, edge: str, face: str) -> Line2D:
    """A sample of a mark for the key."""
    return Line2D([], [], marker=shape, linestyle="", markersize=size, color=edge, markerfacecolor=face)


def horizon_strip(axes: Axes, story: Story, crisis: Crisis, shade: tuple[float, float] | None = None) -> Axes:
    """The whole run as a thin strip: the crisis rung as grey steps, force and attacks as marks; ``shade`` days are framed."""
    dressed(axes, grid="")
    axes.fill_between(*crisis_rung(story, crisis), step="post", color=PALE, linewidth=0)
    for mark in marks(story, crisis):
        if mark.sort == "force":
            axes.plot(mark.day, mark.rung, "o", color=SIDES[mark.side], markersize=3)
        elif mark.sort in ("blamed", "unblamed"):
            fill = INK if mark.sort == "blamed" else "white"
            axes.plot(mark.day, mark.rung, "^", color=INK, markerfacecolor=fill, markeredgewidth=0.7, markersize=3.2)
    if shade:
        axes.axvspan(*shade, facecolor="none", edgecolor=GREY, linewidth=0.7, linestyle=(0, (3, 2)))
    _end(axes, story, crisis, crisis.horizon)
    axes.set_ylim(0, WAR + 0.6)
    axes.set_yticks([0, 3, 6, 9])
    axes.set_ylabel("rung", fontsize=TEXT, color=INK)
    dated(axes, crisis, 0, crisis.horizon)
    return axes


def timeline_figure(story: Story, crisis: Crisis, note: str) -> Figure:
    """A page of one run: the first crisis in detail, the whole horizon as a strip below it, ``note`` as small print."""
    first, last = window(story, crisis)
    title = f"What happens between {literal(names(crisis)[0])} and {literal(names(crisis)[1])}, in one of many runs?"
    strip = last - first < 0.95 * crisis.horizon and any(not first <= mark.day <= last for mark in marks(story, crisis))
    figure, panels = panel_grid(title, (TALL, 0.4) if strip else (TALL,), answer="" if marks(story, crisis) else NOTHING)
    timeline(panels[0], story, crisis, (first, last))
    for below in panels[1:]:
        panels[0].set_xlabel("")
        horizon_strip(below, story, crisis, (first, last))
    small_print(figure, note)
    return figure
