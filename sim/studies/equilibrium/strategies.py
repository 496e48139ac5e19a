"""Which strategies each side may choose: the block ``strategies`` of a configuration becomes two menus.

A strategy is a name and what it sets on its nation: a retaliation rule with its numbers, a signalling rule, a sharing rule.
What it does not set stays as configured. ``both`` lists those open to either side, ``a`` and ``b`` those of one alone.
"""

import dataclasses
from typing import Any, NamedTuple

from sim.design.errors import InputError, unknown
from sim.model.parameter import parameters
from sim.model.setting.nation import Nation

BLOCK = ("both", "a", "b", "watched")
POLICY = ("retaliation", "signalling", "sharing", "generosity", "commitment", "patience", "undershoot", "exceed",
          "exceed_by_death", "exceed_deaths", "display", "dread", "war_by_death", "war_by_blow", "cap", "reprisal",
          "threshold", "resort", "resort_deaths", "hold_fire", "follow_up", "sharing_trust", "notice")  # fmt: skip
Menu = dict[str, dict]  # by name, what a strategy sets on its nation
MOST = 60  # strategies of a side


class Menus(NamedTuple):
    """What each side may choose: by name, what a strategy sets on its nation."""

    a: Menu
    b: Menu
    watched: list[str]  # names in both menus: is it an equilibrium that both play it?


def menus(block: Any) -> Menus:
    """The ``Menus`` of a ``strategies`` block. Raises ``InputError``, with the full key, for what is no strategy."""
    if not isinstance(block, dict):
        raise InputError(f"strategies must be a mapping of {', '.join(BLOCK)}, got {block!r}")
    for key in block:
        if key not in BLOCK:
            raise InputError(unknown(f"strategies.{key}", [f"strategies.{name}" for name in BLOCK]))
    both, own_a, own_b = (_menu(side, block.get(side) or {}) for side in BLOCK[:3])
    for side, own in (("a", own_a), ("b", own_b)):
        twice = next((name for name in own if name in both), None)
        if twice:
            raise InputError(f"strategies.{side}.{twice} must have a name of its own, got it under both too")
        if not 1 <= len(both) + len(own) <= MOST:
            raise InputError(f"strategies must give side {side} from 1 to {MOST} strategies, got {len(both) + len(own)}")
    return Menus(both | own_a, both | own_b, _watched(block.get("watched") or [], both | own_a, both | own_b))


def _menu(side: str, listed: Any) -> Menu:
    """The strategies listed for a side."""
    where = f"strategies.{side}"
    if not isinstance(listed, dict):
        raise InputError(f"{where} must be a mapping of names to what each strategy sets, got {listed!r}")
    out = {}
    for key, sets in listed.items():
        name = " ".join(str(key).split())
        if not name or name in out:
            raise InputError(f"{where}.{key} must have a name of its own, got {key!r}")
        out[name] = _strategy(f"{where}.{key}", sets)
    return out


def _strategy(where: str, sets: Any) -> dict:
    """What a strategy sets, every field a policy and every value admissible."""
    if not isinstance(sets, dict) or not sets:
        raise InputError(f"{where} must set at least one of {', '.join(POLICY[:4])}, ..., got {sets!r}")
    lines, known = [], parameters(Nation)
    for key, value in sets.items():
        if key in known and key not in POLICY:
            lines.append(f"{where}.{key} must be a policy, which a side chooses: one of {', '.join(POLICY)}")
        elif key not in POLICY:
            lines.append(unknown(f"{where}.{key}", [f"{where}.{name}" for name in POLICY]))
        elif known[key].refuses(value):
            lines.append(f"{where}.{key} must {known[key].admits()}, got {value!r}")
    if lines:
        raise InputError(*lines)
    return {key: int(value) if known[key].kind == "whole" else value for key, value in sets.items()}


def _watched(names: Any, a: Menu, b: Menu) -> list[str]:
    """The names whose mutual play is watched."""
    if not isinstance(names, list) or any(name not in a or name not in b for name in names):
        raise InputError(
            f"strategies.watched must be a list of names in both menus, of {', '.join(n for n in a if n in b)}, got {names!r}"
        )
    return list(dict.fromkeys(names))


def playing(nation: Nation, sets: dict) -> Nation:
    """``nation`` with what a strategy sets."""
    return dataclasses.replace(nation, **sets)


def ranges(block: Any) -> dict[str, tuple[float, float]]:
    """The numbers a searched reply may set and the range of each, [low, high]: the block ``search_over``.

    Raises ``InputError``, with the full key, for what is no number of a strategy or no range within its bounds.
    """
    if not isinstance(block, dict):
        raise InputError(f"search_over must be a mapping of numbers to [low, high], got {block!r}")
    known = {name: parameter for name, parameter in parameters(Nation).items() if name in POLICY and parameter.kind != "choice"}
    for key, span in block.items():
        if key not in known:
            raise InputError(unknown(f"search_over.{key}", [f"search_over.{name}" for name in known]))
        one = known[key]
        if not isinstance(span, list) or len(span) != 2 or any(map(one.refuses, span)) or span[0] > span[1]:
            raise InputError(f"search_over.{key} must be [low, high] within [{one.low:g}, {one.high:g}], got {span!r}")
    return {key: tuple(span) for key, span in block.items()}
