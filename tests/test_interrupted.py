"""Ctrl-C ends a command at once, whatever its threads are at: none of them is waited for, and what waits never begins."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import sim
from sim.engine import kernel, splitting
from sim.engine.thread_pool import thread_pool
from sim.execution.executors import hired_executor
from sim.execution.in_order import chunks
from sim.execution.measuring import measured_cells
from sim.model.parameter import records
from sim.model.setting.crisis import Crisis
from sim.runs import points
from sim.runs.outcome import outcome
from sim.studies.compare.paired_runs import paired_comparison
from sim.studies.equilibrium.payoffs import Players

ROOT = Path(__file__).resolve().parents[1]
CRISES, MANY = [Crisis(), Crisis()], 20 * kernel.CHUNK


def game():
    with Players(1, 2) as players:
        players.table(CRISES[0], {"x": {}, "y": {}}, {"x": {}, "y": {}}, 10)


def hired():
    with hired_executor("local", 2) as (pool, _):
        list(pool.map(lambda i: kernel.simulate(CRISES[0], i, 10), range(20)))


PLAYED = {
    "play": lambda: kernel.simulate(CRISES[0], 1, MANY, workers=2),
    "split": lambda: splitting.split(CRISES[0], 1, 10, 20, workers=2),
    "points": lambda: list(points.played([records(CRISES * 10)], outcome("war_at"), 1, 10, 2)),
    "chunks": lambda: list(chunks(CRISES, 1, MANY, 2)),
    "compare": lambda: paired_comparison(CRISES, ["one", "two"], outcome("war_at"), 1, MANY, threads=2),
    "sweep": lambda: measured_cells(CRISES, 1, MANY, 2),
    "game": game,
    "team": hired,
}


@pytest.fixture
def begun(monkeypatch):
    """Runs that last until the test is over, of which the first to begin brings Ctrl-C: a list, an entry a run begun."""
    over, runs, there = threading.Event(), [], set(threading.enumerate())

    def endless(*_):
        runs.append(time.monotonic())
        if len(runs) == 1:
            time.sleep(0.1)
            os.kill(os.getpid(), signal.SIGINT)
        over.wait(60)
        return 0

    monkeypatch.setattr(kernel, "_played", endless)
    monkeypatch.setattr(splitting, "_replicate", endless)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite in the background may not heed it
    yield runs
    signal.signal(signal.SIGINT, before)
    over.set()
    for thread in set(threading.enumerate()) - there:  # or what they still begin would be counted for the next way
        thread.join(5)


@pytest.mark.slow  # a real Ctrl-C may hit what runs the tests beside it: by hand, alone (-m slow -n 0), or as below
@pytest.mark.parametrize("way", PLAYED)
def test_no_thread_is_waited_for(way, begun):
    with pytest.raises(KeyboardInterrupt):
        PLAYED[way]()
    assert time.monotonic() - begun[0] < 10  # of 60
    time.sleep(0.05)
    assert len(begun) <= 2


def test_ctrl_c_ends_every_way_to_play_at_once():
    """The test above, in a process and a session of its own, which nothing else hears."""
    asked = ["-p", "no:cacheprovider", "-p", "no:xdist", "-m", "slow", "-k", "test_no_thread_is_waited_for", __file__]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *asked], cwd=ROOT, capture_output=True, text=True, start_new_session=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{'.' * len(PLAYED)} " in done.stdout


def test_a_generator_that_is_read_no_further_is_not_waited_for():
    over = threading.Event()

    def numbers():
        with thread_pool(1) as pool:
            waiting = pool.submit(over.wait, 60)
            yield 1
            yield waiting.result()

    read, start = numbers(), time.monotonic()
    assert next(read) == 1
    read.close()
    assert time.monotonic() - start < 10
    over.set()


def test_what_is_at_work_is_waited_for_otherwise():
    done = []
    with thread_pool(1) as pool:
        pool.submit(lambda: (time.sleep(0.1), done.append(1)))
        time.sleep(0.02)
    assert done == [1]


def test_threads_come_from_one_place():
    made = {
        path.name for path in Path(sim.__file__).parent.rglob("*.py") if re.search(r"ThreadPoolExecutor\(", path.read_text())
    }
    assert made == {"thread_pool.py", "dask.py"}  # there for a thread that Ctrl-C does not reach
