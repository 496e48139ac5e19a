"""Words for people: counts; and one line that can be printed anywhere, whatever a stranger has written."""

import shutil
import textwrap

LONGEST = 600  # characters
FALLBACK = 100  # columns where no terminal says how many it has
HEAD = 34  # columns of a name and its value


def width() -> int:
    """The columns a line may take: the terminal's, or COLUMNS, or ``FALLBACK``."""
    return max(40, shutil.get_terminal_size((FALLBACK, 24)).columns)


def folded(text: str, hang: str = "") -> str:
    """Running text in lines no wider than a terminal; each line of it that is too long goes on after ``hang``."""
    wide = width()
    fold = textwrap.TextWrapper(wide, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
    wrapped = (fold.wrap(line) if len(line) > wide else [line] for line in text.split("\n"))
    return "\n".join("\n".join(lines) for lines in wrapped)


def beside(head: str, text: str, indent: int = HEAD) -> str:
    """``text`` beside its ``head``, folded within its own column; below the head where that is long."""
    lines = textwrap.wrap(text, max(20, width() - indent), break_long_words=False) or [""]
    first = [f"{head:<{indent}}{lines[0]}".rstrip()] if len(head) < indent else [head, " " * indent + lines[0]]
    return "\n".join([*first, *(" " * indent + line for line in lines[1:])])


BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters and marks that leave no trace where they stand


def shown(text: str) -> str:
    """``text`` as it can be shown anywhere: what commands a terminal, turns the order of reading or is not seen is escaped.

    Everything that did not come from the program passes here before it is printed or drawn.
    """
    return text if visible(text) else "".join(sign if visible(sign) else ascii(sign)[1:-1] for sign in text)


def visible(text: str) -> bool:
    """Whether each character of ``text`` can be seen: no control or format characters, no blanks but spaces."""
    return text.isprintable() and BLANK.isdisjoint(text)


def one_line(text: str) -> str:
    """``text`` in one line that can be shown anywhere."""
    text = " ".join(shown(" ".join(text[: 2 * LONGEST].split("\n"))).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 3 :]}"


def counted(n: float, word: str, shown: str = ",") -> str:
    """So many of something: "1 run", "2,000 runs"; ``shown`` is the format of the number."""
    return f"{n:{shown}} {word}{'' if n == 1 else 's'}"
