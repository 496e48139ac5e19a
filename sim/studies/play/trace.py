"""One run as a Python user sees it: its dated story, its acts as a frame, and its timeline."""

import html
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sim.engine import event_loop
from sim.model.ladder import RUNGS
from sim.model.parameter import DAY
from sim.model.rules.signalling import CONCILIATORY, HOSTILE
from sim.model.setting.crisis import Crisis
from sim.model.state import KINDS
from sim.plotting.own_look import own_look
from sim.story.dates import date
from sim.story.facts import group, names
from sim.story.telling import sentence, told
from sim.studies.play.figures import told_figure
from sim.studies.play.options import PlayOptions

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

TONES = {HOSTILE: "firm", CONCILIATORY: "conciliatory"}


@dataclass(frozen=True, repr=False, eq=False)
class Trace:
    """One run told act by act. ``print`` shows its dated story; a notebook shows it as a page."""

    crisis: Crisis
    options: PlayOptions

    @cached_property
    def story(self) -> event_loop.Story:
        """The acts, the state after each, and the row of numbers, as the event loop has them."""
        return event_loop.trace(self.crisis, self.options.seed, self.options.run)

    @property
    def row(self) -> dict[str, float]:
        """The numbers of the run by name, as in a row of ``simulate``; -1 for a time that was not reached."""
        return self.story.row

    @property
    def acts(self) -> "pd.DataFrame":
        """Every act in order, with words for codes: day and date, who, what kind, rungs done and seen, tones, the dead.

        ``day`` counts from the start of the run; ``seen`` is the rung the other side took it for.
        """
        import pandas as pd

        return pd.DataFrame([self._row(*one) for one in zip(self.story.acts, self._before, self.story.states, strict=True)])

    frame = acts

    @property
    def _before(self) -> list:
        """The states before each act."""
        return [None, *self.story.states][: len(self.story.acts)]

    def _row(self, act, before, after) -> dict:
        """An act as a row."""
        return {
            "day": act.at / DAY, "date": date(self.crisis, act.at).strip(), "who": actors(self.crisis)[act.who],
            "kind": KINDS[act.kind], "rung": act.rung, "rung_name": RUNGS[act.rung], "seen": act.seen,
            "public": TONES.get(act.public, ""), "private": TONES.get(act.private, ""), "dead_a": act.dead_a,
            "dead_b": act.dead_b, "dead_kin": act.dead_kin, "sentence": sentence(act, self.crisis, before, after),
        }  # fmt: skip

    def summary(self, everything: bool = False) -> str:
        """The dated story; with ``everything`` also what came to nothing, such as failed tries at talks."""
        return told(self.story, self.crisis, everything)

    def plot(self) -> "Figure":
        """The timeline of the run."""
        with own_look():
            return told_figure(self.story, self.crisis, self.options)

    def __str__(self) -> str:
        return self.summary()

    def __repr__(self) -> str:
        asked = f"run {self.options.run}, seed {self.options.seed}"
        return f"<Trace: {asked}, {len(self.story.acts)} acts; print it, or see .acts, .plot()>"

    def _repr_html_(self) -> str:
        """The dated story for a notebook; every text is escaped."""
        *lines, _, end = self.summary().split("\n")
        dated = [line.partition("  ") for line in lines]
        rows = "".join(
            f'<tr><td style="white-space: nowrap; text-align: left">{html.escape(day)}</td>'
            f'<td style="text-align: left">{html.escape(what)}</td></tr>'
            for day, _, what in dated
        )
        return f"<table>{rows}</table><p>{html.escape(end)}</p>"


def actors(crisis: Crisis) -> list[str]:
    """Who acts, by number: both nations, the militants that attack each, the channel and the mechanism."""
    return [*names(crisis), group(crisis, 0), group(crisis, 1), "channel", "mechanism"]
