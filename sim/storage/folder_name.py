"""What a study's folder is called: its case, what was asked of it in words, and a digest that no other question shares."""

import re
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sim.model.parameter import parameters

LONGEST = 79  # characters of the whole name
WORD = 30  # characters of one of its words


def folder_name(title: str, words: Iterable[str], digest: str) -> str:
    """``title``, as many of the ``words`` as there is room for, and ``digest``, parted by dashes.

    Small letters, digits, dots and underscores alone: every file system takes them, and none takes two of them for one.

    >>> folder_name("Iran/Pakistan 2024", ["mechanism", "a.generosity 0.2"], "ab12cd34")
    'iran_pakistan_2024-mechanism-a.generosity_0.2-ab12cd34'
    """
    name = safe(title) or "crisis"
    for word in filter(None, map(safe, words)):
        if len(name) + len(word) + len(digest) + 2 <= LONGEST:
            name = f"{name}-{word}"
    return f"{name}-{digest}"


def safe(text: str) -> str:
    """A text as part of a name, cut to ``WORD`` characters."""
    return re.sub(r"[^a-z0-9.]+", "_", text.lower().replace("'", ""))[:WORD].strip("._")


def axis_word(name: str) -> str:
    """An axis in a word: "perception_error" for that of both sides, "a.perception_error" for that of one."""
    keys = name.split(" + ")
    if len(keys) == 1:
        return name
    return "_".join(dict.fromkeys(key.rpartition(".")[2] for key in keys))


def said(request: Any, left_out: Iterable[str]) -> list[str]:
    """What a request asks that is not asked by default, a phrase each: "Iran's generosity 0.2", "rung 9", "seed 7"."""
    case = getattr(request, "case", None)
    changed = [one.partition(" (not ")[0] for one in case.differs] if case else []
    kinds = parameters(type(request))
    given = [(f.name, getattr(request, f.name)) for f in fields(request) if f.name in kinds and f.name not in left_out]
    defaults = {f.name: f.default for f in fields(request)}
    return changed + [f"{name} {value}" for name, value in given if value != defaults[name]]
