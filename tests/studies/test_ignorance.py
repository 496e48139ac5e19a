"""An answer over draws of what is not known: levels, paired differences and who is lowest, on made-up models."""

import math

import numpy as np
import pytest

from sim.plotting.ignorance_words import rows
from sim.runs.ignorance import ignorance, of_values


def made_up(draws, runs, seed, effect):
    """Outcomes of a base and one alternative: the base's chance differs by draw, and the other takes ``effect(u)`` off."""
    chance = np.random.default_rng(seed)
    u = chance.random(draws)
    values, truth = [], []
    for one in u:
        p, less = 0.1 + 0.2 * one, effect(one)
        luck = chance.random(runs)
        values.append(np.array([luck < p, luck < p - less], float))
        truth.append((p, -less))
    return u, of_values(values), np.array(truth)


def test_the_spread_of_levels_and_of_paired_differences_is_that_of_the_draws():
    u, found, truth = made_up(300, 400, 1, lambda u: 0.02 + 0.04 * u)
    base, other = ignorance(found, ["base", "other"], {"u": u}, 1)
    assert base.level.deviation == pytest.approx(truth[:, 0].std(ddof=1), rel=0.12)
    assert other.difference.deviation == pytest.approx(truth[:, 1].std(ddof=1), rel=0.3)
    assert other.difference.mean == pytest.approx(truth[:, 1].mean(), abs=0.003)
    assert other.difference.chance < other.level.chance  # the pairing
    assert (base.difference, other.lower, other.lowest) == (None, 1.0, pytest.approx(1.0, abs=0.02))
    assert math.isnan(base.lower)
    assert base.level_sources[0].share > 0.9


def test_an_effect_of_either_sign_is_told_as_such():
    _, found, truth = made_up(400, 1500, 2, lambda u: 0.05 * (u - 0.3))
    _, other = ignorance(found, ["base", "other"], {}, 2)
    assert other.lower == pytest.approx((truth[:, 1] < 0).mean(), abs=0.06)
    assert other.difference.low < 0 < other.difference.high
    assert 0.5 < other.lowest < 0.9


def test_what_chance_hides_is_not_told():
    _, found, _ = made_up(100, 30, 4, lambda u: 0.01 + 0.001 * u)
    _, other = ignorance(found, ["base", "other"], {}, 4)
    assert not other.difference.told
    assert "not told" in rows([other], 100.0, "%")[1][2]
    _, found, _ = made_up(300, 3000, 1, lambda u: 0.02 + 0.06 * u)
    assert ignorance(found, ["base", "other"], {}, 1)[1].difference.told


def test_no_effect_at_all_is_no_spread():
    _, found, _ = made_up(100, 200, 3, lambda u: 0.0)
    _, other = ignorance(found, ["base", "other"], {}, 3)
    assert (other.difference.low, other.difference.high, other.lower, other.lowest) == (0.0, 0.0, 0.0, 0.5)
