"""Times with censoring, and competing ends, against published and hand-reckoned examples and against SciPy."""

import math

import numpy as np
import pytest
from scipy import stats

from sim.runs.competing_risks import ends, holm, incidence, log_rank
from sim.runs.summary import Count
from sim.statistics.intervals import clopper_pearson
from sim.statistics.kaplan_meier import kaplan_meier, life

# weeks of remission of 21 + 21 children with leukaemia (Freireich et al. 1963), the example of most textbooks
DRUG = ([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
PLACEBO = ([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], [])


def counted(events, lost, name="war_at", step=1):
    """A cell's count that holds one time."""
    sparse = [np.stack(np.unique(np.array(times, np.int64), return_counts=True)) for times in (events, lost)]
    return Count(len(events) + len(lost), None, None, None, {name: sparse[0]}, {name: sparse[1]}, step)


def lived(events, lost):
    """The ``Life`` of some times."""
    return life(counted(events, lost), "war_at")


def test_kaplan_meier_gives_the_textbook_curve():
    curve = kaplan_meier(lived(*DRUG))
    at = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {t: round(float(s), 3) for t, s in zip(curve.at, curve.value[1:], strict=True) if t in at} == at


def test_log_rank_gives_the_textbook_statistic():
    z, p = log_rank(lived(*DRUG), lived(*PLACEBO))
    assert z < 0  # the drug's relapses come later
    assert z * z == pytest.approx(16.79, abs=0.005)
    assert p == pytest.approx(4.17e-5, rel=0.01)


def test_both_agree_with_scipy_on_many_tied_times():
    draw = np.random.default_rng(7)
    groups = []
    for scale in (20, 30):
        times, limits = draw.integers(1, scale, 400), draw.integers(5, 25, 400)
        seen = times <= limits
        groups.append((times[seen], limits[~seen]))
    ours, theirs = [lived(*group) for group in groups], [stats.CensoredData(uncensored=e, right=c) for e, c in groups]
    curve, sf = kaplan_meier(ours[0]), stats.ecdf(theirs[0]).sf
    np.testing.assert_allclose(curve.value[1:], sf.probabilities, atol=1e-14)
    test = stats.logrank(*theirs)
    assert log_rank(*ours) == pytest.approx((test.statistic, test.pvalue), rel=1e-12)


def test_the_interval_of_a_curve_is_exact_where_nobody_is_lost_and_starts_at_all():
    curve, n = kaplan_meier(lived(PLACEBO[0], [])), len(PLACEBO[0])
    for at in range(25):
        exact = clopper_pearson(sum(time > at for time in PLACEBO[0]), n)
        assert [float(x) for x in curve.read(at)] == pytest.approx(exact, abs=1e-9)


def test_the_interval_of_a_curve_is_that_of_the_product_of_betas():
    # at 10 weeks: of 21, 17 and 15 at risk 3, 1 and 1 relapse, and of 12 left one more may go at once
    draw, curve = np.random.default_rng(4), kaplan_meier(lived(*DRUG))
    product = np.prod([draw.beta(stay, go, 400_000) for stay, go in ((19, 3), (17, 1), (15, 1))], axis=0)
    value, low, high = curve.read(10)
    assert float(value) == pytest.approx(18 / 21 * 16 / 17 * 14 / 15)
    assert float(high) == pytest.approx(np.quantile(product, 0.975), abs=0.003)
    assert float(low) == pytest.approx(np.quantile(product * draw.beta(13, 1, 400_000), 0.025), abs=0.003)


def test_no_interval_rises_and_the_last_may_reach_nothing():
    curve = kaplan_meier(lived([1, 2, 3], [2, 4]))
    ends = np.stack(curve.read(np.arange(6)))
    assert (np.diff(ends) <= 1e-12).all()
    assert ends[1, -1] == 0.0
    assert ends[2, 0] == 1.0


def test_incidence_of_competing_causes_by_hand():
    # five runs: cause one at 1, lost at 2, cause two at 3, cause one at 4, lost at 5
    at, lost = np.arange(1, 6), np.array([0, 1, 0, 0, 1])
    one, two, none = incidence(at, 5, [1, 0, 0, 1, 0], [0, 0, 1, 0, 0], lost=lost)
    third = 0.8 / 3
    np.testing.assert_allclose(one.value, [0, 0.2, 0.2, 0.2, 0.2 + third, 0.2 + third])
    np.testing.assert_allclose(two.value, [0, 0, 0, third, third, third])
    np.testing.assert_allclose(none.value, [1, 0.8, 0.8, 2 * third, third, third])


def test_incidences_add_up_to_one_and_keep_within_their_intervals():
    draw = np.random.default_rng(3)
    for _ in range(50):
        at, n = np.arange(12), 0
        counts = draw.integers(0, 4, (3, 12))
        n = int(counts.sum()) + int(draw.integers(1, 5))
        curves = incidence(at, n, counts[0], counts[1], lost=counts[2])
        np.testing.assert_allclose(sum(curve.value for curve in curves), 1.0)
        for curve in curves:
            value, low, high = curve.read(at)
            assert (low >= 0).all()
            assert (low <= value).all()
            assert (value <= high).all()
            assert (high <= 1).all()


def test_without_censoring_the_interval_is_that_of_a_share():
    one, two, none = incidence(np.arange(4), 100, [5, 0, 10, 3], [1, 4, 0, 7])
    for curve, total in ((one, [5, 5, 15, 18]), (two, [1, 5, 5, 12]), (none, [94, 90, 80, 70])):
        for k, value, low, high in zip(total, *curve.read(np.arange(4)), strict=True):
            assert (value, low, high) == pytest.approx(clopper_pearson(k, 100), abs=1e-12)


def test_the_first_end_counts_and_the_rest_is_neither():
    # of ten runs three stood down, two were at war first
    curves = ends(counted([2, 2, 5], [3, 9], "stand_down_at"))
    assert [round(float(curves[name].value[-1]), 12) for name in ("stand_down", "war", "neither")] == [0.6, 0.4, 0.0]
    count = counted([2, 2, 5], [3, 9], "stand_down_at")._replace(n=10)
    curves = ends(count)
    assert [round(float(curves[name].value[-1]), 12) for name in ("stand_down", "war", "neither")] == [0.3, 0.2, 0.5]


def test_where_nothing_ever_ends_there_is_no_curve_but_an_interval():
    curves = ends(counted([], [], "stand_down_at")._replace(n=50))
    assert len(curves["war"].at) == 0
    assert tuple(curves["war"].read(9)) == clopper_pearson(0, 50)
    assert tuple(curves["neither"].read(9)) == clopper_pearson(50, 50)


def test_holm_steps_down():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def test_two_lives_without_an_event_are_not_told_apart():
    assert log_rank(lived([], [3, 4]), lived([], [5])) == (0.0, 1.0)
    assert not math.isnan(log_rank(lived([1], []), lived([1], []))[0])
