"""Chance and ignorance told apart, on made-up models where both are known."""

import numpy as np
import pytest

from sim.statistics.random_effects import between, grouped, latent, sources, spread


def made_up(draws, runs, seed, deviation=0.3):
    """Probabilities that differ between draws (logit-normal about .05), and their estimates from ``runs`` runs each."""
    chance = np.random.default_rng(seed)
    true = 1 / (1 + np.exp(-(np.log(0.05 / 0.95) + deviation * chance.standard_normal(draws))))
    found = chance.binomial(runs, true) / runs
    return true, found, found * (1 - found) / runs


def test_the_variance_between_draws_is_unbiased_where_chance_is_most_of_the_scatter():
    found, truth = [], []
    for seed in range(300):
        true, values, variances = made_up(100, 400, seed)
        found.append(np.var(values, ddof=1) - np.mean(variances))
        truth.append(np.var(true, ddof=1))
    error = np.std(np.subtract(found, truth)) / np.sqrt(300)
    assert abs(np.mean(found) - np.mean(truth)) < 4 * error
    assert np.mean(found) < 0.8 * np.mean([np.var(made_up(100, 400, s)[1], ddof=1) for s in range(50)])  # raw scatter is wider


@pytest.mark.parametrize("runs", [300, 3000])
def test_the_interval_over_draws_does_not_grow_with_the_chance_in_them(runs):
    widths, raw, truth = [], [], []
    for seed in range(40):
        true, values, variances = made_up(300, runs, seed)
        one = spread(values, variances, seed)
        widths.append(one.high - one.low)
        raw.append(np.ptp(np.quantile(values, [0.025, 0.975])))
        truth.append(np.ptp(np.quantile(true, [0.025, 0.975])))
    assert np.mean(widths) == pytest.approx(np.mean(truth), rel=0.12)
    assert np.mean(raw) > np.mean(widths)


def test_no_ignorance_leaves_no_interval():
    _, values, variances = made_up(200, 500, 3, deviation=0.0)
    one = spread(values, variances, 3)
    assert one.deviation < 0.5 * one.chance
    assert one.high - one.low < np.ptp(np.quantile(values, [0.025, 0.975]))


def test_no_chance_leaves_the_draws_as_they_are():
    values = np.random.default_rng(1).gamma(2.0, size=200)
    assert latent(values, np.zeros(200)) == pytest.approx(values)
    assert between(values, np.zeros(200)) == pytest.approx(np.var(values, ddof=1))
    assert between(np.ones(5), np.ones(5)) == 0.0


def test_the_ends_are_told_with_the_draws_own_uncertainty():
    inside = 0
    for seed in range(60):
        _, values, variances = made_up(150, 4000, seed)
        one = spread(values, variances, seed)
        big = 1 / (1 + np.exp(-(np.log(0.05 / 0.95) + 0.3 * 1.959964)))
        inside += one.high_ends[0] <= big <= one.high_ends[1]
    assert inside >= 48  # 95 % at best; a percentile bootstrap of an outer percentile falls somewhat short


def test_each_source_has_its_share_and_noise_has_none():
    chance = np.random.default_rng(7)
    u = {name: chance.random(400) for name in ("strong", "weak", "nothing")}
    true = 0.2 + 0.1 * u["strong"] + 0.05 * u["weak"]
    values = chance.binomial(20_000, true) / 20_000
    found = {one.name: one for one in sources(values, values * (1 - values) / 20_000, u)}
    assert found["strong"].share == pytest.approx(0.8, abs=0.1)
    assert found["weak"].share == pytest.approx(0.2, abs=0.1)
    assert found["nothing"].share < 0.05
    assert found["strong"].p < 0.01
    assert found["nothing"].p > 0.05


def test_groups_are_values_where_they_are_few_and_ranks_elsewhere():
    assert list(grouped(np.array([1, 7, 1, 9]))) == [0, 1, 0, 2]
    assert np.bincount(grouped(np.random.default_rng(1).random(80))).tolist() == [10] * 8


def test_the_interval_of_a_share_covers_it():
    inside, null = 0, 0
    for seed in range(200):
        chance = np.random.default_rng(seed)
        u, other = chance.random(200), chance.random(200)
        true = 0.2 + 0.1 * u + 0.06 * chance.standard_normal(200)  # of the variance u gives .19
        values = true + 0.03 * chance.standard_normal(200)
        found = {one.name: one for one in sources(values, np.full(200, 0.03**2), {"u": u, "other": other})}
        inside += found["u"].low <= (0.01 / 12) / (0.01 / 12 + 0.06**2) <= found["u"].high
        null += found["other"].p < 0.05
        assert found["other"].low <= found["other"].share <= found["other"].high
    assert inside >= 180
    assert null <= 20
