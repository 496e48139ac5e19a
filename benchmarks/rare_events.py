"""How many acts splitting saves where war is rare: python benchmarks/rare_events.py (with --write: into docs/benchmarks.md)

Both estimators are asked for the same relative error r. Plain runs need (1 - p) / (p r^2) of them, by theory, times the
acts a run takes, counted by playing. Splitting needs its measured variance a replicate over r^2, times the acts a replicate
takes, counted too. The ratio does not depend on r. Its interval is a bootstrap over replicates.
"""

import math
from typing import NamedTuple

import numba
import numpy as np
import page

import sim
from sim.engine import kernel
from sim.engine.splitting import split, splitting
from sim.model.numerics.jit import jitted
from sim.model.numerics.philox import uniforms
from sim.model.setting.crisis import Crisis, with_number
from sim.model.setting.diplomacy import Diplomacy
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation

COUNTED = 20_000  # plain runs whose acts are counted
RARER = {
    "exceed": 0.0,
    "exceed_by_death": 0.0005,
    "perception_error": 0.01,
    "execution_error": 0.005,
    "dread": 0.0,
    "war_by_death": 0.0,
    "war_by_blow": 0.0,
}  # what makes war in the reference scenario about as rare as in the chain


class Walk(NamedTuple):
    """A walk on a ladder of 20 rungs, from the first; one rung up has half the probability of one down."""

    rung: int
    steps: int


def ladder(particles, replicates):
    """Estimates of P(top) of the walk, and the steps they cost, replicate by replicate."""
    begin = jitted(lambda setting, chance: Walk(1, 0))
    on_the_way = jitted(lambda walk, setting: 0 < walk.rung < 20)
    highest = jitted(lambda level, walk: max(level, walk.rung))

    @jitted
    def step(walk, setting, chance):
        u, _, _, _ = uniforms(chance, 0, walk.steps, 0)
        return Walk(walk.rung + 1 if u < 1 / 3 else walk.rung - 1, walk.steps + 1)

    replicate = numba.njit(splitting(begin, on_the_way, step, highest), error_model="numpy")
    found, steps = np.empty((replicates, 21)), np.empty(replicates)
    for i in range(replicates):
        steps[i] = replicate(np.zeros(1), 0, 1, i, particles, found[i])
    return found[:, 20], steps


def chain(answered):
    """A crisis in which each side at once answers one rung up, or lets it pass for good: P(peak >= 5 + k) = answered^k.

    Nobody errs, nobody dies, nobody else acts but diplomacy, which comes days too late.
    """
    certain = {"undershoot": 0.0, "exceed": 0.0, "display": 0.0, "follow_up": 0.0, "strike_deaths": 0.0}
    seen = {"execution_error": 0.0, "perception_error": 0.0, "discount": 0.0}
    unmoved = {"humiliation": 0.0, "audience_cost": 0.0, "hold_fire": 0.0, "commitment": 0.0}
    war = {"dread": 0.0, "war_by_death": 0.0, "war_by_blow": 0.0}
    quick = {"strike_lag": 0.0, "state_lag": 0.0, "protest_lag": 0.0, "preparation": 0.0}
    nation = Nation(
        retaliation="overmatch",
        signalling="silent",
        own_origin=0.0,
        generosity=1.0 - answered,
        **certain | seen | unmoved | war | quick,
    )
    group, talks = Militants(rate=0.0, offspring=0.0), Diplomacy(imbalance=0.0, burden=0.0)
    return Crisis(
        opening="strike_by_a", opening_rung=5, a=nation, b=nation, militants_a=group, militants_b=group, diplomacy=talks
    )


def saved(values, acts, p, run):
    """The factor of acts saved and its 95 % interval, for plain runs of probability ``p`` and ``run`` acts each."""
    rng = np.random.default_rng(1)
    draws = [values, *values[rng.integers(0, len(values), (2000, len(values)))]]
    factors = [(1 - p) / p * run / (x.var(ddof=1) / x.mean() ** 2 * acts.mean()) for x in draws]
    return factors[0], *np.quantile(factors[1:], (0.025, 0.975))


def row(name, values, acts, p, run):
    """A row of the table."""
    error = values.std(ddof=1) / values.mean() / math.sqrt(len(values))
    factor, low, high = (page.figure(x) for x in saved(values, acts, p, run))
    counts = page.figure(acts.sum()), f"{run:.2f}"
    return name, f"{values.mean():.3g}", f"{error:.3f}", *counts, f"{factor} ({low} to {high})"


def measured():
    """The rows of the table: the walk, then crises of the game."""
    reference = sim.load("scenario=iran_pakistan_2024")
    rarer = reference
    for side in "ab":
        for field, value in RARER.items():
            rarer = with_number(rarer, f"{side}.{field}", value)
    cases = (
        ("chain of answers in the game, exact 1e-6 (asked for: 1,000)", chain(10**-1.5), 1000, 1000, 1e-6),
        ("chain of answers in the game, exact 1e-8", chain(1e-2), 1000, 1000, 1e-8),
        ("reference scenario, war", reference, 1000, 400, None),
        ("reference scenario with fewer errors and excesses, war", rarer, 20_000, 40, None),
    )
    name = "walk on 20 rungs, down twice as likely as up, exact 9.536752e-7"
    yield row(name, *ladder(1000, 1000), 1 / (2**20 - 1), 3.0)  # steps to ruin: 1 / (2/3 - 1/3)
    for name, crisis, particles, replicates, exact in cases:
        found, acts = split(crisis, 1, particles, replicates)
        run = len(kernel.acts(crisis, 1, COUNTED)["run"]) / COUNTED
        yield row(name, found[:, 9], acts, exact or float(found[:, 9].mean()), run)


def main():
    """Print the table, or write it into the page."""
    asked = page.asked("rare_events", __doc__)
    about = page.machine(("numpy", "numba")) + ". Acts are counted, not timed: no load changes them."
    heads = ("case", "P(top)", "relative error", "acts", "acts a plain run", "acts saved (95 %)")
    page.publish("rare_events", asked.write, about, heads, measured())


if __name__ == "__main__":
    main()
