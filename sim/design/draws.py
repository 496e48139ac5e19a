"""What is not known is drawn: many vectors of numbers in place of one, for what nobody has set.

A number is drawn where it is an assumption with a range (``uncertainty``), and stays where someone chose it: on the command
line, in an alternative, along an axis, or in a file that names no source for it. What has a source is an estimate; what has
none is a choice.
"""

import hashlib
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.design.accepted_set import AcceptedSet, accepted_set
from sim.design.case import Case
from sim.design.errors import InputError
from sim.design.options import ACCEPTED, NONE, RANGES
from sim.design.uncertainty import Assumption, common, over_all, own
from sim.model.setting.crisis import Crisis, with_number
from sim.statistics.space_filling import latin


class Draws(NamedTuple):
    """Numbers that are drawn, and what each draw takes."""

    kind: str  # ACCEPTED or RANGES
    varied: list[Assumption]
    u: np.ndarray  # [draws, len(varied)] shares of the way through each range
    conditioned: int  # how many of the numbers the targets had a say in
    about: Mapping[str, str]  # of the accepted set; nothing for ranges

    @property
    def mark(self) -> str:
        """A digest of what is drawn."""
        named = repr([(one.name, one.places, one.low, one.high) for one in self.varied])
        return hashlib.sha256(named.encode() + self.u.tobytes()).hexdigest()[:16]

    @property
    def numbers(self) -> dict[str, np.ndarray]:
        """What each draw took of each number, by name."""
        return {one.name: np.asarray(one.at(self.u[:, j]), float) for j, one in enumerate(self.varied)}


def draws(
    kind: str,
    block: Any,
    crises: Mapping[str, Crisis],
    chosen: Mapping[str, Collection[str]],
    count: int,
    seed: int,
    cases: Mapping[str, Case] | None = None,
    others: Sequence[Crisis] = (),
) -> Draws | None:
    """The draws for some alternatives (by label), the base first; None where nothing is left to be drawn.

    ``chosen`` holds, by label, the full keys that someone set: they stay. What the alternatives differ in is theirs too; each
    one's mechanism's own numbers are drawn for it alone, over the ranges its case tells. ``others`` are further crises, whose
    mechanisms are among theirs. Raises ``InputError`` for a block that is none.
    """
    if kind == NONE:
        return None
    every = [*crises.values(), *others]
    kept = {key for keys in chosen.values() for key in keys}
    shared = common(over_all(block, every[0]), every)
    theirs = own({label: crisis.mechanism for label, crisis in crises.items()}, cases)
    varied = [
        *_left([one for one in shared if _admissible(one, every)], kept),
        *(one for one in theirs if not _set(("mechanism", one.places[0][1]), chosen.get(one.places[0][0], ()))),
    ]
    if not varied:
        return None
    u = latin(len(varied), count, seed)
    if kind == RANGES:
        return Draws(kind, varied, u, 0, {})
    return _conditioned(varied, u, accepted_set())


def _left(found: Iterable[Assumption], kept: Collection[str]) -> list[Assumption]:
    """The assumptions about what nobody has set."""
    rest = [one._replace(places=tuple(place for place in one.places if not _set(place, kept))) for one in found]
    return [one for one in rest if one.places]


def _set(place: tuple[str, str], keys: Collection[str]) -> bool:
    """Whether a field of a part is among the full keys, or all of the part is."""
    return place[0] in keys or ".".join(place).lstrip(".") in keys


def _admissible(one: Assumption, crises: Iterable[Crisis]) -> bool:
    """Whether both ends of a range can be set on all crises: what contradicts a choice of someone's stays."""
    try:
        for crisis in crises:
            for end in (one.low, one.high):
                for part, field in one.places:
                    with_number(crisis, f"{part}.{field}".lstrip("."), end)
    except ValueError:
        return False
    return True


def _conditioned(varied: list[Assumption], u: np.ndarray, accepted: AcceptedSet) -> Draws:
    """The draws with accepted vectors in place of those numbers whose range is the one they were accepted from."""
    if len(u) > len(accepted.values):
        raise InputError(f"draws must be at most {len(accepted.values)} with uncertainty=accepted, got {len(u)}")
    rows, conditioned = np.linspace(0, len(accepted.values) - 1, len(u)).round().astype(int), 0
    for j, one in enumerate(varied):
        if one.name in accepted.names and _same_range(one, accepted.ends[:, accepted.names.index(one.name)]):
            u[:, j] = _inside(one, accepted.shares(one.name)[rows])
            conditioned += 1
    return Draws(ACCEPTED, varied, u, conditioned, accepted.about)


def _same_range(one: Assumption, ends: np.ndarray) -> bool:
    """Whether a range is the one of the set, or that as a multiple of another configured value."""
    return math.isclose(one.low * float(ends[1]), one.high * float(ends[0]), rel_tol=1e-6, abs_tol=1e-12)


def _inside(one: Assumption, shares: np.ndarray) -> np.ndarray:
    """Shares of the way through a range as uniforms; of a whole number in the middle of its step."""
    if one.parameter.kind == "whole":
        steps = one.high - one.low
        return (np.round(shares * steps) + 0.5) / (steps + 1)
    return np.clip(shares, 0.0, 1.0)
