"""Text tables: within 80 columns whatever they hold, every cell there once, beside its own name."""

import pytest

from sim.plotting.paragraphs import WIDTH, table, wrapped

ROWS = [
    ("alternative", *(f"column {j}, 95 %" for j in range(9))),
    ("hotline", *(f"{j}.123 [0.1, 0.2]" for j in range(9))),
    ("a name that goes on for much longer than a column may be wide", *("-" * (j + 1) for j in range(9))),
]


@pytest.mark.parametrize("columns", [1, 2, 4, 10])
def test_a_table_keeps_within_80_columns_and_loses_nothing(columns):
    rows = [row[:columns] for row in ROWS]
    text = table(rows)
    assert max(map(len, text.split("\n"))) <= WIDTH
    for cell in (cell for row in rows[:2] for cell in row[1:]):
        assert text.count(cell) == 1
    blocks = text.split("\n\n")
    assert all(block.startswith("alternative") for block in blocks)
    assert all("hotline" in block for block in blocks)
    assert len(blocks) == {1: 1, 2: 1, 4: 2, 10: 5}[columns]


def test_a_long_name_is_continued_below_itself():
    lines = table(ROWS).split("\n\n")[0].split("\n")
    names = ["a name that goes on for much", "longer than a column may be", "wide"]
    assert [line.split("  ")[0] for line in lines[3:]] == names


def test_paragraphs_keep_within_80_columns():
    assert max(map(len, wrapped("word " * 100, "    ").split("\n"))) <= WIDTH
