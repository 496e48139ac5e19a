"""Workers of a cluster give the bytes of a local run, even where one of them dies."""

import os
import signal
import subprocess
import sys
import time

import pytest

from sim import command

pytest.importorskip("distributed")
psutil = pytest.importorskip("psutil")
ASKED = ["sweep", "runs=20000", "horizon=60", "sweep.axes=[{vary: a.trust, over: {from: 0, to: 1, steps: 20}}]"]


def workers_of(process):
    """The worker processes of a sweep: those that were spawned and have no children of their own."""
    children = psutil.Process(process.pid).children(recursive=True)
    return [child for child in children if "spawn_main" in " ".join(child.cmdline()) and not child.children()]


def test_a_worker_killed_in_the_middle_changes_no_byte(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = [sys.executable, "-m", "sim.command", *ASKED, "executor=dask", "workers=2", "out=far"]
    with subprocess.Popen(asked, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        while process.poll() is None and not list(tmp_path.glob(".*.part/*.chunk")):
            time.sleep(0.02)
        os.kill(workers_of(process)[0].pid, signal.SIGKILL)
        assert process.poll() is None
        _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said.decode()
    assert command.main([*ASKED, "out=near"]) == 0
    for name in ("table.parquet", "summary.json", "study.json"):
        assert (tmp_path / "far" / name).read_bytes() == (tmp_path / "near" / name).read_bytes()


def test_a_scheduler_that_does_not_answer_is_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.study.workers.CALL", 0.5)
    assert command.main([*ASKED, "executor=dask", "scheduler=tcp://127.0.0.1:1", "out=far"]) == 2
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 1
    assert said[0].startswith(
        "escalation: scheduler must be the address of a Dask scheduler with workers, got 'tcp://127.0.0.1:1'"
    )
    assert not list(tmp_path.iterdir())
