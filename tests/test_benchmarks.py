"""The benchmarks' page: every script has its place on it, writes nothing else, and is refused before it measures in vain."""

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = sorted(
    path.stem for path in (ROOT / "benchmarks").glob("*.py") if '__name__ == "__main__"' in path.read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def page():
    """What benchmarks/page.py defines."""
    return runpy.run_path(str(ROOT / "benchmarks" / "page.py"))


def test_the_page_has_a_place_for_every_script_and_no_other(page):
    text = page["PAGE"].read_text(encoding="utf-8")
    assert SCRIPTS
    assert sorted(re.findall(r"<!-- (\w+): written by", text)) == SCRIPTS
    for name in SCRIPTS:
        assert "| what | figure |" in page["placed"](text, name, "| what | figure |")


def test_make_bench_runs_every_script():
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nbench: ")[2].partition("\n\n")[0]
    assert sorted(re.findall(r"benchmarks/(\w+)\.py --write", recipe)) == SCRIPTS


def test_only_what_stands_between_the_marks_is_replaced(page):
    begin, end = page["marks"]("one")
    other = "\n".join([*page["marks"]("two")])
    text = f"# Page\n\n{begin}\nold\n{end}\n\nby hand\n{other}\n"
    assert page["placed"](text, "one", "new\nlines\n") == text.replace("old", "new\nlines")
    assert page["placed"](page["placed"](text, "one", "new"), "one", "old") == text


@pytest.mark.parametrize(
    "spoilt", ["", "{begin}\n", "{end}\n", "{end}\n{begin}\n", "{begin}\n{begin}\n{end}\n", "{begin} {end}\n"]
)
def test_a_page_without_its_marks_is_refused(page, spoilt):
    begin, end = page["marks"]("one")
    with pytest.raises(ValueError, match="these two lines once"):
        page["placed"](spoilt.format(begin=begin, end=end), "one", "new")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (5_876_543.0, "5,880,000"),
        (999.9, "1,000"),
        (0.0312345, "0.0312"),
        (110.2, "110"),
        (0.5, "0.5"),
        (9.536752e-7, "9.54e-07"),
    ],
)
def test_figures_have_three_digits(page, value, told):
    assert page["figure"](value) == told


def test_a_spread_is_the_median_and_the_ends(page):
    assert page["spread"]([3.0, 1.0, 10.0], "ms") == "3 ms (1 to 10)"


def test_no_repeats_are_refused_before_anything_is_measured():
    asked = [sys.executable, "benchmarks/sweeps.py", "--repeats", "0"]
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 2
    assert found.stderr.splitlines()[-1].endswith("argument --repeats: must be at least 1, got 0")
