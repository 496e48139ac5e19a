"""How phrases become text: a phrase is a list of alternatives, of which the first whose condition holds is written.

A phrase's text holds names in braces: of a fact (``{rung}``, with the format of a number after a colon), or of another phrase
(``{deed}``), which may be given facts (``{killed(dead, other)}``) that it calls ``{1}`` and ``{2}``. A condition is a list of
comparisons, all of which must hold: ``rung = 0, ordered > rung``. What a fact holds is never read for braces. The page that
plays (``sim/studies/explore/page/grammar.js``) follows the same rules, and a test requires the same texts of both.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from operator import eq, gt, lt, ne
from typing import Any

Phrase = str | Sequence[tuple[str, str]]  # alternatives: a text, and when it is the one; a lone text always is
Facts = Mapping[str, Any]  # whole numbers, texts, and numbers with a format

RELATIONS = {"=": eq, "≠": ne, "<": lt, ">": gt}
HOLE = re.compile(r"\{(\w+)(?:\(([\w, ]+)\))?(?::([.\w]+))?\}")


def written(phrases: Mapping[str, Phrase], name: str, facts: Facts) -> str:
    """The phrase called ``name`` of ``facts`` in words. Raises ``LookupError`` where none of its alternatives holds."""
    phrase = phrases[name]
    text = phrase if isinstance(phrase, str) else _chosen(name, phrase, facts)

    def filled(hole: re.Match[str]) -> str:
        """What stands in a hole: a fact, or another phrase of the same facts and of those it is given."""
        inner, given, form = hole.groups()
        if inner not in phrases:
            return format(facts[inner], form or "")
        if not given:
            return written(phrases, inner, facts)
        bound = {str(i): facts[fact.strip()] for i, fact in enumerate(given.split(","), 1)}
        return written(phrases, inner, {**facts, **bound})

    return HOLE.sub(filled, text)


def _chosen(name: str, alternatives: Sequence[tuple[str, str]], facts: Facts) -> str:
    """The text of the first alternative whose condition holds."""
    for text, condition in alternatives:
        if holds(condition, facts):
            return text
    raise LookupError(f"the phrase {name} has no word for {dict(facts)}")


def holds(condition: str, facts: Facts) -> bool:
    """Whether each comparison of a condition holds; an empty one always does."""
    return all(relation(facts[fact], _value(other, facts)) for fact, relation, other in _comparisons(condition))


@cache
def _comparisons(condition: str) -> list[tuple[str, Any, str]]:
    """The comparisons of a condition: a fact, a relation, and a number or the name of a fact."""
    parts = [one.split() for one in condition.split(",")] if condition else []
    return [(fact, RELATIONS[sign], other) for fact, sign, other in parts]


def _value(text: str, facts: Facts) -> Any:
    """A number, or what the fact of that name holds."""
    return int(text) if text.lstrip("-").isdigit() else facts[text]
