"""Questions to the tables of a study, answered by DuckDB: read-only, no files, no network, bounded in memory and time.

A question is a whole SELECT over ``study`` and the tables beside it (``runs``), or the short form: columns, then a condition:
``mechanism, value where quantity = 'peak>=7'``. Either part may be left out. Column names hold dots, spaces and signs, and may
stand bare; in the short form so may the texts they are compared with.
"""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from sim.design.errors import nearest
from sim.runs.outcome import MEANT, RENAMED
from sim.storage.regular_file import check_regular

SHOWN = 60  # names in an answer: all the columns of a table
LONGEST, MEMORY, SECONDS = 10_000, "1GB", 30  # characters of a question, what an answer may take
SEALED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false", "autoload_known_extensions": "false", "autoinstall_known_extensions": "false",
    "python_enable_replacements": "false", "memory_limit": MEMORY, "threads": "1", "max_expression_depth": "200",
}  # fmt: skip
COMPARES = {"=", "==", "!=", "<>", "<", "<=", ">", ">="}
WORDS = {"and", "or", "not", "is", "in", "null", "like", "between", "true", "false", "where"}
CONDITION = re.compile(r"[=<>(]|\b(is|in|like|between|not)\b", re.IGNORECASE)
EQUALS = re.compile(r"""(?:"((?:[^"]|"")+)"|([A-Za-z_]\w*))\s*(?:==?|in\s*\()\s*'((?:[^']|'')*)'""", re.IGNORECASE)


class Unreadable(ValueError):
    """A question that cannot be answered; the message says why."""


@contextmanager
def answered(path: Path, others: Mapping[str, Path], question: str) -> Iterator[tuple[pa.RecordBatchReader, int, str]]:
    """The answer to ``question`` about the table at ``path``, called ``study``: an Arrow reader of its rows, and its size.

    ``others`` are the paths of further tables by name. Raises ``Unreadable`` for a file that is no table, a column that is
    none, and a question that cannot be read or takes too much.
    """
    if len(question) > LONGEST:
        raise Unreadable(f"query must be at most {LONGEST:,} characters long, got {len(question):,}")
    if any("\ud800" <= sign <= "\udfff" for sign in question):
        raise Unreadable("query must be a text in UTF-8")
    tables = {name: _table(file) for name, file in {"study": path, **others}.items()}
    names = [name for table in tables.values() for name in table.schema.names]
    with duckdb.connect(":memory:", config=SEALED) as base:
        for name, table in tables.items():
            base.register(name, table)
        base.execute("SET lock_configuration = true")
        watch = threading.Timer(SECONDS, base.interrupt)
        watch.start()
        try:
            statement = _statement(question, tables["study"].schema.names, names)
            _check_select(base, statement)
            total = base.execute(f"SELECT count(*) FROM ({statement}\n)").fetchall()[0][0]
            why = "" if total else _absent(base, statement, tables["study"].schema)
            yield _described(base.sql(statement), tables["study"].schema, statement), total, why
        except duckdb.InterruptException:
            raise Unreadable(f"query must be answered within {SECONDS} s, and is not; ask for less") from None
        except (duckdb.OutOfMemoryException, MemoryError):
            raise Unreadable(f"query must be answered within {MEMORY} of memory, and is not; ask for less") from None
        except duckdb.Error as error:
            raise Unreadable(f"query cannot be answered: {_said(error, names)}") from None
        finally:
            watch.cancel()


def _table(path):
    """The table in a file, of which nothing is read yet."""
    try:
        check_regular(path)
        return ds.dataset(path, format="parquet")
    except (pa.ArrowException, OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise Unreadable(f"{path} cannot be read as a table: {why}") from None


def _check_select(base, statement):
    kinds = [one.type for one in base.extract_statements(statement)]
    if kinds != [duckdb.StatementType.SELECT]:
        raise Unreadable("query must be one SELECT, or columns and a condition")


def _described(answer, schema, statement):
    """The rows of an answer, batch by batch; columns shown as they are keep their unit and meaning."""
    reader = answer.to_arrow_reader(10_000)
    kept = {} if " as " in statement.lower() else {field.name: field for field in schema}
    fields = [kept[one.name] if kept.get(one.name, pa.field("", pa.null())).type == one.type else one for one in reader.schema]
    return pa.RecordBatchReader.from_batches(pa.schema(fields), (batch.cast(pa.schema(fields)) for batch in reader))


def _statement(question, columns, names):
    """The SELECT that a question stands for."""
    question = question.strip().rstrip(";").rstrip()
    if re.match(r"(select|with|from)\b", question, re.IGNORECASE):
        return _spelled(question, [name for name in names if not re.fullmatch(r"\w+", name)], bare=False)
    columns_asked, condition = _parted(question, columns)
    shown = ", ".join(_quoted(_column(name, columns)) for name in columns_asked) or "*"
    return f"SELECT {shown} FROM study" + (f" WHERE {_spelled(condition, columns, bare=True)}" if condition else "")


def _parted(question, columns):
    """The columns and the condition of the short form."""
    texts = _tokens(columns)
    where = next((m for m in texts.finditer(question) if m["word"] and m["word"].lower() == "where"), None)
    before, after = (question[: where.start()], question[where.end() :].strip()) if where else (question, "")
    if where and not after:
        raise Unreadable("query must have a condition after 'where'")
    listed = [one[0].strip() for one in re.finditer(r"""(?:"[^"]*"|'[^']*'|[^,"'])+""", before) if one[0].strip()]
    if where or {_bare(one) for one in listed} <= {*columns} or not CONDITION.search(before):
        return listed, after
    return [], before


def _column(name, columns):
    """The column called ``name``, in quotes or not."""
    if (bare := _bare(name)) in columns:
        return bare
    raise Unreadable(_unknown(bare, columns))


def _bare(name):
    return name[1:-1].replace('""', '"') if name[:1] in "\"'" and name[-1:] == name[:1] and len(name) > 1 else name


def _unknown(name, columns):
    return f"{name} is not a column{_instead(name, columns)}"


def _instead(text, names):
    """Which of ``names`` may have been meant by ``text``; the first of them where none is near."""
    meant = [name for name in (RENAMED.get(text), *MEANT.get(text, ())) if name in names]
    if meant:
        return f"; did you mean {' or '.join(meant)}?"
    more = ", ..." if len(names) > SHOWN else ""
    return nearest(text, names) or f"; there are {', '.join(names[:SHOWN])}{more}"


def _quoted(name):
    return '"' + name.replace('"', '""') + '"'


def _tokens(names):
    """What reads a text, a quoted name, one of the bare ``names``, another word, one before a ( or a dot, a sign."""
    free = (name for name in names if name and name.lower() not in WORDS and not re.match(r"[\d.]", name))
    known, word = "|".join(map(re.escape, sorted(free, key=len, reverse=True))) or "(?!)", r"(?<![\w.])[^\W\d]\w*\b"
    kinds = {
        "text": "'(?:[^']|'')*'", "quoted": '"(?:[^"]|"")*"', "name": rf"(?<![\w.])(?:{known})(?![\w.])",
        "word": rf"{word}(?!\s*[(.])", "call": word, "sign": r"<=|>=|!=|==|<>|[=<>]", "other": r"\S",
    }  # fmt: skip
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()), re.DOTALL)


def _spelled(condition, names, bare):
    """``condition`` as DuckDB reads it: the ``names`` in quotes, and, where ``bare`` texts may stand, these too."""
    before, listed = ["", ""], False

    def spelled(match: re.Match) -> str:
        """One piece of it."""
        nonlocal before, listed
        piece, kind = match[0], match.lastgroup
        listed = piece != ")" and (listed or (before[1].lower() == "in" and piece == "("))
        compared = before[1] in COMPARES or (listed and piece != "(")
        before = [before[1], piece]
        if compared and piece.lower() == "null":
            raise Unreadable("query must say 'is null' or 'is not null': nothing equals null")
        if kind == "name":
            return _quoted(piece)
        text = (kind == "quoted" and _bare(piece) not in names) or (kind == "word" and piece.lower() not in WORDS)
        return "'" + _bare(piece).replace("'", "''") + "'" if bare and compared and text else piece

    return _tokens(names).sub(spelled, condition)


def _absent(base, statement, schema):
    """Which text no row of its column holds, where that is why nothing was found, with those there are; or ""."""
    for quoted, plain, text in EQUALS.findall(statement):
        name, text = quoted.replace('""', '"') or plain, text.replace("''", "'")
        if name not in schema.names or not pa.types.is_string(schema.field(name).type):
            continue
        asked = f"SELECT DISTINCT {_quoted(name)} FROM study WHERE {_quoted(name)} IS NOT NULL ORDER BY 1 LIMIT 1000"
        values = [row[0] for row in base.execute(asked).fetchall()]
        if text not in values:
            return f"{name} is never {text!r}{_instead(text, values)}"
    return ""


def _said(error, names):
    """What DuckDB says, in a line; of a column that is none, with the nearest there are."""
    text = str(error).partition("\n\n")[0].partition(' Use "SET')[0]
    missing = re.search(r'Referenced column "(.*?)" (?:was )?not found', text)
    return (
        _unknown(missing[1], [*dict.fromkeys(names)])
        if missing
        else " ".join(text.partition("Error: ")[2].split() or text.split())
    )
