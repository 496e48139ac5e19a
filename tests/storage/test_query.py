"""A query gives the rows a plain reading gives, and what cannot be read is one line."""

import contextlib
import importlib.util
import io
import os
import tempfile
import time

import pandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.cli import main
from sim.model.text import visible
from sim.storage import query
from sim.storage.parquet import field
from sim.storage.query import Unreadable, answered

ROWS = [
    {"mechanism": m, "a.trust + b.trust": t, "quantity": f"peak>={q}", "value": None if q == 9 else t * q / 10}
    for m in ("none", "hotline")
    for t in (0.2, 0.5)
    for q in (7, 8, 9)
]
SCHEMA = pa.schema(
    [field("mechanism", pa.string()), field("a.trust + b.trust", pa.float64()), field("quantity", pa.string()),
     field("value", pa.float64(), "probability", "the estimate")]
)  # fmt: skip
ASKED = {
    "": lambda r: True,
    "value where value > .2": lambda r: r["value"] is not None and r["value"] > 0.2,
    "mechanism where quantity = 'peak>=7' and not mechanism = none": lambda r: r["quantity"] == "peak>=7"
    and r["mechanism"] == "hotline",
    "where value is null": lambda r: r["value"] is None,
    "where value is not null and (a.trust + b.trust < .3 or mechanism != \"none\")": lambda r: r["value"] is not None
    and (r["a.trust + b.trust"] < 0.3 or r["mechanism"] != "none"),
    "where quantity in ('peak>=7', 'peak>=8') AND value <= 0.14": lambda r: r["value"] is not None and r["value"] <= 0.14,
    "where quantity = '5' or mechanism = infinite": lambda r: False,
    "where quantity = 'null'": lambda r: False,
    'where "a.trust + b.trust" = 5e-1': lambda r: r["a.trust + b.trust"] == 0.5,
}  # fmt: skip
REFUSED = {
    "valeu": "valeu is not a column; did you mean value?",
    "valeu > 1": "query cannot be answered: valeu is not a column; did you mean value?",
    "zz": "zz is not a column; there are mechanism",
    "value where": "query must have a condition after 'where'",
    "value where value > x": "query cannot be answered: Could not convert string 'x' to DOUBLE",
    "value where value in (1, 'x')": "query cannot be answered: Could not convert string 'x' to DOUBLE",
    "value where quantity = 5": "query cannot be answered: Could not convert string 'peak>=7' to INT32",
    "value where (value > 1": "query cannot be answered: syntax error",
    "value mechanism": "value mechanism is not a column",
    "where quantity != null": "query must say 'is null' or 'is not null': nothing equals null",
    "where value in (1, NULL)": "query must say 'is null' or 'is not null': nothing equals null",
    "value = '\ud800'": "query must be a text in UTF-8",
    "value where 'x": "query cannot be answered: unterminated string literal",
    "value where " + "(" * 999: "query cannot be answered: ",
    "value where " + "not " * 2000 + "true": "query cannot be answered: Max expression depth limit of 200 exceeded.",
    " or ".join(["value > 1"] * 9500): "query must be at most 10,000 characters long, got 123,496",
    "value where __import__('os') = 1": "query cannot be answered: Scalar Function with name __import__ does not exist",
    "select value from study; drop view study": "query must be one SELECT, or columns and a condition",
    "select * from read_csv('/etc/passwd')": 'query cannot be answered: Cannot access file "/etc/passwd" ',
    "select * from '/etc/passwd'": "query cannot be answered: Table with name /etc/passwd does not exist!",
    "select * from glob('*')": "query cannot be answered: Cannot access",
    "select * from 'https://example.org/x.parquet'": "query cannot be answered: ",
    "with x as (select 1) delete from study": "query ",
    "from names": "query cannot be answered: Table with name names does not exist",
}


@pytest.fixture
def study(tmp_path):
    pq.write_table(pa.Table.from_pylist(ROWS, SCHEMA), tmp_path / "table.parquet")
    return tmp_path


@pytest.mark.parametrize("asked", ASKED)
def test_a_query_gives_the_rows_that_meet_it(asked, study):
    with answered(study / "table.parquet", {}, asked) as (reader, total, _):
        table = reader.read_all()
    expected = [row for row in ROWS if ASKED[asked](row)]
    assert total == len(expected)
    assert table.to_pylist() == [{name: row[name] for name in table.column_names} for row in expected]


@pytest.mark.parametrize("asked", REFUSED, ids=lambda asked: asked[:40])
def test_what_cannot_be_read_is_one_line(asked, study, capsys):
    before = sorted(study.iterdir())
    assert main.main(["table", str(study), asked]) == 2
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 1
    assert said[0].startswith(f"escalation: {REFUSED[asked]}")
    assert sorted(study.iterdir()) == before


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ("a.trust + b.trust in (0.2)", 6),
        ("'0.2' = a.trust + b.trust", 6),
        ("mechanism in (none, hotline)", 12),
        ('mechanism = "none"', 6),
        ("select quantity, max(value) from study group by all", 3),
        ("select max(a.trust + b.trust) from study", 1),
        ("select * from study join runs using (mechanism)", 6),
        ("from runs", 1),
    ],
)
def test_the_same_is_found_however_it_is_written(asked, rows, study):
    pq.write_table(pa.table({"mechanism": ["none"]}), study / "runs.parquet")
    with answered(study / "table.parquet", {"runs": study / "runs.parquet"}, asked) as (reader, total, _):
        assert reader.read_all().num_rows == total == rows


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("quantity = 'peak>7'", "0 rows: quantity is never 'peak>7'; did you mean peak>=7"),
        ("quantity = 'war'", "0 rows: quantity is never 'war'; there are peak>=7, peak>=8, peak>=9"),
        ("quantity = 'escalation'", "0 rows: quantity is never 'escalation'; did you mean peak>=7?"),
        ("select value from study where mechanism in ('hotlin')", "0 rows: mechanism is never 'hotlin'; did you mean hotline?"),
        ("quantity = 'peak>=7' and value > 9", "0 rows"),
    ],
)
def test_where_nothing_is_found_it_says_why(asked, said, study, capsys):
    assert main.main(["table", str(study), asked]) == 0
    assert capsys.readouterr().out.strip().split("\n")[-1].startswith(said)


@pytest.mark.parametrize(
    "asked",
    [
        "select list(range) from range(1000000000)",
        "select count(*) from range(1000000) a, range(1000000) b where a.range * b.range % 7 = 3",
    ],
)
def test_a_query_that_takes_too_much_is_given_up(asked, study, monkeypatch, capsys):
    monkeypatch.setattr(query, "SECONDS", 0.5)
    assert main.main(["table", str(study), asked]) == 2
    assert capsys.readouterr().err.startswith("escalation: query must be answered within ")


WORDS = [
    "value",
    "mechanism",
    "where",
    "and",
    "or",
    "not",
    "(",
    ")",
    ",",
    "<",
    "=",
    "is",
    "null",
    "in",
    "1",
    "'x'",
    '"',
    "\0",
    "é",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=60))
def test_any_text_is_a_query_or_is_refused(text):
    with tempfile.TemporaryDirectory() as folder:
        pq.write_table(pa.Table.from_pylist(ROWS, SCHEMA), f"{folder}/table.parquet")
        said = io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            status = main.main(["table", folder, text])
        assert status in (0, 2)
        assert status == 0 or said.getvalue().count("\n") == 1


def test_the_command_shows_names_units_and_rows(study, capsys):
    assert main.main(["table", str(study), "mechanism, value where quantity = 'peak>=7'", "rows=3"]) == 0
    said = capsys.readouterr().out.split("\n")
    assert said[0].split() == ["mechanism", "value"]
    assert said[1].split() == ["[probability]"]
    assert said[3].split() == ["none", "0.14"]
    assert said[6] == "3 of 4 rows; rows=4 shows more"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\0" * 100 + b"PAR1", b"not a table"])
def test_a_file_that_is_no_table_is_one_line(content, tmp_path, capsys):
    (tmp_path / "table.parquet").write_bytes(content)
    assert main.main(["table", str(tmp_path)]) == 2
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 1
    assert "cannot be read as a table" in said[0]


@pytest.mark.parametrize(
    "asked", [["nowhere"], ["."], ["x" * 300], ["a", "b", "c"], ["x", "rows=0"], ["x", "rows=1e9"], ["\0"]]
)
def test_what_is_no_study_is_one_line(asked, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main.main(["table", *asked]) == 2
    assert len(capsys.readouterr().err.strip().split("\n")) == 1


HOSTILE = {"mechanism\x1b[31m": ["\x1b[2Jgone", "=cmd()", "+1", "\u202etxt"], "d": pa.array([2**30, 1, 2, 3], pa.date32())}


def test_a_text_that_would_command_a_terminal_does_not(tmp_path, capsys):
    pq.write_table(pa.table(HOSTILE), tmp_path / "table.parquet")
    assert main.main(["table", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert {"mechanism\\x1b[31m", "\\x1b[2Jgone", "\\u202etxt"} <= {*said.split()}
    assert visible(said.replace("\n", ""))


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_rows_are_written_for_other_programs_and_hold_no_formula(ending, tmp_path, capsys):
    if ending == "xlsx":
        pytest.importorskip("openpyxl")
    pq.write_table(pa.table({**HOSTILE, "d": [0.1, None, -3.0, float("inf")]}), tmp_path / "table.parquet")
    to = tmp_path / f"rows.{ending}"
    assert main.main(["table", str(tmp_path), f"to={to}"]) == 0
    assert " ".join(capsys.readouterr().out.split()) == f"4 rows written to {to}"
    first, read = to.read_bytes(), {"csv": pandas.read_csv, "xlsx": pandas.read_excel, "parquet": pandas.read_parquet}[ending]
    found = read(to)
    assert found.iloc[:, 0].tolist() == ["\\x1b[2Jgone", "'=cmd()", "'+1", "\\u202etxt"]
    assert found.columns[0] == "mechanism\\x1b[31m"
    assert found["d"].iloc[[0, 2]].tolist() == [0.1, -3.0]
    assert main.main(["table", str(tmp_path), f"to={to}"]) == 2
    assert "to must be a new file, or say replace=true" in capsys.readouterr().err
    time.sleep(2.1 if ending == "xlsx" else 0)  # what a zip file counts in
    assert main.main(["table", str(tmp_path), f"to={to}", "replace=true"]) == 0
    assert to.read_bytes() == first


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("to=rows.txt", "to must be a file that ends in .csv, .parquet"),
        ("to=nowhere/rows.csv", "nowhere/rows.csv cannot be written: No such file or directory"),
        ("replace=maybe", "replace must be true or false, got 'maybe'"),
        ("select [1] from study", ""),
    ],
)
def test_what_cannot_be_written_is_one_line(given, said, study, monkeypatch, capsys):
    monkeypatch.chdir(study)
    assert main.main(["table", ".", given, *(["to=x.csv"] if not said else [])]) == 2
    assert capsys.readouterr().err.startswith(f"escalation: {said}")
    assert [path.name for path in study.iterdir()] == ["table.parquet"]


def test_without_its_library_excel_is_refused_in_a_line(study, monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert main.main(["table", str(study), "to=x.xlsx"]) == 2
    assert "ends in .csv, .parquet; for .xlsx: pip install openpyxl" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
@pytest.mark.parametrize("what", ["pipe", "folder", "device"])
def test_what_is_no_regular_file_is_not_opened(what, tmp_path):
    place = tmp_path / "table.parquet"
    {"pipe": os.mkfifo, "folder": os.mkdir, "device": lambda path: os.symlink("/dev/zero", path)}[what](place)
    with pytest.raises(Unreadable, match="is no regular file"), answered(place, {}, ""):
        raise AssertionError


def test_a_column_that_has_another_name_now_is_told_by_it(study):
    pq.write_table(pa.table({"run": [0], "strike_streaks": [2]}), study / "table.parquet")
    said = "^query cannot be answered: runs is not a column; did you mean strike_streaks[?]$"
    with pytest.raises(Unreadable, match=said), answered(study / "table.parquet", {}, "runs > 1"):
        pass
