"""How sure is it that a profile is an equilibrium, and what does it bring? The profile stays fixed and the runs are resampled.

The bootstrap draws blocks of runs, the same for every pair of strategies, so that differences keep the pairing of
common chances. Where every run of two strategies is alike their payoffs are equal in every resample, and a tie stays a tie.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.games.bimatrix import Bimatrix, best
from sim.games.component import Component, renumbered
from sim.games.nash import Equilibrium, Solution, on_supports, solved
from sim.games.regret import Triple, gains, held_out, held_within, largest, margins
from sim.statistics.intervals import clopper_pearson
from sim.studies.equilibrium.payoffs import BLOCKS, PEAKS, Table

Drawn = tuple[np.ndarray, np.ndarray, np.ndarray]  # of ``resampled``
ENDS = (0.025, 0.975)


class BootstrapProfile(NamedTuple):
    """A profile. Each triple is a value and the ends of its 95 % interval; regrets and payoffs are (a's, b's)."""

    x: np.ndarray
    y: np.ndarray
    payoffs: tuple[Triple, ...]  # two triples
    regrets: tuple[Triple, ...]  # two triples: plug-in values, biased up
    held_out: tuple[float, float]  # two numbers, biased down
    margins: tuple[Triple, Triple]  # two triples: by how much each beats its next best strategy; NaN for a mixed profile
    share: float  # of resamples in which the profile, or one that mixes the same strategies, is an equilibrium
    near: float  # share in which no deviation from the profile gains more than the amount asked about
    peaks: list[Triple]  # [9] triples: P(peak >= r), r from 1
    runs: int  # least runs of a pair it rests on

    @property
    def pure(self) -> bool:
        """Whether both sides play one strategy."""
        return np.count_nonzero(self.x) == np.count_nonzero(self.y) == 1

    @property
    def regret(self) -> Triple:
        """The larger of the two plug-in regrets."""
        return max(self.regrets, key=lambda triple: triple[0])

    @property
    def together(self) -> float:
        """What both sides get, added up."""
        return self.payoffs[0][0] + self.payoffs[1][0]


class Answer(NamedTuple):
    """A game solved: its equilibria and how sure they are, what is watched, and every pure profile's chance to be one."""

    game: Bimatrix
    solution: Solution
    equilibria: list[BootstrapProfile]  # what both get together, most first
    components: list[Component]  # by the numbers of those equilibria: what lies between them
    watched: dict[str, BootstrapProfile]  # by name of the strategy both play: its Standing
    shares: np.ndarray  # [m, n] share of resamples in which a pure profile is an equilibrium
    runs: np.ndarray  # [m, n]
    leeway: dict[str, Triple]  # by name of what is watched: what the side nearer to leaving loses by it, a triple


def resampled(table: Table, resamples: int, seed: int) -> Drawn:
    """Mean payoffs of a and b in each resample [resamples, m, n], and how often each block was drawn [resamples, BLOCKS]."""
    chance = np.random.default_rng(seed)
    each = np.full(BLOCKS, 1 / BLOCKS)
    weights = chance.multinomial(BLOCKS - 1, each, size=resamples).astype(float)  # one fewer: the variance comes out unbiased
    return *table.payoffs(weights), weights


def answered(table: Table, watched: Sequence[str] = (), resamples: int = 400, seed: int = 1, gain: float = 1.0) -> Answer:
    """The ``Answer`` of a ``payoffs.Table``; ``watched`` names strategies in both menus."""
    game = table.game()
    solution = solved(game)
    drawn = resampled(table, resamples, seed)
    stood = [bootstrap_profile(table, one, drawn, gain) for one in solution.equilibria]
    order = sorted(range(len(stood)), key=lambda k: -stood[k].together)
    held = {name: bootstrap_profile(table, mutual(game, name), drawn, gain) for name in watched}
    return Answer(
        game, solution, [stood[k] for k in order], [renumbered(one, order) for one in solution.components], held,
        equilibrium_shares(*drawn[:2]), table.runs, leeways(game, drawn, watched),
    )  # fmt: skip


def leeways(game: Bimatrix, drawn: Drawn, watched: Sequence[str]) -> dict[str, Triple]:
    """By name of a watched strategy: by how much the best deviation from both playing it loses, whosever it is, a triple."""
    losses = {}
    for name in watched:
        one = mutual(game, name)
        others = one.x == 0, one.y == 0
        now, then = (
            np.concatenate([side[..., keep] for side, keep in zip(gains(*tables, *one), others, strict=True)], axis=-1)
            for tables in ((game.a, game.b), drawn[:2])
        )
        value, low, high = largest(now, then, BLOCKS)
        losses[name] = (-value, -high, -low)
    return losses


def mutual(game: Bimatrix, name: str) -> Equilibrium:
    """The profile in which both play the strategy ``name``."""
    return profile(game, game.rows.index(name), game.columns.index(name))


def profile(game: Bimatrix, i: int, j: int) -> Equilibrium:
    """The pure profile of a's strategy ``i`` and b's ``j``."""
    return Equilibrium(np.eye(len(game.rows))[i], np.eye(len(game.columns))[j])


def equilibrium_shares(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The share of resamples in which each pure profile is an equilibrium: payoffs [resamples, m, n] to [m, n]."""
    return (best(a, 1) & best(b, 2)).mean(0)


def bootstrap_profile(table: Table, one: Equilibrium, drawn: Drawn, gain: float = 1.0) -> BootstrapProfile:
    """The ``BootstrapProfile`` of the profile ``one`` over the resamples ``drawn``."""
    game, (a, b, weights) = table.game(), drawn
    now, drawn_gains = gains(game.a, game.b, *one), gains(a, b, *one)
    then = tuple(side.max(-1) for side in drawn_gains)
    paid = [float(one.x @ table_ @ one.y) for table_ in (game.a, game.b)]
    pay = [np.einsum("i,rij,j->r", one.x, side, one.y) for side in (a, b)]
    used = np.ix_(np.flatnonzero(one.x), np.flatnonzero(one.y))
    return BootstrapProfile(
        one.x,
        one.y,
        tuple(_triple(value, many) for value, many in zip(paid, pay, strict=True)),
        tuple(held_within(value, many, BLOCKS) for value, many in zip(now, drawn_gains, strict=True)),
        held_out(*halves(table), *one),
        _margins(game, one, a, b),
        _share(one, a, b, then),
        float((np.maximum(*then) <= gain).mean()),
        peaks(table, one, weights),
        int(table.runs[used].min()),
    )


def _triple(value: float, many: np.ndarray) -> Triple:
    """A value and its percentile interval."""
    if not np.isfinite(value):
        return value, value, value
    low, high = map(float, np.quantile(many, ENDS))
    return value, low, high


def halves(table: Table) -> tuple[np.ndarray, np.ndarray]:
    """Mean payoffs from the even and from the odd blocks: two arrays [2, m, n]."""
    odd = np.arange(BLOCKS) % 2
    return table.payoffs(np.stack([1.0 - odd, odd]))


def _margins(game: Bimatrix, one: Equilibrium, a: np.ndarray, b: np.ndarray) -> tuple[Triple, Triple]:
    """By how much each side beats its next best strategy, where both play one."""
    if not one.pure:
        return (np.nan, np.nan, np.nan), (np.nan, np.nan, np.nan)
    i, j = int(one.x.argmax()), int(one.y.argmax())
    (own, other), (owns, others) = margins(game.a, game.b, i, j), margins(a, b, i, j)
    return _triple(float(own), owns), _triple(float(other), others)


def _share(one: Equilibrium, a: np.ndarray, b: np.ndarray, then: tuple[np.ndarray, np.ndarray]) -> float:
    """The share of resamples in which the profile's strategies make an equilibrium."""
    rows, columns = np.flatnonzero(one.x), np.flatnonzero(one.y)
    if one.pure:
        return float(((then[0] <= 0) & (then[1] <= 0)).mean())
    if len(rows) != len(columns):
        return float("nan")  # a degenerate mixture: no resample has just these strategies
    return float(np.mean([on_supports(p, q, rows, columns) is not None for p, q in zip(a, b, strict=True)]))


def peaks(table: Table, one: Equilibrium, weights: np.ndarray) -> list[Triple]:
    """P(peak >= r) under the profile, r from 1 to 9, with intervals: exact ones for a pure profile, else the bootstrap's."""
    rows, columns = np.flatnonzero(one.x), np.flatnonzero(one.y)
    if one.pure:
        sums, n = table.sums[:, rows[0], columns[0], PEAKS].sum(0), int(table.runs[rows[0], columns[0]])
        return [clopper_pearson(round(float(k)), n) for k in sums]
    used = np.ix_(np.arange(BLOCKS), rows, columns)
    sums, counts = table.sums[..., PEAKS][used], table.counts[used]
    mix = np.outer(one.x[rows], one.y[columns])[None, :, :, None]
    drawn = np.tensordot(weights, sums, 1) / np.tensordot(weights, counts, 1)[..., None]
    means = (mix * drawn).sum((1, 2))
    now = (mix[0] * sums.sum(0) / counts.sum(0)[..., None]).sum((0, 1))
    return [_triple(float(p), means[:, r]) for r, p in enumerate(now)]
