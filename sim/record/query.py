"""A first look into a table: some of its columns, the rows that meet a condition, read without running anything.

A query is columns, then a condition: ``mechanism, value where quantity = 'peak>=7' and value > .05``. Without columns all are
shown. A condition compares a column with a number or a text, whichever it holds, by = != < <= > >=, or says ``is null`` or
``in (...)``; ``and``, ``or``, ``not`` and parentheses join conditions. A text that looks like a number, or holds a sign, stands
in quotes. Arrow filters while it reads, so large tables need little memory.
"""

import difflib
import re

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

TOKEN = re.compile(r"""\s*(?:(?P<text>'[^']*'|"[^"]*")|(?P<sign><=|>=|!=|==|=|<|>|\(|\)|,)"""
                   r"""|(?P<word>[^\s'"<>=!(),]+(?:\s\+\s[^\s'"<>=!(),]+)*))""")  # fmt: skip
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|[+-]?inf", re.IGNORECASE | re.ASCII)
SIGNS = {"=": "__eq__", "==": "__eq__", "!=": "__ne__", "<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__"}
DEEP = 50  # parentheses and nots inside one another


class Unreadable(ValueError):
    """A query that cannot be read; the message says why."""


def look(path, query, most):
    """The first ``most`` rows of the table at ``path`` (Parquet) that a query asks for, and how many there are in all.

    Raises ``Unreadable`` for a file that is no table, a column that is none and a query that cannot be read.
    """
    try:
        table = ds.dataset(path, format="parquet")
        names, condition = read(query, table.schema)
        total = table.count_rows(filter=condition)
        return table.head(most, columns=names, filter=condition), total
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError, OSError) as error:
        why = str(error).split("\n")[0]
        raise Unreadable(f"{path} cannot be read as a table: {why}") from None


def read(query, schema):
    """The columns and the condition (an Arrow expression, or None) of a query over a table of that schema."""
    tokens, at = [], 0
    while query[at:].strip():
        match = TOKEN.match(query, at)
        if not match:
            raise Unreadable(f"query must be columns and conditions, cannot be read from {query[at:].strip()[:20]!r} on")
        tokens.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return _Reader(tokens, schema).whole()


class _Reader:
    """Reads tokens from left to right: columns, then conditions by precedence (or, and, not)."""

    def __init__(self, tokens, schema):
        self.tokens, self.schema, self.at, self.depth = tokens, schema, 0, 0

    def whole(self):
        names = []
        while self.peek() not in (None, "where"):
            names.append(self.column())
            if not self.took(",") and self.peek() not in (None, "where"):
                self.wrong("a comma, 'where' or the end")
        condition = self.either() if self.took("where") else None
        if self.peek() is not None:
            self.wrong("'and', 'or' or the end")
        return names or self.schema.names, condition

    def peek(self):
        """The next token, a word or sign in lower case; None at the end."""
        if self.at == len(self.tokens):
            return None
        kind, text = self.tokens[self.at]
        return text if kind == "text" else text.lower()

    def took(self, word):
        """Whether the next token is ``word``; if so it is taken."""
        found = self.peek() == word and self.tokens[self.at][0] != "text"
        self.at += found
        return found

    def wrong(self, wanted):
        where = f"in the place of {self.tokens[self.at][1]!r}" if self.at < len(self.tokens) else "where it ends"
        raise Unreadable(f"query must have {wanted} {where}")

    def column(self):
        """A column's name."""
        if self.peek() is None or self.tokens[self.at][0] == "sign":
            self.wrong("a column")
        name = self.tokens[self.at][1].strip("'\"")
        if name not in self.schema.names:
            near = difflib.get_close_matches(name, self.schema.names, n=2, cutoff=0.6)
            hint = f"; did you mean {' or '.join(near)}?" if near else f"; there are {', '.join(self.schema.names)}"
            raise Unreadable(f"{name} is not a column{hint}")
        self.at += 1
        return name

    def either(self):
        found = self.both()
        while self.took("or"):
            found = found | self.both()
        return found

    def both(self):
        found = self.one()
        while self.took("and"):
            found = found & self.one()
        return found

    def one(self):
        """A condition, a negated one, or some in parentheses."""
        self.depth += 1
        if self.depth > DEEP:
            raise Unreadable(f"query must not go deeper than {DEEP} parentheses")
        if self.took("not"):
            found = ~self.one()
        elif self.took("("):
            found = self.either()
            if not self.took(")"):
                self.wrong("a closing parenthesis")
        else:
            found = self.comparison()
        self.depth -= 1
        return found

    def comparison(self):
        name = self.column()
        field, kind = pc.field(name), self.schema.field(name).type
        if self.took("is"):
            turned = self.took("not")
            if not self.took("null"):
                self.wrong("'null'")
            return ~field.is_null() if turned else field.is_null()
        if self.took("in"):
            if not self.took("("):
                self.wrong("an opening parenthesis")
            values = [self.value(name, kind)]
            while self.took(","):
                values.append(self.value(name, kind))
            if not self.took(")"):
                self.wrong("a comma or a closing parenthesis")
            return field.isin(values)
        sign = self.peek()
        if sign not in SIGNS or self.tokens[self.at][0] != "sign":
            self.wrong("one of = != < <= > >= is in")
        self.at += 1
        return getattr(field, SIGNS[sign])(self.value(name, kind))

    def value(self, name, kind):
        """A number or a text, as the column has them."""
        if self.peek() is None or self.tokens[self.at][0] == "sign":
            self.wrong("a number or a text")
        quoted, text = self.tokens[self.at][0] == "text", self.tokens[self.at][1]
        if not quoted and text.lower() == "null":
            raise Unreadable(f"query must say '{name} is null' or '{name} is not null'; in quotes, 'null' is a text")
        self.at += 1
        if pa.types.is_string(kind) or pa.types.is_large_string(kind):
            if not quoted and NUMBER.fullmatch(text):
                raise Unreadable(
                    f"{name} holds texts and must be compared with one, got the number {text}; as a text: '{text}'"
                )
            return text.strip("'\"")
        if not NUMBER.fullmatch(text):
            raise Unreadable(f"{name} holds numbers and must be compared with one, got {text!r}")
        return float(text)
