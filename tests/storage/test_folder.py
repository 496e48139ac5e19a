"""A study's folder is there whole or not at all."""

import contextlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.design.case import Case
from sim.design.crisis_from_mapping import crisis_of_cell
from sim.design.options import Options
from sim.model.setting.crisis import Crisis
from sim.storage.atomic_folder import folder, place
from sim.storage.folder_name import axis_word
from sim.storage.study_file import as_data, from_data, read_study


def test_a_folder_appears_when_the_work_is_done(tmp_path):
    with folder(tmp_path / "study") as (aside, path):
        (aside / "summary.json").write_text("{}")
        assert not path.exists()
    assert (tmp_path / "study" / "summary.json").is_file()
    assert [child.name for child in tmp_path.iterdir()] == ["study"]


def test_work_that_fails_leaves_the_earlier_study(tmp_path):
    with folder(tmp_path / "study") as (aside, _):
        (aside / "summary.json").write_text("first")
    with contextlib.suppress(RuntimeError), folder(tmp_path / "study") as (aside, _):
        (aside / "summary.json").write_text("second")
        raise RuntimeError
    assert (tmp_path / "study" / "summary.json").read_text() == "first"
    assert [child.name for child in tmp_path.iterdir()] == ["study"]


def test_work_that_fails_leaves_no_folder_above(tmp_path):
    for found in ("outputs", "outputs/of/mine"):
        (tmp_path / found).mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(RuntimeError), folder(tmp_path / "outputs" / "play" / "study"):
            raise RuntimeError
        assert not (tmp_path / "outputs" / "play").exists()
        assert (tmp_path / found).is_dir()


def test_another_question_gets_another_folder_and_threads_do_not():
    one, two = place(Options(seed=1), "play", "x", {}), place(Options(seed=2), "play", "x", {})
    assert one != two
    assert place(Options(seed=1, threads=2), "play", "x", {}) == one


@pytest.mark.parametrize(
    ("words", "changed", "name"),
    [
        ((), {}, "iran_pakistan_2024"),
        (["mechanism", axis_word("a.trust + b.trust"), axis_word("a.cap")], {}, "iran_pakistan_2024-mechanism-trust-a.cap"),
        ((), {"seed": 7, "threads": 2, "out": ""}, "iran_pakistan_2024-seed_7"),
        (["peak>=7"], {"case": Case(differs=("Iran's trust 0.2 (not 0.1)",))}, "iran_pakistan_2024-peak_7-irans_trust_0.2"),
        (["../Ö: /x", " "], {}, "iran_pakistan_2024-x"),
    ],
)
def test_a_folder_says_what_was_asked(words, changed, name):
    found = place(Options(**changed), "play", "iran_pakistan_2024", {}, words=words)
    assert found.parent == Path("outputs/play")
    assert re.fullmatch(re.escape(name) + "-[0-9a-f]{8}", found.name)


@given(st.text(), st.lists(st.text()))
def test_a_folder_has_a_short_name_that_every_file_system_takes(title, words):
    name = place(Options(), "play", title, {}, words=words).name
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*-[0-9a-f]{8}", name)
    assert len(name) < 80


def test_infinity_survives_json():
    assert from_data(as_data({"a": [float("inf"), 1.5, "text"]})) == {"a": [float("inf"), 1.5, "text"]}


WHOLE = {"schema": 1, "experiment": "sweep", "seed": 1, "runs": 9, "bases": [{}], "cells": [{"base": 0, "numbers": {}}]}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"seed": -1}, "study: seed must be a whole number in"),
        ({"seed": True}, "study: seed must be a whole number in"),
        ({"seed": 2**63}, "study: seed must be a whole number in"),
        ({"runs": 0}, "study: runs must be a whole number in"),
        ({"cells": []}, "study must hold at least one cell"),
        ({"cells": [{"base": -1, "numbers": {}}]}, "study must hold the base of cell 0, got number -1 of 1"),
        ({"cells": [{"base": 1, "numbers": {}}]}, "study must hold the base of cell 0, got number 1 of 1"),
    ],
)
def test_a_study_of_numbers_that_cannot_be_is_refused(changed, said, tmp_path):
    (tmp_path / "study.json").write_text(json.dumps(WHOLE))
    assert crisis_of_cell(read_study(tmp_path), 0) == Crisis()
    (tmp_path / "study.json").write_text(json.dumps(WHOLE | changed))
    with pytest.raises(ValueError, match=said):
        crisis_of_cell(read_study(tmp_path), 0)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema": 99}', '{"schema": 1}', '{"schema": 1, "cells": 3}'])
def test_a_file_that_is_no_study_is_refused(content, tmp_path):
    (tmp_path / "study.json").write_text(content)
    with pytest.raises(ValueError, match="study must"):
        read_study(tmp_path)


@pytest.mark.parametrize("name", ["notes.txt", "inner/table.parquet", "link"])
def test_a_study_with_something_else_in_it_is_not_replaced(tmp_path, name):
    study = tmp_path / "study"
    with folder(study) as (aside, _):
        (aside / "summary.json").write_text("first")
    with folder(study) as (aside, _):
        (aside / "summary.json").write_text("second")
    (study / name).parent.mkdir(exist_ok=True)
    (study / name).symlink_to("summary.json") if name == "link" else (study / name).write_text("mine")
    with pytest.raises(FileExistsError, match=f"it holds {name}"), folder(study) as (aside, _):
        raise AssertionError
    assert (study / "summary.json").read_text() == "second"


def test_a_summary_alone_makes_no_study(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "summary.json").write_text("{}")
    with pytest.raises(FileExistsError, match=r"it holds summary\.json"), folder(tmp_path / "mine"):
        raise AssertionError
