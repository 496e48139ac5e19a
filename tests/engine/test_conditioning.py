"""The game under a record: both clocks agree, the mean weight is the record's probability, without a record it is plain play.

What is compared with a probability here is a mean of weights with an interval of five standard errors: a test that fails is
no chance.
"""

import dataclasses
import math

import numpy as np
import pytest
from scipy.linalg import expm

import sim
from sim.engine import kernel
from sim.engine.conditioning import led_loop
from sim.engine.conditioning.filtered import Observed, filtered
from sim.engine.conditioning.led_chance import Asked, new_guide, slot_of, want
from sim.engine.conditioning.particle import FORCE, RECORDABLE, STAND_DOWN
from sim.engine.conditioning.particle_filter import LOGGED, NOTED
from sim.model.ladder import CLASH
from sim.model.numerics.philox import chance_of, drawn, happens, toll, wait
from sim.model.rules.waiting_time import choose, delay, how_long, uniform_at
from sim.model.state import ACTED, MADE_STATEMENT
from sim.studies.exact.markov_chain import chain

HOUR, DAY = 60, 1440
RUNS = 30_000  # plain ones, that shares are counted in
ANY = 10**9


def entry(kind, who, first, last, rungs=(5, 9), dead=(0, ANY), kin=(0, ANY)):
    """A row of a record."""
    return [kind, who, first, last, *rungs, *dead, *kin]


def observed(entries, end, recorded=(FORCE, STAND_DOWN), window=(0, 1)):
    """A record from its rows."""
    rows = np.array(sorted(entries, key=lambda one: one[3]), np.int64).reshape(-1, 10)
    bits = sum(1 << kind for kind in recorded)
    return Observed(rows, np.array([end, bits, CLASH, *window, bits], np.int64))


def estimate(crisis, record, particles=1000, count=6, rate=0.0):
    """The probability of a record and its standard error, over independent filters."""
    found = [math.exp(filtered([crisis], record, 3, i, particles, 0, rate).evidence[-1]) for i in range(count)]
    return np.mean(found), np.std(found, ddof=1) / math.sqrt(count)


@pytest.fixture(scope="module")
def dyad():
    return sim.load("scenario=headline_dyad", "horizon=60", "a.generosity=0.4", "b.generosity=0.5")


@pytest.fixture(scope="module")
def small():
    """A world of exponential waits with few states: see the scenario."""
    sides = {f"{side}.{name}": 0.0 for side in "ab" for name in ("perception_error", "execution_error", "exceed", "display")}
    sides |= {f"{side}.exceed_by_death": 0.0 for side in "ab"}
    return sim.load("scenario=small_world").with_(sides | {"a.undershoot": 0.0, "b.undershoot": 0.0, "a.follow_up": 0.0})


RECORD = [
    entry(FORCE, 2, 20 * HOUR, 40 * HOUR, rungs=(6, 8)),
    entry(FORCE, 1, 2 * DAY, 4 * DAY),
    entry(STAND_DOWN, 0, 5 * DAY, 9 * DAY),
]


@pytest.mark.slow
@pytest.mark.parametrize("run", range(12))
def test_the_event_loop_and_the_kernel_agree_under_a_record(dyad, run):
    record = observed(RECORD, 12 * DAY, window=(-60, 60))
    crisis = dataclasses.replace(dyad, b=dataclasses.replace(dyad.b, delay="lognormal"))
    told = led_loop.trace(crisis, 5, run, record, 20.0)
    one = filtered([crisis], record, 5, 0, run + 1, 0, 20.0, log=True) if run == 0 else None
    if one is not None:  # a filter's first particle is run 0; the others are reached by a filter of their own number
        acts = one.log[: len(told.acts)]
        assert [tuple(row) for row in acts] == [tuple(float(getattr(act, name)) for name in LOGGED) for act in told.acts]
    assert told.acts[0].kind == ACTED


@pytest.mark.slow
def test_without_a_record_it_is_plain_play_to_the_bit(dyad):
    nothing = observed([], 60 * DAY, recorded=())
    led = filtered([dyad], nothing, 9, 0, 1, 0, 0.0, log=True).log
    plain = kernel.acts(dyad, 9, 1)
    n = len(plain["at"])
    assert not np.isnan(led[:n]).any()
    assert np.isnan(led[n:]).all()
    assert led[:n].tobytes() == np.stack([plain[name] for name in LOGGED], axis=1).tobytes()
    assert filtered([dyad], nothing, 9, 0, 100, 0, 0.0).evidence.tolist() == [0.0] * len(nothing.checks)


@pytest.mark.slow
def test_what_follows_a_record_of_nothing_is_what_plain_runs_show(dyad):
    """Freed at the opening, particles are plain runs: the share that strikes within ten days is that of the kernel's."""
    found = filtered([dyad], observed([], 1, recorded=()), 2, 0, 4000, 10, 0.0).noted[0, :, 0]
    log = kernel.acts(dataclasses.replace(dyad, horizon=10.0), 77, 4000)
    struck = (log["kind"] == ACTED) & (log["rung"] >= CLASH) & (log["at"] > 0)
    share, plain = (found >= 0).mean(), len(set(log["run"][struck])) / 4000
    assert abs(share - plain) < 5 * math.sqrt(2 * plain * (1 - plain) / 4000)


@pytest.fixture(scope="module")
def played(dyad):
    """The acts of many plain runs of ten days."""
    return kernel.acts(dataclasses.replace(dyad, horizon=10.0), 11, RUNS)


def frequency(log, record, runs):
    """The share of plain runs that agree with a record, each act with the first open entry whose window holds it."""
    end = record.setup[0]
    kinds = np.where(
        (log["kind"] == ACTED) & (log["rung"] >= CLASH), FORCE, np.where(log["kind"] == MADE_STATEMENT, STAND_DOWN, -1)
    )
    opens = np.r_[True, np.diff(log["run"]) > 0]
    left = np.full(runs, (1 << len(record.entries)) - 1)
    for i in np.flatnonzero((kinds >= 0) & ~opens & (log["at"] < end)):
        run, at, who = int(log["run"][i]), log["at"][i], int(log["who"][i])
        for j, one in enumerate(record.entries):
            side = kinds[i] != FORCE or (one[1] >> who) & 1
            rung = kinds[i] != FORCE or one[4] <= log["rung"][i] <= one[5]
            if (left[run] >> j) & 1 and one[0] == kinds[i] and side and rung and one[2] <= at < one[3]:
                left[run] -= 1 << j
                break
        else:
            left[run] = -1
    k = int((left == 0).sum())
    return k / runs, math.sqrt(max(k, 1)) / runs


@pytest.mark.slow
@pytest.mark.parametrize(
    "entries",
    [[], RECORD[:1], RECORD[:2], RECORD, [entry(FORCE, 3, 0, 3 * DAY), entry(FORCE, 3, 1 * DAY, 4 * DAY)]],
    ids=["nothing", "an answer", "two blows", "a stand-down too", "windows that overlap"],
)
def test_the_mean_weight_is_the_share_of_plain_runs_that_agree(dyad, played, entries):
    record = observed(entries, 10 * DAY)
    plain, error = frequency(played, record, RUNS)
    p, own = estimate(dyad, record)
    assert plain > 0
    assert abs(p - plain) < 5 * math.hypot(error, own)
    assert own < 0.5 * p


def generator(crisis):
    """The chain of a small crisis as dense matrices over the states that take time: start, rates, and rates of acts of force.

    Force: by each side, rung by rung of the moves; the opening strike is made, and statements are moves like any other.
    """
    built = chain(crisis)
    n, m = len(built.states), built.moves
    force = (m.kind == ACTED) & (m.rung >= CLASH)
    down = m.kind == MADE_STATEMENT
    return built, n, m, force, down


def likelihood(crisis, spans):
    """P(b's acts of force come one in each of ``spans`` (minutes), and nothing else of force or statements by the last end)."""
    built, n, m, force, down = generator(crisis)
    quick = 50.0  # per minute: what takes no time
    start = np.flatnonzero(built.start)
    opening = np.isin(m.source, start) & force
    rate = np.where(built.instant[m.source], quick * m.weight, m.weight)
    out = np.bincount(m.source, rate, n)
    free = np.zeros((n, n))
    quiet = ~(force | down) | opening
    np.add.at(free, (m.source[quiet], m.target[quiet]), rate[quiet])
    free[np.diag_indices(n)] -= out
    struck = np.zeros((n, n))
    by_b = force & ~opening & (m.who == 1)
    np.add.at(struck, (m.source[by_b], m.target[by_b]), rate[by_b])
    weights = built.start.copy()
    now = 0
    for first, last, acts in spans:
        weights = weights @ expm(free * (first - now))
        if acts:
            both = np.block([[free, struck], [np.zeros((n, n)), free]])
            weights = np.r_[weights, np.zeros(n)] @ expm(both * (last - first))
            weights = weights[n:]
        else:
            weights = weights @ expm(free * (last - first))
        now = last
    return weights.sum()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("entries", "spans"),
    [
        ([], [(0, 3 * DAY, 0)]),
        ([entry(FORCE, 2, 30 * HOUR, 36 * HOUR)], [(30 * HOUR, 36 * HOUR, 1), (36 * HOUR, 3 * DAY, 0)]),
    ],
)
def test_on_exponential_waits_it_is_the_matrix_exponential(small, entries, spans):
    exact = likelihood(small, spans)
    p, error = estimate(small, observed(entries, 3 * DAY))
    assert abs(p - exact) < 5 * error + 0.004 * exact  # waits are rounded up to whole minutes, and what is quick takes a little
    assert error < 0.05 * exact


@pytest.mark.slow
def test_hours_add_up_to_their_day(dyad):
    def chance(first, last):
        return estimate(dyad, observed([entry(FORCE, 2, first, last)], 3 * DAY), particles=400, count=4)

    day, error = chance(DAY, 2 * DAY)
    parts = [chance(DAY + 4 * hour * HOUR, DAY + 4 * (hour + 1) * HOUR) for hour in range(6)]
    assert abs(sum(p for p, _ in parts) - day) < 5 * math.hypot(error, *(e for _, e in parts))


@pytest.mark.slow
def test_one_odd_entry_is_told_by_the_background_and_costs_what_it_is_worth(dyad):
    odd = observed([entry(FORCE, 2, 5 * DAY, 6 * DAY, rungs=(9, 9))], 7 * DAY)
    peaceful = dataclasses.replace(dyad, b=dataclasses.replace(dyad.b, cap=7))
    assert estimate(peaceful, odd, particles=300, count=2)[0] == 0.0
    found = filtered([peaceful], odd, 1, 0, 2000, 0, 0.5)
    assert found.told.tolist() == pytest.approx([1.0])
    quiet = estimate(peaceful, observed([], 7 * DAY), particles=1000, count=2)[0]
    background = 0.5 / 365 / 5  # a day in the window, one rung of five
    assert 0.5 < math.exp(found.evidence[-1]) / (quiet * background) < 2.0


@pytest.mark.slow
@pytest.mark.parametrize("own", [0, 1])
def test_records_of_one_world_are_likelier_there_than_in_another(dyad, own):
    """Sixty simulated records of ten days: together they tell which of two worlds they are from."""
    sides = {side: dataclasses.replace(getattr(dyad, side), follow_up=0.1) for side in ("a", "b")}
    worlds = (dyad, dataclasses.replace(dyad, **sides))
    log = kernel.acts(dataclasses.replace(worlds[own], horizon=10.0), 31, 60)
    sums = np.zeros(2)
    for run in range(60):
        mine = (log["run"] == run) & (log["kind"] == ACTED) & (log["rung"] >= CLASH) & (log["at"] > 0)
        acts = zip(log["at"][mine].astype(int), log["who"][mine].astype(int), strict=True)
        rows = [entry(FORCE, 1 << who, at // DAY * DAY, (at // DAY + 1) * DAY) for at, who in acts]
        record = observed(rows, 10 * DAY, (FORCE,))
        sums += [filtered([world], record, 1, 0, 4000, 0, 0.1).evidence[-1] for world in worlds]
    assert sums[own] > sums[1 - own] + 2


def test_a_question_that_is_led_keeps_its_law():
    """Weighted by what the guidance says, the answers have the plain law's frequencies."""
    guide, yes, weights = new_guide(), [], []
    want(guide, slot_of(1, 0, 0), 1, 0.9)
    for run in range(4000):
        guide[0, -1] = 0.0
        yes.append(happens(Asked(drawn(chance_of(1, run), 1, 1, 0)[0], slot_of(1, 0, 0), guide), 0.05))
        weights.append(math.exp(guide[0, -1]))
    assert np.mean(yes) > 0.8
    assert abs(np.average(yes, weights=weights) - 0.05) < 0.005
    assert abs(np.mean(weights) - 1.0) < 0.1


@pytest.mark.parametrize("law", delay.names())
def test_the_uniform_of_a_wait_gives_it_back(law):
    code = delay.code(law)
    for minutes in (1.0, 90.0, 4000.0):
        assert choose(code, 600.0, 1.7, uniform_at(code, 600.0, 1.7, minutes)) == pytest.approx(minutes, rel=1e-4)


def test_unled_questions_are_plain_ones():
    guide = new_guide()
    for u in (0.1, 0.6):
        q = Asked(u, 5, guide)
        assert happens(q, 0.3) == happens(u, 0.3)
        assert wait(q, 10.0, 2.0) == wait(u, 10.0, 2.0)
        assert how_long(q, 0, 10.0, 2.0) == how_long(u, 0, 10.0, 2.0)
        assert toll(q, 0.0, 5.0, 1.5, 100.0) == toll(u, 0.0, 5.0, 1.5, 100.0)
    assert guide[0, -1] == 0.0


def test_noted_and_recordable_are_as_they_are_called():
    assert NOTED == 4
    assert RECORDABLE[FORCE] == "force"
    assert RECORDABLE[STAND_DOWN] == "stand_down"
