"""Names as a reader of a figure says them, whatever a stranger has written."""


def literal(text):
    """A text for a figure as it is: nothing in it is read as mathematics."""
    return text.replace("$", r"\$")


def title_of(crisis):
    """What a figure calls a crisis."""
    return literal(crisis.title or "A crisis")


def cased(request, text):
    """Small print of a figure: what it is about and what differs from the scenario file, then ``text``."""
    return f"{literal(request.case.words)} {text}".strip()


def readable(name):
    """An axis or a value as a reader says it: fields that both sides have once, underscores as spaces."""
    sides = {}
    for key in name.split(" + "):
        side, _, field = key.partition(".")
        sides.setdefault(side, []).append(field.replace("_", " "))
    fields = list(sides.values())
    if len(fields) == 2 and fields[0] == fields[1]:
        return literal(f"{' + '.join(fields[0])} (both sides)")
    return literal(name.replace("_", " "))
