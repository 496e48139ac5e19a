"""What a command prints, folded to the width of its terminal: each line that is too long goes on below what it says."""

import contextlib
import io
import re
import sys
from collections.abc import Iterator
from typing import TextIO

from sim.model.text import folded, width

HEAD = re.compile(r" *(\S+ )*\S* {2,}")  # a date, a name: what the rest of a line stands beside
DEEPER = 2  # columns by which a line without a head goes on further in


class Folding(io.TextIOBase):
    """A text stream that folds each line it is given to the terminal's width, and hands it on."""

    def __init__(self, stream: TextIO) -> None:
        self.stream, self.rest = stream, ""

    def write(self, text: str) -> int:
        """Take some text; a line is handed on when it has come to its end."""
        *lines, self.rest = f"{self.rest}{text}".split("\n")
        self.stream.writelines(f"{folded(line, ' ' * hang(line))}\n" for line in lines)
        return len(text)

    def flush(self) -> None:
        """Let what was handed on be seen."""
        self.stream.flush()

    def end(self) -> None:
        """Hand on a last line without an end."""
        self.stream.write(self.rest)
        self.rest = ""


def hang(line: str) -> int:
    """The columns by which a line goes on: below its text where it has a head of at most half the width, else a little in."""
    head = HEAD.match(line)
    if head and head[0].strip() and head.end() <= width() // 2:
        return head.end()
    return len(line) - len(line.lstrip()) + DEEPER


@contextlib.contextmanager
def folded_output() -> Iterator[None]:
    """Fold what is printed on standard output for as long as a block lasts."""
    folding = Folding(sys.stdout)
    with contextlib.redirect_stdout(folding):
        try:
            yield
        finally:
            folding.end()
