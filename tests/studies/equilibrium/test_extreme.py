"""All extreme equilibria and what lies between them, against an enumeration in fractions that shares no line with it."""

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
import yaml

import sim
from sim.design.paths import CONFIGS
from sim.games.bimatrix import bimatrix
from sim.games.component import components
from sim.games.nash import MOST, solved
from sim.games.regret import regrets
from sim.studies.equilibrium.payoffs import Players
from sim.studies.equilibrium.strategies import menus

NEAR = bimatrix([[-3, 3], [-3, 5]], [[2, 7], [4, 2]])
CHICKEN = bimatrix([[-1e9, 2], [0, 1]], [[-1e9, 0], [2, 1]])


def solution(system):
    """The only solution of linear equations [k][k + 1] in fractions, or None where there is not just one."""
    rows, k = [[Fraction(x) for x in row] for row in system], len(system)
    for c in range(k):
        r = next((r for r in range(c, k) if rows[r][c]), None)
        if r is None:
            return None
        rows[c], rows[r] = rows[r], rows[c]
        rows[c] = [x / rows[c][c] for x in rows[c]]
        for i in range(k):
            if i != c and rows[i][c]:
                rows[i] = [x - rows[i][c] * y for x, y in zip(rows[i], rows[c], strict=True)]
    return tuple(row[-1] for row in rows)


def corners(theirs):
    """Mixtures at the corners of {(x, v): no column of ``theirs`` [k][n] pays the other side more than v against x}."""
    k, n = len(theirs), len(theirs[0])
    walls = [[*(int(i == j) for j in range(k)), 0, 0] for i in range(k)]
    walls += [[*(theirs[i][j] for i in range(k)), -1, 0] for j in range(n)]
    for tight in combinations(walls, k):
        found = solution([[1] * k + [0, 1], *tight])
        if found and min(found[:k]) >= 0 and all(pay(found, [row[j] for row in theirs]) <= found[k] for j in range(n)):
            yield found[:k]


def pay(weights, values):
    """What a mixture gets: also of more weights than values."""
    return sum(w * v for w, v in zip(weights, values, strict=False))


def extremes(a, b):
    """All extreme equilibria of whole-number payoffs ``a``, ``b`` [m][n], straight from the definition."""
    flipped = [list(column) for column in zip(*a, strict=True)]
    for x, y in product(set(corners(b)), set(corners(flipped))):
        to_a, to_b = [pay(y, row) for row in a], [pay(x, column) for column in zip(*b, strict=True)]
        if pay(x, to_a) == max(to_a) and pay(y, to_b) == max(to_b):
            yield x, y


def merged(weights, groups):
    """The weights of groups of strategies that act alike."""
    return tuple(float(sum(weights[k] for k in group)) for group in groups)


def agree(a, b):
    """Whether the solver lists just what the definition gives, and calls it complete."""
    found = solved(bimatrix(a, b))
    listed = {(merged(one.x, found.duplicates[0]), merged(one.y, found.duplicates[1])) for one in found.equilibria}
    return found.complete and listed == {tuple(map(merged, pair, found.duplicates)) for pair in extremes(a, b)}


def small(seed):
    """A game of up to four strategies a side with small whole payoffs, most of them degenerate."""
    chance = np.random.default_rng(seed)
    m, n, most = *chance.integers(1, 5, 2), chance.integers(1, 7)
    return chance.integers(-most, most + 1, (2, m, n)).tolist()


def test_a_game_with_a_tie_shows_both_ends_of_its_range():
    found = solved(NEAR)
    assert [(one.x.tolist(), one.y.tolist()) for one in found.equilibria] == [([0, 1], [1, 0]), ([2 / 7, 5 / 7], [1, 0])]
    assert found.complete
    assert found.degenerate
    [span] = found.components
    assert span.equilibria == [0, 1]
    assert span.subsets == [[0, 1]]
    assert span.payoffs == ((-3, -3), (pytest.approx(24 / 7), 4))


def test_every_game_of_two_by_two_with_payoffs_nought_and_one():
    wrong = [cells for cells in product((0, 1), repeat=8) if not agree(*np.reshape(cells, (2, 2, 2)).tolist())]
    assert not wrong


@pytest.mark.parametrize("seed", range(120))
def test_small_whole_number_games(seed):
    assert agree(*small(seed))


@pytest.mark.slow
def test_thousands_of_small_whole_number_games():
    assert not [seed for seed in range(120, 4120) if not agree(*small(seed))]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_lies_in_a_component_is_an_equilibrium_and_pays_within_its_range(seed):
    chance = np.random.default_rng(seed)
    game = bimatrix(*chance.integers(0, 2, (2, *chance.integers(2, 6, 2))))
    found = solved(game)
    assert sorted(k for span in found.components for k in span.equilibria) == list(range(len(found.equilibria)))
    for span in found.components:
        for subset in span.subsets:
            some = [found.equilibria[k] for k in subset]
            x, y = (chance.dirichlet(np.ones(len(some))) @ np.array([one[s] for one in some]) for s in (0, 1))
            assert max(regrets(game.a, game.b, x, y)) == 0
            for table, (low, high) in zip((game.a, game.b), span.payoffs, strict=True):
                assert low - 1e-12 <= x @ table @ y <= high + 1e-12


def test_subsets_that_share_a_strategy_make_one_component():
    # x0 goes with y0 and y1, x1 with y1 and y2: two subsets, neither of which holds the other; x2 and y3 stand alone
    pairs = [("x0", "y0"), ("x0", "y1"), ("x1", "y1"), ("x1", "y2"), ("x2", "y3")]
    one, alone = components(pairs, [(k, -k) for k in range(5)])
    assert one.equilibria == [0, 1, 2, 3]
    assert one.subsets == [[0, 1], [1, 2], [2, 3]]
    assert one.payoffs == ((0, 3), (-3, 0))
    assert alone.equilibria == [4]


def test_what_a_war_costs_makes_no_tie_elsewhere():
    found = solved(CHICKEN)
    assert [(one.x.tolist(), one.y.tolist()) for one in found.equilibria if one.pure] == [([1, 0], [0, 1]), ([0, 1], [1, 0])]
    assert len(found.equilibria) == 3
    assert found.equilibria[2].x[0] == pytest.approx(1e-9)
    assert found.complete
    assert not found.degenerate


@pytest.mark.parametrize("unit", [1e-300, 1e-12, 1.0, 0.1, 1e12, 1e290])
def test_the_unit_of_payoffs_makes_no_difference(unit):
    lines = [
        [(one.x.tolist(), one.y.tolist()) for one in solved(bimatrix(u * NEAR.a, u * NEAR.b)).equilibria] for u in (1, unit)
    ]
    assert np.allclose(*lines, rtol=1e-12)


def test_rounding_of_an_entry_is_no_gap():
    found = solved(bimatrix([[0.1 + 0.2, 1], [0.3, 1]], [[0, 1], [0, 1]]))
    assert found.duplicates[0] == [[0, 1]]
    near = solved(bimatrix([[1 + 1e-11, 1], [1, 1]], [[1, 0], [1, 0]]))
    assert [one.x.tolist() for one in near.equilibria] == [[1, 0]]


def test_noise_free_dilemmas_from_the_command_line_list_all_six():
    every = menus(yaml.safe_load((CONFIGS / "strategies" / "reciprocity.yaml").read_text(encoding="utf-8"))).a
    four = {name: every[name] for name in ("ALLC", "TFT", "GRIM", "ALLD")}
    silence = [f"{side}.{field}=0" for side in "ab" for field in ("accident", "failure")]
    with Players(1) as players:
        game = players.table(sim.load("limit=rounds", *silence), four, four, 100).game()
    found = solved(game)
    assert found.duplicates == ([[0], [1, 2], [3]], [[0], [1, 2], [3]])  # without noise tit for tat and grim act alike
    assert len(found.equilibria) == 6
    assert found.complete
    assert sorted(len(span.equilibria) for span in found.components) == [1, 1, 4]


def test_more_strategies_than_are_enumerated_are_said_to_be_so():
    chance = np.random.default_rng(1)
    found = solved(bimatrix(*chance.normal(size=(2, MOST + 4, MOST + 4))))
    assert not found.complete
    assert f"more than {MOST} strategies" in found.missing
    assert found.equilibria


@pytest.mark.slow  # the other library compiles itself
@pytest.mark.parametrize("seed", range(8))
def test_games_without_ties_have_the_equilibria_another_library_finds(seed):
    from quantecon.game_theory import NormalFormGame, Player, support_enumeration

    chance = np.random.default_rng(seed)
    a, b = chance.normal(size=(2, *chance.integers(2, 7, 2)))
    theirs = sorted(
        np.concatenate(one).round(9).tolist() for one in support_enumeration(NormalFormGame((Player(a), Player(b.T))))
    )
    ours = sorted(np.concatenate(one).round(9).tolist() for one in solved(bimatrix(a, b)).equilibria)
    assert np.allclose(ours, theirs)
