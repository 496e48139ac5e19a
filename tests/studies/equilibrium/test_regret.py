"""How often the interval of a regret holds the truth, be there one tempting deviation or many that pay alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.engine import kernel
from sim.engine.kernel import ROW
from sim.games.regret import gains, held_within, regrets
from sim.studies.equilibrium.payoffs import BLOCKS

TRIALS, RESAMPLES = 300, 300
MEANS = {
    "one that pays": [3, 5],
    "one among many": [3, 5] + [4] * 8,
    "two alike": [3, 5, 5],
    "seven alike": [3] + [5] * 7,
    "none that pays, and seven that cost nothing": [3] * 8,
    "one that hardly pays": [3, 3.05, 3],
}


def coverage(means, skewed):
    """The share of trials in which the interval of the best deviation from the first strategy holds the truth."""
    means, chance = np.array(means, float), np.random.default_rng(1)
    truth, held = max(0.0, (means - means[0]).max()), 0
    for _ in range(TRIALS):
        shape = (len(means), BLOCKS, 10)
        noise = chance.exponential(3.0, shape) - 3.0 if skewed else chance.normal(0.0, 3.0, shape)
        blocks = means[:, None] + noise.mean(2)
        drawn = chance.multinomial(BLOCKS - 1, np.full(BLOCKS, 1 / BLOCKS), RESAMPLES) / (BLOCKS - 1) @ blocks.T
        now = blocks.mean(1)
        low, high = held_within(now - now[0], drawn - drawn[:, :1], BLOCKS)[1:]
        held += low <= truth <= high
    return held / TRIALS


@pytest.mark.parametrize("skewed", [False, True])
@pytest.mark.parametrize("name", MEANS)
def test_the_interval_of_a_regret_covers_the_truth(name, skewed):
    assert coverage(MEANS[name], skewed) > 0.912  # .95 less three standard errors of 300 trials


ANSWERS = (
    {"retaliation": "restraint"},
    {"retaliation": "tit_for_tat", "generosity": 0.0},
    {"retaliation": "tit_for_tat", "generosity": 0.6},
)


@pytest.fixture(scope="module")
def payoffs():
    """What b gets by each of ANSWERS to a's restraint in the reference: [answers, runs] on common chances."""
    base = sim.load("a.retaliation=restraint")
    crises = [base.with_({f"b.{key}": value for key, value in answer.items()}) for answer in ANSWERS]
    return np.array([kernel.simulate(crisis, 1, 40_000)[:, ROW.index("payoff_b")] for crisis in crises])


@pytest.mark.slow
@pytest.mark.parametrize("played", [0, 2])
def test_it_covers_with_the_games_own_payoffs_whose_deaths_have_an_end(payoffs, played):
    """Runs are drawn again from many; the truth is the mean of the many."""
    order = [played, *(i for i in range(len(payoffs)) if i != played)]
    values, chance, held = payoffs[order], np.random.default_rng(1), 0
    truth = (values.mean(1) - values[0].mean()).max()
    assert truth > 0
    for _ in range(TRIALS):
        picked = values[:, chance.integers(values.shape[1], size=50 * BLOCKS)]
        blocks = picked.reshape(len(values), BLOCKS, -1).mean(2)
        drawn = chance.multinomial(BLOCKS - 1, np.full(BLOCKS, 1 / BLOCKS), RESAMPLES) / (BLOCKS - 1) @ blocks.T
        now = blocks.mean(1)
        low, high = held_within(now - now[0], drawn - drawn[:, :1], BLOCKS)[1:]
        held += low <= truth <= high
    assert held / TRIALS > 0.912


@given(st.integers(0, 10**6), st.integers(1, 6), st.booleans())
def test_an_interval_holds_its_value_and_is_never_negative(seed, k, tied):
    chance = np.random.default_rng(seed)
    gain = np.append(0.0, np.zeros(k) if tied else chance.normal(size=k))
    drawn = gain + np.append(np.zeros((50, 1)), chance.normal(size=(50, k)) * chance.integers(0, 2, k), axis=1)
    value, low, high = held_within(gain, drawn, BLOCKS)
    assert 0 <= low <= value <= high
    assert value == max(0, gain.max())


def test_strategies_that_act_alike_have_no_interval():
    assert held_within(np.zeros(3), np.zeros((40, 3)), BLOCKS) == (0, 0, 0)


def test_regret_is_the_largest_of_the_gains():
    chance = np.random.default_rng(2)
    a, b = chance.normal(size=(2, 5, 3, 4))
    x, y = np.full(3, 1 / 3), np.eye(4)[1]
    own, other = gains(a, b, x, y)
    assert own.shape == (5, 3)
    assert np.allclose(own @ x, 0)
    assert np.allclose(other[:, 1], 0)
    assert np.array_equal(regrets(a, b, x, y)[0], own.max(1))
