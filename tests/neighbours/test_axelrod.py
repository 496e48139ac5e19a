"""Live against Axelrod-Python (Knight et al. 2016): matches of 200 turns at noise .05, pair by pair.

Its convention: noise flips the move a player chose, the first one too, and both histories hold the flipped move. That is
execution noise as the engine plays it from the first sitting of the councils on. Skipped where Axelrod is not installed.
"""

import math
import warnings
from itertools import combinations_with_replacement

import numpy as np
import pytest

from sim.studies.known_answers.quantity import bound

RUNS, TURNS, NOISE = 300, 200, 0.05
SLIPS = ((NOISE, 0.0),) * 2
NAMES = ("TFT", "GTFT", "WSLS", "Grim", "TF2T", "ALLD")


@pytest.fixture(scope="module")
def axelrod():
    """The package; it takes some ten seconds to import."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the packages it imports
        return pytest.importorskip("axelrod")


@pytest.fixture(scope="module")
def player(axelrod):
    """``player(name)``: a new player of that strategy."""
    made = {
        "TFT": axelrod.TitForTat,
        "GTFT": lambda: axelrod.GTFT(p=1 / 3),
        "WSLS": axelrod.WinStayLoseShift,
        "Grim": axelrod.Grudger,
        "TF2T": axelrod.TitFor2Tats,
        "ALLD": axelrod.Defector,
        "ALLC": axelrod.Cooperator,
        "Contrite": axelrod.ContriteTitForTat,
    }
    return lambda name: made[name]()


@pytest.fixture(scope="module")
def theirs(axelrod, player):
    """``theirs(row, col, seed)``: payoff and cooperation a turn of both players, as arrays [4, matches]."""

    def play(row, col, seed):
        match = axelrod.Match((player(row), player(col)), turns=TURNS, noise=NOISE, seed=seed)
        found = []
        for _ in range(RUNS):
            match.play()
            found.append((*match.final_score_per_turn(), *match.normalised_cooperation()))
        return np.array(found).T

    return play


def means(sample):
    """Means and squared standard errors of columns [columns, matches]."""
    return np.mean(sample, axis=1), np.var(sample, axis=1) / np.shape(sample)[1]


def test_all_pairs_bring_the_same(theirs, matches, deviation):
    """Payoff and cooperation of both, each with its standard error, at a false-alarm rate of 1e-6 over all of them."""
    found = {}
    for seed, (row, col) in enumerate(combinations_with_replacement(NAMES, 2)):
        one, other = means(matches(row, col, SLIPS, RUNS, TURNS, seed=seed)), means(theirs(row, col, seed))
        for i, name in enumerate(("payoff row", "payoff col", "coop row", "coop col")):
            error = math.sqrt(one[1][i] + other[1][i])
            found[row, col, name] = deviation(one[0][i], other[0][i], error)
    worst = max(found, key=lambda key: abs(found[key]))
    assert abs(found[worst]) <= bound(len(found)), (worst, found[worst])


@pytest.mark.parametrize(("row", "col"), [("TFT", "TFT"), ("TFT", "ALLC"), ("Grim", "TF2T"), ("WSLS", "TFT")])
def test_noise_flips_the_first_move_and_is_remembered(axelrod, player, matches, row, col):
    """At noise 1 nothing is left to chance: round by round the same cooperation, from the first round on."""
    c = axelrod.Action.C
    played = axelrod.Match((player(row), player(col)), turns=6, noise=1, seed=1).play()
    assert c not in played[0]
    for rounds in range(1, 7):
        ours = matches(row, col, ((1.0, 0.0),) * 2, 1, rounds)
        shares = [sum(turn[i] is c for turn in played[:rounds]) / rounds for i in (0, 1)]
        assert [ours.coop_row[0], ours.coop_col[0]] == pytest.approx(shares, abs=1e-3)


def test_contrition_is_another_there(theirs, matches):
    """Axelrod's ``ContriteTitForTat`` keeps a flag of its own slip, ours standing: it cooperates more."""
    one = means(matches("Contrite", "Contrite", SLIPS, RUNS, TURNS))
    other = means(theirs("Contrite", "Contrite", 1))
    gap, error = one[0][2] - other[0][2], math.sqrt(one[1][2] + other[1][2])
    assert gap > bound(1) * error
    assert other[0][2] == pytest.approx(0.83625597, abs=bound(1) * math.sqrt(other[1][2]))
