"""Names as a reader of a figure says them, whatever a stranger has written."""

from collections.abc import Iterable, Mapping
from typing import Any

from sim.model.ladder import RUNGS, WAR
from sim.model.setting.crisis import Crisis

NATIONS, MILITANTS = ("a", "b"), ("militants_a", "militants_b")
LONGEST = 20  # characters of a label
RENAMED = {"scenario", "nation@a", "nation@b"}  # axes along which a nation's name may change


def literal(text: str) -> str:
    """A text for a figure as it is: nothing in it is read as mathematics."""
    return text.replace("$", r"\$")


def shown(label: str) -> str:
    """The label of an alternative as a figure shows it, cut where it is long."""
    text = label.replace("_", " ")
    return literal(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")


def cased(request: Any, text: str) -> str:
    """Small print of a figure: what it is about and what differs from the scenario file, then ``text``."""
    return f"{literal(request.case.brief)} {text}".strip()


def nations_of(crisis: Crisis, axes: Iterable[str] = ()) -> dict[str, str]:
    """What a figure calls the two nations: by their names, unless these change along one of the ``axes``."""
    return {side: "" if RENAMED & set(axes) else getattr(crisis, side).name for side in NATIONS}


def readable(name: str, nations: Mapping[str, str] | None = None) -> str:
    """An axis or a value as a reader says it: "Iran's generosity" where ``nations_of`` a crisis are given.

    Fields that both sides have are said once, underscores are spaces.
    """
    sides: dict[str, list[str]] = {}
    for key in name.split(" + "):
        side, _, field = key.rpartition(".")
        sides.setdefault(side, []).append(field.replace("_", " ").replace("@", " "))
    fields = {side: " + ".join(some) for side, some in sides.items()}
    for both, words in ((NATIONS, "both sides"), (MILITANTS, "militants on both sides")):
        if set(fields) == set(both) and len(set(fields.values())) == 1:
            return literal(f"{fields[both[0]]} ({words})")
    return literal(" + ".join(_owned(side, some, nations or {}) for side, some in fields.items()))


def _owned(side, field, nations):
    """A field with whose it is."""
    if side in NATIONS:
        return f"{nations.get(side) or side}'s {field}"
    if side in MILITANTS:
        victim = side[-1]
        return f"{field} of militants against {nations.get(victim) or victim}"
    return f"{side.replace('_', ' ')}: {field}" if side else field


def event(rung: int) -> str:
    """Reaching ``rung`` as an event: "a strike on the other state's forces or worse", "war"."""
    if rung == WAR:
        return RUNGS[rung]
    return f"{'an' if RUNGS[rung][0] in 'aeiou' else 'a'} {RUNGS[rung]} or worse"


def cut(text: str, most: int) -> str:
    """``text`` of at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 2].rstrip()} …"
