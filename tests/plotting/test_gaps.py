"""What the differences of lines on the same chances say, in a sentence."""

import numpy as np

from sim.plotting.escalation_curve import looks_of
from sim.plotting.paired_panel import gap_panel, sentence, told
from sim.plotting.panel_grid import panel_grid, small_print
from sim.plotting.style import looks

FIRST = np.full((3, 3), np.nan)
LESS, MORE, EQUAL = [-0.02, -0.03, -0.01], [0.02, 0.01, 0.03], [0.0, -0.01, 0.01]


def test_who_is_less_likely_who_more_and_who_is_not_told_apart():
    gaps = [FIRST, np.array([LESS, LESS, LESS]), np.array([LESS, EQUAL, MORE]), np.array([EQUAL] * 3), np.array([LESS] * 3)]
    assert sentence(["none", "hotline", "mediation", "settlement", "targeting"], gaps, "none") == (
        "On the same chances as none: less likely with hotline and targeting at all 3 values, with mediation at 1 of 3 values; "
        "more likely with mediation at 1 of 3 values; not told apart by these runs: settlement."
    )


def test_along_words_each_is_an_alternative_and_along_numbers_one_line_has_no_name():
    each = np.array([[[np.nan] * 3], [LESS], [EQUAL]])
    assert sentence(["none", "hotline", "mediation"], each, "none") == (
        "On the same chances as none: less likely with hotline; not told apart by these runs: mediation."
    )
    line = [np.array([[np.nan] * 3, EQUAL, MORE])]
    assert sentence([""], line, "generosity 0") == "On the same chances as generosity 0: more likely at 1 of 2 values."
    none = [np.array([[np.nan] * 3, EQUAL])]
    assert (
        sentence([""], none, "generosity 0") == "On the same chances as generosity 0: not told apart by these runs: any value."
    )


def test_a_difference_is_told_from_zero_where_its_interval_leaves_zero_out():
    low, high = np.array([LESS, MORE, EQUAL, [np.nan] * 3]).T[1:]
    assert told(low, high).tolist() == [True, True, False, False]


def test_rows_of_mechanisms_have_their_own_looks():
    assert looks_of([""], ["none", "joint inquiry"]) == [looks(["none", "joint inquiry"])]
    assert looks_of([""], ["contrite", "restraint"]) == [looks([""]) * 2]
    assert looks_of(["none", "hotline"], ["x", "y"]) == [[look] * 2 for look in looks(["none", "hotline"])]


def test_the_page_grows_no_longer_for_what_is_not_drawn():
    figure, (axes,) = panel_grid("")
    nothing, value = np.full(3, np.nan), np.array([-0.01, -0.02, -0.03])
    gap_panel(axes, np.arange(3.0), [("none", *[nothing] * 3), ("hotline", value, value - 0.005, value + 0.005)], "none")
    small_print(figure, "n = 10, seed 1")
    assert figure.get_figheight() < 4.5
