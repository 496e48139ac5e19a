"""What must come out exactly: peace without provocation, ties to the lowest actor, a mechanism that only relays free talk."""

import dataclasses
from collections.abc import Callable, Iterator

import numpy as np

from sim.engine import kernel
from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.studies.known_answers.quantity import Columns, Quantity, count


def peace(crisis: Crisis) -> Iterator[Quantity]:
    """No act of any kind in any run."""
    yield Quantity("P(any act)", 0.0, lambda c: c["peak"] > 0)
    yield Quantity("P(any loss)", 0.0, lambda c: (c["payoff_a"] != 0) | (c["payoff_b"] != 0))


def ties(crisis: Crisis) -> Iterator[Quantity]:
    """War is a's in every run."""
    yield Quantity("P(war by a)", 1.0, lambda c: (c["war_at"] >= 0) & (c["strikes_a"] == 1))
    yield Quantity("strikes of b", 0.0, count("strikes_b"))


def paired(crisis: Crisis, seed: int, runs: int, play: Callable = kernel.simulate) -> Columns:
    """Whether each run differs, in any number, from the same run without the mechanism: columns by name."""
    without = dataclasses.replace(crisis, mechanism=Mechanism())
    differs = np.any(play(crisis, seed, runs) != play(without, seed, runs), axis=1)
    return {"differs": differs.astype(float)}


def same(crisis: Crisis) -> Iterator[Quantity]:
    """No run differs."""
    yield Quantity("P(a run differs)", 0.0, lambda c: c["differs"])
