"""A query gives the rows a plain reading gives, and what cannot be read is one line."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import command
from sim.record.query import Unreadable, look, read
from sim.record.table import field

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
    "where 'a.trust + b.trust' = 5e-1": lambda r: r["a.trust + b.trust"] == 0.5,
}  # fmt: skip
REFUSED = {
    "valeu": "valeu is not a column; did you mean value?",
    "zz": "zz is not a column; there are mechanism",
    "value where": "query must have a column where it ends",
    "value where value": "query must have one of = != < <= > >= is in where it ends",
    "value where value > x": "value holds numbers and must be compared with one, got 'x'",
    "value where value = nan": "value holds numbers and must be compared with one, got 'nan'",
    "value where value > '0.2'": "value holds numbers and must be compared with one, got \"'0.2'\"",
    "value where value in (1, 'x')": "value holds numbers and must be compared with one, got \"'x'\"",
    "value where quantity = 5": "quantity holds texts and must be compared with one, got the number 5; as a text: '5'",
    "value where quantity in ('peak>=7', -.5e3)": "quantity holds texts and must be compared with one, got the number -.5e3",
    "value where (value > 1": "query must have a closing parenthesis where it ends",
    "value where value > 1 mechanism": "query must have 'and', 'or' or the end in the place of 'mechanism'",
    "value mechanism": "query must have a comma, 'where' or the end in the place of 'mechanism'",
    "value where value in 3": "query must have an opening parenthesis in the place of '3'",
    "value where value is 3": "query must have 'null' in the place of '3'",
    "where quantity != null": "query must say 'quantity is null' or 'quantity is not null'; in quotes, 'null' is a text",
    "where value in (1, NULL)": "query must say 'value is null' or 'value is not null'",
    "value where 'x": "query must be columns and conditions, cannot be read from",
    "value where " + "(" * 99: "query must not go deeper than 50 parentheses",
    "value where __import__('os') = 1": "__import__ is not a column",
}


@pytest.fixture
def study(tmp_path):
    pq.write_table(pa.Table.from_pylist(ROWS, SCHEMA), tmp_path / "table.parquet")
    return tmp_path


@pytest.mark.parametrize("query", ASKED)
def test_a_query_gives_the_rows_that_meet_it(query, study):
    table, total = look(study / "table.parquet", query, 1000)
    expected = [row for row in ROWS if ASKED[query](row)]
    assert total == len(expected)
    assert table.to_pylist() == [{name: row[name] for name in table.column_names} for row in expected]


@pytest.mark.parametrize("query", REFUSED)
def test_what_cannot_be_read_is_one_line(query, study, capsys):
    assert command.main(["table", str(study), query]) == 2
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 1
    assert said[0].startswith(f"escalation: {REFUSED[query]}")


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
    try:
        names, _ = read(text, SCHEMA)
    except Unreadable as error:
        names = []
        said = str(error)
        assert "\n" not in said
    assert set(names) <= set(SCHEMA.names)


def test_the_command_shows_names_units_and_rows(study, capsys):
    assert command.main(["table", str(study), "mechanism, value where quantity = 'peak>=7'", "rows=3"]) == 0
    said = capsys.readouterr().out.split("\n")
    assert said[0].split() == ["mechanism", "value"]
    assert said[1].split() == ["[probability]"]
    assert said[3].split() == ["none", "0.14"]
    assert said[6] == "3 of 4 rows; rows=4 shows more"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\0" * 100 + b"PAR1", b"not a table"])
def test_a_file_that_is_no_table_is_one_line(content, tmp_path, capsys):
    (tmp_path / "table.parquet").write_bytes(content)
    assert command.main(["table", str(tmp_path)]) == 2
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 1
    assert "cannot be read as a table" in said[0]


@pytest.mark.parametrize("asked", [["nowhere"], ["."], ["a", "b", "c"], ["x", "rows=0"], ["x", "rows=1e9"], ["\0"]])
def test_what_is_no_study_is_one_line(asked, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert command.main(["table", *asked]) == 2
    assert len(capsys.readouterr().err.strip().split("\n")) == 1


def test_a_text_that_would_command_a_terminal_does_not(tmp_path, capsys):
    pq.write_table(pa.table({"mechanism": ["\x1b[2Jgone"]}), tmp_path / "table.parquet")
    assert command.main(["table", str(tmp_path)]) == 0
    assert "?[2Jgone" in capsys.readouterr().out
