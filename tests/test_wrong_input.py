"""Wrong input, drawn by the thousand: one line a problem, status 2, and nothing written or touched."""

import json
import math
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.cli import main
from sim.design import crisis_from_mapping, factorial, fields
from sim.design.errors import InputError
from sim.design.options import SweepOptions
from sim.model.setting.crisis import Crisis
from sim.storage.study_file import read_study

MANY = settings(max_examples=4 * settings().max_examples)
KEYS = list(fields.keys())
NUMBERS = st.sampled_from([math.nan, math.inf, -math.inf, 1e308, -1e308, 10**400, -1, 2**63, 0.5, 5e-324, True])
ODD = (
    NUMBERS
    | st.sampled_from([None, "", "é\u202e", "x" * 3000, "\0", "../../etc/passwd", [], {}, [1], {"a": 1}])
    | st.text(max_size=20)
)
NAMES = (
    st.sampled_from(KEYS)
    | st.sampled_from(["a.generosty", "a", "a.b.c", "..", "", "mechanism", "é", "a.__class__", "horizon.x"])
    | st.text(max_size=12)
)
VALUES = st.recursive(
    ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3),
    max_leaves=6,
)


def one_line_each(refusal):
    """Every problem is a line that can be printed."""
    assert refusal.lines
    for line in refusal.lines:
        assert "\n" not in line
        line.encode("utf-8", "backslashreplace")


@MANY
@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=4))
def test_a_mapping_is_a_crisis_or_is_refused(flat):
    mapping = {}
    for key, value in flat.items():
        inner, *rest = key.split(".")
        if rest and isinstance(mapping.get(inner, {}), dict):
            mapping.setdefault(inner, {})[".".join(rest)] = value
        else:
            mapping[inner] = value
    try:
        assert isinstance(crisis_from_mapping.crisis_of(mapping), Crisis)
    except InputError as refusal:
        one_line_each(refusal)


@MANY
@given(st.dictionaries(st.sampled_from(list(SweepOptions.__dataclass_fields__)) | NAMES, VALUES, min_size=1, max_size=4))
def test_a_mapping_is_a_request_or_is_refused(mapping):
    try:
        crisis, request = crisis_from_mapping.read(mapping, SweepOptions)
        assert isinstance(crisis, Crisis)
        assert isinstance(request, SweepOptions)
    except InputError as refusal:
        one_line_each(refusal)


AXES = st.fixed_dictionaries(
    {
        "vary": NAMES | VALUES,
        "over": VALUES | st.lists(NUMBERS, max_size=3) | st.fixed_dictionaries({"from": ODD, "to": ODD, "steps": ODD}),
    }
)
SAMPLES = st.fixed_dictionaries(
    {},
    optional={
        "method": st.sampled_from(["latin", "sobol", "saltelli"]) | VALUES,
        "points": st.sampled_from([1, 2, 7, 8]) | VALUES,
        "seed": ODD,
        "over": st.lists(st.fixed_dictionaries({"vary": NAMES, "from": ODD, "to": ODD}), max_size=2) | VALUES,
        "else": VALUES,
    },
)
BLOCKS = VALUES | st.fixed_dictionaries(
    {},
    optional={
        "axes": st.lists(AXES | VALUES, max_size=2) | VALUES,
        "points": VALUES | st.lists(st.dictionaries(NAMES, ODD), max_size=2),
        "sample": SAMPLES | VALUES,
        "els": VALUES,
    },
)


@MANY
@given(BLOCKS)
def test_a_block_is_a_design_or_is_refused(block):
    def compose(overrides):
        raise InputError("no such option")

    try:
        assert isinstance(factorial.design(block, Crisis(), compose), factorial.Design)
    except InputError as refusal:
        one_line_each(refusal)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "base", "numbers", "labels"]), inner, max_size=3)
    ),
    max_leaves=8,
)
STUDY = st.fixed_dictionaries(
    {},
    optional={
        "schema": st.just(1) | JSON,
        "experiment": st.just("sweep") | JSON,
        "seed": st.just(1) | JSON,
        "runs": st.just(9) | JSON,
        "bases": st.lists(JSON | st.just({}), max_size=2) | JSON,
        "cells": st.lists(JSON, max_size=2) | JSON,
    },
)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("study")


@settings(max_examples=2 * settings().max_examples)
@given(content=STUDY.map(json.dumps).map(str.encode) | st.binary(max_size=80))
def test_a_study_of_a_stranger_is_told_or_is_refused(content, place):
    (place / "study.json").write_bytes(content)
    said = ""
    try:
        crisis_from_mapping.crisis_of_cell(read_study(place), 0)
    except ValueError as error:
        said = str(error)
    assert "\n" not in said
    assert (place / "study.json").read_bytes() == content


BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
FILES = {
    "empty": ("", None),
    "bomb": (BOMB, "must unfold into at most 200,000 values"),
    "python": ("name: !!python/object/apply:os.system ['touch sprung']\n", "could not determine a constructor"),
    "target": ("_target_: os.system\nname: touch sprung\n", "mechanism._target_ is not a field"),
    "list": ("- 1\n- 2\n", "must be a mapping"),
    "text": ("just words", "mechanism.just words is not a field"),
    "tabs": ("\tname: x", "line 1"),
    "binary": ("\x00\x01", "special characters are not allowed"),
    "bounds": ("compliance: .nan\n", "mechanism.compliance must lie in [0, 1], got nan"),
    "deep": ("[" * 5000, ""),
    "environment": ("name: ${oc.env:HOME}\n", "mechanism.name must be a plain value or name another field"),
    "composed": ("name: '${${mechanism.words}:HOME}'\nwords: oc.env\n", "mechanism.name must be a plain value"),
    "clock": (
        "name: ${now:%Y}\n",
        "mechanism.name must be a plain value or name another field, as ${a.generosity} does; got ${now",
    ),
    "folder": ("name: ${hydra:runtime.cwd}\n", "mechanism.name must be a plain value"),
    "maker": ("name: ${oc.create:[1]}\n", "mechanism.name must be a plain value"),
    "choice": ("defaults:\n  - ${oc.env:HOME}\n", "defaults must name options of mechanism, got '${oc.env:HOME}'"),
    "nobody": ("name: ${nobody.name}\n", "mechanism.name names nobody.name, which is not a field"),
    "references": (f"words: '{'${a.name}' * 31}'", "a configuration must hold at most 30 references such as ${a.name}, got 31"),
    "block": ("name: ${a}\n", "mechanism.name must name a field, and a is a block of them"),
    "escaped": ("name: \\${a.name}\n", "mechanism.name must be a plain value or name another field"),
    "long": (f"name: {'x' * 10_001}\n", "a text in a configuration must be at most 10,000 characters long, got 10,001"),
    "reference": ("name: of ${a.name}\ncompliance: ${b.trust}\n", None),
    "loop": ("name: ${mechanism.name}\n", "mechanism.name leads back to itself"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_a_stranger_is_one_line(name, tmp_path, monkeypatch, capsys):
    content, said = FILES[name]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine" / "mechanism").mkdir(parents=True)
    (tmp_path / "mine" / "mechanism" / f"{name}.yaml").write_text(content)
    status = main.main(["sweep", "--config-dir", "mine", f"mechanism={name}", "runs=5", "sweep=none", "out=here"])
    lines = capsys.readouterr().err.strip().split("\n")
    assert not (tmp_path / "sprung").exists()
    if said is None:
        assert status == 0
        return
    assert status == 2
    assert len(lines) == 1
    assert lines[0].startswith("escalation: ")
    assert len(lines[0]) < 2000
    assert said in lines[0]
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_strangers_file_named_by_an_axis_is_bounded_too(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine" / "mechanism").mkdir(parents=True)
    (tmp_path / "mine" / "mechanism" / "bomb.yaml").write_text(BOMB)
    assert main.main(["sweep", "--config-dir", "mine", "sweep.axes=[{vary: mechanism, over: [none, bomb]}]", "runs=5"]) == 2
    lines = capsys.readouterr().err.strip().split("\n")
    assert len(lines) == 1
    assert "must unfold into at most 200,000 values" in lines[0]
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


ASKED = [
    ["sweep", "out=file"],
    ["sweep", "out=file/x"],
    ["sweep", "out=link"],
    ["sweep", "out=dangling"],
    ["sweep", "out=loop"],
    ["sweep", "out=theirs"],
    ["sweep", "out=" + "x" * 5000],
    ["sweep", "mechanism=../../secret"],
    ["sweep", "mechanism=/etc/passwd"],
    ["sweep", "sweep=é"],
    ["sweep", "sweep.axes=[{vary: mechanism, over: [../../secret]}]"],
    ["sweep", "runs=1e999"],
    ["sweep", "runs=nan"],
    ["sweep", "seed=0.5"],
    ["sweep", "verbosity=loud"],
    ["sweep", "executor=ray"],
    ["sweep", "++a.__class__=x"],
    ["sweep", "a=3"],
    ["sweep", "=3"],
    ["replay", "study=file"],
    ["replay", "study=loop"],
    ["replay", "study=link"],
    ["replay", "study=/dev/null"],
    ["table", "loop"],
    ["sweep", "hydra.sweeper._target_=os.system", "-m"],
    ["sweep", "hydra.launcher._target_=os.mkdir", "+hydra.launcher.path=sprung", "-m"],
    ["sweep", "+hydra.callbacks.x={_target_: os.mkdir, path: sprung}"],
    ["sweep", "hydra/job_logging=default", "hydra.job_logging.root.level=DEBUG"],
    ["sweep", "hydra.run.dir=there"],
    ["sweep", "hydra.output_subdir=there"],
    ["sweep", "hydra.job.chdir=true"],
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: " ".join(asked)[:40])
def test_a_command_line_that_cannot_be_is_one_line(asked, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("a file")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "thesis.txt").write_text("three years of work")
    os.symlink(tmp_path / "theirs", tmp_path / "link")
    os.symlink(tmp_path / "nowhere", tmp_path / "dangling")
    os.symlink(tmp_path / "loop", tmp_path / "loop")
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    runs = ["runs=5"] if asked[0] == "sweep" and "runs" not in asked[1] else []
    plan = ["sweep=none"] if asked[0] == "sweep" and "sweep" not in asked[1] else []
    assert main.main([*asked, *runs, *plan]) == 2
    lines = capsys.readouterr().err.strip().split("\n")
    assert len(lines) == 1, lines
    assert lines[0].startswith("escalation: ")
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before
    assert (tmp_path / "theirs" / "thesis.txt").read_text() == "three years of work"


@pytest.mark.parametrize("asked", [["sweep", "a.generosity=nan"], ["table", "nowhere"]])
def test_the_real_command_says_one_line(asked, tmp_path):
    done = subprocess.run([sys.executable, "-m", "sim.cli.main", *asked], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert len(done.stderr.strip().split("\n")) == 1
    assert done.stdout == ""
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on address space")
@pytest.mark.parametrize("asked", ["sweep runs=5", "table x"])
def test_too_little_address_space_is_a_line(asked, tmp_path):
    asked = f"ulimit -v 700000 && exec {sys.executable} -m sim.cli.main {asked}"
    done = subprocess.run(["sh", "-c", asked], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    assert done.stderr == "escalation: address space must be at least 1.2 GB, got 0.72 GB: raise ulimit -v\n"
    assert not list(tmp_path.iterdir())
