"""A family answers one question; its members are named rules, and configuration chooses among them.

Adding a rule is writing one decorated function in the family's file: the names configuration accepts, the compiled
switch, the documentation and the contract tests all read the family.
"""

from sim.game.jit import jitted


class Family:
    """Rules that answer the same question, in the order they were written."""

    def __init__(self, name, question):
        self.name, self.question, self.rules = name, question, {}

    def rule(self, function):
        """Admit ``function`` under its own name, and return it ready for both clocks."""
        if function.__name__ in self.rules:
            raise ValueError(f"{self.name} already has a rule named {function.__name__}")
        self.rules[function.__name__] = jitted(function)
        return self.rules[function.__name__]

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
