"""Work under way can be watched: a status file, plain lines, and a summary when a signal asks for it."""

import io
import json
import logging
import os
import signal
import sys
from concurrent.futures import Future

import pytest

import sim
from sim.design.grid import Cell
from sim.execution import progress
from sim.execution import schedule as filling
from sim.execution import tasks as task
from sim.execution.executors import TasksAtHand
from sim.execution.interim import interim_lines
from sim.execution.measuring import measured_cells
from sim.execution.schedule import play_missing
from sim.execution.tasks import Tasks
from sim.model.parameter import records
from sim.model.setting.crisis import with_number
from sim.runs import progress_bar
from sim.storage.chunk_store import Store

BASE = sim.load("horizon=40")
CRISES = [with_number(BASE, "a.trust", trust) for trust in (0.1, 0.3, 0.5, 0.7)]
CELLS = [Cell({"a.trust": crisis.a.trust}, 0, {}) for crisis in CRISES]


class Here:
    """An executor that works at once, after ``before`` the task of a number."""

    def __init__(self, number, before):
        self.number, self.before, self.count = number, before, 0

    def submit(self, function, *arguments):
        if self.count == self.number:
            self.before()
        self.count += 1
        future = Future()
        future.set_result(function(*arguments))
        return future


@pytest.fixture
def started(tmp_path, monkeypatch):
    """``started(runs, before, quiet)``: a sweep of small tasks that is watched, with ``before`` called before its third."""
    monkeypatch.setattr(task, "RUNS", 60)
    monkeypatch.setattr(progress, "STATUS", 0.0)
    monkeypatch.setattr(progress, "LINE", 0.0)
    monkeypatch.setattr(logging.getLogger("sim"), "handlers", [])  # what a command in this process has set up

    def start(runs, before, quiet=False):
        settings = records(CRISES)
        tasks = Tasks(lambda start, stop: settings[start:stop], len(CRISES), 1, runs)
        store = Store(tmp_path / "x")
        one = progress.Progress(
            tasks, "runs", store.folder / "status.json", quiet, lambda: interim_lines(tasks, store, CELLS, 7)
        )
        with one:
            play_missing(tasks, store, Here(2, before), 1, watch=one)
        return one

    return start


def test_the_status_file_says_how_far_it_is(started, tmp_path):
    seen = []
    started(60, lambda: seen.append(json.loads((tmp_path / "x" / "status.json").read_text())))
    assert (seen[0]["state"], seen[0]["runs done"], seen[0]["runs"], seen[0]["chunks done"]) == ("playing", 120, 240, 2)
    assert seen[0]["runs per second"] > 0
    assert seen[0]["seconds left"] >= 0
    last = json.loads((tmp_path / "x" / "status.json").read_text())
    assert (last["state"], last["runs done"], last["process"]) == ("played", 240, os.getpid())
    assert started(60, None).kept == 240
    assert json.loads((tmp_path / "x" / "status.json").read_text())["of which found"] == 240


def test_a_sweep_that_stops_says_so(started, tmp_path):
    with pytest.raises(ZeroDivisionError):
        started(60, lambda: 1 / 0)
    assert json.loads((tmp_path / "x" / "status.json").read_text())["state"] == "stopped"


@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="needs SIGUSR1")
@pytest.mark.parametrize("runs", [60, 150])  # a cell a task, and several tasks a cell
def test_a_signal_asks_for_a_summary_so_far(started, capsys, runs):
    before = signal.getsignal(signal.SIGUSR1)
    started(runs, lambda: os.kill(os.getpid(), signal.SIGUSR1))
    said = capsys.readouterr().err.strip().split("\n")
    assert signal.getsignal(signal.SIGUSR1) == before
    assert said[0].startswith("120 of")
    if runs == 60:
        assert said[1] == "2 of 4 cells begun"
        for line, one, cell in zip(said[2:], measured_cells(CRISES, 1, 60), CELLS[:2], strict=False):
            p, low, high = one.values[6]
            assert line == f"  a.trust = {cell.labels['a.trust']}: P(peak >= 7) = {p:.4f} [{low:.4f}, {high:.4f}], 60 runs"
    else:
        assert said[1] == "1 of 4 cells begun"
        assert said[2].endswith("120 runs")


def test_without_a_terminal_there_are_plain_lines(started, caplog):
    with caplog.at_level(logging.INFO, "sim"):
        started(60, lambda: None)
    assert "120 of 240 runs (50%)" in caplog.text


def test_what_is_said_meanwhile_stands_on_a_line_of_its_own(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    progress.speak("normal")
    with progress_bar.bar(total=9, desc="runs") as shown:
        shown.display()
        logging.getLogger("sim.execution.progress").warning("no worker is left")
        said = sys.stderr.getvalue()
    before = said[: said.index("escalation: no worker is left\n")]
    assert before.startswith("\rruns")
    assert before.endswith("\r")
    assert not before.split("\r")[-2].strip()


def test_quiet_says_errors_alone_and_verbose_every_task(capsys):
    for verbosity, levels in (
        ("quiet", ["warning"]),
        ("normal", ["warning", "info"]),
        ("verbose", ["warning", "info", "debug"]),
    ):
        progress.speak(verbosity)
        log = logging.getLogger("sim.execution.progress")
        for level in ("debug", "info", "warning"):
            getattr(log, level)("%s", level)
        assert sorted(capsys.readouterr().err.split()) == sorted(word for level in levels for word in ("escalation:", level))


class Absent:
    """An executor whose tasks are done once ``arrived`` says a worker is there."""

    def __init__(self):
        self.waiting = []

    def submit(self, function, *arguments):
        self.waiting.append((future := Future(), function, arguments))
        return future

    def arrive(self):
        while self.waiting:
            future, function, arguments = self.waiting.pop()
            future.set_result(function(*arguments))


def test_a_sweep_without_workers_says_so_and_that_one_is_back(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(filling, "LOOK", 0)
    pool, minutes, workers = Absent(), iter(range(100)), iter([1, 0, 0, 0, 0, 1] + [1] * 100)

    def threads():
        found = next(workers)
        if found and pool.waiting:
            pool.arrive()
        return found

    settings = records(CRISES)
    tasks = Tasks(lambda start, stop: settings[start:stop], len(CRISES), 1, 60)
    with caplog.at_level(logging.WARNING, "sim"):
        play_missing(tasks, Store(tmp_path / "x"), pool, TasksAtHand(threads, lambda: 30.0 * next(minutes)))
    kept = "(Ctrl-C stops, and keeps what is done)"
    assert [record.getMessage() for record in caplog.records] == [
        f"no worker is left; play goes on once there is one {kept}",  # at 30 s
        f"no worker for 0:01:00 {kept}",  # at 90 s
        "there is a worker again, after 0:02:00 without one",  # at 150 s
    ]
