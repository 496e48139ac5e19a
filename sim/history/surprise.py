"""How surprising a record was to the model: entry by entry before it came, and as a whole beside records the model makes.

For the whole, every record is coarsened alike: acts of force by side and rung in windows of a day, no tolls. The share of the
model's own records that are less likely than the one at hand says how far out it lies (the prior predictive p of the evidence).
"""

import dataclasses
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.engine import kernel
from sim.engine.conditioning.filtered import filtered
from sim.engine.thread_pool import thread_pool
from sim.history.observation import observed
from sim.history.outcomes import DAY
from sim.history.record import FORCE, Entry, Record
from sim.model.setting.crisis import Crisis
from sim.model.state import ACTED

SIDES = ("a", "b")


class Foreseen(NamedTuple):
    """An entry of a recorded kind, and how likely it was before its window opened, given all that had come by then."""

    entry: Entry
    probability: float


def foreseen(crisis: Crisis, record: Record, seed: int, particles: int, background: float, threads: int = 0) -> list[Foreseen]:
    """How likely each held entry was: that it would come in its window, and nothing else of a recorded kind by its end."""
    entries = sorted(record.held(), key=lambda one: (one.latest, one.number))

    def one(entry: Entry) -> Foreseen:
        """How likely an entry was: the evidence up to its end against that up to its beginning."""
        before, until = (
            _evidence(crisis, _cut(record, at), seed, particles, background) for at in (entry.earliest, entry.latest)
        )
        return Foreseen(entry, math.exp(min(0.0, until - before)) if math.isfinite(before) else math.nan)

    with thread_pool(threads) as pool:
        return list(pool.map(one, entries))


def _cut(record: Record, minute: int) -> Record:
    """The record up to a minute: entries whose windows have closed."""
    end = min(record.end, max(minute, record.opening.latest))
    return record._replace(entries=[one for one in record.entries if one.latest <= minute], end=end)


def _evidence(crisis: Crisis, record: Record, seed: int, particles: int, background: float) -> float:
    """The log probability of a record."""
    return float(filtered([crisis], observed(record), seed, 0, particles, 0, background).evidence[-1])


def share_less_likely(
    crisis: Crisis, record: Record, seed: int, particles: int, background: float, count: int, threads: int = 0
) -> tuple[float, int]:
    """The share of ``count`` records of the model's own, to the same moment, that are less likely; and how many there are."""
    days = max(1.0, record.end / DAY)
    log = kernel.acts(dataclasses.replace(crisis, horizon=days), seed, count)
    own = [coarse(record, _acts(log, run, record), run) for run in range(count)]
    there = [(one.earliest + one.latest) // 2 for one in record.force()]
    theirs = coarse(record, [(at, SIDES.index(one.actor), *one.rungs) for at, one in _known(record, there)], -1)

    def one(what: Record) -> float:
        return _evidence(crisis, what, seed + 1, particles, background)

    with thread_pool(threads) as pool:
        found = np.array(list(pool.map(one, [theirs, *own])))
    return float((1 + (found[1:] <= found[0]).sum()) / (count + 1)), count


def _known(record: Record, middles: Sequence[int]) -> list[tuple[int, Entry]]:
    """The acts of force of one side, with the middle of their windows."""
    return [(at, one) for at, one in zip(middles, record.force(), strict=True) if one.actor in SIDES]


def _acts(log: dict[str, np.ndarray], run: int, record: Record) -> list[tuple]:
    """The acts of force of a played run after the opening: minute, side, least and most rung."""
    mine = (log["run"] == run) & (log["kind"] == ACTED) & (log["rung"] >= record.complete_from) & (log["at"] > 0)
    return [
        (int(at), int(who), int(rung), int(rung))
        for at, who, rung in zip(log["at"][mine], log["who"][mine], log["rung"][mine], strict=True)
        if at < record.end
    ][:40]


def coarse(record: Record, acts: list[tuple], number: int) -> Record:
    """A record of acts of force alone, each known to its day, from the opening of ``record`` to its end."""
    entries = []
    for i, (at, side, low, high) in enumerate(acts, 1):
        first = max(0, at // DAY * DAY)
        until = min(first + DAY, record.end)
        entries.append(Entry(i, FORCE, SIDES[side], first, until, until, (low, high), None, None, "", "high", ""))
    opening = record.opening._replace(earliest=0, latest=1)
    return record._replace(name=f"{record.name}-{number}", opening=opening, entries=entries, recorded=(FORCE,))
