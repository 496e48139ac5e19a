"""Estimates against answers known by hand or by another program."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.engine.kernel import ROW
from sim.runs import summary
from sim.statistics import histogram, intervals, kaplan_meier


def rows(**columns):
    """Runs with the given columns, counts 0 and times unreached elsewhere."""
    n = len(next(iter(columns.values())))
    out = np.zeros((n, len(ROW)))
    for name in summary.TIMED:
        out[:, ROW.index(name)] = -1
    for name, values in columns.items():
        out[:, ROW.index(name)] = values
    return out


@pytest.mark.parametrize(("k", "n"), [(0, 10), (3, 10), (10, 10), (1, 100_000), (500, 1000)])
def test_the_interval_of_a_probability_agrees_with_scipy(k, n):
    expected = stats.binomtest(k, n).proportion_ci(0.95, method="exact")
    p, low, high = intervals.clopper_pearson(k, n)
    assert p == k / n
    assert low == pytest.approx(expected.low, abs=1e-12)
    assert high == pytest.approx(expected.high, abs=1e-12)


def test_the_median_of_censored_times_agrees_with_scipy():
    random = np.random.default_rng(1)
    times = random.integers(1, 1000, 400).astype(float)
    ends = random.integers(1, 1500, 400).astype(float)
    war = np.where(ends < times, ends, -1)
    reached = np.where((ends < times) | (times > 800), -1, times)
    count = summary.counted(rows(answer_at=reached, war_at=war), 800)
    sample = stats.CensoredData.right_censored(
        np.where(reached >= 0, reached, np.where(war >= 0, np.minimum(war, 800), 800)), reached < 0
    )
    survival = stats.ecdf(sample).sf
    expected = survival.quantiles[np.flatnonzero(survival.probabilities <= 0.5)[0]]
    value, low, high = kaplan_meier.median(count, "answer_at")
    assert value == expected
    assert low <= value <= high


def test_a_median_that_half_the_runs_never_reach_is_not_a_number():
    count = summary.counted(rows(answer_at=[5, -1, -1, -1]), 100)
    assert all(math.isnan(x) for x in kaplan_meier.median(count, "answer_at")[:1])


def test_counting_in_chunks_is_counting_at_once():
    random = np.random.default_rng(2)
    whole = rows(peak=random.integers(0, 10, 90), strikes_a=random.integers(0, 5, 90), answer_at=random.integers(-1, 50, 90))
    parts = summary.combined_counts(summary.counted(whole[:40], 100), summary.counted(whole[40:], 100))
    for one, two in zip(summary.estimates(parts), summary.estimates(summary.counted(whole, 100)), strict=True):
        assert one[:2] == two[:2]
        np.testing.assert_allclose(one[2:], two[2:], rtol=1e-12)


def test_the_interval_of_a_mean_covers_it():
    random, hits = np.random.default_rng(3), 0
    for _ in range(400):
        count = summary.counted(rows(strikes_a=random.poisson(2.0, 200)), 10)
        estimate = next(e for e in summary.estimates(count) if (e.quantity, e.statistic) == ("strikes_a", "mean"))
        hits += estimate.low <= 2.0 <= estimate.high
    assert 0.92 < hits / 400 < 0.98


@given(st.lists(st.integers(0, 3_000_000), max_size=300), st.lists(st.integers(0, 60), max_size=300))
def test_a_histogram_is_that_of_numpy(one, two):
    expected = [np.stack(np.unique(np.array(some, np.int64), return_counts=True)) for some in (one, two, one + two)]
    found = [histogram.histogram(one), histogram.histogram(two)]
    for some, right in zip([*found, histogram.combined_histograms(*found)], expected, strict=True):
        assert some.tolist() == right.tolist()


def test_a_median_is_where_its_curve_crosses_one_half():
    random = np.random.default_rng(4)
    times = {name: random.integers(-k, 40 * k + 1, 200) for k, name in enumerate(summary.TIMED)}
    count = summary.counted(rows(**times), 500)
    for name, found in zip(summary.TIMED, kaplan_meier.medians(count, summary.TIMED), strict=True):
        curve = kaplan_meier.kaplan_meier(kaplan_meier.life(count, name))
        ends = curve.value[1:], *np.array([curve.read(at)[1:] for at in curve.at]).reshape(-1, 2).T
        for median, end in zip(found, ends, strict=True):
            first = np.flatnonzero(end <= 0.5)
            np.testing.assert_equal(median, curve.at[first[0]] if len(first) else np.nan)
