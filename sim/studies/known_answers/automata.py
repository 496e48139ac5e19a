"""Strategies of the iterated prisoner's dilemma as automata, written from their definitions and not from the game's rules.

An ``Automaton`` starts with a memory, cooperates with a probability that depends on it, and takes in what it did itself
and what it saw the other do (``None`` where nothing new was done or seen). True is cooperation.
"""

from collections.abc import Callable
from typing import NamedTuple


class Automaton(NamedTuple):
    """A strategy: its first memory, the probability of cooperation, and the memory after ``own`` and ``seen``."""

    start: tuple
    cooperates: Callable[[tuple], float]
    after: Callable[[tuple, bool | None, bool | None], tuple]


def _unconditional(probability: float) -> Automaton:
    return Automaton((), lambda memory: probability, lambda memory, own, seen: ())


def _reactive(forgives: float) -> Automaton:
    """Answers what it last saw; forgives a defection with a probability (Nowak & Sigmund 1992)."""

    def after(memory: tuple, own: bool | None, seen: bool | None) -> tuple:
        return memory if seen is None else (seen,)

    return Automaton((True,), lambda memory: 1.0 if memory[0] else forgives, after)


def _two_tats(memory: tuple, own: bool | None, seen: bool | None) -> tuple:
    return memory if seen is None else (0 if seen else min(2, memory[0] + 1),)


def _grim(memory: tuple, own: bool | None, seen: bool | None) -> tuple:
    return (memory[0] or seen is False,)


def _last_of_both(memory: tuple, own: bool | None, seen: bool | None) -> tuple:
    return (memory[0] if own is None else own, memory[1] if seen is None else seen)


def _standing(memory: tuple, own: bool | None, seen: bool | None) -> tuple:
    """Standing (Sugden 1986; Boyd 1989): a defection keeps it only of one in good standing against one who is not."""
    mine, theirs = memory
    after_own = mine if own is None else own or (mine and not theirs)
    after_seen = theirs if seen is None else seen or (theirs and not mine)
    return (after_own, after_seen)


def automaton(rule: str, generosity: float = 0.0) -> Automaton:
    """The automaton of a retaliation rule's name, in its textbook form."""
    return {
        "restraint": _unconditional(1.0),
        "belligerence": _unconditional(0.0),
        "tit_for_tat": _reactive(generosity),
        "tit_for_two_tats": Automaton((0,), lambda memory: float(memory[0] < 2), _two_tats),
        "grim": Automaton((False,), lambda memory: float(not memory[0]), _grim),
        "win_stay_lose_shift": Automaton((True, True), lambda memory: float(memory[0] == memory[1]), _last_of_both),
        "contrite": Automaton((True, True), lambda memory: 1.0 - float(memory[0] and not memory[1]), _standing),
    }[rule]
