"""The table of signs as text: what was predicted, what was measured, and why where they part."""

import textwrap

from sim.model.text import counted
from sim.plotting.numbers import decimals_for, signed
from sim.plotting.paragraphs import WIDTH, wrapped
from sim.studies.mechanism_signs.predictions import LOWER, NOT_SAME, RAISE, SAME, ZERO
from sim.studies.mechanism_signs.sign_tests import AGREES, DISAGREES, OUTCOMES, UNRESOLVED

NAME, INDENT = 27, "    "


def sign_table(found, crisis, request):
    """A line a case, by section; under a line its setting, and the reason where the model disagrees."""
    lines = [*_head(found, crisis, request)]
    section = ""
    for sign in found:
        if sign.case.section != section:
            section = sign.case.section
            lines += ["", wrapped(f"{section}:"), _row("case", "predicted", "difference", "verdict"), "-" * WIDTH]
        lines += _lines(sign)
    return "\n".join([*lines, "", *_foot(found)])


def _head(found, crisis, request):
    event = found[0].case.event
    yield wrapped(f"Predicted signs on {event.words}, and what the game shows. {request.case.words or crisis.title}")
    yield wrapped(
        f"Opening {crisis.opening.replace('_', ' ')}, {crisis.opening_dead} dead; "
        f"horizon {counted(crisis.horizon, 'day', 'g')}, so that attacks matter as well as answers: "
        f"most mechanisms act on attacks, which a crisis opened by a strike hardly shows. "
        f"Without any mechanism {event.words} is {found[0].before:.4f}. {request.runs:,} runs of every crisis on the same "
        f"chances, seed {request.seed}; intervals hold all at once over the table at 95 %."
    )


def _lines(sign):
    """The lines of one case."""
    case = sign.case
    yield _row(case.name, case.predicted, _measured(sign), sign.verdict)
    if case.changes:
        yield wrapped(f"Changes {case.changes}", INDENT)
    if case.note:
        yield wrapped(case.note, INDENT)
    if sign.verdict in (DISAGREES, UNRESOLVED) and case.why:
        yield wrapped(f"Why: {case.why}", INDENT)


def _measured(sign):
    """The difference with its interval, or how many runs differ where none may."""
    if sign.case.predicted in (SAME, NOT_SAME) or sign.differing == 0:
        if sign.differing == 0:
            return f"0 of {counted(sign.n, 'run')} differ"
        return f"{signed(sign.value, 5)} ({counted(sign.differing, 'run')} differ{'s' * (sign.differing == 1)})"
    decimals = decimals_for(sign.low, sign.high)
    low, high = (signed(x, decimals) for x in (sign.low, sign.high))
    return f"{signed(sign.value, decimals)} [{low}, {high}]"


def _row(name, predicted, measured, verdict):
    """One line of the table; a long name is continued on the next."""
    deep = name[: len(name) - len(name.lstrip())]
    first, *rest = textwrap.wrap(name, NAME, initial_indent=deep, subsequent_indent=f"{deep}  ", drop_whitespace=True) or [""]
    line = f"{first:<{NAME}} {predicted:>9}  {measured:<29} {verdict}".rstrip()
    return "\n".join([line, *rest])


def _foot(found):
    """How many predictions stand."""
    asked = [sign for sign in found if sign.case.predicted in (LOWER, RAISE, SAME, NOT_SAME, ZERO)]
    count = {word: sum(sign.verdict == word for sign in asked) for word in (AGREES, DISAGREES, UNRESOLVED)}
    yield wrapped(
        f"{len(asked)} predictions: {count[AGREES]} agree, {count[DISAGREES]} disagree, {count[UNRESOLVED]} unresolved. "
        f"No effect is judged run by run and exactly, by: {', '.join(OUTCOMES)}."
    )
