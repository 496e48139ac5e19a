"""Proper scores of forecasts, what may be said of them, and whether probabilities are as often right as they say.

Scores are losses: the lower, the better. Brier (1950); the ranked probability score (Epstein 1969); the logarithmic score
(Good 1952); reliability by isotonic regression (CORP: Dimitriadis, Gneiting & Jordan 2021).
"""

from typing import NamedTuple

import numpy as np

BOOT = 1000  # draws of a bootstrap
LEAST = 1e-9  # a probability is taken to be no smaller in a logarithm: a forecast of 0 that happens costs 20.7


def brier(p: np.ndarray, came: np.ndarray) -> np.ndarray:
    """The Brier score of each probability of what ``came`` (0 or 1)."""
    return (np.asarray(p, float) - came) ** 2


def logarithmic(p: np.ndarray, came: np.ndarray) -> np.ndarray:
    """The logarithmic score of each probability of what ``came`` (0 or 1): nats."""
    return -np.log(np.maximum(LEAST, np.where(np.asarray(came) > 0, p, 1.0 - np.asarray(p))))


def ranked(bins: np.ndarray, came: np.ndarray) -> np.ndarray:
    """The ranked probability score of each row of probabilities over ordered bins, of which number ``came`` came."""
    sums = np.cumsum(np.asarray(bins, float), axis=1)[:, :-1]
    step = np.arange(sums.shape[1]) >= np.asarray(came)[:, None]
    return ((sums - step) ** 2).sum(1)


def of_bins(bins: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """The logarithmic score of each row of bins, of which one from number ``first`` to number ``last`` came: censored."""
    places = np.arange(bins.shape[1])
    inside = (places >= np.asarray(first)[:, None]) & (places <= np.asarray(last)[:, None])
    return -np.log(np.maximum(LEAST, (bins * inside).sum(1)))


class Skill(NamedTuple):
    """How much better a forecast is than a reference: 1 - its score over the reference's; and its interval over clusters."""

    value: float
    low: float
    high: float


def skill(score: np.ndarray, reference: np.ndarray, clusters: np.ndarray, seed: int) -> Skill:
    """The skill of scores beside reference ones on the same forecasts; 95 % by a bootstrap over clusters (pairs of states)."""
    _, codes = np.unique(clusters, return_inverse=True)
    ours, theirs = np.bincount(codes, score), np.bincount(codes, reference)
    weights = np.random.default_rng(seed).multinomial(len(ours), np.full(len(ours), 1.0 / len(ours)), BOOT)
    with np.errstate(invalid="ignore", divide="ignore"):
        drawn = 1.0 - (weights @ ours) / (weights @ theirs)
    drawn = drawn[np.isfinite(drawn)]
    low, high = np.quantile(drawn, [0.025, 0.975]) if len(drawn) else (np.nan, np.nan)
    total = float(theirs.sum())
    return Skill(1.0 - float(ours.sum()) / total if total else np.nan, float(low), float(high))


def sign_test(better: int, n: int) -> float:
    """The two-sided chance that as many or more of ``n`` crises favour one of two equal forecasts."""
    from scipy.stats import binomtest

    return float(binomtest(better, n).pvalue) if n else 1.0


class Reliability(NamedTuple):
    """The isotonic curve of a forecast, and the parts of its mean Brier score: miscalibration, discrimination, uncertainty."""

    p: np.ndarray  # the probabilities, ascending
    rate: np.ndarray  # how often it came, by isotonic regression
    miscalibration: float
    discrimination: float
    uncertainty: float


def reliability(p: np.ndarray, came: np.ndarray) -> Reliability:
    """How often what has a probability comes: mean Brier score = miscalibration - discrimination + uncertainty."""
    from scipy.optimize import isotonic_regression

    order = np.argsort(p, kind="stable")
    sure, happened = np.asarray(p, float)[order], np.asarray(came, float)[order]
    _, inverse, counts = np.unique(sure, return_inverse=True, return_counts=True)
    means = np.bincount(inverse, happened) / counts  # ties are one point
    rate = isotonic_regression(means, weights=counts).x[inverse]
    base = happened.mean()
    uncertainty = base * (1.0 - base)
    recalibrated = ((rate - happened) ** 2).mean()
    return Reliability(
        sure, rate, float(((sure - happened) ** 2).mean() - recalibrated), float(uncertainty - recalibrated), float(uncertainty)
    )


def places(bins: np.ndarray, came: np.ndarray) -> np.ndarray:
    """Where in its forecast each outcome fell: the middle of its bin in the cumulated probabilities (PIT, not randomised)."""
    sums = np.cumsum(bins, axis=1)
    rows = np.arange(len(bins))
    return sums[rows, came] - bins[rows, came] / 2


def area(p: np.ndarray, came: np.ndarray) -> float:
    """The chance that what came had a higher probability than what did not (AUC); not a number where all or none came."""
    from scipy.stats import rankdata

    came = np.asarray(came) > 0
    n, m = int(came.sum()), int((~came).sum())
    return float((rankdata(p)[came].sum() - n * (n + 1) / 2) / (n * m)) if n and m else float("nan")
