"""README's one-liners do what they say, as they stand, in the environment its first command builds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli import main

README = Path(__file__).resolve().parents[1] / "README.md"
LINES = [line for line in README.read_text(encoding="utf-8").split("\n") if line.startswith("python -c ")]


def test_there_are_one_liners_of_pandas_and_of_duckdb():
    assert ["import pandas" in line for line in LINES] == [True, False]
    assert ["import duckdb" in line for line in LINES] == [False, True]


@pytest.mark.parametrize("line", LINES, ids=["pandas", "duckdb"])
def test_a_one_liner_shows_both_mechanisms(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    axes = "sweep.axes=[{vary: mechanism, over: [none, hotline]}]"
    assert main.main(["sweep", axes, "runs=20", "horizon=20", "out=outputs/demo/sweep"]) == 0
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, env=os.environ | {"PATH": path})
    assert done.returncode == 0, done.stderr
    assert "none" in done.stdout
    assert "hotline" in done.stdout


def test_what_a_run_looks_like_is_what_play_prints_first(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("COLUMNS", raising=False)
    shown = README.read_text(encoding="utf-8").partition("$ escalation play\n")[2].partition("...\n")[0]
    assert shown.count("\n") > 5
    assert main.main(["play", "runs=10", f"out={tmp_path / 'play'}"]) == 0
    assert capsys.readouterr().out.startswith(shown)
