"""From strategies to an answer: menus read and refused, games played on common chances, and how sure their equilibria are."""

import dataclasses

import numpy as np
import pytest

from sim.design.errors import InputError
from sim.games.bimatrix import bimatrix
from sim.model.parameter import parameters
from sim.model.setting.crisis import Crisis
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation
from sim.model.setting.payoff_weights import Weights
from sim.studies.equilibrium import payoffs
from sim.studies.equilibrium.bootstrap_profile import answered, equilibrium_shares, resampled
from sim.studies.equilibrium.fixed_vs_equilibrium import likeliest, paying
from sim.studies.equilibrium.payoffs import BLOCKS, KEPT, WEIGHTS, Players, Table, blocked, kept, parts, reweighted
from sim.studies.equilibrium.run_allocation import allocated, bound, undecided, uniform_bound
from sim.studies.equilibrium.strategies import MOST, POLICY, menus
from sim.studies.equilibrium.weight_sensitivity import weight_sensitivities

BOTH = {
    "restraint": {"retaliation": "restraint"},
    "strict": {"generosity": 0.0},
    "overmatch": {"retaliation": "overmatch", "generosity": 0.0},
}
BLOCK = {"both": BOTH, "a": {"mild": {"generosity": 1.0}}, "b": {}, "watched": ["restraint"]}
REFUSED = [
    ("x", "strategies must be a mapping of both, a, b, watched, got 'x'"),
    ({"bth": {}}, "strategies.bth is not a field; did you mean strategies.both or strategies.b?"),
    ({"both": {}}, "strategies must give side a from 1 to 60 strategies, got 0"),
    ({"both": [1]}, "strategies.both must be a mapping of names to what each strategy sets, got [1]"),
    ({"both": {"x": {}}}, "strategies.both.x must set at least one of"),
    (
        {"both": {"x": {"generosty": 1}}},
        "strategies.both.x.generosty is not a field; did you mean strategies.both.x.generosity",
    ),
    ({"both": {"x": {"generosity": 2}}}, "strategies.both.x.generosity must lie in [0, 1], got 2"),
    ({"both": {"x": {"retaliation": "kind"}}}, "strategies.both.x.retaliation must be one of restraint, tit_for_tat"),
    ({"both": {"x": {"perception_error": 0.1}}}, "strategies.both.x.perception_error must be a policy, which a side chooses"),
    ({"both": {"x": {"cap": 7}}, "a": {"x": {"cap": 8}}}, "strategies.a.x must have a name of its own, got it under both too"),
    (
        {"both": {"x": {"cap": 7}}, "watched": ["y"]},
        "strategies.watched must be a list of names in both menus, of x, got ['y']",
    ),
]


@pytest.fixture(scope="module")
def crisis():
    """A pair with attacks and an opening strike, so that every weight has something to count."""
    side = Nation(generosity=0.3, sharing="full")
    return Crisis(a=side, b=side, militants_a=Militants(rate=6.0), militants_b=Militants(rate=6.0), opening="strike_by_a")


@pytest.fixture(scope="module")
def played(crisis):
    """The table of three by four strategies, 1,200 runs each."""
    chosen = menus(BLOCK)
    with Players(1) as players:
        return players.table(crisis, chosen.a, chosen.b, 1200)


@pytest.mark.parametrize(("block", "line"), REFUSED)
def test_what_is_no_menu_is_refused_in_one_line_with_its_key(block, line):
    with pytest.raises(InputError) as refused:
        menus(block)
    assert refused.value.lines[0].startswith(line)
    assert len(refused.value.lines) == 1


def test_menus_hold_both_and_a_side_its_own():
    found = menus(BLOCK)
    assert list(found.a) == ["restraint", "strict", "overmatch", "mild"]
    assert list(found.b) == ["restraint", "strict", "overmatch"]
    assert set(POLICY) <= set(parameters(Nation))
    with pytest.raises(InputError, match="from 1 to 60"):
        menus({"both": {f"s{i}": {"cap": 7} for i in range(MOST + 1)}})


def test_every_pair_is_what_playing_it_alone_gives(crisis, played):
    from sim.engine.kernel import ROW, simulate

    chosen = menus(BLOCK)
    for i, one in enumerate(chosen.a.values()):
        for j, two in enumerate(chosen.b.values()):
            alone = dataclasses.replace(crisis, a=dataclasses.replace(crisis.a, **one), b=dataclasses.replace(crisis.b, **two))
            rows = simulate(alone, 1, 1200)
            assert played.game().a[i, j] == pytest.approx(rows[:, ROW.index("payoff_a")].mean(), rel=1e-12)
            assert played.game().b[i, j] == pytest.approx(rows[:, ROW.index("payoff_b")].mean(), rel=1e-12)


def test_payoffs_are_linear_in_all_of_their_weights(crisis, played):
    assert {*WEIGHTS} == set(parameters(Weights))
    again = reweighted(played, dataclasses.asdict(crisis.weights))
    assert np.allclose(again.sums[..., :2], played.sums[..., :2], rtol=1e-9, atol=1e-6)
    for name in WEIGHTS:
        other = dataclasses.replace(crisis.weights, **{name: 2 * getattr(crisis.weights, name) + 1})
        with Players(1) as players:
            new = players.table(dataclasses.replace(crisis, weights=other), {"x": {"cap": 9}}, {"x": {"cap": 9}}, 100)
            old = players.table(crisis, {"x": {"cap": 9}}, {"x": {"cap": 9}}, 100)
        assert np.allclose(reweighted(old, dataclasses.asdict(other)).game().a, new.game().a, rtol=1e-9), name
        assert name == "war" or not np.allclose(old.game().a, new.game().a), name  # no war in so few runs


def test_the_parts_of_a_gain_add_up_to_it(crisis, played):
    game = played.game()
    for side, table in ((0, game.a), (1, game.b)):
        found = parts(played, crisis.weights, side, (0, 0), (2, 1))
        assert sum(found.values()) == pytest.approx(table[2, 1] - table[0, 0])
        assert set(found) == set(WEIGHTS)


def test_runs_added_later_are_the_runs_played_at_once(crisis):
    menu = {"strict": BOTH["strict"], "over": BOTH["overmatch"]}
    with Players(3) as players:
        whole = players.table(crisis, menu, menu, 777)
        part = players.table(crisis, menu, menu, 333)
        part = players.more(part, crisis, menu, menu, [(i, j) for i in (0, 1) for j in (0, 1)], 444)
    assert (whole.counts == part.counts).all()
    assert np.allclose(whole.sums, part.sums)


def test_the_number_of_threads_changes_no_byte(crisis):
    menu = {"strict": BOTH["strict"], "over": BOTH["overmatch"]}
    tables = []
    for threads in (1, 2):
        with Players(3, threads) as players:
            tables.append(players.table(crisis, menu, menu, 500).sums.tobytes())
    assert tables[0] == tables[1]


def test_blocks_hold_run_i_in_block_i_modulo_their_number():
    values = np.arange(130.0)[:, None]
    sums, counts = blocked(values, 7)
    expected = np.zeros(BLOCKS)
    np.add.at(expected, (7 + np.arange(130)) % BLOCKS, np.arange(130.0))
    assert (sums[:, 0] == expected).all()
    assert counts.sum() == 130
    assert kept(np.zeros((3, len(payoffs.ROW)))).shape == (3, len(KEPT))


def fake(means, deviation, runs=1000, seed=0):
    """A table of the game with payoffs ``means`` [m, n] for both and normal block noise."""
    means = np.asarray(means, float)
    m, n = means.shape[:2]
    sums = np.zeros((BLOCKS, m, n, len(KEPT)))
    each = runs // BLOCKS
    noise = np.random.default_rng(seed).normal(0, deviation / np.sqrt(each), (BLOCKS, m, n, 2))
    sums[..., :2] = each * (np.stack([means, means.T if m == n else means], axis=-1) + noise)
    counts = np.full((BLOCKS, m, n), each)
    return Table(sums, counts, sums, counts[:, 0, 0], tuple(f"s{i}" for i in range(m)), tuple(f"s{j}" for j in range(n)))


def test_a_clear_equilibrium_is_sure_and_a_tie_is_not():
    clear = answered(fake([[3, 0], [5, 1]], 0.5), ["s0", "s1"])
    assert clear.equilibria[0].share == 1.0
    assert clear.equilibria[0].regrets == ((0, 0, 0),) * 2
    assert clear.watched["s0"].share == 0.0
    assert clear.watched["s0"].regrets[0][1] < 2 < clear.watched["s0"].regrets[0][2] + 0.2
    tied = answered(fake([[1, 1], [1, 1]], 0.5))
    assert 0.02 < tied.shares.max() < 0.9


def test_a_mixed_equilibrium_is_judged_by_the_strategies_it_mixes():
    found = answered(fake([[-1, 2], [0, 1]], 0.3), ["s0"])
    mixed = next(one for one in found.equilibria if not one.pure)
    assert mixed.share > 0.99
    assert np.isnan(mixed.margins[0][0])
    assert abs(mixed.x[0] - 0.5) < 0.1


def test_a_regret_stands_with_its_interval():
    covered = 0
    for seed in range(60):
        one = answered(fake([[3, 0], [5, 1]], 3.0, seed=seed), ["s0"], resamples=200, seed=7).watched["s0"]
        covered += one.regrets[0][1] <= 2.0 <= one.regrets[0][2]
    assert covered >= 52  # 57 expected at 95 %; fewer than 52 in 1 of 60 sets of seeds


def test_shares_say_which_pure_profile_is_the_likeliest():
    found = answered(fake([[4, 0], [3, 2]], 0.1))
    assert found.shares[0, 0] == found.shares[1, 1] == 1.0
    assert likeliest(found) == (0, 0)
    a = np.array([[[1.0]], [[1.0]]])
    assert equilibrium_shares(a, a)[0, 0] == 1.0


def test_a_move_is_only_made_where_the_runs_resolve_that_it_pays():
    a, b, _ = resampled(fake([[1, 1], [1.001, 3]], 0.5), 200, 1)
    sure = paying(a, b)
    assert sure(0, 1, 1, 1)
    assert not sure(0, 0, 1, 0)


def test_further_runs_keep_the_pairing_with_strategies_that_have_none(crisis):
    chosen = {**BOTH, "mild": {"generosity": 1.0}}
    with Players(1) as players:
        table = players.table(crisis, chosen, chosen, 400)
        more = players.more(table, crisis, chosen, chosen, [(i, j) for i in (0, 1) for j in (0, 1, 2)], 2000)
        whole = players.table(crisis, chosen, chosen, 2400)
    assert np.allclose(more.game().a[:2, :3], whole.game().a[:2, :3])
    # in every column the gaps between those with and those without further runs are what they were on the runs they share
    for column in (0, 1, 2):
        assert np.ptp((more.game().a - table.game().a)[2:, column]) < 1e-9
        assert (more.game().a - table.game().a)[2, column] == pytest.approx(
            (whole.game().a - table.game().a)[:2, column].mean()
        )
    assert np.allclose(more.game().a[:, 3], table.game().a[:, 3])
    assert np.allclose(more.game().b[2:], table.game().b[2:])


def test_the_budget_is_kept_and_goes_to_profiles_that_are_open(crisis):
    near = {"strict": {"generosity": 0.0}, "nearly": {"generosity": 0.01}, "overmatch": BOTH["overmatch"]}
    with Players(1) as players:
        table = players.table(crisis, near, near, 200)
        more, spent = allocated(players, table, crisis, near, near, 6_000, 100, 1)
    still, rows, columns = undecided(table, 100, 1)
    assert still
    assert spent.rounds
    assert 9 * 200 < spent.runs == more.runs.sum() <= 9 * 200 + 6_000
    assert (more.runs[np.ix_(sorted(rows), sorted(columns))] == more.runs.max()).all()
    assert spent.bound > spent.runs


def test_the_uniform_bound_takes_the_widest_span_of_single_payoffs(crisis, played):
    from sim.engine.kernel import ROW, simulate

    chosen = menus(BLOCK)
    spans = []
    for (i, one), (j, two) in ((a, b) for a in enumerate(chosen.a.values()) for b in enumerate(chosen.b.values())):
        alone = dataclasses.replace(crisis, a=dataclasses.replace(crisis.a, **one), b=dataclasses.replace(crisis.b, **two))
        both = simulate(alone, 1, 1200)[:, [ROW.index("payoff_a"), ROW.index("payoff_b")]]
        assert np.array_equal(played.ends[i, j], [both.min(0), both.max(0)])
        spans.append(np.ptp(both, 0).max())
    assert bound(played, 2.0) == 12 * uniform_bound(max(spans), 12, 1.0)
    blocks = played.first_sums[..., :2] / played.first_counts[:, None, None, None]
    assert max(spans) > 3 * np.ptp(blocks)  # means of blocks, which hide the spread, ask for far too few
    assert bound(played, 0.0) == 0


def test_what_is_decided_asks_for_no_runs():
    assert undecided(fake([[3, 0], [5, 1]], 0.1), 100, 1) == (0, set(), set())


def test_weights_that_flip_the_equilibrium_are_found(crisis, played):
    found = weight_sensitivities(played, crisis.weights, [(0, 0)], 60, 1)
    assert {one.weight for one in found} == set(WEIGHTS)
    one = weight_sensitivities(played, crisis.weights, [(0, 0)], 60, 1, factors=(1.0, 1e4))[WEIGHTS.index("degraded")]
    assert one.likeliest[0] != one.likeliest[1]  # hits on militants worth thousands: striking pays
    assert one.flips() == (None, 1e4)
    assert one.shares.shape == (2, 1)


def test_a_side_may_have_a_single_strategy(crisis):
    with Players(1) as players:
        found = answered(players.table(crisis, {"x": {"cap": 9}}, BOTH, 300), [])
    assert found.equilibria
    assert np.isinf(found.equilibria[0].margins[0][0])
    assert bimatrix([[1.0]], [[1.0]]).rows == ("0",)
