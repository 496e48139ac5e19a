"""The core of the suite: two clocks, one model, the same bits.

Whatever the crisis, the event loop (SimPy, plain Python), the compiled clock (Numba) and the model stepped by hand give
the same acts at the same minutes and the same row. And a row depends on crisis, seed and run alone: not on the number of
threads, the size of a chunk or the run a call begins with.
"""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from sim.engine import event_loop, kernel
from sim.model.circumstances import circumstances
from sim.model.setting.crisis import OPENINGS, Crisis
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation

MOST = 500  # acts of one run: a crisis that runs away beyond them is not played, and another is drawn
TOP = 2**63 - 1
HORIZONS = st.sampled_from((1.0, 400.0)) | st.floats(1, 400)


@pytest.fixture(scope="session")
def crises(admissible):
    """Crises over every rule and every number's bounds, but for the militants' haste, which bounds the acts of a run."""
    militants = admissible(Militants, rate=st.floats(0, 200), offspring=st.floats(0, 0.9))
    return admissible(Crisis, horizon=HORIZONS, militants_a=militants, militants_b=militants)


@pytest.fixture(scope="session")
def agree(stepped):
    """``agree(crisis, seed, first, runs)``: require the same bits of both clocks and of a hand that steps the model."""

    def require(crisis, seed, first, runs):
        by_hand = []
        for i in range(runs):
            by_hand.append(stepped(crisis, seed, first + i, MOST))
            if not by_hand[-1].ended:
                reject()
        told = [event_loop.trace(crisis, seed, first + i) for i in range(runs)]
        for path, story in zip(by_hand, told, strict=True):
            assert story.acts == path.acts
            assert story.states == path.states[1:]
        log = kernel.acts(crisis, seed, runs, first)
        want = [
            (first + i, *after.latest, *circumstances(before, after))
            for i, path in enumerate(by_hand)
            for before, after in pairwise(path.states)
        ]
        assert len(log["run"]) == len(want)
        for name, column in zip(kernel.LOG, zip(*want, strict=True), strict=bool(want)):
            assert bits(log[name]) == bits(column), name
        rows = kernel.simulate(crisis, seed, runs, first)
        for row, story in zip(rows, told, strict=True):
            for name, number, counted in zip(kernel.ROW, row, story.row.values(), strict=True):
                assert bits(number) == bits(counted), name

    return require


def bits(numbers):
    """The bytes of numbers as floats."""
    return np.asarray(numbers, dtype=float).tobytes()


@settings(max_examples=3 * settings().max_examples)
@given(st.data(), st.integers(0, TOP), st.integers(0, TOP - 1))
def test_both_clocks_agree_on_any_crisis(crises, agree, data, seed, run):
    agree(data.draw(crises), seed, run, 2)


@pytest.mark.slow
@settings(max_examples=20 * settings().max_examples)
@given(st.data(), st.integers(0, TOP), st.integers(0, TOP - 1))
def test_both_clocks_agree_on_many_more(crises, agree, data, seed, run):
    agree(data.draw(crises), seed, run, 2)


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("in_force", ["start", "agreement"])
def test_both_clocks_agree_however_it_opens(admissible, agree, opening, in_force):
    lively = admissible(Nation, generosity=st.floats(0, 0.3), perception_error=st.floats(0, 1), strike_lag=st.floats(1, 50))
    works = admissible(Mechanism, in_force=st.just(in_force), meeting_interval=st.sampled_from((0.0, 10.0, 90.0)))
    crises = st.builds(Crisis, opening=st.just(opening), horizon=HORIZONS, a=lively, b=lively, mechanism=works)

    @settings(max_examples=max(10, settings().max_examples // 3))  # of eight ways
    @given(crises, st.integers(0, TOP))
    def both(crisis, seed):
        agree(crisis, seed, 0, 3)

    both()


def test_both_clocks_agree_on_the_last_seed_and_run(agree):
    for opening in OPENINGS:
        agree(Crisis(opening=opening), TOP, TOP, 1)
        agree(Crisis(opening=opening), 2**32 - 1, 2**32 - 2, 4)


def test_both_clocks_agree_over_many_runs_of_one_crisis(agree):
    agree(Crisis(opening="strike_by_b"), 11, 0, 200)


CRISIS = Crisis(opening="strike_by_a", horizon=200)


@pytest.mark.parametrize("workers", [1, 2, 3, None])
@pytest.mark.parametrize("chunk", [1, 7, 16, 40, 41])
def test_a_row_knows_neither_threads_nor_chunks(monkeypatch, workers, chunk):
    whole = kernel.simulate(CRISIS, 5, 40)
    monkeypatch.setattr(kernel, "CHUNK", chunk)
    assert kernel.simulate(CRISIS, 5, 40, workers=workers).tobytes() == whole.tobytes()


def test_a_row_does_not_know_which_run_came_first():
    whole = kernel.simulate(CRISIS, 5, 15)
    assert kernel.simulate(CRISIS, 5, 10, first=5).tobytes() == whole[5:].tobytes()
    log, late = kernel.acts(CRISIS, 5, 15), kernel.acts(CRISIS, 5, 10, first=5)
    for name in kernel.LOG:
        assert late[name].tobytes() == log[name][log["run"] >= 5].tobytes()


def test_a_log_grows_until_it_holds_every_act(quiet):
    busy = quiet(horizon=365.0, militants_a=quiet(Militants, rate=200.0))
    log, rows = kernel.acts(busy, 1, 3), kernel.simulate(busy, 1, 3)
    assert len(log["at"]) == rows[:, kernel.ROW.index("attacks_a")].sum() > 3 * 64


def test_another_seed_and_another_run_are_another_story():
    rows = {kernel.simulate(CRISIS, seed, 1, first=run).tobytes() for seed in (0, 1, 2**40) for run in (0, 1, 2**40)}
    assert len(rows) == 9


def test_no_run_is_no_row():
    assert kernel.simulate(CRISIS, 5, 0).shape == (0, len(kernel.ROW))
    assert all(len(column) == 0 for column in kernel.acts(CRISIS, 5, 0).values())
