"""Games that were made to take for ever: the solvers end on them, since sizes are bounded, and what they say still holds."""

import numpy as np
import pytest

from sim.games.alpha_rank import alpharank, stationary
from sim.games.bimatrix import bimatrix, spans
from sim.games.nash import LISTED, solved
from sim.games.quantal_response import quantal_path
from sim.games.regret import regrets
from sim.games.replicator import settled
from sim.studies.equilibrium.strategies import MOST

CHANCE = np.random.default_rng(3)
STEP = np.subtract.outer(np.arange(12), np.arange(12)) % 12
ROUND = np.where(STEP == 0, 0, np.where(STEP < 6, 1, np.where(STEP == 6, 0, -1)))  # rock, paper, scissors for twelve
TWO, THREE = CHANCE.integers(0, 2, (2, 12, 12)), CHANCE.integers(0, 3, (2, 12, 12))
HARD = {
    "all alike": np.zeros((2, 12, 12)),
    "coordination": np.stack([np.eye(12)] * 2),  # 4095 equilibria
    "evasion": np.stack([np.eye(12), -np.eye(12)]),
    "two values": TWO,
    "three values": THREE,
    "two values, what one wins the other loses": np.stack([TWO[0], -TWO[0]]),
    "one after the other": np.stack([ROUND, -ROUND]),
    "b gets the same": np.stack([CHANCE.normal(size=(12, 12)), np.zeros((12, 12))]),
    "a hair apart": 1e-8 * CHANCE.normal(size=(2, 12, 12)) + 1,
    "a war in ten": np.where(CHANCE.random((2, 9, 9)) < 0.1, -1e9, CHANCE.normal(size=(2, 9, 9))),
    "as many as there may be": CHANCE.integers(0, 2, (2, MOST, MOST)),
}


@pytest.mark.parametrize("name", HARD)
def test_every_solver_ends_and_holds(name):
    game = bimatrix(*HARD[name])
    found = solved(game)
    assert 1 <= len(found.equilibria) <= LISTED
    for one in found.equilibria:
        assert max(regrets(game.a, game.b, *one)) == 0
    if len(game.rows) <= 12:
        path = quantal_path(game, 5000 / max(spans(game)))
        assert np.allclose(path.x.sum(1), 1, atol=1e-6)
        assert alpharank(game).sum() == pytest.approx(1)
        assert settled(game)[0].sum() == pytest.approx(1)


def test_more_equilibria_than_are_listed_are_not_passed_off_as_all():
    found = solved(bimatrix(*HARD["coordination"]))
    assert len(found.equilibria) == LISTED
    assert not found.complete
    assert [one.pure for one in found.equilibria[:13]] == [True] * 12 + [False]


def test_elimination_in_blocks_loses_no_small_number():
    # a chain that climbs at .01 and falls at 1: each rung is a hundredth of the one below
    k = 150
    rates = np.diag(np.full(k - 1, 1e-2), 1) + np.diag(np.ones(k - 1), -1)
    shares = stationary(rates)
    assert np.allclose(shares[1:] / shares[:-1], 1e-2, rtol=1e-10)
