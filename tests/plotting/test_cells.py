"""The figure of a sweep: each design drawn in a way that can be read, with nothing cut off."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pytest

from sim.design.spacing import spaced
from sim.model.setting.crisis import Crisis
from sim.model.setting.nation import Nation
from sim.plotting.cell_figure import _told_apart, cells_figure
from sim.plotting.cells import MOST_PANELS, cells, kind, others
from sim.plotting.heat_map import _ticks
from sim.plotting.names import cut, nations_of, readable
from sim.plotting.notes import varied
from sim.plotting.one_at_a_time import means, moves, reaches
from sim.plotting.panel_grid import small_print
from sim.plotting.style import MECHANISMS

RNG = np.random.default_rng(1)
FEW, WORDS = [0, 0.5, 1], ["none", "hotline", "liaison_officers"]
SAMPLE = [{"a.trust": float(u), "b.trust": float(v)} for u, v in RNG.random((20, 2))]


def found(*parts):
    """Cells of every combination of ``parts``, lists of dicts."""
    labels = [dict(itertools.chain(*(one.items() for one in point))) for point in itertools.product(*parts)]
    p = RNG.random(len(labels)) * 0.1
    return cells(list(labels[0]), labels, np.stack([p, 0.5 * p, 2 * p], axis=1), 7)


def axis(name, values):
    """A part of one axis."""
    return [{name: value} for value in values]


FINE = axis("a.trust", spaced(0, 1, 20))  # steps of 1/19, rounded
A, B, MECHANISM = axis("a.generosity", FEW), axis("b.generosity", FEW), axis("mechanism", WORDS)
ONE_RANGE = [{"a.trust": one["a.trust"]} for one in SAMPLE]
EVERY = axis("mechanism", ["none", *MECHANISMS])
EVERY_RULE = [f"rule number {i}" for i in range(9)]
CAP = axis("a.cap", [6, 7, 8])
REPEATED = [{"a.trust": one["a.trust"], "a.cap": 6 + i % 2} for i, one in enumerate(SAMPLE)] * 2  # as many as a grid has
DESIGNS = {
    "curve": [([{}],)],
    "maps": [(A, B), (A, B, MECHANISM), (A, FINE)],
    "lines": [(A,), (MECHANISM,), (A, MECHANISM), (ONE_RANGE,), (A, ONE_RANGE)],
    "multiples": [(A, B, ONE_RANGE), (EVERY, A), (EVERY, axis("a.retaliation", EVERY_RULE))],
    "rows": [([{"mechanism": "none", "a.generosity": 0.2}, {"mechanism": "hotline", "a.generosity": 0.9}],)],
    "first order": [
        (SAMPLE,),
        (REPEATED,),
        (A, B, SAMPLE),
        (MECHANISM, SAMPLE),
        (A, B, axis("a.cap", [6, 7, 8])),
    ],
}


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize(("shape", "design"), [(shape, one) for shape, some in DESIGNS.items() for one in some])
def test_every_design_is_drawn_without_a_flaw(shape, design, log, flaws):
    one = found(*design)
    if not log:
        assert kind(one) == shape
    against = [] if log else others(one)
    if against:
        one = one._replace(gaps=gaps(one, against))
    figure, said = cells_figure(one, np.full((3, 9), 0.5), log=log)
    small_print(figure, f"A crisis. n = 10,000 runs a point, seed 1. {varied(one)} {said}")
    assert flaws(figure) == []


def gaps(one, against):
    """Differences of some cells from others, every second one told from zero."""
    gap = one.chances[:, 0] - one.chances[against, 0]
    half = np.abs(gap) * np.where(np.arange(len(gap)) % 2, 0.5, 1.5)
    return np.where(
        np.arange(len(gap))[:, None] == np.array(against)[:, None], np.nan, np.stack([gap, gap - half, gap + half], 1)
    )


def test_lines_are_set_against_the_first_at_the_same_value_and_others_against_the_first_cell():
    one = found(MECHANISM, A)
    assert [one.labels[i] for i in others(one)] == [("none", label[1]) for label in one.labels]
    for design in ((A,), (MECHANISM,), *DESIGNS["rows"]):
        assert others(found(*design)) == [0] * len(found(*design).labels)
    for i in others(found(EVERY, A)):
        assert found(EVERY, A).labels[i][0] == "none"
    for design in DESIGNS["maps"] + DESIGNS["first order"] + DESIGNS["curve"]:
        assert others(found(*design)) == []


def test_a_sample_is_drawn_in_the_order_of_its_values():
    figure, _ = cells_figure(found(ONE_RANGE), None)
    assert np.all(np.diff(figure.axes[0].lines[0].get_xdata()) > 0)


def test_of_many_axes_those_are_shown_along_which_the_mean_moves():
    names = [f"a.field{i}" for i in range(MOST_PANELS + 1)]
    u = RNG.random((200, len(names)))
    p = 0.01 + 0.5 * u[:, 3]
    one = cells(names, [dict(zip(names, point, strict=True)) for point in u.tolist()], np.stack([p, p, p], axis=1), 7)
    figure, said = cells_figure(one, None)
    assert len(figure.axes) == MOST_PANELS
    assert figure.axes[0].get_xlabel() == "a's field3"
    assert f"Shown: the {MOST_PANELS} of {len(names)} axes" in said


def test_the_mean_along_an_axis_has_the_interval_of_its_cells():
    """Student's over the cells of a group; a cell alone has none."""
    x, p = np.array([0.0, 0.0, 0.0, 1.0]), np.array([0.1, 0.2, 0.6, 0.5])
    half = reaches(x, p)
    assert half[0] == pytest.approx(4.302653 * p[:3].std(ddof=1) / 3**0.5, rel=1e-6)
    assert np.isnan(half[1])


def test_means_along_an_axis():
    x, mean = means(np.array([0.0, 1.0, 0.0, 1.0]), np.array([0.1, 0.4, 0.3, 0.6]))
    np.testing.assert_allclose([x, mean], [[0, 1], [0.2, 0.5]])
    assert moves(["none", "hotline", "none"], np.array([0.1, 0.4, 0.3])) == pytest.approx(0.2)
    x, mean = means(np.arange(100.0), np.arange(100.0))
    np.testing.assert_allclose(mean, np.arange(4.5, 100, 10))


def test_fields_of_both_sides_are_said_once():
    assert readable("a.accident + a.failure + b.accident + b.failure") == "accident + failure (both sides)"
    assert readable("a.trust + b.trust") == "trust (both sides)"
    assert readable("a.trust + b.cap") == "a's trust + b's cap"
    assert readable("militants_a.base_rate + militants_b.base_rate") == "base rate (militants on both sides)"


def test_a_field_is_called_after_the_nation_whose_it_is():
    crisis = Crisis(a=Nation(name="Iran"), b=Nation(name="Pakistan"))
    nations = nations_of(crisis)
    assert readable("a.generosity", nations) == "Iran's generosity"
    assert readable("b.perception_error", nations) == "Pakistan's perception error"
    assert readable("militants_b.base_rate", nations) == "base rate of militants against Pakistan"
    assert readable("diplomacy.contact", nations) == "diplomacy: contact"
    assert readable("horizon", nations) == "horizon"
    assert readable("a.generosity", nations_of(crisis, ["nation@a"])) == "a's generosity"  # the nation itself is varied
    assert readable("joint_inquiry") == "joint inquiry"


def test_long_texts_are_cut_and_stay_apart():
    assert cut("short", 48) == "short"
    assert cut("x" * 99, 48) == "x" * 46 + " …"
    assert _told_apart(["a", "b", "a"]) == ["a (0)", "b", "a (2)"]


def test_many_words_have_a_mean_each():
    from sim.plotting.one_at_a_time import means

    words = np.arange(14.0).repeat(2)
    along, mean = means(words, words / 14, words=True)
    assert along.tolist() == list(range(14))
    assert np.allclose(mean, along / 14)


def test_ticks_of_many_even_steps_are_round_whatever_short_decimals_moved():
    figure, axes = plt.subplots()
    values = [round(i / 19, 6) for i in range(20)]
    _ticks(axes.xaxis, values)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    assert list(axes.get_xticks()) == pytest.approx([0, 3.8, 7.6, 11.4, 15.2, 19])
    plt.close(figure)
