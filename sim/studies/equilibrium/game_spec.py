"""The games that are to be solved: one for each mechanism and each value of the noise, over the same two menus.

Groups are composed once for each mechanism; noise and strategies are set on the crisis directly.
"""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from sim.design.crisis_from_mapping import crisis_of
from sim.design.errors import InputError
from sim.design.fields import parameter_at, values_of
from sim.design.grid import fields_of
from sim.model.setting.crisis import Crisis, with_number
from sim.studies.equilibrium.strategies import Menus, menus, playing, ranges

MOST = 2_000_000  # cells of all games


class GameSpec(NamedTuple):
    """Menus, and a crisis for each game."""

    menus: Menus
    mechanisms: list[str]
    varied: str  # the noise fields joined by +, or "" where there is one value
    noise: list  # its values; [None] where it is as configured
    games: list[list[Crisis]]  # [mechanism][noise]
    over: dict[str, tuple[float, float]]  # the range of each number a searched reply may set

    @property
    def unit(self) -> str:
        """What payoffs are counted in: deaths where the weights make one death 1, else points."""
        deaths = all(crisis.weights.death == 1 for games in self.games for crisis in games)
        return "deaths" if deaths else "points"


def game_spec(crises: dict[str, Crisis], strategies: Any, noise: Any = None, search_over: Any = None) -> GameSpec:
    """The games over the menus ``strategies`` in each of ``crises`` (by name of its mechanism) at each value of the ``noise``.

    ``strategies`` is {both: {name: what it sets on its nation}, a: ..., b: ..., watched: [names]}, ``noise`` {vary: fields
    joined by +, over: rising values}, ``search_over`` {number: [low, high]}. Raises ``InputError``, with the full key, for
    what cannot be played.
    """
    chosen = menus(strategies)
    varied, values = _noise(noise or {})
    games = [[_set(base, varied, value) for value in values] for base in crises.values()]
    size = len(crises) * len(values) * len(chosen.a) * len(chosen.b)
    if size > MOST:
        raise InputError(f"strategies, mechanisms and noise must span at most {MOST} cells, got {size}")
    _checked(chosen, games)
    over = ranges(search_over or {})
    if furthest := {key: over[key][end] for key, end in (("cap", 0), ("reprisal", 1)) if key in over}:
        _checked(chosen, games, furthest)
    return GameSpec(chosen, list(crises), varied, values, games, over)


def composed(mapping: dict, compose: Callable[[list[str]], dict]) -> GameSpec:
    """The games in the blocks ``strategies``, ``mechanisms``, ``noise`` and ``search_over`` of a configuration.

    ``compose`` gives the crisis mapping of group choices.
    """
    bases = _bases(mapping.get("mechanisms") or [], compose)
    return game_spec(bases, mapping.get("strategies"), mapping.get("noise"), mapping.get("search_over"))


def _bases(names: Any, compose: Callable[[list[str]], dict]) -> dict[str, Crisis]:
    """The crisis under each mechanism, by its name."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InputError(f"mechanisms must be a list of options of the group mechanism, got {names!r}")
    if len(set(names)) < len(names):
        raise InputError(f"mechanisms must name each once, got {', '.join(names)}")
    if not names:
        crisis = crisis_of(compose([]))
        return {crisis.mechanism.name or "as configured": crisis}
    try:
        mappings = {name: compose([f"mechanism={name}"]) for name in names}
    except InputError as refused:
        raise InputError(*(f"mechanisms: {line}" for line in refused.lines)) from None
    return {name: crisis_of(mapping) for name, mapping in mappings.items()}


def _noise(block: Any) -> tuple[str, list]:
    """The fields that are varied, and over which values."""
    wrong = not isinstance(block, dict) or set(block) - {"vary", "over"} or not isinstance(block.get("vary", ""), str)
    if not wrong and not block.get("vary") and not block.get("over"):
        return "", [None]
    if wrong or not block.get("vary"):
        raise InputError(f"noise must be {{vary: a field, or several joined by +, over: values}}, got {block!r}")
    name = " + ".join(part.strip() for part in block["vary"].split("+"))
    known = {}
    for key in fields_of(name):
        try:
            known[key] = parameter_at(key)
        except InputError as error:
            raise InputError(*(f"noise.vary: {line}" for line in error.lines)) from None
        if known[key].kind not in ("real", "whole"):
            raise InputError(f"noise.vary must name numbers, got {key}, a {known[key].kind}")
    values = values_of("noise.over", block.get("over"))
    for key, parameter in known.items():
        refused = [value for value in values if parameter.refuses(value)]
        if refused:
            raise InputError(f"noise.over must {parameter.admits()} for {key}, got {refused[0]!r}")
    if sorted(set(values)) != values:
        raise InputError(f"noise.over must rise from value to value, got {values!r}")
    return name, values


def _set(crisis: Crisis, varied: str, value: Any) -> Crisis:
    """The crisis at a value of the noise."""
    try:
        for key in fields_of(varied) if varied else ():
            crisis = with_number(crisis, key, int(value) if parameter_at(key).kind == "whole" else value)
    except ValueError as error:
        raise InputError(f"noise.over: {error}") from None
    return crisis


def _checked(chosen: Menus, games: list[list[Crisis]], more: dict | None = None) -> None:
    """Refuse a strategy that contradicts what its nation is configured to be; ``more`` is what a search may set on it."""
    for crisis in (one for row in games for one in row):
        for side in ("a", "b"):
            for name, sets in getattr(chosen, side).items():
                try:
                    nation = playing(getattr(crisis, side), sets | (more or {}))
                    dataclasses.replace(crisis, a=nation) if side == "a" else dataclasses.replace(crisis, b=nation)
                except ValueError as error:
                    raise InputError(f"{'search_over' if more else 'strategies'}: {name}: {error}") from None


def overruled(spec: GameSpec, given: Sequence[str]) -> list[str]:
    """A line for each override on the command line (``given``: "a.cap=7") that every strategy, or the noise, overrules."""
    lines = []
    for key, _, value in (override.lstrip("+").partition("=") for override in given):
        side, _, name = key.partition(".")
        if spec.varied and key in fields_of(spec.varied):
            lines.append(f"{key} is varied as the noise, got {key}={value} too: leave one of them out")
        elif side in ("a", "b") and all(name in sets for sets in getattr(spec.menus, side).values()):
            lines.append(f"{key} is set by every strategy of {side}, got {key}={value} too: change the menu instead")
    return lines


def cells(spec: GameSpec) -> Iterator[dict]:
    """Every cell in the order it is played: labels, the number of its mechanism, and the numbers set on that base."""
    for k, mechanism in enumerate(spec.mechanisms):
        for value in spec.noise:
            noise = {} if value is None else dict.fromkeys(fields_of(spec.varied), value)
            for one, sets_a in spec.menus.a.items():
                for two, sets_b in spec.menus.b.items():
                    numbers = {f"a.{key}": v for key, v in sets_a.items()} | {f"b.{key}": v for key, v in sets_b.items()}
                    labels = {"mechanism": mechanism, "noise": value, "a": one, "b": two}
                    yield {"labels": labels, "base": k, "numbers": numbers | noise}
