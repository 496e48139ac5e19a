"""Names as a reader of a figure says them."""


def readable(name):
    """An axis or a value as a reader says it: fields that both sides have once, underscores as spaces."""
    sides = {}
    for key in name.split(" + "):
        side, _, field = key.partition(".")
        sides.setdefault(side, []).append(field.replace("_", " "))
    fields = list(sides.values())
    if len(fields) == 2 and fields[0] == fields[1]:
        return f"{' + '.join(fields[0])} (both sides)"
    return name.replace("_", " ")
