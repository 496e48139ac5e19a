"""Splitting against mathematics: unbiased on ladders with a known answer, whatever is tied, and in the game itself.

Every bound is four or five standard errors of a fixed seed.
"""

import math
from typing import NamedTuple

import numba
import numpy as np
import pytest

import sim
from sim.engine import kernel, splitting
from sim.engine.splitting import TOP, split
from sim.model.numerics.jit import jitted
from sim.model.numerics.philox import uniforms
from sim.model.parameter import plain
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation
from sim.studies.known_answers import ladder
from sim.studies.known_answers.limits import set_on

RECORD = [("start", np.int64), ("top", np.int64), ("up", np.float64)]
RHO, TALL = 2.0, 20  # down is RHO times as likely as up
EXACT = np.array([1.0] + [(RHO - 1) / (RHO**level - 1) for level in range(1, TALL + 1)])  # gambler's ruin (Feller 1968)


class Walk(NamedTuple):
    """A walk on a ladder, absorbed at the ground and at the top."""

    rung: int
    steps: int


@jitted
def begin(ladder, chance):
    """The walk at its first rung."""
    return Walk(int(ladder.start), 0)


@jitted
def on_the_way(walk, ladder):
    """Whether it has not been absorbed."""
    return 0 < walk.rung < ladder.top


@jitted
def step(walk, ladder, chance):
    """One rung up or down."""
    u, _, _, _ = uniforms(chance, 0, walk.steps, 0)
    return Walk(walk.rung + 1 if u < ladder.up else walk.rung - 1, walk.steps + 1)


@jitted
def highest(level, walk):
    """The highest rung so far."""
    return max(level, walk.rung)


LADDER = numba.njit(splitting.splitting(begin, on_the_way, step, highest), error_model="numpy")


def climbed(particles, replicates, seed=7, tall=TALL, rho=RHO, start=1):
    """Estimates of P(highest rung >= l) from rung ``start`` on a ladder, [replicates, tall + 1]."""
    ladder = np.array([(start, tall, 1 / (1 + rho))], RECORD).view(np.recarray)
    found = np.empty((replicates, tall + 1))
    for i in range(replicates):
        LADDER(ladder, 0, seed, i, particles, found[i])
    return found


def z(found, exact):
    """How many standard errors the mean of replicates is from the exact value."""
    return (found.mean(0) - exact) / (found.std(0, ddof=1) / math.sqrt(len(found)))


def test_the_whole_curve_of_a_ladder_is_unbiased_down_to_1e_6():
    found = climbed(100, 1500)
    assert pytest.approx(9.536752e-7, rel=1e-6) == EXACT[TALL]
    assert (found[:, :2] == 1.0).all()
    assert abs(z(found[:, 2:], EXACT[2:])).max() < 4.0


def test_another_ladder_from_its_fifth_rung_at_7e_8():
    found = climbed(100, 2000, rho=3.0, start=5)[:, TALL]
    exact = (3.0**5 - 1) / (3.0**TALL - 1)
    assert exact == pytest.approx(6.940e-8, rel=1e-3)
    assert abs(z(found, exact)) < 4.0


@pytest.mark.parametrize("particles", [2, 10])
def test_few_particles_are_as_unbiased_where_all_of_them_may_die_out(particles):
    found = climbed(particles, 20_000, tall=6)
    assert (found[:, 6] == 0.0).any()
    assert abs(z(found[:, 2:], EXACT[2:7])).max() < 4.5


def test_the_spread_of_a_replicate_is_what_theory_says():
    found = climbed(100, 4000, seed=8)[:, TALL]
    shares = EXACT[2:] / EXACT[1:-1]
    relative = math.sqrt(np.prod(1 + (1 - shares) / (100 * shares)) - 1)  # independent stages of 100 particles
    assert math.sqrt(((1 - shares) / shares).sum() / 100) == pytest.approx(0.454, abs=0.001)  # to first order
    assert found.std() / found.mean() == pytest.approx(relative, rel=0.1)


def test_killing_one_of_those_tied_would_be_biased():
    """The last particle alone killed at each step, a factor 1 - 1/N each, as one may on a ladder without ties."""
    rng, particles, tall, estimates = np.random.default_rng(3), 10, 4, []
    for _ in range(2000):
        peaks, factor = [_peak(rng, 1, tall) for _ in range(particles)], 1.0
        while min(peaks) < tall:
            last = int(np.argmin(peaks))
            above = [peak for peak in peaks if peak > peaks[last]]
            if not above:
                factor = 0.0
                break
            peaks[last] = _peak(rng, peaks[last] + 1, tall)
            factor *= 1 - 1 / particles
        estimates.append(factor)
    assert z(np.array(estimates), EXACT[tall]) > 20
    assert abs(z(climbed(particles, 2000, tall=tall)[:, tall], EXACT[tall])) < 4


def _peak(rng, rung, tall):
    """The highest rung of a walk from ``rung`` on."""
    peak = rung
    while 0 < rung < tall:
        rung += 1 if rng.random() < 1 / (1 + RHO) else -1
        peak = max(peak, rung)
    return peak


@pytest.fixture
def chain(quiet):
    """A crisis in which each side answers one rung up, or lets it pass for good: P(peak >= 5 + k) = answered^k."""

    def of(answered):
        nation = quiet(Nation, retaliation="overmatch", generosity=1.0 - answered)
        return quiet(opening="strike_by_a", opening_rung=5, a=nation, b=nation)

    return of


def test_war_at_the_end_of_a_chain_of_answers_is_unbiased_at_1e_6(chain):
    found, _ = split(chain(10**-1.5), 5, 200, 400)
    exact = np.array([1.0] * 6 + [10 ** (-1.5 * k) for k in (1, 2, 3, 4)])
    assert exact[9] == pytest.approx(1e-6)
    assert (found[:, :6] == 1.0).all()
    assert abs(z(found[:, 6:], exact[6:])).max() < 4.0


@pytest.mark.parametrize(("start", "down", "exact"), [(1, 6.0, 4.961452e-07), (1, 10.0, 9e-09), (3, 6.0, 2.133424e-05)])
def test_the_games_own_ladder_is_unbiased_down_to_1e_8(start, down, exact):
    """The crisis as a birth-death chain of nine rungs (``limit=ladder``): the gambler's ruin, from the matrix of no one."""
    mean = ("strike_lag", "state_lag", "attack_lag")
    rates = tuple((f"*.{lag}", 2400.0 * math.log(2)) for lag in mean)  # one rung up in 100 days on average
    crisis = set_on(sim.load("limit=ladder"), (("opening_rung", start), *rates, ("diplomacy.contact", 100.0 / down)))
    assert ladder.top(1.0, down, start, 9) == pytest.approx(exact, rel=1e-6)
    found, _ = split(crisis, 1, 1000, 40)
    war = found[:, 9]
    assert abs(war.mean() - exact) < 5 * war.std(ddof=1) / math.sqrt(len(war))
    assert war.std(ddof=1) / math.sqrt(len(war)) < 0.15 * exact


def test_a_world_with_attacks_errors_and_talks_agrees_with_plain_runs(quiet):
    noisy = {"commitment": 0.5, "exceed": 0.2, "perception_error": 0.3, "execution_error": 0.2, "resort": 1.0, "trust": 0.0}
    nation = Nation(generosity=0.5, strike_deaths=20.0, **noisy)
    group = Militants(rate=6.0, offspring=0.5, deaths_least=5.0)
    crisis = quiet(a=nation, b=nation, militants_a=group, militants_b=group, horizon=120.0)
    peaks = kernel.simulate(crisis, 1, 200_000)[:, 0]
    share = np.array([(peaks >= rung).mean() for rung in range(10)])
    found, _ = split(crisis, 2, 200, 200)
    apart = (found.mean(0) - share) / np.sqrt(found.var(0, ddof=1) / len(found) + share * (1 - share) / len(peaks) + 1e-18)
    assert 1e-3 < share[9] < 0.5
    assert abs(apart[1:]).max() < 4.5


def test_same_seed_same_bytes_whatever_the_threads(chain):
    one, two = (split(chain(0.3), 3, 50, 12, workers=workers) for workers in (1, 3))
    later = split(chain(0.3), 3, 50, 5, first=7)
    assert [part.tobytes() for part in one] == [part.tobytes() for part in two]
    assert later[0].tobytes() == one[0][7:].tobytes()
    assert split(chain(0.3), 4, 50, 12)[0].tobytes() != one[0].tobytes()


def test_the_compiler_adds_nothing_but_speed(chain):
    crisis, found = chain(0.3), np.empty(TOP + 1)
    acts = splitting._replicate.py_func([plain(crisis)], 0, 3, 0, 20, found)
    same, counted = split(crisis, 3, 20, 1)
    assert found[:: splitting.FINER].tobytes() == same[0].tobytes()
    assert acts == counted[0]


def test_particles_of_replicate_0_are_the_plain_runs_until_killed(chain):
    crisis = chain(0.3)
    peaks = kernel.simulate(crisis, 3, 50)[:, 0]
    assert split(crisis, 3, 50, 1)[0][0, 6] == (peaks >= 6).mean()


def test_no_two_paths_share_their_chances():
    corners = [
        splitting.path_number(r, level, i)
        for r in (0, 1, splitting.MOST_REPLICATES - 1)
        for level in (0, 1, splitting.MOST_LEVELS - 1)
        for i in (0, 1, splitting.MOST_PARTICLES - 1)
    ]
    assert len(set(corners)) == len(corners)
    assert max(corners) < 2**62


def test_a_world_where_nothing_stirs_costs_nothing(quiet):
    found, acts = split(quiet(), 1, 10, 5)
    assert found.tolist() == [[1.0] + [0.0] * 9] * 5
    assert not acts.any()
