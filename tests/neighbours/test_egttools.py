"""Live against EGTtools (Fernández Domingos et al. 2023): its C++ matches of tit-for-tat with errors against other strategies.

Its convention: the first move is made without error; from then on ``ImperfectTFT`` copies the other's last move and errs
with a probability. Whether it misjudges or slips cannot be told apart, as it remembers nothing of its own. The other
strategies make no errors. So each side has noise of its own, and the first round is the engine's first day, at peace
before the councils sit; strategies that open with defection cannot be compared so. EGTtools gives means of 10,000 matches
and no spread: ours stands in for it. Skipped where it is not installed.
"""

import math

import numpy as np
import pytest

from sim.studies.known_answers.quantity import bound

ROUNDS, RUNS, THEIRS = 200, 4_000, 10_000
PAYS = np.array([[1.0, 5.0], [0.0, 3.0]])  # defection first
PAIRS = [  # strategies and execution noise of both
    ("TFT", "TFT", 0.05, 0.05),
    ("TFT", "TFT", 0.05, 0.1),
    ("TFT", "TFT", 0.05, 0.0),
    ("TFT", "GTFT", 0.05, 0.0),
    ("TFT", "WSLS", 0.05, 0.0),
    ("TFT", "Grim", 0.05, 0.0),
    ("TFT", "TF2T", 0.05, 0.0),
    ("TFT", "ALLC", 0.1, 0.0),
]


@pytest.fixture(scope="module")
def egttools():
    """The package."""
    return pytest.importorskip("egttools")


@pytest.fixture(scope="module")
def strategy(egttools):
    """``strategy(name, error)``: a new strategy; only tit-for-tat may err."""
    two = egttools.behaviors.NormalForm.TwoActions
    made = {
        "TFT": two.TFT, "WSLS": two.Pavlov, "Grim": two.GRIM, "TF2T": two.TFTT, "ALLC": two.Cooperator,
        "GTFT": lambda: two.GenerousTFT(3.0, 1.0, 5.0, 0.0),  # R, P, T, S: it forgives with 1 - (T - R) / (R - S) = 1/3
    }  # fmt: skip
    return lambda name, error: two.ImperfectTFT(error) if error else made[name]()


@pytest.fixture(scope="module")
def theirs(egttools, strategy):
    """``theirs(row, col, errs, rounds)``: mean payoffs a round of both."""

    def play(row, col, errs, rounds=ROUNDS):
        players = [strategy(name, err) for name, err in zip((row, col), errs, strict=True)]
        pays = egttools.games.NormalFormGame(rounds, PAYS, players).expected_payoffs()
        return float(pays[0, 1]), float(pays[1, 0])

    return play


def noise_of(errs):
    """(execution, perception) of both sides."""
    return tuple((err, 0.0) for err in errs)


def test_all_pairs_bring_the_same(egttools, theirs, matches, deviation):
    """Payoffs of both at a false-alarm rate of 1e-6 over all of them."""
    egttools.Random.init_with_seed(1)
    found = {}
    for seed, (row, col, *errs) in enumerate(PAIRS):
        ours = matches(row, col, noise_of(errs), RUNS, ROUNDS, sure_start=True, seed=seed)
        for side, sample, mean in zip(("row", "col"), ours[:2], theirs(row, col, errs), strict=True):
            error = np.std(sample) * math.sqrt(1.0 / RUNS + 1.0 / THEIRS)
            found[row, col, *errs, side] = deviation(np.mean(sample), mean, error)
    worst = max(found, key=lambda key: abs(found[key]))
    assert abs(found[worst]) <= bound(len(found)), (worst, found[worst])


@pytest.mark.parametrize("rounds", [1, 2, 3, 4, 7])
def test_the_first_move_is_sure(theirs, matches, rounds):
    """Where errors are certain nothing is left to chance: 3 in the first round, then 1 and 3 in turns; ours the same."""
    there = theirs("TFT", "TFT", (1.0, 1.0), rounds)[0]
    ours = matches("TFT", "TFT", noise_of((1.0, 1.0)), 1, rounds, sure_start=True).payoff_row[0]
    assert there == pytest.approx((3 * ((rounds + 1) // 2) + 1 * (rounds // 2)) / rounds, abs=1e-12)
    assert ours == pytest.approx(there, abs=2e-3)
