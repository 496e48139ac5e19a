"""``escalation table STUDY 'columns where condition'``: a first look into a study's table, without code."""

import os
import re
import sys
from pathlib import Path

from sim.design.errors import InputError
from sim.model.text import counted, shown

HELP = """\
escalation table: a first look into a study's table

usage: escalation table STUDY ["QUERY"] [rows=40] [to=FILE [replace=true]]

STUDY is a study's folder, or any of its tables (STUDY/runs.parquet). QUERY is
a condition; or columns, then where and a condition; or a whole SELECT over
study and, where the folder has more tables, these (runs, indices). It is SQL
as DuckDB has it, with neither files nor network. to= writes all rows found, or
as many as rows= says, to a file that ends in .csv, .xlsx or .parquet.

  escalation table outputs/sweep/NAME
  escalation table outputs/sweep/NAME "mechanism, value where value > .05"
  escalation table outputs/sweep/NAME/runs.parquet 'peak >= 8' rows=100
  escalation table outputs/sweep/NAME "select mechanism, max(value) from study
    where quantity = 'peak>=7' group by all"
  escalation table outputs/sweep/NAME "quantity = 'peak>=7'" to=war.csv
"""
MOST, SHOWN = 10**6, 40  # rows
OPTION = re.compile(r"(rows|to|replace)=(.*)", re.DOTALL)


def look(arguments: list[str]) -> None:
    """Print or write what is asked for. Raises ``InputError`` where it cannot be read."""
    if not arguments or {"-h", "--help"} & {*arguments}:
        print(HELP, end="")
        return
    import pyarrow as pa

    from sim.plotting.text_table import rows
    from sim.storage.checksums import NAME
    from sim.storage.export import exported
    from sim.storage.query import Unreadable, answered
    from sim.storage.study_file import doubts

    path, others, question, given = _asked(arguments)
    for line in doubts(path.parent, [path.name]) if (path.parent / NAME).is_file() else ():
        print(f"escalation: {shown(line)}", file=sys.stderr)
    to, most = _target(given), _most(given)
    try:
        with answered(path, others, question) as (reader, total, why):
            table = _first(reader, most)
        said = exported(table, to.suffix) if to else rows(table, total, why)
    except Unreadable as error:
        raise InputError(str(error)) from None
    except (pa.ArrowException, ValueError, OverflowError) as error:
        raise InputError(f"{path} holds what cannot be shown: {error}") from None
    if to:
        _write(to, said)
    print(f"{counted(table.num_rows, 'row')} written to {to}" if to else said)


def _first(reader, most):
    """The first ``most`` rows of a reader as a table."""
    import pyarrow as pa

    found, rows = [], 0
    while rows < most and (batch := next(reader, None)) is not None:
        found.append(batch[: most - rows])
        rows += len(found[-1])
    return pa.Table.from_batches(found, reader.schema)


def _write(to, content):
    """Write the file asked for, whole or not at all."""
    from sim.storage.arrays import write

    try:
        write(to, content)
    except OSError as error:
        raise InputError(f"{to} cannot be written: {error.strerror}") from None


def _asked(arguments):
    """The path of the table, those of the tables beside it by name, the query, and the options given."""
    given = [OPTION.fullmatch(one) for one in arguments]
    options = {match[1]: match[2] for match in given if match}
    plain = [one for one, match in zip(arguments, given, strict=True) if not match]
    if len(plain) not in (1, 2) or len(plain) + len(options) < len(arguments):
        raise InputError(f"table takes a study, at most one query, rows=, to= and replace=, got {' '.join(arguments)!r}")
    path = Path(plain[0])
    path = path if path.suffix == ".parquet" else path / "table.parquet"
    if "\0" in plain[0] or not os.path.isfile(path):
        raise InputError(f"study must be the folder of a study (with a table.parquet) or one of its tables, got {plain[0]!r}")
    beside = sorted(path.parent.glob("*.parquet")) if path.name == "table.parquet" else []
    question = plain[1] if len(plain) > 1 else ""
    named = {*re.findall("[a-z]+", question)} - {"table", "study"}
    return path, {one.stem: one for one in beside if one.stem in named}, question, options


def _most(given):
    """The most rows."""
    text = given.get("rows", str(MOST if "to" in given else SHOWN))
    if not re.fullmatch(r"[0-9]{1,7}", text) or not 1 <= int(text) <= MOST:
        raise InputError(f"rows must be a whole number in [1, {MOST}], got {text!r}")
    return int(text)


def _target(given):
    """The file to write, or None."""
    from sim.storage.export import kinds

    to, replace = given.get("to"), given.get("replace", "false")
    if replace not in ("true", "false"):
        raise InputError(f"replace must be true or false, got {replace!r}")
    if to is None:
        return None
    path = Path(to)
    if "\0" in to or path.suffix not in kinds():
        more = "" if ".xlsx" in kinds() else "; for .xlsx: pip install openpyxl"
        raise InputError(f"to must be a file that ends in {', '.join(kinds())}{more}, got {to!r}")
    if os.path.lexists(path) and not (replace == "true" and os.path.isfile(path)):
        raise InputError(f"to must be a new file, or say replace=true; {to!r} is there already")
    return path
