"""Progress off a terminal is whole lines, and what follows stands on a line of its own."""

import io
import sys

import pytest

from sim.cli import main
from sim.runs import progress_bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(progress_bar, "DELAY", 0)
    monkeypatch.setattr(progress_bar, "LINE", 0)


def test_off_a_terminal_each_state_is_a_line(capsys):
    with progress_bar.bar(total=3, desc="runs", unit=" runs") as shown:
        shown.update()
        shown.update(2)
    said = capsys.readouterr().err
    assert "\r" not in said
    assert said.endswith("\n")
    assert [line.split(":")[0] for line in said.splitlines()] == ["runs"] * len(said.splitlines())
    assert "1/3" in said
    assert "3/3" in said


def test_in_a_terminal_a_bar_goes_when_it_is_done(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert list(progress_bar.bar([1, 2], desc="cells")) == [1, 2]
    assert "\n" not in sys.stderr.getvalue()
    assert not sys.stderr.getvalue().split("\r")[-1].strip()


def test_a_refusal_after_progress_stands_on_its_own_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main.main(["exact", "most_states=20"]) == 2
    *lines, last = capsys.readouterr().err.removesuffix("\n").split("\n")
    assert lines
    assert all(line.startswith("exploring: ") for line in lines)
    assert last.startswith("escalation: ")
