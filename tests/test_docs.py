"""What the lessons tell a reader to type is understood as it stands; run small, every line of it ends well."""

import importlib.util
import json
import math
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
spec = importlib.util.spec_from_file_location("gallery", ROOT / "docs" / "gallery.py")
assert spec
assert spec.loader
gallery = importlib.util.module_from_spec(spec)
spec.loader.exec_module(gallery)
NUMBERS = json.loads(gallery.NUMBERS.read_text(encoding="utf-8"))
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
    asked = {f"gallery/{name}" for name in gallery.QUESTIONS}
    assert pages - listed - asked == {"index"}
    assert asked <= pages


@pytest.mark.parametrize("name", gallery.QUESTIONS)
def test_a_page_of_the_gallery_says_its_numbers_and_claims_what_they_show(name):
    assert (gallery.GALLERY / f"{name}.md").read_text(encoding="utf-8") == gallery.page(name, NUMBERS[name])
    assert not gallery.broken(name, NUMBERS[name])
    assert (gallery.GALLERY / f"{name}.png").stat().st_size > 10_000


def drifted(kept, again):
    """The numbers that lie further apart than chance would put them: by six standard errors."""
    both = {key: (kept[key], again[key]) for key in kept if None not in (*kept[key], *again[key])}  # None: not told
    error = {key: [(high - low) / 3.9 for _, low, high, _ in two] for key, two in both.items()}
    return [key for key in both if abs(kept[key][0] - again[key][0]) > 6 * math.hypot(*error[key]) + 1e-9]


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=[] if one == "pledge" else pytest.mark.slow) for one in gallery.QUESTIONS]
)
def test_the_gallery_s_numbers_are_today_s(name):
    assert not drifted(NUMBERS[name], gallery.small(name, 3000, seed=2))


def test_drift_is_seen():
    kept = {"base": [0.10, 0.098, 0.102, 50_000]}
    assert not drifted(kept, {"base": [0.105, 0.095, 0.115, 3000]})
    assert not drifted(kept | {"?": [0.1, None, None, 200]}, {"base": kept["base"], "?": [0.2, 0.1, 0.3, 200]})
    assert drifted(kept, {"base": [0.15, 0.14, 0.16, 3000]}) == ["base"]


def test_the_paper_cites_what_it_lists():
    paper, works = ((ROOT / "paper" / name).read_text(encoding="utf-8") for name in ("paper.md", "paper.bib"))
    assert set(re.findall(r"@([a-z]+\d{4})", paper)) == set(re.findall(r"^@\w+{(\w+),", works, re.MULTILINE))


def test_the_example_of_pandas_reads_a_table(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (
        main.main(["sweep", "sweep.axes=[{vary: mechanism, over: [none, hotline]}]", "runs=20", "out=outputs/demo/sweep"]) == 0
    )
    page = (ROOT / "docs" / "other_tools.md").read_text(encoding="utf-8")
    code = page.partition("```python\n")[2].partition("```")[0]
    names = {}
    exec(code.replace("table.query", "found = table.query"), names)
    assert sorted(names["found"]["mechanism"]) == ["hotline", "none"]
