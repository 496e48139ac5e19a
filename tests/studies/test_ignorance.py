"""An answer over draws of what is not known: levels, paired differences and who is lowest, on made-up models."""

import math

import numpy as np
import pytest

from sim.plotting.ignorance_words import often, rows
from sim.runs.ignorance import ignorance, of_values
from sim.studies.compare.table import _not_known, _spread


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
    assert rows([other], 100.0, "%")[1][2].endswith("[not told from chance]")
    assert rows([other], 100.0, "%")[1][3] == "not told"
    _, found, _ = made_up(300, 3000, 1, lambda u: 0.02 + 0.06 * u)
    assert ignorance(found, ["base", "other"], {}, 1)[1].difference.told


def test_no_effect_at_all_is_no_spread():
    _, found, _ = made_up(100, 200, 3, lambda u: 0.0)
    _, other = ignorance(found, ["base", "other"], {}, 3)
    assert (other.difference.still, other.difference.told, other.lower, other.lowest) == (True, False, 0.0, 0.5)
    assert rows([other], 100.0, "%")[1][2:4] == ("0 in every run", "0 %")
    assert often([other], "it") == ["The same difference in every run of every draw: other."]


def test_no_interval_of_no_width_is_written_where_chance_explains_the_scatter():
    _, found, _ = made_up(100, 30, 4, lambda u: 0.01)
    few = ignorance(found, ["base", "other"], {}, 4)
    _, found, _ = made_up(100, 200, 3, lambda u: 0.0)
    none = ignorance(found, ["base", "other"], {}, 3)
    for other, share in ((few[1], math.nan), (none[1], 0.0)):
        written = {statistic: numbers for _, _, statistic, *numbers in _not_known("peak>=7", other)}
        assert np.isnan(written["difference over draws"][1:3]).all()
        assert written["share of draws that lower it"][:3] == pytest.approx([share, math.nan, math.nan], nan_ok=True)
        assert {*_spread(other.difference).items()} >= {("low", None), ("high", None), ("low_ends", None), ("high_ends", None)}
    assert _spread(few[0].level)["low"] == few[0].level.low  # what is told stays
