"""The table of signs as text: what was predicted, what was measured, and why where they part."""

import textwrap
from collections.abc import Iterator, Sequence

from sim.model.setting.crisis import Crisis
from sim.model.text import counted
from sim.plotting.numbers import decimals_for, signed
from sim.plotting.paragraphs import WIDTH, wrapped
from sim.studies.mechanism_signs.options import SignsOptions
from sim.studies.mechanism_signs.predictions import LOWER, NOT_SAME, RAISE, SAME, ZERO
from sim.studies.mechanism_signs.sign_tests import AGREES, DISAGREES, OUTCOMES, UNRESOLVED, Sign

NAME, INDENT = 27, "    "


def sign_table(signs: Sequence[Sign], crisis: Crisis, options: SignsOptions) -> str:
    """A line a case, by section; under a line its setting, and the reason where the model disagrees."""
    lines = [*_head(signs, crisis, options)]
    section = ""
    for sign in signs:
        if sign.case.section != section:
            section = sign.case.section
            lines += ["", wrapped(f"{section}:"), _row("case", "predicted", "difference", "verdict"), "-" * WIDTH]
        lines += _lines(sign)
    return "\n".join([*lines, "", *_foot(signs)])


def _head(signs: Sequence[Sign], crisis: Crisis, options: SignsOptions) -> Iterator[str]:
    """What is asked, of which crisis, and on which runs."""
    event = signs[0].case.event
    yield wrapped(f"Predicted signs on {event.words}, and what the game shows. {options.case.words or crisis.title}")
    yield wrapped(
        f"Opening {crisis.opening.replace('_', ' ')}, {crisis.opening_dead} dead; "
        f"horizon {counted(crisis.horizon, 'day', 'g')}, so that attacks matter as well as answers: "
        f"most mechanisms act on attacks, which a crisis opened by a strike hardly shows. "
        f"Without any mechanism {event.words} is {signs[0].before:.4f}. {options.runs:,} runs of every crisis on the same "
        f"chances, seed {options.seed}; intervals hold all at once over the table at 95 %."
    )


def _lines(sign: Sign) -> Iterator[str]:
    """The lines of one case."""
    case = sign.case
    yield _row(case.name, case.predicted, _measured(sign), sign.verdict)
    if case.changes:
        yield wrapped(f"Changes {case.changes}", INDENT)
    if case.note:
        yield wrapped(case.note, INDENT)
    if sign.verdict in (DISAGREES, UNRESOLVED) and case.why:
        yield wrapped(f"Why: {case.why}", INDENT)


def _measured(sign: Sign) -> str:
    """The difference with its interval, or how many runs differ where none may."""
    if sign.case.predicted in (SAME, NOT_SAME) or sign.differing == 0:
        if sign.differing == 0:
            return f"0 of {counted(sign.n, 'run')} differ"
        return f"{signed(sign.value, 5)} ({counted(sign.differing, 'run')} differ{'s' * (sign.differing == 1)})"
    decimals = decimals_for(sign.low, sign.high)
    low, high = (signed(x, decimals) for x in (sign.low, sign.high))
    return f"{signed(sign.value, decimals)} [{low}, {high}]"


def _row(name: str, predicted: str, measured: str, verdict: str) -> str:
    """One line of the table; a long name is continued on the next."""
    deep = name[: len(name) - len(name.lstrip())]
    first, *rest = textwrap.wrap(name, NAME, initial_indent=deep, subsequent_indent=f"{deep}  ", drop_whitespace=True) or [""]
    line = f"{first:<{NAME}} {predicted:>9}  {measured:<29} {verdict}".rstrip()
    return "\n".join([line, *rest])


def _foot(signs: Sequence[Sign]) -> Iterator[str]:
    """How many predictions stand."""
    asked = [sign for sign in signs if sign.case.predicted in (LOWER, RAISE, SAME, NOT_SAME, ZERO)]
    count = {word: sum(sign.verdict == word for sign in asked) for word in (AGREES, DISAGREES, UNRESOLVED)}
    yield wrapped(
        f"{len(asked)} predictions: {count[AGREES]} agree, {count[DISAGREES]} disagree, {count[UNRESOLVED]} unresolved. "
        f"No effect is judged run by run and exactly, by: {', '.join(OUTCOMES)}."
    )
