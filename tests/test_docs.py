"""What the lessons tell a reader to type is understood as it stands; run small, every line of it ends well."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml

import sim
from sim.cli import hydra_config, main

ROOT = Path(__file__).resolve().parents[1]
LESSONS = sorted((ROOT / "docs" / "tutorials").glob("*.md"))
SMALL = {"verify": ["scale=0.01"], "exact": [], "equilibrium": ["runs=100"], "sensitivity": ["points=20", "runs=100"]}
OWN_FILES = "--config-dir mine"  # a line for files that the lesson has the reader make


def commands(page):
    """The commands a page shows, on lines of their own or in its text."""
    text = page.read_text(encoding="utf-8")
    lines = [line.strip() for line in text.split("\n") if line.strip().startswith("escalation ")]
    return [one for one in [*lines, *re.findall(r"`(escalation [^`]+)`", text)] if OWN_FILES not in one]


SHOWN = sorted({line for page in LESSONS for line in commands(page)})


def test_every_lesson_has_commands():
    assert len(LESSONS) == 4
    assert all(len(commands(page)) >= 3 for page in LESSONS)


@pytest.mark.parametrize("line", SHOWN)
def test_a_command_of_a_lesson_is_understood(line):
    _, experiment, *overrides = shlex.split(line)
    with hydra_config.files():
        hydra_config.read_overrides(overrides)
        assert hydra_config.composed(experiment, overrides)


@pytest.mark.slow
@pytest.mark.parametrize("line", SHOWN)
def test_a_command_of_a_lesson_ends_well(line, tmp_path):
    _, experiment, *overrides = shlex.split(line)
    small = ["particles=20", "replicates=5"] if "estimator=splitting" in line else SMALL.get(experiment, ["runs=50"])
    kept = [one for one in overrides if one.partition("=")[0] not in {two.partition("=")[0] for two in small}]
    assert main.main([experiment, *kept, *small, f"out={tmp_path / 'out'}"]) == 0


def test_the_version_is_one():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited["version"] == built["version"] == sim.__version__
    assert cited["license"] == built["license"]


def test_every_page_stands_in_the_index():
    pages = {path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    listed = set((ROOT / "docs" / "index.md").read_text(encoding="utf-8").split("\n"))
    assert pages - listed == {"index"}
