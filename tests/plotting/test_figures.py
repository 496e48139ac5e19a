"""The figures: labels apart, windows that hold the drama, files that are the same each time."""

from itertools import pairwise

import numpy as np
import pytest

from sim.engine import event_loop
from sim.model.setting.crisis import Crisis
from sim.plotting.escalation_curve import escalation_along, escalation_by_rung
from sim.plotting.heat_map import heat_map
from sim.plotting.labels import end_labels, spread
from sim.plotting.panel_grid import arranged, panel_grid, small_print
from sim.plotting.style import looks, saved
from sim.plotting.time_axis import window
from sim.runs.time_to_step import TimeToStep
from sim.statistics.kaplan_meier import Curve
from sim.studies.compare.durations_panel import passage_panel
from sim.studies.compare.incidence import incidence_panel
from sim.studies.play.timeline import timeline_figure

CRISIS = Crisis(opening="strike_by_a", opening_dead=2, start="2024-01-16T20:00")


def test_labels_are_spread_apart_as_little_as_need_be():
    np.testing.assert_allclose(spread([0.0, 0.0], 1.0), [-0.5, 0.5])
    np.testing.assert_allclose(spread([5.0, 0.0], 1.0), [5.0, 0.0])
    assert np.all(np.diff(np.sort(spread(np.zeros(9), 1.0, 0.0, 20.0))) >= 1.0 - 1e-12)
    assert spread([], 1.0).shape == (0,)


@pytest.mark.parametrize("run", range(12))
def test_the_window_lies_within_the_run_and_holds_the_first_strike(run):
    for crisis in (CRISIS, Crisis(horizon=30.0), Crisis(horizon=3650.0)):
        story = event_loop.trace(crisis, 1, run)
        first, last = window(story, crisis)
        assert 0.0 <= first < last <= crisis.horizon
        if story.row["first_strike_at"] >= 0:
            assert first <= story.row["first_strike_at"] / 1440 <= last


def test_the_same_figure_is_the_same_bytes(tmp_path):
    def drawn(folder):
        return saved(timeline_figure(event_loop.trace(CRISIS, 1, 5), CRISIS, "n = 1, seed 1"), tmp_path / folder, "run")

    for one, other in zip(drawn("one"), drawn("other"), strict=True):
        assert one.read_bytes() == other.read_bytes()


def lines(n, k):
    """``k`` lines of ``n`` points with intervals."""
    p = np.linspace(0.4, 0.1, n)
    return [(f"line {i}", p / (i + 1), p / (i + 1) - 0.02, p / (i + 1) + 0.02) for i in range(k)]


@pytest.mark.parametrize("x", [np.linspace(0, 1, 5), ["none", "hotline", "joint_inquiry", "joint_patrols", "mediation"]])
@pytest.mark.parametrize("k", [1, 3, 9])
def test_no_text_of_an_escalation_plot_leaves_the_page(x, k, flaws):
    figure, (axes,) = panel_grid("How likely is it?")
    escalation_along(axes, x, lines(5, k), "what was swept", 7)
    small_print(figure, "n = 10, seed 1")
    assert flaws(figure) == []


@pytest.mark.parametrize("log", [False, True])
def test_a_rung_never_reached_is_drawn_by_its_interval_alone(log):
    _, (axes,) = panel_grid("")
    p = np.array([1, 1, 1, 1, 1, 1, 0.1, 0.01, 0.0])
    escalation_by_rung(axes, [("one", p, p * 0.5, np.minimum(1, p + 0.001))], log=log)
    assert axes.get_yscale() == ("log" if log else "linear")


def test_the_curve_has_a_log_scale_only_where_what_was_seen_spans_a_power_of_ten():
    for last, scale in ((0.0, "linear"), (0.5, "linear"), (0.05, "log")):
        figure, (axes,) = panel_grid("")
        p = np.array([1.0] * 7 + [0.9, last])
        escalation_by_rung(axes, [("exact", p, p, p)], log=True)
        assert axes.get_yscale() == scale
        arranged(figure)
        assert axes.get_tightbbox().x0 > 0  # nothing is cut off at the left
        if scale == "linear":
            assert axes.lines[0].get_ydata()[-1] == last  # a certain 0 is drawn


def test_a_step_that_fewer_than_half_reach_has_no_scale_of_days():
    never = TimeToStep("base", "visit_at", (0.2, 0.1, 0.3), (np.nan,) * 3, 0.0, 1.0, False)
    soon = never._replace(label="hotline", median=(1440.0, 1000.0, 2000.0))
    for some, scaled in (([never, never], False), ([never, soon], True)):
        _, (axes,) = panel_grid("")
        passage_panel(axes, some, looks(["base", "hotline"]))
        assert not scaled or axes.get_xlim()[0] == 0.0
        assert (len(axes.get_xticks()) > 0) == scaled
        assert (axes.get_xlabel() == "") == scaled
        assert axes.texts[0].get_text() == "reached by 20 % [10, 30]"


@pytest.mark.parametrize("horizon", [1.0, 365.0, 36500.0])
def test_the_days_under_a_panel_of_ends_do_not_touch(horizon):
    figure, (axes, _) = panel_grid("", (0.5,), (1.0, 1.0))
    flat = Curve(np.array([0.0]), np.full(2, 0.5), np.full((2, 2), 5.0), np.full((2, 2), 5.0))
    incidence_panel(axes, None, flat, horizon, "black", 1.05)
    arranged(figure).canvas.draw()
    boxes = [label.get_window_extent() for label in axes.get_xticklabels()]
    assert len(boxes) >= 2
    assert all(one.x1 < other.x0 for one, other in pairwise(boxes))


def test_cells_are_annotated_only_where_they_are_few():
    for n, shown in ((5, 25), (12, 0)):
        _, (axes,) = panel_grid("")
        heat_map(axes, range(n), range(n), np.linspace(0, 1, n * n).reshape(n, n), "x", "y", contour=0.5)
        assert sum(text.get_text() != "" for text in axes.texts) in ((shown,) if shown else range(5))


def test_a_line_that_ends_at_nothing_is_named_within_the_axes():
    _, (axes,) = panel_grid("")
    axes.set(yscale="log", ylim=(1e-3, 1))
    (name,) = end_labels(axes, [0.0], ["exact"], ["black"])
    assert 0 <= name.xy[1] <= 1
