"""``escalation table STUDY 'columns where condition'``: a first look into a study's table, without code."""

import re
from pathlib import Path

from sim.config import Refusal

HELP = """\
escalation table: a first look into a study's table

usage: escalation table STUDY ['COLUMNS where CONDITION'] [rows=40]

STUDY is a study's folder, or any of its tables (STUDY/runs.parquet). COLUMNS are names with commas; all, where none are given.
CONDITION compares columns with numbers or texts: = != < <= > >=, is null, in (...), joined by and, or, not and parentheses.

  escalation table outputs/sweep/NAME
  escalation table outputs/sweep/NAME "mechanism, value, low, high where quantity = 'peak>=7' and value > .05"
  escalation table outputs/sweep/NAME/runs.parquet 'cell, run, peak, war_at where war_at < 10000 or peak >= 8' rows=100
"""
MOST = 10**6


def look(arguments):
    """Print what is asked for. Raises ``Refusal`` where it cannot be read."""
    if not arguments or {"-h", "--help"} & {*arguments}:
        print(HELP, end="")
        return
    from sim.record.query import Unreadable
    from sim.record.query import look as found
    from sim.show.rows import rows

    study, query, most = _asked(arguments)
    try:
        print(rows(*found(study, query, most)))
    except Unreadable as error:
        raise Refusal(str(error)) from None


def _asked(arguments):
    """The path of the table, the query and the most rows."""
    plain = [one for one in arguments if not one.startswith("rows=")]
    counts = [one.removeprefix("rows=") for one in arguments if one.startswith("rows=")] or ["40"]
    if len(plain) not in (1, 2) or len(counts) > 1:
        raise Refusal(f"table takes a study, at most one query and rows=, got {' '.join(arguments)!r}")
    if not re.fullmatch(r"[0-9]{1,7}", counts[0]) or not 1 <= int(counts[0]) <= MOST:
        raise Refusal(f"rows must be a whole number in [1, {MOST}], got {counts[0]!r}")
    path = Path(plain[0])
    path = path if path.suffix == ".parquet" else path / "table.parquet"
    if "\0" in plain[0] or not path.is_file():
        raise Refusal(f"study must be the folder of a study (with a table.parquet) or one of its tables, got {plain[0]!r}")
    return path, plain[1] if len(plain) > 1 else "", int(counts[0])
