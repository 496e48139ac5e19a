"""Where a profile stops being an equilibrium: curves whose crossing is known, and contrition in rounds against its chain."""

import dataclasses
import math
from types import SimpleNamespace

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

import sim
from sim.design.paths import CONFIGS
from sim.studies.equilibrium.fixed_vs_equilibrium import fixed_vs_equilibrium
from sim.studies.equilibrium.game_spec import composed
from sim.studies.equilibrium.noise_table import held
from sim.studies.equilibrium.noise_table import spell as words
from sim.studies.equilibrium.noise_threshold import noise_threshold, spell, threshold_of
from sim.studies.equilibrium.strategies import menus
from sim.studies.known_answers import reciprocity
from sim.studies.known_answers.limits import set_on

SLIPS = "a.accident + a.failure + b.accident + b.failure"
MENU = CONFIGS / "strategies" / "reciprocity.yaml"
CURVES = [
    ([3, 1, -1], (0, 1.5)),
    ([-1, 1, 3], (0.5, math.inf)),
    ([-1, 1, -3], (0.5, 1.25)),
    ([0, -1, -2], (0, 0)),
    ([1, 1, 1], (0, math.inf)),
    ([math.inf] * 3, (0, math.inf)),
    ([1, -1, 1], (0, 0.5)),
]
SAID = [
    ([3, 1, -1], "until 1.5 [1.5, 1.5]"),
    ([-1, 1, 3], "from 0.5 [0.5, 0.5] on"),
    ([-1, 1, -3], "from 0.5 [0.5, 0.5] until 1.25 [1.25, 1.25]"),
    ([0, -1, -2], "at 0 alone"),
    ([1, 1, 1], "at all, up to 2"),
    ([-1, -1, -1], "never"),
]


@pytest.mark.parametrize(("leeway", "expected"), CURVES)
def test_a_spell_lasts_from_the_first_crossing_to_the_next(leeway, expected):
    assert spell([0, 1, 2], np.array(leeway, float)) == pytest.approx(expected)


def test_what_never_is_an_equilibrium_has_no_spell():
    start, stop = spell([0, 1], np.array([-1.0, -2.0]))
    assert start == math.inf
    assert math.isnan(stop)


@pytest.mark.parametrize(("leeway", "said"), SAID)
def test_a_spell_is_said_in_a_few_words(leeway, said):
    curve = np.array(leeway, float)
    games = [SimpleNamespace(noise=value) for value in (0, 1, 2)]
    assert words(noise_threshold([0, 1, 2], np.repeat(curve[:, None], 3, 1)), games) == said


def test_an_interval_may_reach_beyond_the_values_looked_at():
    curve = np.array([2.0, 1.0, -0.5])
    found = noise_threshold([0, 1, 2], curve[:, None] + [0.0, -1.5, 1.5])
    assert found.stop[0] == pytest.approx(1 + 2 / 3)
    assert found.stop[1] < found.stop[0] < found.stop[2] == math.inf
    assert "until 1.67 [" in words(found, [SimpleNamespace(noise=v) for v in (0, 1, 2)])
    assert ">2]" in words(found, [SimpleNamespace(noise=v) for v in (0, 1, 2)])


@given(st.integers(0, 10**6), st.floats(0, 2))
def test_whoever_allows_more_sees_it_hold_no_shorter(seed, allowed):
    curve = np.cumsum(np.random.default_rng(seed).normal(size=6)) + 1
    strict, lenient = spell(range(6), curve), spell(range(6), curve + allowed)
    if math.isfinite(strict[0]):
        assert lenient[0] <= strict[0] + 1e-12


def exact_leeway(slips, limit, eight, name):
    """What both lose a match by the best deviation from ``name``, by the exact chains."""

    def pays(deviation):
        sets = [(f"{side}.{key}", v) for side, one in (("a", deviation), ("b", name)) for key, v in eight[one].items()]
        noises = [(field.strip(), slips) for field in SLIPS.split("+")]
        crisis = set_on(limit, (*sets, *noises))
        return 200 * reciprocity.payoff(reciprocity.in_rounds(reciprocity.chain(crisis, reciprocity.round_of), 200))

    return pays(name) - max(pays(one) for one in eight if one != name)


def test_contrition_stops_being_an_equilibrium_where_the_exact_chains_say():
    eight = menus(yaml.safe_load(MENU.read_text(encoding="utf-8"))).a
    rivals = {name: eight[name] for name in ("contrite", "TFT", "ALLD")}
    limit = sim.load("limit=rounds")
    values = [0.2, 0.25, 0.3, 0.35]
    truth = brentq(exact_leeway, 0.25, 0.35, args=(limit, rivals, "contrite"), xtol=1e-3)
    assert truth == pytest.approx(0.301, abs=0.002)
    below, above = (exact_leeway(truth + gap, limit, eight, "contrite") for gap in (-0.005, 0.005))
    assert below > 0 > above  # among all eight too
    block = {"strategies": {"both": rivals, "watched": ["contrite"]}, "noise": {"vary": SLIPS, "over": values}}
    spec = composed(block, lambda _: dataclasses.asdict(limit))
    asked = {"seed": 1, "threads": 0, "runs": 600, "budget": 0, "resamples": 200, "gain": 10.0}
    games = fixed_vs_equilibrium(spec, SimpleNamespace(**asked))[0]
    value, low, high = threshold_of(games, "contrite").stop
    assert low <= truth <= high
    assert high - low < 0.04
    assert abs(value - truth) < 0.01
    later = threshold_of(games, "contrite", allowed=10.0).stop
    assert later[0] > value


def test_what_holds_again_later_says_so():
    curve = np.array([1.0, -1.0, 1.0])
    games = [SimpleNamespace(noise=v, answer=SimpleNamespace(leeway={"x": (m, m, m)})) for v, m in enumerate(curve)]
    assert held(games, "x") == "until 0.5 [0.5, 0.5], and again later"
    assert held(games, "x", 2.0) == "at all, up to 2"
