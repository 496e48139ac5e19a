"""Trust after one reading, by Bayes' rule (Kydd & Walter 2002, eq. 1), against the runs in which it was so."""

import math
from collections.abc import Iterator

import numpy as np

from sim.engine import event_loop
from sim.model.setting.crisis import Crisis
from sim.model.state import ATTACK
from sim.studies.known_answers.quantity import Columns, Quantity

NAMES = ("read", "clean", "trust")


def played(crisis: Crisis, seed: int, runs: int) -> Columns:
    """Columns of runs of the event loop: the attack read as the host's doing, the host clean, trust after it."""
    rows = []
    for run in range(runs):
        story = event_loop.trace(crisis, seed, run)
        first = next((i for i, act in enumerate(story.acts) if act.kind == ATTACK), None)
        if first is not None:
            after = story.states[first]
            rows.append((float(story.acts[first].seen > 0), 1.0 - after.group_a.complicit, after.a.trust))
    return dict(zip(NAMES, np.array(rows).reshape(-1, len(NAMES)).T, strict=True))


def posterior(prior: float, if_clean: float, if_not: float) -> float:
    """The probability that the host is clean after something as likely as said if it is, and if it is not."""
    return prior * if_clean / (prior * if_clean + (1.0 - prior) * if_not)


def quantities(crisis: Crisis) -> Iterator[Quantity]:
    """How often an attack is read as the host's, and what then is true and what is believed."""
    a = crisis.a
    read = a.trust * a.false_alarm + (1.0 - a.trust) * a.hit_rate
    bad, good = posterior(a.trust, a.false_alarm, a.hit_rate), posterior(a.trust, 1 - a.false_alarm, 1 - a.hit_rate)
    yield Quantity("P(read as the host's doing)", read, lambda c: c["read"])
    if read > 0.0 and not math.isclose(a.hit_rate, 0.0):
        yield Quantity("P(host clean | read so)", bad, lambda c: c["clean"][c["read"] == 1])
        yield Quantity("trust after such a reading", bad, lambda c: c["trust"][c["read"] == 1], slack=1e-12)
    yield Quantity("P(host clean | not read so)", good, lambda c: c["clean"][c["read"] == 0])
    yield Quantity("trust after no such reading", good, lambda c: c["trust"][c["read"] == 0], slack=1e-12)
