"""A family answers one question; its members are named rules, and configuration chooses among them.

Adding a rule is writing one decorated function in the family's file: the names configuration accepts, the compiled
switch, the documentation and the contract tests all read the family.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sim.model.numerics.jit import jitted

ALL = math.inf  # of a number that a rule sees whole


F = TypeVar("F", bound=Callable[..., Any])


class Registry:
    """Rules that answer the same question, in the order they were written."""

    def __init__(self, name: str, question: str) -> None:
        self.name, self.question = name, question
        self.rules: dict[str, Callable[..., Any]] = {}
        self.seen: dict[str, dict[str, float]] = {}

    def rule(self, function: F) -> F:
        """Admit ``function`` under its own name, and return it ready for both clocks."""
        if function.__name__ in self.rules:
            raise ValueError(f"{self.name} already has a rule named {function.__name__}")
        self.rules[function.__name__] = admitted = jitted(function)
        return admitted

    def seeing(self, **seen: float) -> Callable[[F], F]:
        """Admit a rule that looks at nothing of what may differ between two moments but ``seen``: the more states are alike.

        For each name, the value from which on it cannot tell values apart (``ALL``: it tells them all). A rule that does not
        say so is taken to see everything. What rules say of themselves is tested.
        """

        def admitted(function: F) -> F:
            self.seen[function.__name__] = seen
            return self.rule(function)

        return admitted

    def sees(self, code: int, name: str) -> float:
        """From which value of ``name`` on the rule of that code cannot tell values apart: 0 where it never looks at it."""
        seen = self.seen.get(self.names()[code])
        return ALL if seen is None else seen.get(name, 0)

    def names(self) -> tuple[str, ...]:
        """The names configuration may choose from."""
        return tuple(self.rules)

    def code(self, name: str) -> int:
        """The number that stands for ``name`` in a record."""
        return self.names().index(name)

    def switch(self) -> Callable[..., Any]:
        """One function ``choose(code, *arguments)`` that applies the rule with that code, on either clock."""
        return _folded(tuple(self.rules.values()))


def _folded(rules: Sequence[Callable[..., Any]]) -> Callable[..., Any]:
    """A choice among all rules, four to a function: few functions to compile, and none the compiler cannot see through."""
    first = _four(rules[:4])
    if len(rules) <= 4:
        return first
    rest = _folded(rules[4:])

    def choose(code: int, *arguments: Any) -> Any:
        return first(code, *arguments) if code < 4 else rest(code - 4, *arguments)

    return jitted(choose)


def _four(rules: Sequence[Callable[..., Any]]) -> Callable[..., Any]:
    """A choice among up to four rules."""
    one, two, three, four = (*rules, *[rules[0]] * 3)[:4]

    def choose(code: int, *arguments: Any) -> Any:
        """What the rule of that code answers."""
        if code == 1:
            return two(*arguments)
        if code == 2:
            return three(*arguments)
        if code == 3:
            return four(*arguments)
        return one(*arguments)

    return jitted(choose)
