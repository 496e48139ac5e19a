"""Rows for other programs: CSV, Excel or Parquet, in which no text of a stranger's is a formula or a terminal's command."""

import importlib.util
import io
import math
import re
import zipfile

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from sim.model.text import shown

FORMULA = re.compile("\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]")
DAY = (1980, 1, 1, 0, 0, 0)  # of all that is written: the same bytes for the same rows


def kinds() -> list[str]:
    """The endings of files that can be written here."""
    return [".csv", ".parquet", *([".xlsx"] if importlib.util.find_spec("openpyxl") else [])]


def exported(table: pa.Table, ending: str) -> bytes:
    """The bytes of a table in the form of ``ending``. Raises ``pa.ArrowException`` for lists and maps in a CSV."""
    columns = [_texts(column) if pa.types.is_string(column.type) else column for column in table.columns]
    table = pa.table(columns, pa.schema([field.with_name(_inert(field.name)) for field in table.schema]))
    sink = io.BytesIO()
    {".csv": pyarrow.csv.write_csv, ".parquet": pq.write_table, ".xlsx": _excel}[ending](table, sink)
    return sink.getvalue()


def _texts(column: pa.ChunkedArray) -> pa.Array:
    """A column of texts without formulas."""
    coded = column.combine_chunks().dictionary_encode()
    inert = pa.array([text if text is None else _inert(text) for text in coded.dictionary.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(coded.indices, inert).cast(pa.string())


def _inert(text: str) -> str:
    """``text`` behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{shown(text)}" if FORMULA.match(text) else shown(text)


def _excel(table: pa.Table, sink: io.BytesIO) -> None:
    """Write a workbook of one sheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet, written = book.create_sheet("study"), io.BytesIO()
    sheet.append(table.column_names)
    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
        sheet.append([_cell(value) for value in row])
    book.save(written)
    with zipfile.ZipFile(written) as made, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":  # who wrote it when
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", content)
            kept.writestr(zipfile.ZipInfo(name, DAY), content, zipfile.ZIP_DEFLATED)


def _cell(value: object) -> object:
    """A value as a sheet can hold it."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
