"""What a study says it was made by: all of the program, wherever it lies."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASKED = "from sim.storage.provenance import provenance as made; print(made()['rules'], made()['sources'])"


@pytest.mark.parametrize("experiments", ["experiments", "sim/experiments"], ids=["checkout", "wheel"])
def test_an_edited_experiment_is_another_program_by_the_same_rules(experiments, tmp_path):
    shutil.copytree(ROOT / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "experiments", tmp_path / experiments, ignore=shutil.ignore_patterns("__pycache__"))
    here = {"cwd": tmp_path, "env": os.environ | {"PYTHONPATH": str(tmp_path), "ESCALATION_CACHE": str(tmp_path / "cache")}}

    def made_by():
        done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, **here)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    rules, sources = made_by()
    with open(tmp_path / experiments / "sweep.py", "a", encoding="utf-8") as file:
        file.write("# edited\n")
    again, others = made_by()
    assert again == rules
    assert others != sources
