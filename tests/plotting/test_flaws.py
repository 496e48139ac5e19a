"""The checker of figures finds what is wrong, and a mechanism looks the same in every figure."""

from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.design.paths import CONFIGS
from sim.plotting.escalation_curve import escalation_along, escalation_by_rung
from sim.plotting.panel_grid import arranged, names_key, panel_grid, small_print
from sim.plotting.rung_panels import rungs_figure
from sim.plotting.style import BASE, BEYOND, INK, MECHANISMS, looks

OPTIONS = sorted(path.stem for path in Path(CONFIGS, "mechanism").glob("*.yaml"))


def two_lines(one, other, log=False):
    """A figure of two lines that end at the values given, 95 % intervals ten times as wide around a count of zero."""
    figure, (axes,) = panel_grid("")
    lines = [(name, np.array([0.2, p]), np.array([0.1, 0.5 * p]), np.array([0.3, max(0.19, 2 * p)]))
             for name, p in (("none", one), ("hotline", other))]  # fmt: skip
    escalation_along(axes, [0.0, 1.0], lines, "noise", 9, log=log)
    return arranged(figure)


def test_texts_that_overlap_or_leave_the_page_are_found(flaws):
    figure, _ = panel_grid("")
    figure.text(0.5, 0.5, "one text")
    figure.text(0.51, 0.5, "another")
    figure.text(0.95, 0.95, "a text too long for the page")
    assert flaws(figure) == ["'a text too long for the page' leaves the page", "'one text' and 'another' overlap"]


def test_names_in_one_colour_or_out_of_order_are_found(flaws):
    figure = two_lines(0.1, 0.0)
    names = figure.axes[0].texts
    low, high = (text.get_position() for text in names)
    names[0].set_position(high)
    names[1].set_position(low)
    assert flaws(figure) == ["'none' stands below 'hotline', its line above"]


def test_two_alternatives_in_one_colour_are_found(flaws):
    figure, _ = panel_grid("")
    names_key(figure, "mechanism", ["one", "hotline"])
    assert flaws(figure) == []
    for text in figure.texts:
        text.set_color(INK)
    assert flaws(figure) == ["'★ one' and '■ hotline' have one colour"]


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("ends", [(0.0, 0.1), (0.1, 0.0), (0.0, 0.0), (0.0, 1e-9)])
def test_a_line_whose_count_is_zero_is_named_below_all_others(ends, log, flaws):
    figure = two_lines(*ends, log=log)
    small_print(figure, "n = 10, seed 1")
    assert flaws(figure) == []
    heights = {text.get_text(): text.get_position()[1] for text in figure.axes[0].texts}
    if ends[0] != ends[1]:
        assert (heights["none"] < heights["hotline"]) == (ends[0] < ends[1])


@pytest.mark.parametrize("log", [False, True])
def test_so_it_is_rung_by_rung(log, flaws):
    figure, (axes,) = panel_grid("")
    p = np.array([1, 1, 1, 1, 1, 1, 0.5, 0.1, 0.0])
    high = np.minimum(1.0, p + 0.3)
    escalation_by_rung(axes, [("none", p, p, high), ("hotline", p + 0.001 * (p == 0), p, high)], log)
    assert flaws(arranged(figure)) == []


def test_every_mechanism_of_the_program_has_a_look_of_its_own():
    assert sorted(MECHANISMS) == [name for name in OPTIONS if name != "none"]
    each = looks(OPTIONS)
    assert len({look.colour for look in each}) == len(set(each)) == len(OPTIONS)


def test_a_mechanism_looks_the_same_among_whatever_others():
    for some in (["hotline"], ["none", "hotline", "settlement"], ["my own", "hotline"], ["a", "b", "c", "d", "hotline"]):
        assert looks(some)[some.index("hotline")] == looks(["hotline"])[0]
    assert looks(["base"]) == looks(["none"]) == [BASE]
    assert looks(["joint inquiry"]) == looks(["joint_inquiry"])


def test_no_colour_is_given_twice_and_what_is_left_over_is_grey():
    names = ["none", "hotline", *(f"own {i}" for i in range(30))]
    given = [look for look in looks(names) if look != BEYOND]
    assert len({look.colour for look in given}) == len(given) == 18


def test_each_rung_is_a_panel_on_a_scale_of_its_own(flaws):
    names = ["base", *MECHANISMS[:6]]
    lines = [(name, p, 0.8 * p, 1.1 * p + 1e-4) for name, p in
             ((name, np.array([1, 1, 1, 1, 1, 1, 0.05 - 0.002 * i, 0.003, 0.0])) for i, name in enumerate(names))]  # fmt: skip
    figure = rungs_figure(lines, looks(names))
    assert flaws(arranged(figure)) == []
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == ["7  strike on other\nstate's forces", "8  sustained exchange", "9  war"]
    low, high = figure.axes[0].get_xlim()
    assert 0 < low < high < 0.1
    rare = rungs_figure(
        [(name, p * 10.0**-i, low * 10.0**-i, high * 10.0**-i) for i, (name, p, low, high) in enumerate(lines)], looks(names)
    )
    assert flaws(arranged(rare)) == []
    assert rare.axes[0].get_xscale() == "log"


def test_panels_off_the_page_or_on_each_other_are_told(flaws):
    figure = Figure((7.0, 4.5))
    FigureCanvasAgg(figure)
    for box in ((0.1, 0.1, 0.3, 0.3), (0.6, 0.6, 0.3, 0.3)):
        figure.add_axes(box)
    assert not [flaw for flaw in flaws(figure) if "panel" in flaw]
    figure.add_axes((0.2, 0.2, 0.3, 0.3))
    figure.add_axes((0.9, 0.1, 0.3, 0.3))
    assert [flaw for flaw in flaws(figure) if "panel" in flaw] == ["panel 3 leaves the page", "panels 0 and 2 overlap"]
