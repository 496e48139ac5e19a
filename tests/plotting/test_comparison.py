"""Every figure of a comparison and of how outcomes are distributed: legible, honest about zero, in the order of its values."""

import dataclasses

import numpy as np
import pytest

from sim.design.case import Case
from sim.execution.outcomes import Outcomes, outcomes
from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.nation import Nation
from sim.plotting.distribution import counted_line, waiting_line
from sim.plotting.outcome_distributions import ALL, outcomes_figure
from sim.plotting.panel_grid import small_print
from sim.plotting.style import BASE, KEY, saved
from sim.runs.outcome import outcome
from sim.runs.quantiles import spreads
from sim.runs.summary import counted
from sim.runs.time_to_step import apart
from sim.statistics.histogram import histogram
from sim.statistics.verdict import LOWERS, RAISES, UNRESOLVED
from sim.studies.compare.figures import compare_figures, seen
from sim.studies.compare.options import CompareOptions
from sim.studies.compare.paired_runs import paired_comparison
from sim.studies.compare.spec import ComparisonSpec
from sim.studies.compare.summary import ordered, summary_sentences
from sim.studies.play.figures import outcome_figure

OPENED = Crisis(title="A crisis with $ and a long name, told at length", opening="strike_by_a", opening_dead=2)
QUIET = dataclasses.replace(OPENED, opening="none", horizon=30.0)
GRIM = dataclasses.replace(OPENED, a=Nation(retaliation="belligerence"), b=Nation(retaliation="belligerence"), horizon=9.0)
LONG = dataclasses.replace(OPENED, horizon=36_500.0)


CASE = Case(OPENED.title, "the scenario file with_a_long_name", tuple(f"{i}: the mechanism is many things" for i in range(6)))
REQUEST = dataclasses.replace(CompareOptions(runs=400), case=CASE)


def variants(k):
    """``k`` alternatives with the names of mechanisms and others, the base first."""
    names = ["hotline", "notification", "liaison officers", "intelligence cell", "a label that goes on for long",
             "comprehensive", "mediation", "another one", "targeting", "settlement", "shuttle talk"]  # fmt: skip
    crises = [dataclasses.replace(OPENED, mechanism=Mechanism(name, contact_gain=0.3 * i)) for i, name in enumerate(names, 1)]
    return ["base", *names[:k]], [OPENED, *crises[:k]]


@pytest.fixture(scope="module", params=[1, 6, 11])
def drawn(request):
    """The figures of a small comparison, and the comparison."""
    labels, crises = variants(request.param)
    put = ComparisonSpec("Which?", outcome("peak>=7"), labels, crises, [{}] * len(labels))
    found = paired_comparison(crises, labels, put.outcome, 1, 400)
    return compare_figures(found, put, REQUEST), found


def test_no_text_of_any_figure_leaves_the_page_or_touches_another(drawn, flaws):
    assert {name: flaws(figure) for name, figure in drawn[0].items()} == {name: [] for name in drawn[0]}


def test_titles_ask_and_the_case_stands_in_the_small_print(drawn):
    for figure in drawn[0].values():
        texts = [text.get_text() for text in figure.texts]
        assert "?" in texts[0]
        assert "A crisis" not in texts[0]
        assert r"A crisis with \$" in texts[-1]
        assert "mechanism is many things" in texts[-1]
        assert "seed 1" in texts[-1]


def test_every_alternative_has_one_look_of_its_own(drawn):
    found = drawn[1]
    looks = seen(found)
    assert len({look.colour for look in looks}) == len(found.labels)
    figure = drawn[0]["outcomes"]
    if len(looks) <= ALL:
        names = [text.get_color() for text in figure.texts if text.get_gid() == KEY]
    else:
        names = [text.get_color() for axes in figure.axes for text in axes.texts]
    assert names == [look.colour for look in looks]


def test_rows_stand_in_the_order_of_their_differences(drawn):
    told = [c.difference[0] for c in ordered(drawn[1]) if c.verdict in (LOWERS, RAISES)]
    assert told == sorted(told)
    axes = drawn[0]["differences"].axes[0]
    labels = [text.get_text() for text in axes.get_yticklabels()][::-1]
    assert [label[:5] for label in labels] == [c.label[:5] for c in ordered(drawn[1])]


def test_scales_of_days_begin_at_zero_and_shares_at_nothing(drawn):
    assert all(axes.get_xlim()[0] == 0.0 for axes in drawn[0]["passage"].axes if len(axes.get_xticks()))
    assert all(axes.get_ylim() == (0.0, 1.0) for axes in drawn[0]["outcomes"].axes)


@pytest.mark.parametrize("crisis", [OPENED, QUIET, GRIM, LONG], ids=["opened", "quiet", "grim", "long"])
@pytest.mark.parametrize("runs", [1, 300])
def test_outcomes_of_one_crisis_are_legible_whatever_happens(crisis, runs, flaws):
    kept = outcomes(crisis, 1, runs)
    figure = outcomes_figure([kept], ["all runs"], [BASE], crisis.horizon)
    small_print(figure, "n = 1, seed 1. " + "What differs from the scenario file: it is many things. " * 9)
    assert flaws(figure) == []


def test_the_figure_of_a_crisis_is_written_twice_alike(tmp_path):
    kept = outcomes(OPENED, 1, 200)
    for name in ("one", "two"):
        saved(outcome_figure(kept, OPENED, CompareOptions(runs=200)), tmp_path / name, "outcomes")
    for name in ("outcomes.png", "outcomes.svg"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_curve_is_the_share_of_runs_with_at_least_so_much():
    values = np.array([0, 0, 0, 1, 1, 3, 3, 7, 20, 20])
    line = counted_line(histogram(values))
    assert line.none[0] == 0.3
    assert line.steps.x.tolist() == [1, 3, 7, 20]
    assert line.steps.value.tolist() == [(values >= x).mean() for x in (1, 3, 7, 20)]
    assert (line.steps.low < line.steps.value).all()
    assert [mark[0] for mark in line.marks] == [1, 20]


def test_many_values_are_thinned_and_stay_the_share():
    values = np.random.default_rng(1).integers(1, 10**6, 5000)
    line = counted_line(histogram(values), unit=1440.0)
    assert len(line.steps.x) <= 240
    np.testing.assert_allclose(line.steps.value, [(values >= round(1440 * x)).mean() for x in line.steps.x])


def test_a_wait_is_kaplan_and_meiers_and_marks_what_was_lost():
    kept = outcomes(OPENED, 1, 2000)
    line = waiting_line(kept.count, "stand_down_at", OPENED.horizon)
    (median, low, high), (late, _, _) = line.marks
    assert low <= median <= high <= late
    assert line.steps.value[np.searchsorted(line.steps.x, median) + 1] <= 0.5
    assert np.all(np.diff(line.steps.value) <= 0)


def test_outcomes_are_those_of_the_rows():
    from sim.engine import kernel

    rows = kernel.simulate(OPENED, 3, 500)
    kept = outcomes(OPENED, 3, 500, threads=1)
    other = Outcomes(counted(rows, int(OPENED.horizon * 1440)), spreads(rows, OPENED))
    assert kept.count.peaks.tolist() == other.count.peaks.tolist()
    assert kept.spreads["deaths"].tolist() == other.spreads["deaths"].tolist()


def test_medians_are_told_apart_by_the_interval_of_their_difference():
    assert apart((2.50, 2.40, 2.60), (2.49, 2.39, 2.59)) is False
    assert apart((1.0, 0.9, 1.1), (2.5, 2.4, 2.6)) is True
    assert apart((1.0, np.nan, np.nan), (2.5, 2.4, 2.6)) is False  # open ends
    assert apart((np.nan,) * 3, (2.5, 2.4, 2.6)) is None


def test_what_may_be_the_lowest_includes_what_is_not_told_from_the_base():
    labels, crises = variants(6)
    found = paired_comparison(crises, labels, outcome("peak>=7"), 1, 400)
    c = found.contrasts
    three = [
        c[0]._replace(verdict=LOWERS, ranks=(1, 3)), c[1]._replace(verdict=LOWERS, ranks=(2, 4)),
        c[2]._replace(verdict=UNRESOLVED, ranks=(1, 5)),
    ]  # fmt: skip
    assert "Which of hotline and liaison officers is the lowest, the runs do not tell." in summary_sentences(
        found._replace(contrasts=three)
    )
