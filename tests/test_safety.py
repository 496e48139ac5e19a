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


@pytest.fixture
def soak(monkeypatch, tmp_path):
    """The soak, less what it runs: ``soak.ran`` are the programs it would have run, ``soak.fails`` those to fail."""
    spec = importlib.util.spec_from_file_location("soak", ROOT / "tests" / "soak.py")
    soak = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(soak)
    soak.ran, soak.fails = [], []

    def fault(words):
        soak.ran.append(words)
        return "**failed**: x" if words[0] in soak.fails else ""

    monkeypatch.setattr(soak, "fault", fault)
    monkeypatch.setattr(soak.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(soak, "DONE", tmp_path / "outputs" / "soak.jsonl")
    return soak


def test_the_soak_finds_what_it_runs(soak, capsys):
    assert soak.main([]) == 0
    assert all(words[0].is_file() for words in soak.ran)
    assert len(soak.ran) == 20 + 10 + 10 + 20
    told = capsys.readouterr().out
    for row in (
        "| sweeps killed | 500 |",
        "| disks full | 20 |",
        "| two at once on one study | 50 |",
        "| malformed inputs | 10,000 |",
    ):
        assert row in told
    assert len({tuple(map(str, words[-2:])) for words in soak.ran}) > 20  # seeds of their own


def test_a_soak_that_was_stopped_goes_on_where_it_was(soak, capsys):
    soak.fails = [soak.FUZZ]
    few = ["kills=30", "disks=0", "races=0", "inputs=1000"]
    assert soak.main(few) == 1
    assert "| malformed inputs, seed 1001 | 500 | **failed**: x | |" in capsys.readouterr().out
    soak.ran.clear()
    soak.fails = []
    assert soak.main(few) == 0
    assert [words[0] for words in soak.ran] == [soak.FUZZ] * 2
    told = capsys.readouterr().out
    assert "| sweeps killed | 30 |" in told
    assert "| malformed inputs | 1,000 |" in told
