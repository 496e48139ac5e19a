"""Tables on disk carry their version, and the unit and meaning of each column."""

import pyarrow as pa
import pyarrow.parquet as pq

from sim.storage import parquet


def test_a_table_carries_its_version_units_and_meanings(tmp_path):
    column = parquet.field("wait", pa.float64(), "minutes", "how long")
    parquet.write(tmp_path / "t.parquet", pa.table([pa.array([1.5])], schema=pa.schema([column])))
    found = pq.read_schema(tmp_path / "t.parquet")
    assert found.metadata[b"escalation schema"] == str(parquet.SCHEMA).encode()
    assert found.field("wait").metadata == {b"unit": b"minutes", b"meaning": b"how long"}


def test_an_axis_is_a_column_of_numbers_only_where_all_its_values_are():
    labels = [{"a": 1, "b": 0.5}, {"a": "x", "b": 2}]
    columns = parquet.axis_fields(["a", "b"], labels)
    assert [column.type for column in columns] == [pa.string(), pa.float64()]
    assert [parquet.axis_values(column, labels).to_pylist() for column in columns] == [["1", "x"], [0.5, 2.0]]
