"""Sweeps for the tests of faults: forked from a process in which the game is compiled and everything imported.

Run as a program with a folder, a seed and what to do, each maybe with how often (``kill=50``): ``kill``, ``step``, ``pair``,
``full`` or ``disk`` (real small disks, by root). A forked sweep starts at once, so that fifty of them can be killed in seconds,
and each is a process of its own with a life and a death of its own. Its figure is an empty one, which is drawn fast.
"""

import contextlib
import itertools
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from matplotlib.figure import Figure

import sim
import sim.design.factorial
import sim.execution.executors
import sim.execution.interim
import sim.storage.atomic_folder
import sim.storage.study_file
import sim.studies.play.figures
import sim.studies.sweep.compute
from sim.cli import commands, hydra_config, job, main
from sim.execution import tasks
from sim.model.parameter import records
from sim.studies.sweep import figures

ASKED = [
    "runs=60", "horizon=40", "keep=runs", "sweep.axes=[{vary: a.trust, over: {from: 0.1, to: 0.9, steps: 4}}, "
    "{vary: b.trust, over: {from: 0.1, to: 0.9, steps: 3}}, {vary: a.generosity, over: {from: 0.1, to: 0.9, steps: 3}}]",
]  # fmt: skip
SWEEP = commands.loaded("sweep")
FILES = ("table.parquet", "runs.parquet", "summary.json", "study.json")


def composed():
    """The job that ``ASKED`` asks for; what it differs in from its scenario is composed, too, and known to a fork."""
    with hydra_config.files():
        ours = job.job("sweep", ASKED)
        ours.case(sim.load("horizon=40"))
        return ours


def changes(event, arguments):
    """Whether Python is about to change something on the disk."""
    written = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    return written or event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir")


def counting(last, told):
    """Let this process die before its change number ``last``, or write a line for each it makes into ``told``."""
    made = itertools.count(1)

    def seen(event, arguments):
        if changes(event, arguments) and not any(name in str(arguments[0]) for name in ("said.txt", "status.json")):
            if next(made) == last:
                os.kill(os.getpid(), signal.SIGKILL)
            if told:
                os.write(told, f"{event} {arguments[0]}\n".encode())

    sys.addaudithook(seen)


def forked(out, limit=None, last=0, told=None):
    """The number of a process that sweeps into ``out``; see ``counting`` for ``last`` and ``told``."""
    number = os.fork()
    if number:
        return number
    status = 70
    try:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        with open("said.txt", "a") as said, contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            ours = JOB._replace(mapping={**JOB.mapping, "out": out})
            if last or told:
                counting(last, told)
            job.job = lambda *_: ours  # composed once, before the fork
            figures.sweep_figures = lambda *_: {"escalation": Figure()}
            status = main.run(SWEEP, [])
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


def step(chance, whole, drawn=3):
    """Kill a sweep before one change it makes on the disk after another: each where the study is written, some elsewhere."""
    with open("count.txt", "wb") as told:
        assert ended(forked("counted", told=told.fileno())) == 0
    made = dict(enumerate(Path("count.txt").read_text().splitlines(), start=1))
    study = [n for n, line in made.items() if "counted" in line]
    points = sorted(
        {*study, *chance.sample(range(1, study[0]), drawn), *chance.sample(range(study[-1] + 1, len(made) + 1), drawn)}
    )
    assert len(study) > 8
    stood = killed = 0
    for last in points:
        out = f"here{last}"
        killed += ended(forked(out, last=last)) == -signal.SIGKILL
        stood += Path(out).exists()
        assert not Path(out).exists() or content(out) == whole
        assert ended(forked(out)) == 0
        assert content(out) == whole
    assert 0 < stood < killed == len(points), (stood, killed, points)


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


def disk(chance, whole, times=1):
    """A disk that fills at a size drawn from what a study takes, then is given room."""
    Path("disk").mkdir()
    for i in range(times):
        size = chance.randrange(8, 260)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", "disk"], check=True)
        try:
            assert ended(forked(f"disk/here{i}")) == 2, size
            said = Path("said.txt").read_text().strip().split("\n")[-1]
            assert "No space left" in said or "no space left on the disk; what is done is kept" in said, said
            assert not Path(f"disk/here{i}").exists()
            subprocess.run(["mount", "-o", "remount,size=64m", "disk"], check=True)
            assert ended(forked(f"disk/here{i}")) == 0
            assert content(f"disk/here{i}") == whole
            assert [path.name for path in Path("disk").iterdir()] == [f"here{i}"]
        finally:
            subprocess.run(["umount", "-l", "disk"], check=True)


if __name__ == "__main__":
    folder, seed, *asked = sys.argv[1:]
    os.chdir(folder)
    JOB = composed()
    tasks.RUNS = 240  # many small tasks
    tasks.played(tasks.Tasks(lambda *_: records([sim.load("horizon=40")]), 1, 1, 60)[0], keep=True)
    assert ended(forked("whole")) == 0
    WHOLE = content("whole")
    for one in asked:
        what, _, times = one.partition("=")
        os.mkdir(what)
        os.chdir(what)
        globals()[what](random.Random(int(seed)), WHOLE, *([int(times)] if times else []))
        left = sorted(path.name for path in Path().iterdir() if path.name.startswith("."))
        assert not left, left
        os.chdir("..")
