"""The answer of an equilibrium study: what both sides would play, what that does to escalation, how sure, and what flips it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from sim.model.ladder import RUNGS
from sim.plotting.numbers import bracketed, listed, plain, share
from sim.studies.equilibrium.fixed_vs_equilibrium import Grid, SolvedGame
from sim.studies.equilibrium.game_spec import GameSpec
from sim.studies.equilibrium.game_table import strategies
from sim.studies.equilibrium.options import EquilibriumOptions
from sim.studies.equilibrium.weight_sensitivity import Swayed, WeightSensitivity

SURE = 0.95  # share of resamples from which on an equilibrium counts as told by the runs
UNTOLD = " (the likeliest answer; these runs do not tell)"
NEAR = {0.5: "halved", 2.0: "doubled"}  # a weight whose multiple by one of these flips the equilibrium is a knife edge


def answer(grid: Grid, spec: GameSpec, options: EquilibriumOptions, swayed: Swayed) -> list[str]:
    """Sentences; the first ones say what each side would play, mechanism by mechanism."""
    firsts = [games[0] for games in grid]
    return [*plays(firsts, spec, options.rung), *sureness(firsts, spec.unit, options.rung), *edges(firsts, swayed)]


def plays(firsts: Sequence[SolvedGame], spec: GameSpec, rung: int) -> Iterator[str]:
    """What both would play and what that does to escalation: a sentence for all mechanisms under which it is the same."""
    names = [getattr(spec.games[0][0], side).name for side in "ab"]
    who = [f"{name} (side {side})" if name else side for name, side in zip(names, "ab", strict=True)]
    for k, ((profile, told), some) in enumerate(grouped(firsts, lambda one: (profile_of(one), _told(one))).items()):
        what = f"of escalation to rung {rung} ({RUNGS[rung]}) " if not k else ""
        head = listed([under(one.mechanism) for one in some]) + ("" if told else UNTOLD)
        does = f"both would play {profile[0]}" if profile[0] == profile[1] else " and ".join(
            f"{name} {'would play ' if side == 0 else ''}{profile[side]}" for side, name in enumerate(who)
        )  # fmt: skip
        yield f"{head[0].upper()}{head[1:]}, {does}; the chance {what}is then {chance(some, rung)}."


def _told(one: SolvedGame) -> bool:
    """Whether the runs tell that the likeliest equilibrium of a game is one."""
    return one.expected.share >= SURE


def chance(some: Sequence[SolvedGame], rung: int) -> str:
    """P(peak >= rung) at the equilibria of some games, in per cent: a value with its interval, or the range of them."""
    values = [one.expected.peaks[rung - 1] for one in some]
    if len(values) == 1:
        return f"{bracketed(values[0], 100)} %"
    middle, low, high = (100 * pick(x) for pick, x in zip((max, min, max), zip(*values, strict=True), strict=True))
    decimals = 4 if high < 0.1 else 2
    least = 100 * min(value for value, *_ in values)
    shown = [plain(x, decimals) if x else "0" for x in dict.fromkeys((least, middle))]
    return f"{' to '.join(shown)} % (all intervals within [{plain(low, decimals)}, {plain(high, decimals)}])"


def sureness(firsts: Sequence[SolvedGame], unit: str, rung: int) -> Iterator[str]:
    """In how many resamples these are equilibria, and what is lost where the runs do not tell."""
    told = [one for one in firsts if _told(one)]
    if told:
        least = min(one.expected.share for one in told)
        often = "all" if least == 1 else f"{share(least)} or more"
        where = "" if len(told) == len(firsts) else f"{listed([under(one.mechanism) for one in told])} "
        yield f"How sure: {where}that is an equilibrium in {often} of the resamples of the runs."
    yield from others(firsts, rung)
    for one in firsts:
        if not _told(one):
            most = max(triple[2] for triple in one.expected.regrets)
            where = under(one.mechanism).capitalize()
            yield f"{where} the runs do not tell: {rivals(one)}. By leaving it nobody gains more than {plain(most, 2)} {unit}."


def others(firsts: Sequence[SolvedGame], rung: int) -> Iterator[str]:
    """Under which mechanisms further equilibria are as sure, and how far escalation at them lies apart: sentences."""
    for one in firsts:
        sure = [each for each in one.answer.equilibria if each.share >= SURE]
        if len(sure) > 1:
            ends = [100 * pick(each.peaks[rung - 1][0] for each in sure) for pick in (min, max)]
            yield (
                f"{under(one.mechanism).capitalize()} it is one of {len(sure)} equilibria that the runs tell, with chances "
                f"from {plain(ends[0], 2)} to {plain(ends[1], 2)} %: which of them is played, the game does not say."
            )


def rivals(one: SolvedGame) -> str:
    """The pure profiles that are an equilibrium in most resamples of a game, and in how many."""
    shares = one.answer.shares
    first = sorted(np.ndindex(shares.shape), key=lambda at: -shares[at])[:2]
    said = [f"{_pair(one, at)} in {share(float(shares[at]))}" for at in first if shares[at] > 0]
    mixed = "" if one.expected.pure else "; the profile given is a mixture"
    return f"{' and '.join(said) or 'no pure profile'} of the resamples{mixed}"


def edges(firsts: Sequence[SolvedGame], swayed: Swayed) -> Iterator[str]:
    """Which weights, halved or doubled alone, flip an equilibrium the runs tell: knife edges, said once for those alike."""
    told = [pair for pair in zip(firsts, swayed, strict=True) if pair[1] and pair[0].expected.share >= SURE]

    def flips(pair: tuple[SolvedGame, list[WeightSensitivity]]) -> tuple[tuple[str, str, str], ...]:
        """What is done to which weight, and where it leads."""
        one, weight_sensitivities = pair
        return tuple(
            (sensitivity.weight.replace("_", " "), NEAR[factor], _pair(one, there))
            for sensitivity in weight_sensitivities
            for factor, there in near(sensitivity)
        )

    for ways_out, some in grouped(told, flips).items():
        head = listed([under(one.mechanism) for one, _ in some])
        if not ways_out:
            yield f"{head[0].upper()}{head[1:]} no payoff weight, halved or doubled alone, flips it."
            continue
        ways = [f"{there} if the weight of {_done(group)}" for there, group in grouped(ways_out, lambda flip: flip[2]).items()]
        yield f"Knife edge: {head} it flips to {', and to '.join(ways)}."


def _done(flips: Iterable[tuple[str, str, str]]) -> str:
    """What is done to which weights, in words: "death or envoy day is doubled, or that of audience halved"."""
    ways = grouped(flips, lambda flip: flip[1]).items()
    said = [
        f"{listed([weight for weight, *_ in some], 'or')} {'is ' if not k else ''}{done}" for k, (done, some) in enumerate(ways)
    ]
    return ", or that of ".join(said)


def near(sensitivity: WeightSensitivity) -> list[tuple[float, tuple[int, int]]]:
    """The pairs of a factor within ``NEAR`` and the likeliest pure profile there, where it is another than at 1."""
    there = dict(zip(sensitivity.factors, sensitivity.likeliest, strict=True))
    return [(factor, there[factor]) for factor in NEAR if factor in there and there[factor] != there[1.0]]


def grouped(things: Iterable, key: Callable) -> dict[Any, list]:
    """By key all things that have it, in the order of the first of each."""
    groups: dict[Any, list] = {}
    for one in things:
        groups.setdefault(key(one), []).append(one)
    return groups


def profile_of(one: SolvedGame) -> tuple[str, str]:
    """What a and b play in the likeliest equilibrium of a game, in words."""
    game, expected = one.answer.game, one.expected
    return strategies(expected.x, game.rows), strategies(expected.y, game.columns)


def under(mechanism: str) -> str:
    """A mechanism in a sentence."""
    return "without a mechanism" if mechanism == "none" else f"under {mechanism.replace('_', ' ')}"


def _pair(one: SolvedGame, profile: tuple[int, int]) -> str:
    game = one.answer.game
    a, b = game.rows[profile[0]], game.columns[profile[1]]
    return f"{a} on both sides" if a == b else f"a {a} and b {b}"
