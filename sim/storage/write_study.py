"""A study's folder, filled from what a result offers: its words, figures, tables, numbers and cells."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from sim.storage import parquet
from sim.storage.provenance import write_json, write_listed
from sim.storage.study_file import write_cells


def write_study(folder: Path, result: Any, path: Path) -> list[str]:
    """Write all but the configuration of a ``Result`` into ``folder``, which will be called ``path``; the files' names."""
    texts = [result.text_file] if result.text_file else []
    if texts:
        words = "\n".join(result.told())
        (folder / result.text_file).write_text(f"{words}\n", encoding="utf-8")
    tables = result.write_tables(folder)
    cells = result.cells()
    if cells:
        bases, listed = cells
        write_cells(folder, result.experiment, result.options, bases, listed, result.question)
    drawn = result.write_figures(folder)
    more = result.write_more(folder, path)
    return [*more, *texts, *drawn, *tables, *(["study.json"] if cells else [])]


def write_tables(folder: Path, tables: dict[str, pa.Table], data: dict, listed: str) -> list[str]:
    """Write a result's tables and its summary; their names."""
    for name, table in tables.items():
        parquet.write(folder / f"{name}.parquet", table)
    write_summary(folder / "summary.json", data, listed)
    return [*(f"{name}.parquet" for name in tables), "summary.json"]


def write_summary(path: Path, data: dict, listed: str = "") -> None:
    """Write plain data as JSON; what stands under the key ``listed``, the last, an item a line."""
    if listed:
        write_listed(path, {key: value for key, value in data.items() if key != listed}, listed, data[listed])
    else:
        write_json(path, data)


def write_configuration(folder: Path, configuration: dict) -> None:
    """Write what was asked as ``config.yaml``."""
    text = yaml.safe_dump(configuration, sort_keys=False, allow_unicode=True)
    (folder / "config.yaml").write_text(text, encoding="utf-8")
