"""Malformed input is refused in a line, whatever it is: see fuzz.py."""

import subprocess
import sys
from pathlib import Path

import pytest

FUZZ = Path(__file__).with_name("fuzz.py")


def fuzzed(seed, cases, first=0):
    """What the fuzzer says of so many cases from ``first`` on."""
    asked = [sys.executable, str(FUZZ), str(seed), str(cases), "", str(first)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_malformed_input_is_refused_in_a_line():
    assert "seed 1: 90 cases, 0 wrong" in fuzzed(1, 90)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3, 4, 5])
@pytest.mark.parametrize("first", range(0, 2600, 650))
def test_much_more_of_it(seed, first):
    assert f"seed {seed}: 650 cases, 0 wrong" in fuzzed(seed, 650, first)
