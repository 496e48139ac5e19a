"""Each sentence that docs/safety.md promises has its tests."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROMISES = re.findall(r"(?m)^\* (.+)$", (ROOT / "docs" / "safety.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tests():
    """The names of all tests."""
    every = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return {name for text in every for name in re.findall(r"(?m)^def (test_\w+)", text)}


def test_there_are_promises():
    assert len(PROMISES) >= 15


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise[:40])
def test_a_promise_has_its_tests(promise, tests):
    named = set(re.findall(r"`(test_\w+)`", promise))
    assert named
    assert named <= tests, named - tests


def test_the_soak_finds_what_it_runs(monkeypatch):
    spec = importlib.util.spec_from_file_location("soak", ROOT / "tests" / "soak.py")
    soak = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(soak)
    ran = []
    monkeypatch.setattr(soak, "ended", lambda words, well: ran.append(words[0]) or well)
    assert soak.main([]) == 0
    assert len(ran) >= 3
    assert all(path.is_file() for path in ran)
