"""When militants attack next: a Hawkes process in closed form, whatever else changes meanwhile.

The rate is ``pace * slowed * (base + excitation)`` with an excitation that halves every half-life. ``Militants.rate`` counts
all attacks, those set off by others among them: the base is what it leaves for the rest. Two unit-exponential
clocks run down with the two parts of its integral, so a due time follows without iteration, and a change of rate in
between costs no chance (after Dassios & Zhao 2013, "Exact simulation of Hawkes process").
"""

from sim.model.numerics.change import changed
from sim.model.numerics.elementary import LN2, exponential, natural_log
from sim.model.numerics.jit import jitted
from sim.model.parameter import Plain
from sim.model.state import NEVER, VISIT, Group, later


@jitted
def base_rate(militants: Plain) -> float:
    """Attacks that no other has set off, per minute."""
    return militants.rate * (1.0 - militants.offspring)


@jitted
def run_down(group: Group, militants: Plain, now: int) -> Group:
    """The group with its clocks and its excitation brought to the minute ``now``."""
    minutes = now - group.since
    if minutes == 0:
        return group
    factor = group.pace * group.slowed
    left = 1.0
    if group.excitation > 0.0:
        left = exponential(-LN2 * (minutes / militants.half_life))
    spent = factor * group.excitation * (1.0 - left) * militants.half_life / LN2
    base = max(0.0, group.base - factor * base_rate(militants) * minutes)
    offspring = max(0.0, group.offspring - spent)
    return changed(group, base=base, offspring=offspring, excitation=group.excitation * left, since=now)


@jitted
def next_attack(group: Group, militants: Plain) -> int:
    """The minute of the group's next attack, as things stand at ``group.since``."""
    factor = group.pace * group.slowed
    rate = factor * base_rate(militants)
    first = NEVER
    if rate > 0.0:
        first = later(group.since, group.base / rate)
    reach = factor * group.excitation * militants.half_life / LN2
    if reach > 0.0 and group.offspring < reach:
        wait = -natural_log(1.0 - group.offspring / reach) * militants.half_life / LN2
        first = min(first, later(group.since, wait))
    return first


@jitted
def spoiled(group: Group, due: int, militants: Plain, step: int, now: int) -> tuple[Group, int]:
    """The group and its due time once the channel stands at ``step``: it strikes more while there is progress."""
    pace = 1.0 + militants.spoiling if 0 < step <= VISIT else 1.0
    if pace == group.pace:
        return group, due
    group = changed(run_down(group, militants, now), pace=pace)
    return group, next_attack(group, militants)


@jitted
def bombed(group: Group, militants: Plain, now: int, hit: bool, bystanders: int) -> tuple[Group, int]:
    """The group after a strike on its hideouts ended the talks: slowed by a hit, stirred up by the bystanders killed."""
    g = run_down(group, militants, now)
    slowed = g.slowed * (1.0 - militants.degradation) if hit else g.slowed
    stirred = g.excitation + militants.radicalisation * bystanders * LN2 / militants.half_life
    g = changed(g, excitation=stirred, slowed=slowed, pace=1.0)
    return g, next_attack(g, militants)
