"""The jobs of a multirun write to folders of their own; none replaces another's."""

import json

import pytest

from sim.cli import main
from sim.cli.multirun import LONGEST, names

pytestmark = pytest.mark.usefixtures("undrawn")


def test_each_job_of_a_multirun_writes_to_a_folder_of_its_own(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main.main(["play", "-m", "mechanism=none,hotline", "runs=20", "out=x"]) == 0
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == ["mechanism=hotline", "mechanism=none"]
    assert 'out: "x/mechanism=hotline"' in (tmp_path / "x" / "mechanism=hotline" / "config.yaml").read_text()
    study = json.loads((tmp_path / "x" / "mechanism=hotline" / "study.json").read_text())
    assert study["bases"][0]["mechanism"]["name"] == "hotline"
    assert "written to x/mechanism=none: " in capsys.readouterr().out


@pytest.mark.parametrize("name", ["compare", "equilibrium", "exact", "targets", "signs", "sensitivity", "verify"])
def test_a_study_is_not_filled_with_the_folders_of_jobs(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "summary.json").write_text("{}")
    assert main.main([name, "-m", "seed=1,2", "out=x"]) == 2
    said = capsys.readouterr().err
    assert said == "escalation: out must not be a study where several jobs write folders into it, got 'x'\n"
    assert [path.name for path in (tmp_path / "x").iterdir()] == ["summary.json"]


LATE = {
    "play": ("a.trust=0.5,2", "a.trust must lie in [0, 1], got 2"),
    "compare": ("compare.outcome=war_at,peace", "compare.outcome must be"),
    "equilibrium": ("rung=7,10", "rung must be a whole number in [1, 9], got 10"),
    "exact": ("a.trust=0.5,2", "a.trust must lie in [0, 1], got 2"),
    "targets": ("runs=5,0", "runs must be a whole number in [1, 1e+10], got 0"),
    "signs": ("rung=7,10", "rung must be a whole number in [1, 9], got 10"),
    "sensitivity": ("outcome=war_at,peace", "outcome must be"),
    "verify": ("scale=0.01,0", "scale must lie in [0.01, 10000], got 0"),
}


@pytest.mark.parametrize("name", LATE)
def test_the_last_job_is_refused_before_the_first_is_played(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    varied, expected = LATE[name]
    assert main.main([name, "-m", varied, "out=x"]) == 2
    told = capsys.readouterr()
    assert told.err.startswith(f"escalation: {expected}")
    assert not told.out
    assert not list(tmp_path.iterdir())


def test_no_run_is_told_again_where_another_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main.main(["sweep", "sweep=none", "runs=3", "out=x"]) == 0
    capsys.readouterr()
    assert main.main(["replay", "-m", "study=x", "run=0,3"]) == 2
    told = capsys.readouterr()
    assert told.err == "escalation: run must lie in [0, 2], got 3\n"
    assert not told.out


@pytest.mark.parametrize("values", ["shuffle(1,2,3)", "shuffle(range(1,4))"])
def test_values_stand_in_the_order_given(values, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main.main(["play", "-m", f"seed={values}", "runs=5"]) == 2
    assert capsys.readouterr().err.startswith("escalation: seed must not be shuffled with -m, got shuffle(")
    assert not list(tmp_path.iterdir())


def test_a_job_alone_writes_where_it_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main.main(["play", "-m", "mechanism=none", "runs=20", "out=x,y"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x", "y"]
    assert (tmp_path / "x" / "summary.json").is_file()


NAMED = [
    ([{"m": "a", "n": "1", "seed": "3"}, {"m": "b", "n": "1", "seed": "3"}], ["m=a", "m=b"]),
    ([{"m": "a", "n": "1"}, {"m": "a", "n": "2"}, {"m": "b", "n": "1"}], ["m=a,n=1", "m=a,n=2", "m=b,n=1"]),
    ([{"name": "'../x'"}, {"name": "/"}], ["name=_.._x_", "name=_"]),
    ([{"name": "'a b'"}, {"name": "'a/b'"}, {"name": "c"}], ["name=_a_b_-0", "name=_a_b_-1", "name=c"]),
    ([{"name": "Iran"}, {"name": "iran"}], ["name=Iran-0", "name=iran-1"]),  # one name where case does not count
    ([{"m": "a"}, {"m": "a"}], ["0", "1"]),
    ([{"m": "a"}, {}], ["m=a", "1"]),
]  # fmt: skip


@pytest.mark.parametrize(("jobs", "expected"), NAMED)
def test_names_tell_jobs_apart_and_are_safe(jobs, expected):
    assert names(jobs) == expected


def test_long_names_are_cut_and_numbered():
    found = names([{"x": "y" * 300 + end} for end in "ab"])
    assert len(set(found)) == 2
    assert all(len(name) <= LONGEST + 2 for name in found)
