"""Words for people: counts; and one line that can be printed anywhere, whatever a stranger has written."""

LONGEST = 600  # characters


def one_line(text):
    """``text`` in one line that can be printed anywhere; what cannot be printed stands escaped."""
    text = "".join(sign if sign.isprintable() else " " if sign == "\n" else ascii(sign)[1:-1] for sign in text[: 2 * LONGEST])
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 3 :]}"


def counted(n, word, shown=","):
    """So many of something: "1 run", "2,000 runs"; ``shown`` is the format of the number."""
    return f"{n:{shown}} {word}{'' if n == 1 else 's'}"
