"""What did not come from the program is shown nowhere as it stands: no terminal, page or drawing takes orders from it."""

import json
import logging

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from sim.cli import main
from sim.execution.progress import speak
from sim.model.text import one_line, shown, visible

HOSTILE = {
    "escape": "\x1b[2J", "bell": "\x07", "c1": "\x9b31m", "turned": "\u202etxt.exe", "isolate": "\u2066x", "mark": "\u200fx",
    "zero width": "a\u200bb", "joiner": "a\u2060b", "order mark": "\ufeffx", "tag": "\U000e0041", "filler": "\u3164",
    "blank": "\u2800", "line": "a\u2028b", "half": "a\ud800", "return": "a\rb", "delete": "\x7f",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_it_is_escaped_where_it_is_shown(text):
    assert not visible(text)
    for said in (shown(text), one_line(text)):
        assert visible(said)
        said.encode("utf-8")


def test_what_can_be_seen_stays_as_it_is():
    for text in ("Iran, Pakistan", "Türkiye", "ایران", "中国", "a ≥ 7 → β", "é"):
        assert shown(text) == text


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("asked", [["play", "a.name"], ["play", "out"], ["replay", "study"], ["table"], ["nothing"]])
def test_no_line_of_an_error_holds_it(asked, text, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = [f'{asked[1]}="{text}"'] if len(asked) > 1 else [text]
    assert main.main([asked[0], *words] if asked != ["nothing"] else words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert all(visible(line) for line in said.err.split("\n"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", [text for text in HOSTILE.values() if "\ud800" not in text])
@pytest.mark.parametrize("place", ["question", "label", "outcome", "value"])
def test_a_configuration_that_holds_it_anywhere_is_refused(place, text, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    block = {"question": "x", "outcome": "peak>=7", "alternatives": {"x": {"mechanism": "hotline"}}}
    alternatives = {"label": {text: {"mechanism": "hotline"}}, "value": {"x": {"mechanism": text}}}
    (tmp_path / "mine" / "compare").mkdir(parents=True)
    mine = tmp_path / "mine" / "compare" / "x.yaml"
    changed = {"alternatives": alternatives[place]} if place in alternatives else {place: f"x{text}"}
    mine.write_text(yaml.dump(block | changed), encoding="utf-8")
    assert main.main(["compare", "--config-dir", "mine", "compare=x"]) == 2
    said = capsys.readouterr()
    assert "must be a text of visible characters, got " in said.err
    assert all(visible(line) for line in (said.out + said.err).split("\n"))
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_study_whose_names_hold_it_is_not_told(text, tmp_path, capsys):
    cells = [{"labels": {}, "base": 0, "numbers": {}}]
    study = {"schema": 1, "experiment": "sweep", "seed": 1, "runs": 9, "bases": [{"a": {"name": text}}], "cells": cells}
    (tmp_path / "study.json").write_text(json.dumps(study))
    assert main.main(["replay", f"study={tmp_path}", "cell=0"]) == 2
    said = capsys.readouterr()
    assert "a.name must be a text of visible characters" in said.err
    assert all(visible(line) for line in said.err.split("\n"))


@pytest.mark.parametrize("text", [text for text in HOSTILE.values() if "\ud800" not in text])
def test_a_table_whose_names_texts_and_units_hold_it_is_shown_without(text, tmp_path, capsys):
    schema = pa.schema([pa.field(text, pa.string(), metadata={"unit": text}), pa.field("n", pa.int64())])
    pq.write_table(pa.table([[text], [1]], schema=schema), tmp_path / "table.parquet")
    assert main.main(["table", str(tmp_path)]) == 0
    assert main.main(["table", str(tmp_path), "n = 'x'"]) == 2
    assert main.main(["table", str(tmp_path), "nn = 1"]) == 2
    said = capsys.readouterr()
    assert all(visible(line) for line in (said.out + said.err).split("\n"))


def test_what_the_program_logs_is_escaped_too(capsys):
    speak("normal")
    logging.getLogger("sim.x").warning("%s is odd", "\x1b[2J\u202e")
    assert capsys.readouterr().err == "escalation: \\x1b[2J\\u202e is odd\n"


def test_a_name_is_no_formula_of_a_drawing_and_no_markup_of_a_page(tmp_path):
    name = r"$\frac{$ <script>alert(1)</script> & _^"
    out = tmp_path / "x"
    assert main.main(["play", f"a.name='{name}'", "runs=20", "horizon=30", f"out={out}"]) == 0
    for path in out.iterdir():
        if path.suffix in (".svg", ".html"):
            assert "<script" not in path.read_text(encoding="utf-8")
    assert name in (out / "story.txt").read_text(encoding="utf-8")
