"""``escalation records``: the list, a record told, the user's own, and a file in the format of MIE 1.0 made into records."""

import csv
import os
from pathlib import Path

import pytest

from sim.cli.main import main
from sim.history import collection, mie
from sim.history.reading import BadRecord

HEAD = (*mie.COLUMNS[:4], "stmon", "stday", "styear", "endmon", "endday", "endyear", "sidea1", "action", "hostlev",
        "fatalmin1", "fatalmax1", "fatalmin2", "fatalmax2", "version")  # fmt: skip
OWN = """\
title: Two neighbours
a: A
b: B
offset: "+00:00"
end: "2026-03-10"
opening: {time: "2026-03-01", precision: day, actor: a, kind: force, rung: 6, deaths: 3, source: M}
entries:
  - {time: "2026-03-03", precision: day, actor: b, kind: force, rung: [5, 7], confidence: low}
"""


def row(micnum, eventnum, who, whom, day, action, level, dead=0):
    """A line of the file of MIE: ``day`` is year, month, day, 0 for what is not known."""
    year, month, date = day
    values = {"micnum": micnum, "eventnum": eventnum, "ccode1": who, "ccode2": whom, "styear": year, "stmon": month}
    values |= {"stday": date, "action": action, "hostlev": level, "fatalmin2": dead, "fatalmax2": dead, "fatalmin1": 0}
    return {name: values.get(name, 1) for name in HEAD}


@pytest.fixture
def simulated(tmp_path):
    """A file in the format of MIE 1.0, of confrontations that never were."""
    rows = [
        row(1, 1, 640, 652, (1950, 1, 5), 7, 3),  # a display of force: before the blow
        row(1, 2, 640, 652, (1950, 1, 9), 16, 4, 5),
        row(1, 3, 652, 640, (1950, 1, 11), 16, 4),
        row(1, 4, 652, 640, (1950, 2, 0), 17, 4),  # a clash, its day not known
        row(2, 1, 652, 640, (1950, 6, 1), 15, 4),  # of another confrontation of the pair
        row(3, 1, 2, 200, (1960, 3, 1), 16, 4),
        row(3, 2, 2, 220, (1960, 3, 2), 16, 4),  # three states
        row(4, 1, 750, 770, (1971, 12, 3), 16, 4, 2),
        row(4, 2, 770, 750, (1971, 12, 4), 20, 5, 100),  # war
        row(4, 3, 750, 770, (1971, 12, 9), 16, 4),
        row(5, 1, 750, 770, (1930, 1, 1), 16, 4),
    ]
    with open(tmp_path / "mie-1.0.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEAD)
        writer.writeheader()
        writer.writerows(rows)
    return tmp_path / "mie-1.0.csv"


def test_all_records_are_listed_with_how_sure_they_are(capsys):
    assert main(["records"]) == 0
    said = capsys.readouterr().out
    assert max(map(len, said.split("\n"))) <= 80
    (line,) = [one for one in said.split("\n") if one.startswith("iran_pakistan_2024")]
    assert line.split() == ["iran_pakistan_2024", "2024-01-16", "470", "3:1", "30", "25/4/1", "3"]


def test_a_record_is_told_entry_by_entry(capsys):
    assert main(["records", "record=iran_pakistan_2024"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "7 2024-01-17 23:00 to 2024-01-18 03:00, force by Pakistan, rung 6, 0 dead, 9 of other nationality" in said
    assert "marg bar sarmachar drones rockets loitering standoff (high, S)" in said


def test_a_record_of_ones_own_stands_beside_the_given_ones(tmp_path, capsys):
    (tmp_path / "record").mkdir()
    file = tmp_path / "record" / "mine.yaml"
    file.write_text(OWN, encoding="utf-8")
    assert main(["records", "--config-dir", str(tmp_path)]) == 0
    assert "\nmine " in capsys.readouterr().out
    assert main(["records", "--config-dir", str(tmp_path), "record=mine"]) == 0
    assert "rung 5 to 7" in capsys.readouterr().out
    file.write_text(OWN.replace("2026-03-03", "2026-02-03"), encoding="utf-8")
    assert main(["records", "--config-dir", str(tmp_path), "record=mine"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "escalation: record.entries[1]: lies before the opening; what came before it belongs into record.background"
    ]


def test_a_file_of_mie_becomes_records(simulated, tmp_path, capsys):
    to = tmp_path / "mie.jsonl"
    assert main(["records", f"mie={simulated}", f"to={to}"]) == 0
    assert capsys.readouterr().out.startswith("3 crises of two states")
    first, second, third = collection.read(str(to))
    assert (first.sides, first.start[:10], first.recorded) == (("640", "652"), "1950-01-09", ("force",))
    assert [(one.actor, one.rungs, one.deaths) for one in first.force()] == [
        ("b", (5, 8), None), ("both", (5, 8), None), ("b", (5, 5), None),
    ]  # fmt: skip
    clash = first.force()[1]
    assert clash.latest - clash.earliest == 33 * 1440  # some time about February
    assert first.opening.deaths == (5, mie.MOST)
    assert second.sides == ("652", "640")
    (war,) = third.force()
    assert (war.actor, war.rungs, third.end) == ("b", (9, 9), war.latest)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("mie=nowhere.csv to=x.jsonl", "mie: 'nowhere.csv' cannot be read: No such file"),
        ("mie=mie-1.0.csv", "mie and to go together"),
        ("mie=mie-1.0.csv to=x.csv", "to must be a new file that ends in .jsonl, got 'x.csv'"),
        ("mie=mie-1.0.csv to=there.jsonl", "to must be a new file that ends in .jsonl, got 'there.jsonl'"),
        ("mie=there.jsonl to=x.jsonl", "mie: there.jsonl must be the file of MIE 1.0; it has no column micnum"),
        ("mie=/dev/zero to=x.jsonl", "mie: '/dev/zero' cannot be read: it must be a file of at most 200,000,000 bytes"),
        ("mie=pipe to=x.jsonl", "mie: 'pipe' cannot be read: it must be a file"),
        ("mie=sparse to=x.jsonl", "mie: 'sparse' cannot be read: it must be a file"),
        ("since=1", "since must be a whole number in [1816, 2100], got 1"),
        ("record=nowhere", "record must be one of armenia_azerbaijan_2022, "),
        ("record=iran_pakistan_2024 record.offset=east", "record.offset must be an offset from UTC"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(simulated, tmp_path, monkeypatch, capsys, asked, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.jsonl").write_text("{}\n", encoding="utf-8")
    os.mkfifo("pipe")  # which nobody writes to
    Path("sparse").touch()
    os.truncate("sparse", 3 * 2**30)
    assert main(["records", *asked.split()]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"escalation: {said}")
    assert not (tmp_path / "x.jsonl").exists()


def test_a_bad_line_of_a_file_of_records_is_told_by_its_number(tmp_path):
    file = tmp_path / "two.jsonl"
    file.write_text('{"name":"x","title":"t","a":"A","b":"B","end":"soon","opening":{"time":"2026-03-01","actor":"a"}}\n')
    with pytest.raises(BadRecord, match=r"two.jsonl, line 1: record.end: time must be a day"):
        list(collection.read(str(file)))
    file.write_text("[1]\n")
    with pytest.raises(BadRecord, match="line 1: must be a record as a JSON mapping with a name"):
        list(collection.read(str(file)))
