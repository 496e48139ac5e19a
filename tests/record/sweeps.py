"""Sweeps for the tests of faults: forked from a process in which the game is compiled and everything imported.

Run as a program with a folder, a seed and what to do: ``kill``, ``pair`` or ``full``. A forked sweep starts at once, so that
fifty of them can be killed in seconds, and each is a process of its own with a life and a death of its own.
"""

import contextlib
import os
import random
import resource
import shutil
import signal
import sys
import time
from pathlib import Path

import sim
import sim.bounded
import sim.design
import sim.record.folder
import sim.record.study
import sim.refusal
import sim.show.page
import sim.study.so_far
import sim.study.sweep
import sim.study.workers
from sim import command, config
from sim.game.parameter import records
from sim.study import task

ASKED = [
    "runs=60", "horizon=40", "keep=runs", "sweep.axes=[{vary: a.trust, over: {from: 0.1, to: 0.9, steps: 4}}, "
    "{vary: b.trust, over: {from: 0.1, to: 0.9, steps: 3}}, {vary: a.generosity, over: {from: 0.1, to: 0.9, steps: 3}}]",
]  # fmt: skip
SWEEP = command.loaded("sweep")
FILES = ("table.parquet", "runs.parquet", "summary.json", "study.json")


def composed():
    """The job that ``ASKED`` asks for."""
    config.register()
    command.compose(SWEEP.main, "escalation sweep", ASKED)
    return SWEEP.JOBS.pop()


def forked(out, limit=None):
    """The number of a process that sweeps into ``out``."""
    number = os.fork()
    if number:
        return number
    status = 70
    try:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        with open("said.txt", "a") as said, contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            job = JOB._replace(mapping={**JOB.mapping, "out": out})
            command.compose = lambda *_: SWEEP.JOBS.append(job)  # composed once, before the fork
            status = command.run(SWEEP, "escalation sweep", [])
    finally:
        os._exit(status)


def ended(number):
    """The exit status of a forked sweep; negative where it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def content(out):
    """The bytes of a study's files."""
    return [(Path(out) / name).read_bytes() for name in FILES]


def kill(chance, whole, kills=50):
    """Kill sweeps at moments drawn from a whole one's life, until so many were hit; what stands is whole at any time."""
    start = time.monotonic()
    assert ended(forked("timed")) == 0
    life, hit = time.monotonic() - start, 0
    while hit < kills:
        number = forked("here")
        time.sleep(chance.uniform(0.0, life))
        os.kill(number, signal.SIGKILL)
        hit += ended(number) == -signal.SIGKILL
        if Path("here").exists():
            assert content("here") == whole
            shutil.rmtree("here")  # else the next would have nothing to do
    assert ended(forked("here")) == 0
    assert content("here") == whole


def pair(chance, whole, times=4):
    """Two processes on one study, the second a little later."""
    for i in range(times):
        first = forked(f"here{i}")
        time.sleep(chance.uniform(0.0, 0.3))
        second = forked(f"here{i}")
        assert [ended(first), ended(second)] == [0, 0]
        assert content(f"here{i}") == whole


def full(chance, whole):
    """A limit that stands for a disk that is full, then none."""
    for limit in (2000, 15_000):
        assert ended(forked("here", limit=limit)) == 2
        said = Path("said.txt").read_text().strip().split("\n")[-1]
        assert said.startswith("escalation: "), said
        assert "no space left on the disk; what is done is kept" in said, said
        assert not Path("here").exists()
    assert ended(forked("here")) == 0
    assert content("here") == whole


if __name__ == "__main__":
    folder, seed, what = sys.argv[1:]
    os.chdir(folder)
    JOB = composed()
    task.RUNS = 240  # many small tasks
    task.played(task.Tasks(lambda *_: records([sim.load("horizon=40")]), 1, 1, 60)[0], keep=True)
    assert ended(forked("whole")) == 0
    globals()[what](random.Random(int(seed)), content("whole"))
    left = sorted(path.name for path in Path().iterdir() if path.name.startswith("."))
    assert not left, left
