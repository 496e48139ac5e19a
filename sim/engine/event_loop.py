"""The event loop: SimPy tells one run, act by act, in plain Python.

One process an actor waits for that actor's pending time, and is interrupted when another's act has moved it. Times are
whole minutes, so SimPy's clock never drifts; among actors due together the lowest goes first, by SimPy's priority.
"""

from collections.abc import Generator
from typing import NamedTuple

import simpy
from simpy.events import EventPriority

from sim.model.numerics.philox import chance_of
from sim.model.outcome_columns import ROW, WIDTH
from sim.model.parameter import plain
from sim.model.payoff import closed
from sim.model.setting.crisis import Crisis
from sim.model.state import ACTORS, Act, State, due_of
from sim.model.tally import blank, elapsed, tallied
from sim.model.transition import act, opening


class Story(NamedTuple):
    """One run told whole."""

    acts: list[Act]  # in order
    states: list[State]  # after each act
    row: dict[str, float]  # the columns of ``sim.model.outcome_columns``, and both payoffs


class Turn(simpy.Event):
    """An actor's turn at a given minute."""

    def __init__(self, env: simpy.Environment, who: int, at: int) -> None:
        super().__init__(env)
        self._ok, self._value = True, None
        env.schedule(self, priority=EventPriority(1 + who), delay=at - env.now)  # SimPy's own interrupts come first, at 0


class Table:
    """The table the actors sit at: the state they share, and the record of what they did."""

    def __init__(self, crisis: Crisis, seed: int, run: int) -> None:
        self.crisis, self.chance = plain(crisis), chance_of(seed, run)
        self.horizon = int(self.crisis.horizon)
        self.env = simpy.Environment()
        self.state = opening(self.crisis, self.chance)
        self.row = [0.0] * WIDTH
        blank(self.row)
        self.acts: list[Act] = []
        self.states: list[State] = []
        self.processes = [self.env.process(self.actor(who)) for who in range(len(ACTORS))]

    def actor(self, who: int) -> Generator[simpy.Event, None, None]:
        """Wait for this actor's time, act, and start over; so too when another's act has moved the time."""
        while True:
            due = due_of(self.state.due, who)
            try:
                yield Turn(self.env, who, due) if due <= self.horizon else self.env.event()
            except simpy.Interrupt:
                continue
            self.step(who)

    def step(self, who: int) -> None:
        """Let the actor act, and wake those whose time it moved."""
        before = self.state
        self.state = after = act(before, who, self.crisis, self.chance)
        elapsed(self.row, before, after.now)
        tallied(self.row, after.latest)
        self.acts.append(after.latest)
        self.states.append(after)
        for other, (old, new) in enumerate(zip(before.due, after.due, strict=True)):
            if old != new and other != who:
                self.processes[other].interrupt()


def trace(crisis: Crisis, seed: int, run: int) -> Story:
    """Tell run number ``run`` of ``crisis`` under ``seed``: a ``Story``."""
    table = Table(crisis, seed, run)
    table.env.run()
    closed(table.row, table.state, table.horizon, table.crisis.weights)
    return Story(table.acts, table.states, dict(zip(ROW, table.row, strict=False)))
