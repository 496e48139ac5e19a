"""A run in words: a dated log of what happened, as one would read the real January 2024.

``sentence`` puts one act into words, ``told`` a whole run. The states before and after an act add what the act itself
does not carry: what it answered, whether the ambassador was still at post, what had been ordered. Secrets are told too:
the reader knows more than either side.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from sim.model.setting.crisis import Crisis
from sim.model.state import ACTED, AVERTED, KINDS, MET, ORDERED, TRIED, Act, State
from sim.story import facts
from sim.story.dates import date
from sim.story.grammar import written
from sim.story.phrases import ENDING, SENTENCES

if TYPE_CHECKING:
    from sim.engine.event_loop import Story

NOISE = (TRIED, AVERTED)

Scene = tuple[Act, State | None, State]  # an act, and the states before and after it


def told(story: "Story", crisis: Crisis, everything: bool = False) -> str:
    """The run ``story`` of ``crisis`` as text: a dated line an act, an empty line, and what came of it.

    Failed tries of the channel, attacks that patrols averted and sittings that hold back are left out, and meetings with
    nothing in between told together, unless ``everything`` is asked for.
    """
    before = [None, *story.states][: len(story.acts)]
    scenes = [one for one in zip(story.acts, before, story.states, strict=True) if everything or not noise(one[0])]
    lines = []
    for meetings, run in groupby(scenes, key=lambda scene: scene[0].kind == MET):
        some = list(run)
        together = meetings and len(some) > 1 and not everything
        lines += [_meetings(some, crisis)] if together else [_line(scene, crisis) for scene in some]
    return "\n".join([*(lines or [written(SENTENCES, "nothing", {})]), "", ending(story.row, crisis)])


def noise(act: Act) -> bool:
    """Whether nothing came of an act, nor was meant to."""
    held_back = act.kind in (ORDERED, ACTED) and act.rung == act.seen == act.slipped == 0
    return act.kind in NOISE or held_back


def _line(scene: Scene, crisis: Crisis) -> str:
    """A dated sentence."""
    act, before, after = scene
    return f"{date(crisis, act.at)}  {sentence(act, crisis, before, after)}"


def _meetings(scenes: Sequence[Scene], crisis: Crisis) -> str:
    """Several regular meetings as one line."""
    until = date(crisis, scenes[-1][0].at).strip()
    more = written(SENTENCES, "meetings", {"count": len(scenes), "until": until})
    return f"{_line(scenes[0], crisis).rstrip('.')}{more}."


def sentence(act: Act, crisis: Crisis, before: State | None = None, after: State | None = None) -> str:
    """One act in a sentence; the more telling with the states ``before`` and ``after`` it."""
    text = written(SENTENCES, KINDS[act.kind], facts.of_act(act, crisis, before, after))
    return f"{text[0].upper()}{text[1:]}."


def ending(row: Mapping[str, float], crisis: Crisis) -> str:
    """Peak, strikes, dead, days without ambassadors, and the way down, from the ``row`` of a run: a paragraph."""
    return written(ENDING, "ending", facts.of_run(row, crisis))
