"""Games whose equilibria are known: every solver against every one of them."""

import doctest
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.games.alpha_rank import alpharank, stationary, takeover
from sim.games.best_response import led, sinks
from sim.games.bimatrix import bimatrix, duplicates, part, swapped
from sim.games.dominance import iterated_dominance
from sim.games.nash import on_supports, solved
from sim.games.quantal_response import quantal, quantal_path
from sim.games.regret import held_out, margins, regrets
from sim.games.replicator import growth, settled, trajectory
from sim.studies.equilibrium.run_allocation import uniform_bound

CYCLE = np.array([[0.0, -1, 1], [1, 0, -1], [-1, 1, 0]])
DILEMMA = bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]])
HAWKS = bimatrix([[-1, 2], [0, 1]], [[-1, 0], [2, 1]], ("hawk", "dove"), ("hawk", "dove"))
ASSURANCE = bimatrix([[4, 0], [3, 2]], [[4, 3], [0, 2]])
PENNIES = bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
PAPER = bimatrix(CYCLE, -CYCLE)
LOPSIDED = bimatrix([[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]])  # von Stengel (2007), as quantecon prints it
GAMES = [DILEMMA, HAWKS, ASSURANCE, PENNIES, PAPER, LOPSIDED]
TABLES = st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(0, 10**6))


def drawn(size):
    """A game of that many strategies with payoffs drawn from a seed."""
    m, n, seed = size
    chance = np.random.default_rng(seed)
    return bimatrix(chance.normal(size=(m, n)), chance.normal(size=(m, n)))


def profiles(game):
    return [(one.x.round(4).tolist(), one.y.round(4).tolist()) for one in solved(game).equilibria]


def test_hawk_and_dove_has_two_pure_equilibria_and_one_mixed():
    assert sorted(profiles(HAWKS)) == sorted([([1, 0], [0, 1]), ([0, 1], [1, 0]), ([0.5, 0.5], [0.5, 0.5])])


def test_assurance_has_both_and_the_mixture_that_makes_each_indifferent():
    # a is indifferent where 4y = 3y + 2(1 - y): y = 2/3
    assert sorted(profiles(ASSURANCE)) == sorted([([1, 0], [1, 0]), ([0, 1], [0, 1]), ([0.6667, 0.3333], [0.6667, 0.3333])])


def test_the_dilemma_has_one_equilibrium_and_restraint_is_dominated():
    found = solved(DILEMMA)
    assert profiles(DILEMMA) == [([0, 1], [0, 1])]
    assert [(one.side, one.name, one.by) for one in found.dominated] == [("a", "0", {"1": 1.0}), ("b", "0", {"1": 1.0})]


def test_matching_pennies_and_rock_paper_scissors_have_only_the_even_mixture():
    assert profiles(PENNIES) == [([0.5, 0.5], [0.5, 0.5])]
    assert profiles(PAPER) == [([0.3333] * 3, [0.3333] * 3)]


def test_menus_of_different_length_are_solved():
    assert len(profiles(LOPSIDED)) == 3
    assert ([0, 0.3333, 0.6667], [0.3333, 0.6667]) in profiles(LOPSIDED)


@given(TABLES)
@settings(max_examples=30)
def test_every_reported_profile_is_an_equilibrium_and_there_is_one(size):
    game = drawn(size)
    found = solved(game)
    assert found.equilibria
    assert len(found.equilibria) % 2 == 1 or found.degenerate  # Wilson (1971): odd, in almost every game
    for one in found.equilibria:
        assert max(regrets(game.a, game.b, one.x, one.y)) == 0
        assert abs(one.x.sum() - 1) < 1e-12


@given(TABLES)
@settings(max_examples=20)
def test_who_is_called_a_makes_no_difference(size):
    game = drawn(size)
    turned = solved(swapped(game)).equilibria
    assert sorted(profiles(game)) == sorted((x.round(4).tolist(), y.round(4).tolist()) for y, x in turned)


def test_a_large_game_is_solved_without_enumeration_and_says_so():
    found = solved(drawn((25, 25, 3)))
    assert found.equilibria
    assert not found.complete


def test_strategies_that_act_alike_are_merged_and_said():
    a = np.array([[1.0, 2, 1], [0, 3, 0], [1, 2, 1]])
    game = bimatrix(a, -a)
    assert duplicates(game) == ([[0, 2], [1]], [[0, 2], [1]])
    found = solved(game)
    assert all(one.x[2] == one.y[2] == 0 for one in found.equilibria)


def test_a_mixture_may_dominate_where_no_single_strategy_does():
    a = [[4.0, 0], [0, 4], [1, 1]]
    rows, columns, gone = iterated_dominance(bimatrix(a, np.zeros((3, 2)), ("up", "down", "middle"), ("l", "r")))
    assert rows == [0, 1]
    assert columns == [0, 1]
    assert gone[0].name == "middle"
    assert gone[0].by.keys() == {"up", "down"}


@given(TABLES)
@settings(max_examples=20)
def test_taking_out_dominated_strategies_loses_no_equilibrium(size):
    game = drawn(size)
    *kept, _ = iterated_dominance(game)
    assert len(solved(part(game, *kept)).equilibria) == len(solved(game).equilibria)


def test_a_profile_on_given_supports_is_found_or_is_none():
    one = on_supports(HAWKS.a, HAWKS.b, [0, 1], [0, 1])
    assert np.allclose(one.x, 0.5)
    assert on_supports(HAWKS.a, HAWKS.b, [0], [0]) is None
    assert on_supports(DILEMMA.a, DILEMMA.b, [0, 1], [0, 1]) is None


def test_logit_play_in_the_dilemma_is_the_published_value():
    x, y = quantal(DILEMMA, 1.0)
    assert x[0] == pytest.approx(0.22675, abs=1e-5)
    assert y[0] == pytest.approx(0.22675, abs=1e-5)


@pytest.mark.parametrize("game", GAMES)
def test_every_point_of_the_logit_path_is_a_logit_response_and_its_end_an_equilibrium(game):
    path = quantal_path(game, 40.0)
    assert path.precision[-1] == pytest.approx(40.0)
    for precision, x, y in zip(path.precision, path.x, path.y, strict=True):
        for weights, values in ((x, game.a @ y), (y, x @ game.b)):
            odds = np.exp(precision * (values - values.max()))
            assert np.allclose(weights, odds / odds.sum(), atol=1e-6)
    assert max(regrets(game.a, game.b, path.x[-1], path.y[-1])) < 0.05


def test_the_logit_path_bends_where_it_must():
    # asymmetric chicken: the branch from even play ends in one of the pure equilibria
    game = bimatrix([[0, 7], [2, 6]], [[0, 2.4], [7, 6]])
    x, y = quantal(game, 30.0)
    assert max(regrets(game.a, game.b, x, y)) < 0.01


def test_replicators_rest_at_equilibria_and_leave_the_dominated():
    assert np.allclose(np.concatenate(growth(PAPER, np.full(3, 1 / 3), np.full(3, 1 / 3))), 0)
    x, y = settled(DILEMMA)
    assert x[1] > 0.999
    assert y[1] > 0.999


def test_replicators_circle_round_matching_pennies_on_a_closed_orbit():
    x, y = trajectory(PENNIES, np.array([0.7, 0.3]), np.array([0.5, 0.5]), until=60.0)
    kept = np.log(x).sum(1) + np.log(y).sum(1)  # the constant of motion (Hofbauer & Sigmund 1998, ch. 11)
    assert np.ptp(kept) < 1e-4
    assert x[:, 0].min() < 0.35


def test_alpha_rank_of_a_single_mover_is_the_closed_form():
    # one state is left for the other at odds exp(-(population - 1) alpha gain)
    shares = alpharank(bimatrix([[0.0], [1.0]], [[0.0], [0.0]]), alpha=0.1, population=20)
    assert shares[1, 0] / shares[0, 0] == pytest.approx(np.exp(19 * 0.1))


def test_alpha_rank_spreads_over_a_cycle_and_over_equal_equilibria():
    assert np.allclose(alpharank(PENNIES), 0.25)
    assert np.allclose(alpharank(PAPER), 1 / 9)
    assert np.allclose(alpharank(HAWKS), [[0, 0.5], [0.5, 0]], atol=1e-6)
    assert alpharank(DILEMMA)[1, 1] > 0.999


def test_a_takeover_without_gain_is_one_in_the_population_and_more_with_more():
    assert takeover(0.0, 10.0, 50) == 1 / 50
    assert takeover(1e-9, 10.0, 50) == pytest.approx(1 / 50, rel=1e-5)
    assert takeover(-0.1, 10.0, 50) < 1 / 50 < takeover(0.1, 10.0, 50)


def test_a_stationary_distribution_balances():
    rates = np.random.default_rng(1).random((6, 6))
    np.fill_diagonal(rates, 0)
    shares = stationary(rates)
    assert np.allclose(shares @ rates, shares * rates.sum(1))


def test_best_replies_end_in_an_equilibrium_or_a_cycle():
    assert led(DILEMMA, 0, 0).profiles == [(1, 1)]
    assert not led(PENNIES, 0, 0).settled
    assert len(led(PENNIES, 0, 0).profiles) == 4
    assert sinks(HAWKS) == [[(0, 1)], [(1, 0)]]
    assert sinks(PENNIES) == [[(0, 0), (0, 1), (1, 0), (1, 1)]]


def test_regret_and_margin_are_what_a_deviation_gains_and_loses():
    assert regrets(DILEMMA.a, DILEMMA.b, np.array([1, 0]), np.array([1, 0])) == (2, 2)
    assert margins(DILEMMA.a, DILEMMA.b, 1, 1) == (1, 1)
    assert margins(DILEMMA.a, DILEMMA.b, 0, 0) == (-2, -2)


def test_the_plug_in_regret_is_biased_up_and_the_held_out_one_down():
    # no strategy is better than another: the truth is 0
    chance = np.random.default_rng(5)
    halves = chance.normal(size=(400, 2, 2, 8, 8))
    x = np.eye(8)[0]
    plug = [regrets(one[0].mean(0), one[1].mean(0), x, x)[0] for one in halves]
    judged = [held_out(one[0], one[1], x, x)[0] for one in halves]
    assert np.mean(plug) > 0.5
    assert abs(np.mean(judged)) < 0.15


def test_the_uniform_bound_is_the_published_one():
    assert uniform_bound(5, 36, 0.05) == 39828


@pytest.mark.parametrize("bad", [([[1, 2]], [[1]]), ([], []), ([[np.nan]], [[1]])])
def test_what_is_no_game_is_refused(bad):
    with pytest.raises(ValueError, match="payoffs must be"):
        bimatrix(*bad)
    with pytest.raises(ValueError, match="a name each"):
        bimatrix([[1], [2]], [[1], [2]], ("x", "x"))


def test_the_examples_of_the_page_hold():
    page = Path(__file__).resolve().parents[3] / "docs" / "equilibrium.md"
    assert doctest.testfile(str(page), module_relative=False).failed == 0
