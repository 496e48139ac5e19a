"""A run in words: a dated log of what happened, as one would read the real January 2024.

``sentence`` puts one act into words, ``told`` a whole run. The states before and after an act add what the act itself
does not carry: what it answered, whether the ambassador was still at post, what had been ordered. Secrets are told too:
the reader knows more than either side.
"""

from itertools import groupby

from sim.model.state import (
    ACTED,
    AGREED,
    ATTACK,
    AVERTED,
    ENVOYS_BACK,
    FADED,
    FOILED,
    INQUIRED,
    MADE_CONTACT,
    MADE_STATEMENT,
    MET,
    OPENING,
    ORDERED,
    PASSED,
    TRIED,
    VISITED,
    WORDS,
)
from sim.plotting.time_axis import date
from sim.studies.play import sentences, steps
from sim.studies.play.ending import ending
from sim.studies.play.scene import Scene

NOISE = (TRIED, AVERTED)
SENTENCES = {
    OPENING: steps.opened,
    ATTACK: sentences.attacked,
    FOILED: sentences.foiled,
    AVERTED: sentences.averted,
    WORDS: sentences.spoke,
    PASSED: sentences.passed,
    ORDERED: sentences.ordered,
    ACTED: sentences.struck,
    MADE_CONTACT: steps.contacted,
    MADE_STATEMENT: steps.stated,
    ENVOYS_BACK: steps.returned,
    VISITED: steps.visited,
    AGREED: steps.agreed,
    FADED: steps.faded,
    TRIED: steps.tried,
    MET: steps.met,
    INQUIRED: steps.inquired,
}


def told(story, crisis, everything=False):
    """The run ``story`` of ``crisis`` as text: a dated line an act, an empty line, and what came of it.

    Failed tries of the channel, attacks that patrols averted and sittings that hold back are left out, and meetings with
    nothing in between told together, unless ``everything`` is asked for.
    """
    scenes = [
        Scene(act, crisis, before, after)
        for act, before, after in zip(story.acts, [None, *story.states][:-1], story.states, strict=True)
        if everything or not _noise(act)
    ]
    lines = []
    for meetings, run in groupby(scenes, key=lambda scene: scene.act.kind == MET):
        run = list(run)
        lines += [_meetings(run)] if meetings and len(run) > 1 and not everything else [_line(scene) for scene in run]
    return "\n".join([*(lines or ["Nothing happened."]), "", ending(story.row, crisis)])


def _noise(act):
    """Whether nothing came of an act, nor was meant to."""
    held_back = act.kind in (ORDERED, ACTED) and act.rung == act.seen == act.slipped == 0
    return act.kind in NOISE or held_back


def _line(scene):
    """A dated sentence."""
    return f"{date(scene.crisis, scene.act.at)}  {sentence(*scene)}"


def _meetings(scenes):
    """Several regular meetings as one line."""
    first, last = scenes[0], scenes[-1]
    until = date(last.crisis, last.act.at).strip()
    return f"{_line(first).rstrip('.')}; {len(scenes)} such meetings until {until}."


def sentence(act, crisis, before=None, after=None):
    """One act in a sentence; the more telling with the states ``before`` and ``after`` it."""
    text = SENTENCES[act.kind](Scene(act, crisis, before, after))
    return f"{text[0].upper()}{text[1:]}."
