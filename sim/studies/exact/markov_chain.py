"""The Markov chain of a crisis, built from the rules themselves: every state that can be reached, and every way on from it.

From a state, each actor that is due acts with every outcome of its chances (``branches``). The states in which an actor acts
at once take no time: they have probabilities where the others have rates.
"""

from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from sim.model.outcome_columns import PEAK, WIDTH
from sim.model.parameter import plain
from sim.model.setting.crisis import Crisis
from sim.model.state import Act
from sim.model.tally import blank, tallied
from sim.model.transition import act, opening
from sim.runs.progress_bar import bar
from sim.studies.exact.canonical_state import Between, CanonicalStates, Pending, Rest
from sim.studies.exact.solvable import problems
from sim.studies.exact.symbolic_chance import SymbolicChance, Unsolvable, branches

LIMIT = 20_000  # states


class Moves(NamedTuple):
    """Every move from state to state, as arrays: what an act does, and how likely it is."""

    source: np.ndarray
    target: np.ndarray
    weight: np.ndarray  # rate per minute; a probability where the source takes no time
    who: np.ndarray  # the actor
    kind: np.ndarray  # of the act, ``sim.model.state.KINDS``
    recalled: np.ndarray  # 1 where an ambassador is recalled
    rung: np.ndarray  # of the act; for the channel the crisis rung after it
    counted_rung: np.ndarray  # the rung it counts for in the peak, as ``sim.model.tally`` counts it


class Chain(NamedTuple):
    """The chain of a crisis."""

    states: list  # canonical states
    instant: np.ndarray  # whether a state takes no time
    start: np.ndarray  # probability of each state at minute 0
    moves: Moves

    @property
    def rungs(self) -> np.ndarray:
        """The crisis rung of every state; 9 is war."""
        return np.array([state.rung if isinstance(state, Rest) else state.talks.rung for state in self.states])


def chain(crisis: Crisis, limit: int = LIMIT) -> Chain:
    """The chain of a ``Crisis``. Raises ``Unsolvable`` with every problem, or where it has more than ``limit`` states."""
    lines = problems(crisis)
    if lines:
        raise Unsolvable(*lines)
    return _Exploration(crisis, limit).chain()


class _Exploration:
    """States by number as they are found, and the moves between them."""

    def __init__(self, crisis: Crisis, limit: int) -> None:
        self.setting, self.limit = plain(crisis), limit
        self.canonical = CanonicalStates(self.setting)
        self.numbers: dict[Any, int] = {}
        self.states: list = []
        self.moves: list[tuple] = []

    def chain(self) -> Chain:
        """Explore from the opening until nothing new is found."""
        start = [(self.number(state), p) for p, state in branches(self.open)]
        instant: list[bool] = []
        with bar(desc="exploring", unit=" states") as shown:
            while len(instant) < len(self.states):  # states found on the way are appended meanwhile
                source = len(instant)
                pending = self.canonical.pending(self.states[source])
                instant.append(bool(pending) and pending[0][1] is None)
                for who, rate in pending:
                    self.explore(source, who, 1.0 if rate is None else rate)
                shown.update()
        initial = np.zeros(len(self.states))
        for number, p in start:
            initial[number] += float(p)
        columns = zip(*self.moves, strict=True) if self.moves else [()] * len(Moves._fields)
        kinds = {"weight": float}
        moves = Moves(*(np.array(c, dtype=kinds.get(name, int)) for name, c in zip(Moves._fields, columns, strict=True)))
        return Chain(self.states, np.array(instant, dtype=bool), initial, moves)

    def open(self, chance: SymbolicChance) -> Any:
        """The canonical state at minute 0, as chance has it."""
        return self.canonical.taken(opening(self.setting, chance))

    def explore(self, source: int, who: int, rate: float) -> None:
        """Add every way in which the actor ``who`` can act in the state ``source``."""
        for (state, *what), p in self.ways(self.states[source], who).items():
            self.moves.append((source, self.number(state), rate * float(p), who, *what))

    def ways(self, known: Any, who: int) -> dict[tuple, Fraction]:
        """Every way in which ``who`` can act: the canonical state after it, and what the act was, with its probability."""
        ways: dict[tuple, Fraction] = {}

        def acted(chance: SymbolicChance) -> tuple:
            state = act(self.canonical.revived(known, who, chance), who, self.setting, chance)
            latest = state.latest
            return self.canonical.taken(state), latest.kind, latest.recalled, latest.rung, _counted_rung(latest)

        for p, way in branches(acted):
            ways[way] = ways.get(way, Fraction(0)) + p
        return ways

    def number(self, state: Any) -> int:
        """The number of a state, a new one where it has not been met."""
        if state not in self.numbers:
            if len(self.states) == self.limit:
                raise Unsolvable(_too_many(self.states, self.limit))
            self.numbers[state] = len(self.states)
            self.states.append(state)
        return self.numbers[state]


def _counted_rung(latest: Act) -> int:
    """The rung an act counts for in the peak of its run."""
    row = [0.0] * WIDTH
    blank(row)
    tallied(row, latest)
    return int(row[PEAK])


def _too_many(states: list, limit: int) -> str:
    """The line about a model with too many states: it names the field that takes most values."""
    values: dict[str, set] = {}
    for state in states:
        if not isinstance(state, Rest):
            _note(state, "", values)
    most = max(values, key=lambda field: len(values[field]))
    many = f"{most} alone takes {len(values[most]):,} values among those found"
    return f"most_states must be at least the number of states ({many}), got {limit}"


def _note(value: Any, path: str, values: dict[str, set]) -> None:
    """Note the value of every field of a canonical state under its path; of a wait its rate."""
    for name, one in zip(value._fields, value, strict=True):
        if isinstance(one, (Pending, Between)):
            one = one[:-1]
        if hasattr(one, "_fields"):
            _note(one, f"{path}{name}.", values)
        else:
            values.setdefault(f"{path}{name}", set()).add(one)
