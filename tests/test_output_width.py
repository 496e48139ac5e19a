"""Tables and stories fit into a terminal of 80 columns; the files a command writes do not depend on the terminal.

What every command says is looked at where its figures are, in tests/plotting.
"""

import pytest

from sim.cli import main
from sim.cli.folded_output import hang

pytestmark = pytest.mark.usefixtures("undrawn")

WIDE = 80
SAID = {
    "play": "play runs=200 mechanism=hotline out=found",
    "compare": "compare runs=200 points=0 out=found",
}
FILES = {"play": "story.txt", "compare": "compare.txt"}


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    """``said(words, columns)``: the lines a command prints, both streams, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def lines(words, columns=WIDE):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert main.main(words.split(" ") if isinstance(words, str) else words) in (0, 1)
        out, err = capsys.readouterr()
        return [*out.split("\n"), *err.split("\n")]

    return lines


def narrow(lines):
    """Require that no line is wider than the terminal; a single word, such as a path, is never broken."""
    wide = [line for line in lines if len(line) > WIDE and len(line.split()) > 1]
    assert wide == []


def test_tables_and_stories_of_a_study_keep_within_80_columns(said):
    said("sweep runs=20 keep=runs out=found")
    for one in ("found", "found/runs.parquet"):
        found = said(["table", one, "rows=5"])
        narrow(found)
        assert sum(line.startswith("cell") for line in found) > 1  # the columns that found no place are there too
    narrow(said("replay study=found cell=3 run=2"))
    narrow(said("replay study=found cell=70 run=1 everything=1"))


@pytest.mark.parametrize("name", FILES)
def test_a_file_does_not_depend_on_the_terminal(said, name, tmp_path):
    found = []
    for columns in (60, 200):
        said(SAID[name], columns)
        found.append((tmp_path / "found" / FILES[name]).read_bytes())
    assert found[0] == found[1]


def test_a_line_goes_on_below_what_it_says(said):
    assert hang(" 3 Feb 2024 03:46  Iran and Pakistan agree") == 19
    assert hang("written to found: a, b") == 2
    assert hang("  a thing in a list") == 4
