"""The house: documents are true, and nothing committed names a machine."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sim
from sim.face import crises, functions
from sim.model.setting import crisis

ROOT = Path(__file__).resolve().parents[1]


def tracked():
    """The text files of the checkout (all files where there is no git)."""
    found = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    names = found.stdout.split() if found.returncode == 0 else []
    return [ROOT / name for name in names if (ROOT / name).suffix in {".py", ".md", ".yaml", ".toml", ".txt", ""}]


@pytest.mark.parametrize("module", [sim, crises, functions, crisis])
def test_examples_in_docstrings_hold(module):
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0


def test_examples_in_the_readme_hold():
    assert doctest.testfile(str(ROOT / "README.md"), module_relative=False).failed == 0


def test_the_generated_pages_are_up_to_date():
    checked = subprocess.run([sys.executable, "docs/pages.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_nothing_names_a_machine_or_a_registry():
    machine = re.compile(r"(?<![\w.])/(work|root|farm)/|index-url|find-links|://\S*/(simple|pool)/")
    this = Path(__file__).name
    found = [f"{path}: {line}" for path in tracked() if path.is_file() and path.name != this for line in
             path.read_text(encoding="utf-8").split("\n") if machine.search(line)]  # fmt: skip
    assert not found


def test_every_command_in_the_readme_is_an_experiment():
    from sim.cli.main import names

    commands = re.findall(r"^(?:\$ )?escalation (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.M)
    assert set(commands) <= {*names(), "table"}
