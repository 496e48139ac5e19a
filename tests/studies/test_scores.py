"""Scores of forecasts against an oracle (scoringrules), against what is known of them, and the reading of crises."""

import numpy as np
import pytest

from sim.statistics import scores

P = np.array([0.1, 0.8, 0.5, 0.3])
CAME = np.array([0.0, 1.0, 1.0, 0.0])


def test_the_oracle_agrees():
    oracle = pytest.importorskip("scoringrules")
    assert np.allclose(scores.brier(P, CAME), oracle.brier_score(CAME, P))
    assert np.allclose(scores.logarithmic(P, CAME), oracle.log_score(CAME, P))
    bins = np.array([[0.2, 0.5, 0.3], [0.1, 0.1, 0.8]])
    assert np.allclose(scores.ranked(bins, np.array([1, 0])), oracle.rps_score(np.array([2, 1]), bins))


def test_scores_are_what_they_are_by_hand():
    assert scores.brier(P, CAME) == pytest.approx([0.01, 0.04, 0.25, 0.09])
    assert scores.logarithmic(P, CAME) == pytest.approx(-np.log([0.9, 0.8, 0.5, 0.7]))
    bins = np.array([[0.2, 0.5, 0.3]])
    assert scores.ranked(bins, np.array([1])) == pytest.approx([0.2**2 + 0.3**2])
    assert scores.of_bins(bins, np.array([1]), np.array([2])) == pytest.approx([-np.log(0.8)])  # censored: the last two bins
    assert scores.logarithmic(np.array([0.0]), np.array([1.0])) == pytest.approx([20.723], abs=1e-3)
    assert scores.places(bins, np.array([1])) == pytest.approx([0.45])


def test_reliability_splits_the_brier_score():
    rng = np.random.default_rng(1)
    p = rng.random(500)
    came = (rng.random(500) < p).astype(float)
    found = scores.reliability(p, came)
    assert scores.brier(p, came).mean() == pytest.approx(found.miscalibration - found.discrimination + found.uncertainty)
    assert found.miscalibration < 0.02  # it is calibrated
    assert scores.reliability(1 - p, came).miscalibration > 0.1
    assert (np.diff(found.rate) >= 0).all()


def test_skill_is_over_clusters_and_the_sign_test_exact():
    worse, better = np.full(40, 0.5), np.full(40, 0.25)
    pairs = np.repeat(np.arange(8), 5)
    found = scores.skill(better, worse, pairs, 1)
    assert found == pytest.approx((0.5, 0.5, 0.5))
    noisy = np.random.default_rng(2).normal(0.5, 0.2, 8)[pairs]
    assert np.ptp(scores.skill(noisy, worse, pairs, 1)[1:]) > 2 * np.ptp(scores.skill(noisy, worse, np.arange(40), 1)[1:])
    assert scores.sign_test(12, 15) == pytest.approx(0.0352, abs=1e-4)
    assert scores.area(P, CAME) == 1.0
