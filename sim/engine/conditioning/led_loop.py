"""The event loop under a record: one particle told act by act, in plain Python, to the same bits as the filter's."""

from collections.abc import Generator
from typing import NamedTuple

import numpy as np
import simpy

from sim.engine.conditioning import particle as r
from sim.engine.conditioning.filtered import SHARE, Observed
from sim.engine.conditioning.guidance import led, typed
from sim.engine.conditioning.led_chance import SLOTS, Led, new_guide
from sim.engine.conditioning.particle_filter import is_opening, kept, resumed, told_by
from sim.engine.event_loop import Table, Turn
from sim.model.parameter import YEAR
from sim.model.setting.crisis import Crisis
from sim.model.state import Act, due_of
from sim.model.transition import act

RECORDER = -1  # in the place of an actor: it goes before all of them


class Particle(NamedTuple):
    """One particle told whole."""

    acts: list[Act]
    weight: float  # the logarithm of its weight at the end of the record
    alive: bool  # whether it has agreed with the record


class LedTable(Table):
    """The table of the event loop, with the record at it: it asks when a window opens or closes, and leads every act."""

    def __init__(self, crisis: Crisis, seed: int, run: int, observed: Observed, rate: float) -> None:
        super().__init__(crisis, seed, run)
        self.record, self.setup, self.rate = observed.entries, observed.setup, rate / YEAR
        self.guide, self.p = new_guide(), np.zeros(r.PARTICLE + len(observed.entries), np.int64)
        r.start(self.p, self.setup, self.chance)
        self.state = typed(self.state, self.crisis, self.record, self.guide)
        self.last = int(self.setup[r.END] - self.p[r.SHIFT])
        self.horizon = self.last - 1
        self.noter = self.env.process(self.recorder())

    def recorder(self) -> Generator[simpy.Event, None, None]:
        """Wait for what the record asks next, and do it."""
        while self.p[r.ALIVE]:
            note = r.next_note(self.p, self.record)
            try:
                yield Turn(self.env, RECORDER, note) if note <= self.last else self.env.event()
            except simpy.Interrupt:
                continue
            told = r.noted(self.p, self.record, self.guide, self.chance, note, self.rate, SHARE)
            if told >= 0:
                who = r.side_of(self.p, self.record[told], self.chance, told)
                self.act(who, note, told)
        self.end()

    def step(self, who: int) -> None:
        """Let the actor act, led, and wake those whose time it moved."""
        self.act(who, due_of(self.state.due, who), -1)
        self.noter.interrupt()  # which ends the run where the act has gone against the record

    def act(self, who: int, at: int, told: int) -> None:
        """The act of ``who`` at the minute ``at``; ``told`` is the entry the background tells by it, or -1."""
        before = state = self.state
        if told >= 0:
            rung = r.rung_of(self.record[told], self.setup, self.guide, self.chance, told)
            state = told_by(before, who, at, rung)
        given = is_opening(self.p, self.crisis)
        led(self.guide, state, who, at, self.crisis, self.p, self.record, self.setup, told)
        after = act(state, who, self.crisis, Led(self.chance, self.guide))
        kept(self.p, self.record, self.setup, after, told, given)
        self.acts.append(after.latest)
        self.state = after = resumed(after, before, who) if told >= 0 else after
        for other, (old, new) in enumerate(zip(before.due, after.due, strict=True)):
            if old != new and (other != who or told >= 0):
                self.processes[other].interrupt()

    def end(self) -> None:
        """Let nobody act any more."""
        self.horizon = -1
        for process in self.processes:
            if process.is_alive and process is not self.env.active_process:
                process.interrupt()


def trace(crisis: Crisis, seed: int, run: int, observed: Observed, rate: float) -> Particle:
    """Tell particle number ``run`` of filter 0, as it is before any resampling."""
    table = LedTable(crisis, seed, run, observed, rate)
    table.env.run()
    return Particle(table.acts, float(table.guide[0, SLOTS]), bool(table.p[r.ALIVE]))
