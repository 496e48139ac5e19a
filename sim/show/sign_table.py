"""The table of signs as text: what was predicted, what was measured, and why where they part."""

import textwrap

from sim.line import counted
from sim.show.numbers import decimals_for, signed
from sim.study.predictions import LOWER, NOT_SAME, RAISE, SAME, ZERO
from sim.study.signs import AGREES, DISAGREES, OUTCOMES, UNRESOLVED

WIDTH = 128


def sign_table(found, crisis, request):
    """A line a case, by section; under a line its setting, and the reason where the model disagrees."""
    lines = [*_head(found, crisis, request)]
    section = ""
    for sign in found:
        if sign.case.section != section:
            section = sign.case.section
            lines += ["", f"{section}:", _row("case", "what it changes", "predicted", "difference", "verdict"), "-" * WIDTH]
        lines += _lines(sign)
    return "\n".join([*lines, "", *_foot(found)])


def _head(found, crisis, request):
    event = found[0].case.event
    yield f"Predicted signs on {event.words}, and what the game shows: {crisis.title}."
    yield from _wrapped(
        f"Opening {crisis.opening.replace('_', ' ')}, {crisis.opening_dead} dead; "
        f"horizon {counted(crisis.horizon, 'day', 'g')}, so that attacks matter as well as answers: "
        f"most mechanisms act on attacks, which a crisis opened by a strike hardly shows. "
        f"Without any mechanism {event.words} is {found[0].before:.4f}. {request.runs:,} runs of every crisis on the same "
        f"chances, seed {request.seed}; intervals hold together over the table at 95 %.",
        "",
    )


def _lines(sign):
    """The lines of one case."""
    case = sign.case
    yield _row(case.name, case.changes, case.predicted, _measured(sign), sign.verdict)
    if case.note:
        yield from _wrapped(case.note)
    if sign.verdict in (DISAGREES, UNRESOLVED) and case.why:
        yield from _wrapped(f"Why: {case.why}")


def _measured(sign):
    """The difference with its interval, or how many runs differ where none may."""
    if sign.case.predicted in (SAME, NOT_SAME) or sign.differing == 0:
        if sign.differing == 0:
            return f"0 of {counted(sign.n, 'run')} differ"
        return f"{signed(sign.value, 5)} ({counted(sign.differing, 'run')} differ{'s' * (sign.differing == 1)})"
    decimals = decimals_for(sign.low, sign.high)
    low, high = (signed(x, decimals) for x in (sign.low, sign.high))
    return f"{signed(sign.value, decimals)} [{low}, {high}]"


def _row(name, changes, predicted, measured, verdict):
    """One line of the table; a long list of changes is continued on the next."""
    first, *rest = textwrap.wrap(changes, 38) or [""]
    line = f"{name:<38} {first:<38} {predicted:>9}  {measured:<28} {verdict}".rstrip()
    return "\n".join([line, *(f"{'':<38} {more}" for more in rest)])


def _wrapped(text, indent="    "):
    """A paragraph under a line."""
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _foot(found):
    """How many predictions stand."""
    asked = [sign for sign in found if sign.case.predicted in (LOWER, RAISE, SAME, NOT_SAME, ZERO)]
    count = {word: sum(sign.verdict == word for sign in asked) for word in (AGREES, DISAGREES, UNRESOLVED)}
    yield from _wrapped(
        f"{len(asked)} predictions: {count[AGREES]} agree, {count[DISAGREES]} disagree, {count[UNRESOLVED]} unresolved. "
        f"A null compares, run by run and exactly: {', '.join(OUTCOMES)}.", ""
    )  # fmt: skip
