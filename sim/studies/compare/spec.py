"""A question: which of several alternatives lowers an outcome? The block ``compare`` of a configuration becomes crises."""

from typing import Any, NamedTuple

from sim.design.alternatives import Compose, alternatives, compare_block
from sim.design.errors import InputError
from sim.model.setting.crisis import Crisis
from sim.runs.outcome import Outcome, outcome


class ComparisonSpec(NamedTuple):
    """What is asked: in words, of which outcome, between which crises. The first label and crisis are the base's."""

    words: str
    outcome: Outcome
    labels: list[str]
    crises: list[Crisis]
    settings: list[dict]  # what each alternative sets, by group or full key; the base's own come first


def comparison_spec(block: object, compose: Compose) -> ComparisonSpec:
    """The question in a ``compare`` block; ``compose`` gives the crisis mapping of group choices.

    Raises ``InputError``, with the full key, for a key that is none, an empty list, a label twice or an unknown outcome.
    """
    checked = compare_block(block)
    chosen = _outcome(checked["outcome"])
    found = alternatives(checked, compose)
    words = checked["question"] or f"Which of these lowers {chosen.words}, and by how much?"
    return ComparisonSpec(words, chosen, *found)


def cells(labels: list[str]) -> list[dict]:
    """The alternatives as cells of a study, a crisis each."""
    return [{"labels": {"alternative": label}, "base": i, "numbers": {}} for i, label in enumerate(labels)]


def _outcome(name: Any) -> Outcome:
    """The outcome of that name."""
    try:
        return outcome(name)
    except ValueError as error:
        raise InputError(f"compare.outcome {error}") from None
