"""Coverage: how often an interval of 95 % holds the truth, exactly where its chances can be added up, else by many draws.

The bound is .95 for probabilities and quantiles, whose intervals are exact, less the rounding of a sum; the others may
miss a little more often, and say so here.
"""

import math

import numpy as np
import pytest
from scipy import stats

from sim.runs.summary import Count
from sim.statistics.intervals import Z, clopper_pearson, half_width, ranks
from sim.statistics.kaplan_meier import kaplan_meier, life, median
from sim.statistics.paired_differences import Moments, bonferroni_z, difference, mover_interval, ratio_of_probabilities

ROUNDING = 1e-9


def shares(n):
    """Probabilities to be estimated from ``n`` runs: the named ones, and others down to one run in a hundred samples."""
    return np.unique([0.5, 0.05, 0.01, 1e-3, 1e-4, 0.17 / n, *np.geomspace(0.01 / n, min(0.5, 300 / n), 120)])


def coverage(low, high, chance, p):
    """The probability that [low, high] holds each of ``p``, for results [k] of probability ``chance`` [k, len(p)]."""
    inside = (low[:, None] <= p) & (p <= high[:, None])
    return np.where(inside, chance, 0.0).sum(0) / chance.sum(0)


def wilson(k, n):
    """The score interval (Wilson 1927), which the test must find wanting."""
    middle, half = (k + Z * Z / 2) / (n + Z * Z), Z * np.sqrt(k * (1 - k / n) + Z * Z / 4) / (n + Z * Z)
    return k / n, middle - half, middle + half


@pytest.mark.parametrize("n", [10, 30, 100, 1000, 100_000])
def test_the_interval_of_a_probability_covers_wherever_it_lies(n):
    p = shares(n)
    p = p[p * n <= 1000]
    k = np.arange(min(n, 1400) + 1)
    chance = stats.binom.pmf(k[:, None], n, p)
    for truth in (p, 1.0 - p):
        low, high = clopper_pearson(k if truth is p else n - k, n)[1:]
        assert coverage(low, high, chance, truth).min() >= 0.95 - ROUNDING
    assert coverage(*wilson(k, n)[1:], chance, p).min() < 0.85


def rare_pairs(one, two, n):
    """Counts of runs that differ either way, from expected counts ``one`` and ``two`` of ``n``, and their chances."""
    most = [min(n, int(x + 8 * math.sqrt(x) + 10)) for x in (one, two)]
    i, j = (x.ravel() for x in np.mgrid[: most[0] + 1, : most[1] + 1])
    kept = i + j <= n
    i, j = i[kept], j[kept]
    chance = stats.multinomial.pmf(np.stack([i, j, n - i - j], axis=1), n, [one / n, two / n, 1 - (one + two) / n])
    kept = chance > 1e-5
    return i[kept], j[kept], chance[kept]


# not at 10 runs and the level of several together: there it may miss twice as often as asked (.993 for .996)
@pytest.mark.parametrize(("n", "z"), [(10, Z), *((n, z) for n in (30, 100, 1000, 100_000) for z in (Z, bonferroni_z(6)))])
def test_a_paired_difference_of_probabilities_covers_with_few_runs_that_differ(n, z):
    asked = math.erf(z / math.sqrt(2))
    for one in (0.05, 0.17, 1, 4, 12):
        for two in (0, 0.17, 1, 4):
            if one + two < n:
                i, j, chance = rare_pairs(one, two, n)
                ends = np.array([mover_interval(int(a), int(b), n, z) for a, b in zip(i, j, strict=True)])
                truth = np.array([(one - two) / n])
                assert coverage(*ends.T, chance[:, None], truth)[0] >= asked


def test_a_ratio_of_probabilities_covers_where_outcomes_are_few():
    n = 100_000
    for both in (0, 0.17, 4):
        for one, two in ((0.17, 0.02), (1, 0.02), (1, 1), (4, 0.17), (4, 8)):
            i, j, chance = rare_pairs(one, two, n)
            held = weight = 0.0
            for k in range(int(both + 6 * math.sqrt(both) + 4)):
                for a, b, c in zip(i + k, j + k, chance * stats.poisson.pmf(k, both), strict=True):
                    if a + b > 0 and c > 1e-5:  # where no run has it there is no ratio
                        low, high = ratio_of_probabilities(int(a), int(b), k, Z)[1:]
                        held += c * (low * (1 - ROUNDING) <= (both + one) / (both + two) <= high * (1 + ROUNDING))
                        weight += c
            assert held / weight >= 0.95


@pytest.mark.parametrize("n", [10, 100, 1000])
def test_a_mean_of_counts_covers_even_where_no_run_may_have_one(n):
    draw = np.random.default_rng(8)
    for expected in (0.05, 0.5, 2, 3, 7, 20, 2 * n):
        values = draw.poisson(expected / n, (4000, n))
        half = [half_width(variance, n) for variance in values.var(1)]
        assert (np.abs(values.mean(1) - expected / n) <= half).mean() >= 0.94


def test_a_paired_difference_of_means_covers_where_few_runs_differ():
    draw, n, rounds = np.random.default_rng(9), 300, 3000
    for one, two in ((0.5, 0), (3, 0.2), (3, 3), (200, 150)):
        held = 0
        for a, b in zip(draw.poisson(one / n, (rounds, n)), draw.poisson(two / n, (rounds, n)), strict=True):
            values = np.stack([a, b]).astype(float)
            _, low, high = difference(Moments(n, values.sum(1), values @ values.T), 0, 1, Z, False)
            held += low <= (one - two) / n <= high
        assert held / rounds >= 0.94


def test_a_mean_with_heavy_tails_covers_less_than_it_says():
    # the dead of a strike at the defaults; what the note under such a mean says, .75, is measured here
    draw, n, tail, scale, most = np.random.default_rng(10), 1000, 1.5, 6.0, 1e6
    truth = float(((1 + np.arange(1, most + 1) / scale) ** -tail).sum())
    values = np.floor(np.minimum(most, scale * (draw.random((3000, n)) ** (-1 / tail) - 1)))
    held = (np.abs(values.mean(1) - truth) <= [half_width(variance, n) for variance in values.var(1)]).mean()
    assert 0.72 < held < 0.78


@pytest.mark.parametrize(("n", "q"), [(10, 0.5), (30, 0.9), (1000, 0.99), (1000, 0.999), (100_000, 0.999)])
def test_a_quantile_covers_or_says_that_it_is_open(n, q):
    low, high = ranks(n, q)
    below = stats.binom(n, q)  # values at or below the quantile
    assert (below.sf(low - 1) if low else 1.0) + (below.cdf(high - 1) if high <= n else 1.0) - 1.0 >= 0.95
    assert (low == 0) == (below.pmf(0) > 0.025)
    assert (high == n + 1) == (below.pmf(n) > 0.025)


def sample(draw, n, late):
    """A cell's count of ``n`` exponential times of mean 100, lost at exponential times of mean ``late``, the horizon 150."""
    times, ends = np.ceil(draw.exponential(100.0, n)), np.ceil(draw.exponential(late, n))
    seen = (times <= ends) & (times <= 150)
    lost = ~seen & (ends <= 150)
    sparse = [np.stack(np.unique(x.astype(np.int64), return_counts=True)) for x in (times[seen], ends[lost])]
    return Count(n, None, None, None, {"war_at": sparse[0]}, {"war_at": sparse[1]}, 1)


def greenwood(curve, one, minutes):
    """The log-log interval of Greenwood's variance, which the test must find wanting early on."""
    where = np.searchsorted(curve.at, minutes, side="right") - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.concatenate([np.cumsum(one.events / (one.at_risk * (one.at_risk - one.events))), [0.0]])[where]
        value = np.concatenate([curve.value[1:], [1.0]])[where]
        width = np.exp(Z * np.sqrt(variance) / np.log(value))
        flat = (value == 0) | (value == 1)
        return np.where(flat, value, value ** (1 / width)), np.where(flat, value, value**width)


@pytest.mark.parametrize(("n", "late"), [(10, 200.0), (30, 60.0), (30, 1e9), (300, 100.0)])
def test_a_kaplan_meier_curve_and_its_median_cover_early_and_late(n, late):
    draw, rounds, minutes = np.random.default_rng(12), 2000, np.array([1, 5, 20, 60, 120])
    truth, middle = np.exp(-minutes / 100.0), math.ceil(100.0 * math.log(2))
    held, logs, medians = np.zeros(5), np.zeros(5), 0
    for _ in range(rounds):
        count = sample(draw, n, late)
        one = life(count, "war_at")
        curve = kaplan_meier(one)
        _, low, high = curve.read(minutes)
        held += (low <= truth) & (truth <= high)
        low, high = greenwood(curve, one, minutes)
        logs += (low <= truth) & (truth <= high)
        _, low, high = median(count, "war_at")
        medians += low <= middle and not high < middle  # an upper end that is not a number is open
    assert held.min() / rounds >= 0.94
    assert medians / rounds >= 0.94
    assert logs.min() / rounds < 0.9 or n == 300
