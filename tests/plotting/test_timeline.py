"""The picture of one run: marks stand on the lines they are read against, and the window is filled."""

from sim import load
from sim.engine import event_loop
from sim.model.state import TRIED
from sim.plotting.time_axis import window
from sim.studies.play.marks import Mark
from sim.studies.play.timeline import ASIDE, _heights, timeline_figure


def _mark(day, rung, side):
    return Mark(day, rung, side, "force", False, "", 0)


def test_marks_stand_on_their_rung_but_where_both_sides_would_meet():
    alone, here, there = _mark(1.0, 6, 0), _mark(5.0, 5, 0), _mark(5.1, 5, 1)
    heights = _heights([alone, here, there], 10.0)
    assert heights == {alone: 6, here: 5 + ASIDE, there: 5 - ASIDE}


def test_the_first_crisis_fills_its_window_and_every_mark_is_in_the_key():
    crisis = load()
    story = event_loop.trace(crisis, 1, 0)
    first, last = window(story, crisis)
    end = max(act.at for act in story.acts if act.at / 1440 <= last) / 1440
    assert end - first > 0.6 * (last - first)
    assert any(act.kind == TRIED for act in story.acts)
    legend = timeline_figure(story, crisis, "").axes[0].get_legend()
    assert "a try at talks that fails" in [text.get_text() for text in legend.get_texts()]
