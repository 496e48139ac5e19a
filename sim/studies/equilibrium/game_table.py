"""One game as text: its equilibria, what is watched, and what the solver has to say."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from sim.games.bimatrix import Bimatrix
from sim.games.regret import Triple
from sim.model.text import counted
from sim.plotting.numbers import NONE, bracketed, decimals_for, listed, plain, share, signed, whole
from sim.studies.equilibrium.bootstrap_profile import Answer, BootstrapProfile
from sim.studies.equilibrium.fixed_vs_equilibrium import SolvedGame
from sim.studies.equilibrium.options import EquilibriumOptions

SHOWN = 8  # equilibria listed of a game


def profile_table(one: SolvedGame, options: EquilibriumOptions) -> list[tuple[str, ...]]:
    """A head and a row for each equilibrium and each watched profile."""
    head = ("a, b play", "", "P(equil.)", f"P(peak>={options.rung}), %", "payoff a", "payoff b", "regret a", "regret b")
    rows: list[tuple[str, ...]] = [(*head, f"P(within {options.gain:g})")]
    game, listed_ = one.answer.game, set()
    for k, each in enumerate(one.answer.equilibria[:SHOWN]):
        rows.append(profile_row(each, game, options, f"equilibrium {k + 1}"))
        listed_.add(rows[-1][0])
    watched = [profile_row(each, game, options, "watched") for each in one.answer.watched.values()]
    return [*rows, *(row for row in watched if row[0] not in listed_)]


def profile_row(each: BootstrapProfile, game: Bimatrix, options: EquilibriumOptions, kind: str) -> tuple[str, ...]:
    """The cells of a profile of the given kind."""
    return (
        f"{strategies(each.x, game.rows)}, {strategies(each.y, game.columns)}",
        kind,
        NONE if math.isnan(each.share) else share(each.share),
        bracketed(each.peaks[options.rung - 1], 100),
        *(bracketed(triple) for triple in each.payoffs),
        *(regret(triple) for triple in each.regrets),
        share(each.near),
    )


def regret(triple: Triple) -> str:
    """A regret with its interval; nothing but 0 where no resample has any."""
    if max(triple) < 1e-9:
        return "0"
    decimals = min(2, decimals_for(*triple[1:]))
    value, low, high = (plain(x, decimals) for x in triple)
    return f"{value} [{low}, {high}]"


def strategies(weights: np.ndarray, names: Sequence[str]) -> str:
    """A strategy, or a mixture: "restraint", ".70 restraint + .30 strict"."""
    used = [(w, name) for w, name in zip(weights, names, strict=True) if w > 0]
    return used[0][1] if len(used) == 1 else " + ".join(f"{share(w)} {name}" for w, name in used)


def remarks(one: SolvedGame, unit: str) -> Iterator[str]:
    """What is to be said about a game beside its equilibria: sentences; payoffs are in ``unit``."""
    solution, game = one.answer.solution, one.answer.game
    for name, deviation in one.profitable_deviations.items():
        yield f"Both {name}: {deviation.side} would rather play {deviation.name}: {made_of(deviation.parts, unit)}."
    more = len(one.answer.equilibria) - SHOWN
    if more > 0:
        yield f"{more} more equilibria are in summary.json."
    if not solution.complete:
        yield f"Equilibria may be missing: {solution.missing}. Those listed are proven."
    yield from ranges(one.answer, unit)
    for side, groups, names in zip("ab", solution.duplicates, (game.rows, game.columns), strict=True):
        for group in groups:
            if len(group) > 1:
                yield f"{side}'s {listed([names[k] for k in group])} act alike in every run: the first stands for all."
    if solution.dominated:
        gone = "; ".join(f"{one.side}'s {one.name} (by {mixture(one.by)})" for one in solution.dominated)
        yield f"Strictly dominated, one after the other: {gone}."
    spent = one.spent
    if spent.rounds:
        asked = f" (the uniform bound asks for {whole(spent.bound)} or more)" if math.isfinite(spent.bound) else ""
        yield (
            f"{spent.rounds} further rounds of runs went to {spent.pairs} pairs of strategies that decide; {spent.runs:,} runs "
            f"in all{asked}; {spent.open} profiles are left open."
        )


def ranges(answer: Answer, unit: str) -> Iterator[str]:
    """What lies between equilibria where a side is indifferent beyond what it plays: sentences."""
    wide = [one for one in answer.components if len(one.equilibria) > 1]
    for one in wide:
        ends = [f"{side} {plain(low, 2)} to {plain(high, 2)}" for side, (low, high) in zip("ab", one.payoffs, strict=True)]
        numbers = listed([str(k + 1) for k in one.equilibria])
        yield (
            f"Equilibria {numbers} are corners of a whole range of equilibria, {counted(len(one.subsets), 'part')}; "
            f"over it {listed(ends)} {unit}."
        )
    if answer.solution.degenerate and not wide:
        yield "A side is indifferent beyond what it plays, which makes no further equilibrium."


def made_of(parts: dict[str, float], unit: str) -> str:
    """What a gain is made of: the gain, and the three largest parts of it by weight."""
    largest = sorted((item for item in parts.items() if abs(item[1]) >= 0.05), key=lambda item: -abs(item[1]))[:3]
    listed_parts = listed([f"{name.replace('_', ' ')} {signed(value, 1)}" for name, value in largest])
    return f"{signed(sum(parts.values()), 1)} {unit}{f', of which {listed_parts}' if largest else ''}"


def mixture(weights: dict[str, float]) -> str:
    """The strategies of a mixture and their weights, as words."""
    return listed([name if len(weights) == 1 else f"{share(w)} {name}" for name, w in weights.items()])
