"""Sweeps that are killed, starved of disk, damaged or doubled: the tables are those of an undisturbed run, to the byte."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.cli import main
from sim.execution import tasks as task
from sim.execution.measuring import assembled, measured_cells, runs_of, stored
from sim.execution.schedule import play_missing, rows_of
from sim.execution.tasks import Tasks
from sim.model.parameter import records
from sim.model.setting.crisis import with_number
from sim.storage import checksums, provenance
from sim.storage.chunk_store import Store
from sim.studies.sweep import figures

SWEEPS = Path(__file__).with_name("sweeps.py")
BASE = sim.load("horizon=40")
CRISES = [with_number(BASE, "a.trust", trust) for trust in (0.1, 0.2, 0.3, 0.4, 0.5)]
ASKED = ["sweep", "runs=50", "horizon=40", "sweep.axes=[{vary: a.trust, over: [0.1, 0.5, 0.9]}, "
         "{vary: b.trust, over: [0.1, 0.9]}, {vary: mechanism, over: [none, hotline]}]"]  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("asked", ["kill=10 step pair=2 full", pytest.param("kill step=12 pair", marks=pytest.mark.slow)])
def test_real_processes(asked, tmp_path):
    words = [sys.executable, str(SWEEPS), str(tmp_path), "7", *asked.split()]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_finished_study_is_not_played_again_unless_it_or_the_program_has_changed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(figures, "sweep_figures", lambda *_: {})  # slow, and not what this is about
    out = tmp_path / "x"

    def swept(*more):
        assert main.main([*ASKED, f"out={out}", *more]) == 0
        return "already" in capsys.readouterr().out

    assert not swept()
    whole = {path.name: path.read_bytes() for path in out.iterdir()}
    assert swept("threads=1")
    assert subprocess.run(["sha256sum", "--check", "--quiet", "checksums.txt"], cwd=out, check=False).returncode == 0
    assert set(whole) > {"table.parquet", "study.json", "config.yaml"}
    for name in ("table.parquet", "config.yaml", "checksums.txt"):
        (out / name).write_bytes(bytes([whole[name][0] ^ 1]) + whole[name][1:])
        assert not swept()
    (out / "table.parquet").unlink()
    assert not swept()
    assert {path.name: path.read_bytes() for path in out.iterdir()} == whole
    assert not swept("seed=2")
    axes, one = ASKED[-1].removeprefix("sweep.axes="), "{vary: a.patience, over: [0]}"
    for again in (f"[{one}, {axes[1:]}", f"{axes[:-1]}, {one}]"):  # the same cells, their axes in another order
        assert not swept("seed=2", f"sweep.axes={again}")
    assert not swept()
    monkeypatch.setattr(provenance, "sources_digest", lambda *_: "another program")
    provenance.provenance.cache_clear()
    assert not swept()
    monkeypatch.undo()
    provenance.provenance.cache_clear()


class Here:
    """An executor that does the work at once, and counts it."""

    def __init__(self):
        self.played = []

    def submit(self, function, *arguments):
        from concurrent.futures import Future

        future = Future()
        self.played.append(arguments[0].cell)
        future.set_result(function(*arguments))
        return future


@pytest.fixture
def few(monkeypatch):
    """Small tasks."""
    monkeypatch.setattr(task, "RUNS", 100)


def tasks_of(crises, seed=1, runs=50):
    settings = records(crises)
    return Tasks(lambda start, stop: settings[start:stop], len(crises), seed, runs)


def filled(folder, tasks, keep=False):
    """The store after a start, and the cells that had to be played."""
    store, here = Store(folder), Here()
    play_missing(tasks, store, here, 2, keep)
    return store, sorted(here.played)


def values(tasks, store):
    return np.stack([one.values for one in assembled(stored(tasks, store))]).tobytes()


@pytest.mark.usefixtures("few")
def test_a_second_start_plays_only_what_is_missing(tmp_path):
    tasks = tasks_of(CRISES)
    store, played = filled(tmp_path / "x", tasks)
    assert played == [0, 2, 4]
    whole = values(tasks, store)
    assert filled(tmp_path / "x", tasks)[1] == []
    store._path(tasks[1].name).unlink()
    assert filled(tmp_path / "x", tasks)[1] == [2]
    assert values(tasks, store) == whole
    assert whole == np.stack([one.values for one in measured_cells(CRISES, 1, 50)]).tobytes()


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("runs", [50, 250])  # several cells a task, several tasks a cell
@pytest.mark.parametrize("late", [False, True])  # before a second start, or after all has been filled
def test_damage_is_noticed_and_played_again(tmp_path, runs, late, caplog):
    tasks = tasks_of(CRISES, runs=runs)
    store, _ = filled(tmp_path / "x", tasks, keep=True)
    whole, chance = values(tasks, store), np.random.default_rng(5)
    for one in tasks:
        for name in (one.name, rows_of(one)):
            path = store._path(name)
            content = bytearray(path.read_bytes())
            if chance.integers(2):
                content[chance.integers(len(content))] ^= 1 + int(chance.integers(255))
            else:
                content = content[: chance.integers(len(content))]
            path.write_bytes(content)
    if not late:
        assert len(filled(tmp_path / "x", tasks)[1]) == len(tasks)
    found = np.stack([one.values for one in assembled(stored(tasks, store))]).tobytes()
    assert found == whole
    assert "played again" in caplog.text
    assert sum(len(rows) for _, _, rows in runs_of(tasks, store)) == runs * len(CRISES)


@pytest.mark.usefixtures("few")
def test_a_changed_number_seed_rule_or_count_never_meets_a_stale_chunk(tmp_path, monkeypatch):
    _, played = filled(tmp_path / "x", tasks_of(CRISES))
    changed = [*CRISES[:3], with_number(BASE, "a.trust", 0.400000001), CRISES[4]]
    assert filled(tmp_path / "x", tasks_of(changed))[1] == [2]
    assert filled(tmp_path / "x", tasks_of(CRISES, seed=2))[1] == played
    assert filled(tmp_path / "x", tasks_of(CRISES, runs=49))[1] == played
    monkeypatch.setattr(task, "_sources", lambda: ["another rule"])
    assert filled(tmp_path / "x", tasks_of(CRISES))[1] == played


@pytest.mark.usefixtures("few")
def test_a_clock_set_back_or_forward_changes_nothing(tmp_path, monkeypatch):
    tasks = tasks_of(CRISES)
    store, _ = filled(tmp_path / "x", tasks)
    whole = values(tasks, store)
    for at in (0, 2**33):
        for path in store.folder.iterdir():
            os.utime(path, (at, at))
        monkeypatch.setattr(time, "time", lambda at=at: float(at))
        assert filled(tmp_path / "x", tasks)[1] == []
        assert values(tasks, store) == whole


def test_a_full_disk_keeps_what_is_done(tmp_path, capfd):
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        assert main.main([*ASKED, "keep=runs", f"out={disk}/here"]) == 2
        said = capfd.readouterr().err.strip().split("\n")
        assert len(said) == 1
        assert "no space left on the disk; what is done is kept" in said[0]
        assert [path.suffix for path in disk.iterdir()] == [".part"]
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        assert main.main([*ASKED, "keep=runs", f"out={disk}/here"]) == 0
        assert main.main([*ASKED, "keep=runs", f"out={tmp_path}/whole"]) == 0
        for name in ("table.parquet", "runs.parquet", "summary.json"):
            assert (disk / "here" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
        assert [path.name for path in disk.iterdir()] == ["here"]
    finally:
        subprocess.run(["umount", "-l", disk], check=False)


ODD = {
    "pipe": os.mkfifo,
    "sparse": lambda path: (path.touch(), os.truncate(path, 3 * 2**30)),
    "folder": lambda path: (path.mkdir(), (path / "thesis.txt").write_text("three years of work")),
    "link": lambda path: path.symlink_to("/dev/zero"),
    "empty": lambda path: path.touch(),
}


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("what", ODD)
def test_what_is_no_chunk_is_not_read_and_does_not_stop_a_second_start(what, tmp_path, caplog):
    tasks = tasks_of(CRISES)
    store, _ = filled(tmp_path / "x", tasks)
    whole, path = values(tasks, store), store._path(tasks[1].name)
    path.unlink()
    ODD[what](path)
    begun = time.monotonic()
    assert filled(tmp_path / "x", tasks)[1] == [2]
    assert time.monotonic() - begun < 20
    assert values(tasks, store) == whole
    assert "played again" in caplog.text
    if what == "folder":
        (kept,) = store.folder.glob("*.foreign")
        assert (kept / "thesis.txt").read_text() == "three years of work"


def test_a_study_that_was_altered_or_made_by_other_rules_says_so_before_it_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(figures, "sweep_figures", lambda *_: {})
    out = tmp_path / "x"
    assert main.main([*ASKED, f"out={out}"]) == 0

    def told(*asked):
        capsys.readouterr()
        assert main.main([*asked]) == 0
        said = capsys.readouterr()
        return " ".join(said.out.split()), said.err  # as one line, however it is folded

    replay, table = ("replay", f"study={out}", "cell=1", "run=2"), ("table", str(out), "rows=1")
    assert not told(*replay)[0].startswith("Note")
    assert told(*table)[1] == ""
    study = (out / "study.json").read_text()
    (out / "study.json").write_text(study.replace('"a.trust": 0.1', '"a.trust": 0.2'))
    assert told(*replay)[0].startswith(f"Note: study.json in {out}: altered since it was written")
    assert told(*table)[1] == ""
    rules = provenance.provenance()["rules"]
    (out / "study.json").write_text(study.replace(rules, "0" * 16))
    checksums.write(out)  # as a forger does
    assert told(*replay)[0].startswith(f"Note: {out} was made by other rules (0000000000000000) than these ({rules})")
    (out / "table.parquet").write_bytes((out / "table.parquet").read_bytes() + b" ")
    assert main.main([*table]) in (0, 2)
    assert "table.parquet in" in capsys.readouterr().err
    (out / "checksums.txt").unlink()
    assert "has no checksums" in told(*replay)[0]
