"""A family answers one question; its members are named rules, and configuration chooses among them.

Adding a rule is writing one decorated function in the family's file: the names configuration accepts, the compiled
switch, the documentation and the contract tests all read the family.
"""

import math

from sim.model.numerics.jit import jitted

ALL = math.inf  # of a number that a rule sees whole


class Family:
    """Rules that answer the same question, in the order they were written."""

    def __init__(self, name, question):
        self.name, self.question, self.rules, self.seen = name, question, {}, {}

    def rule(self, function):
        """Admit ``function`` under its own name, and return it ready for both clocks."""
        if function.__name__ in self.rules:
            raise ValueError(f"{self.name} already has a rule named {function.__name__}")
        self.rules[function.__name__] = jitted(function)
        return self.rules[function.__name__]

    def seeing(self, **seen):
        """Admit a rule that looks at nothing of what may differ between two moments but ``seen``: the more states are alike.

        For each name, the value from which on it cannot tell values apart (``ALL``: it tells them all). A rule that does not
        say so is taken to see everything. What rules say of themselves is tested.
        """

        def admitted(function):
            self.seen[function.__name__] = seen
            return self.rule(function)

        return admitted

    def sees(self, code, name):
        """From which value of ``name`` on the rule of that code cannot tell values apart: 0 where it never looks at it."""
        seen = self.seen.get(self.names()[code])
        return ALL if seen is None else seen.get(name, 0)

    def names(self):
        """The names configuration may choose from."""
        return tuple(self.rules)

    def code(self, name):
        """The number that stands for ``name`` in a record."""
        return self.names().index(name)

    def switch(self):
        """One function ``choose(code, *arguments)`` that applies the rule with that code, on either clock."""
        return _folded(tuple(self.rules.values()))


def _folded(rules):
    """A choice among all rules, four to a function: few functions to compile, and none the compiler cannot see through."""
    first = _four(rules[:4])
    if len(rules) <= 4:
        return first
    rest = _folded(rules[4:])

    def choose(code, *arguments):
        return first(code, *arguments) if code < 4 else rest(code - 4, *arguments)

    return jitted(choose)


def _four(rules):
    """A choice among up to four rules."""
    one, two, three, four = (*rules, *(rules[:1] * 3))[:4]

    def choose(code, *arguments):
        if code == 1:
            return two(*arguments)
        if code == 2:
            return three(*arguments)
        if code == 3:
            return four(*arguments)
        return one(*arguments)

    return jitted(choose)
