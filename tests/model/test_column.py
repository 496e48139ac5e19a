"""A column is declared once: its place, and everything that is said of it, come from that one line."""

from sim.model import outcome_columns as c
from sim.model.tally import blank
from sim.runs.outcome import outcome
from sim.runs.summary import QUANTITIES
from sim.storage.parquet import run_schema


def test_a_place_is_that_of_its_declaration():
    for place, name in ((c.PEAK, "peak"), (c.WAR_AT, "war_at"), (c.PAYOFF_B, "payoff_b"), (c.LAST_CONTACT, "last_contact")):
        assert c.DECLARED[place].name == name
    assert len({column.name for column in c.DECLARED}) == c.WIDTH


def test_kinds_stand_together_in_the_order_the_rows_are_kept_in():
    kinds = [column.kind for column in c.DECLARED]
    assert kinds == sorted(kinds, key=[c.COUNT, c.TIME, c.PAYOFF, c.SCRATCH].index)
    assert [column.name for column in c.DECLARED][: len(c.ROW)] == list(c.ROW)
    row = [None] * c.WIDTH
    blank(row)
    assert [column.name for column, value in zip(c.DECLARED, row, strict=True) if value == c.UNREACHED] == [
        *c.TIMES, "last_striker", "last_contact"
    ]  # fmt: skip


def test_a_column_reaches_the_table_the_estimates_and_the_outcomes():
    assert run_schema().names == ["cell", "run", *c.ROW]
    assert {name for name, _ in QUANTITIES if ">=" not in name} == set(c.ROW) - {"peak"}
    for column in c.DECLARED[1 : len(c.ROW)]:
        assert outcome(column.name).probability == (column.kind == c.TIME)
        assert column.words in outcome(column.name).words
