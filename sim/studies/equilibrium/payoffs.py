"""The payoff table of a game by simulation: every pair of strategies is played on the same chances.

Only sums over blocks of runs are kept: run i of every pair falls in block i mod ``BLOCKS``, so blocks of different pairs
share their chances and a bootstrap over blocks keeps the pairing. What a payoff is made of is kept apart, since a payoff
is linear in it: other weights need no new runs.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from typing import Any, NamedTuple

import numpy as np

from sim.engine import kernel
from sim.engine.kernel import ROW
from sim.engine.thread_pool import thread_pool
from sim.games.bimatrix import Bimatrix, bimatrix
from sim.model.ladder import WAR
from sim.model.parameter import DAY, records
from sim.model.setting.crisis import Crisis
from sim.model.setting.payoff_weights import Weights
from sim.runs.progress_bar import bar
from sim.studies.equilibrium.strategies import Menu

BLOCKS = 100
# by weight: the columns of a run that a's payoff counts, b's, and how many of them make one unit of the weight
COUNTED = {
    "death": (("killed_by_strikes_a", "killed_by_attacks_a"), ("killed_by_strikes_b", "killed_by_attacks_b"), -1.0),
    "struck": (("strikes_b",), ("strikes_a",), -1.0),
    "attacked": (("attacks_a",), ("attacks_b",), -1.0),
    "rung_day": (("rung_time",), ("rung_time",), -1.0 / DAY),
    "envoy_day": (("envoyless",), ("envoyless",), -1.0 / DAY),
    "audience": (("audience_a",), ("audience_b",), -1.0),
    "source": (("tips_a",), ("tips_b",), -1.0),
    "force_suffered": (("force_b",), ("force_a",), -1.0 / DAY),
    "force_gain": (("force_a",), ("force_b",), 1.0 / DAY),
    "force_both": (("force_both",), ("force_both",), -1.0 / DAY),
    "degraded": (("hits_a",), ("hits_b",), 1.0),
}
WEIGHTS = (*COUNTED, "war")
KEPT = ("payoff_a", "payoff_b", *(f"peak>={r}" for r in range(1, WAR + 1)),
        *(f"{weight} {side}" for weight in WEIGHTS for side in "ab"))  # fmt: skip
PEAKS = slice(2, 2 + WAR)
NOTHING = np.empty(0)
EMPTY = np.array([[np.inf, np.inf], [-np.inf, -np.inf]])  # the ends of no payoffs


class Table(NamedTuple):
    """What is kept of all runs of all pairs; and of the first runs, as many of every pair."""

    sums: np.ndarray  # [BLOCKS, m, n, len(KEPT)]
    counts: np.ndarray  # [BLOCKS, m, n] runs
    first_sums: np.ndarray  # [BLOCKS, m, n, len(KEPT)]
    first_counts: np.ndarray  # [BLOCKS]
    rows: tuple[str, ...]  # names of a's strategies
    columns: tuple[str, ...]  # and of b's
    ends: np.ndarray = NOTHING  # [m, n, 2, 2] the least a got in a run, and b; and the most; empty at other weights

    @property
    def runs(self) -> np.ndarray:
        """Runs of each pair [m, n]."""
        return self.counts.sum(0)

    def payoffs(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean payoffs of a and b, two arrays [k, m, n], with the blocks weighted k times over: ``weights`` [k, BLOCKS].

        Where some rows and columns have more runs than the rest, a strategy without them is placed beside those with
        them by its difference on the runs both have. So it is compared on common chances all the same.
        """
        a, b = _means(weights, self.sums[..., :2], self.counts)
        many = self.counts.sum(0) > self.first_counts.sum()
        if many.any() and not many.all():
            rows, columns = many.any(1), many.any(0)
            early = _means(weights, self.first_sums[..., :2], self.first_counts[:, None, None])
            shift_a, shift_b = ((late - soon)[:, rows][..., columns] for late, soon in zip((a, b), early, strict=True))
            a[:, np.ix_(~rows, columns)[0], np.ix_(~rows, columns)[1]] += shift_a.mean(1)[:, None, :]
            b[:, np.ix_(rows, ~columns)[0], np.ix_(rows, ~columns)[1]] += shift_b.mean(2)[:, :, None]
        return a, b

    def game(self) -> Bimatrix:
        """The game of mean payoffs."""
        a, b = self.payoffs(np.ones((1, BLOCKS)))
        return bimatrix(a[0], b[0], self.rows, self.columns)


def _means(weights: np.ndarray, sums: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weighted means of both payoffs: ``sums`` [BLOCKS, m, n, 2] to two arrays [k, m, n]."""
    means = np.tensordot(weights, sums, 1) / np.tensordot(weights, counts, 1)[..., None]
    return means[..., 0], means[..., 1]


def kept(rows: np.ndarray) -> np.ndarray:
    """What is kept of runs ``rows`` [runs, len(ROW)]: [runs, len(KEPT)]."""
    out = np.empty((len(rows), len(KEPT)))
    out[:, 0], out[:, 1] = rows[:, ROW.index("payoff_a")], rows[:, ROW.index("payoff_b")]
    out[:, PEAKS] = rows[:, :1] >= np.arange(1, WAR + 1)
    k = 2 + WAR
    for *sides, sign in COUNTED.values():
        for names in sides:
            out[:, k] = sign * sum(rows[:, ROW.index(name)] for name in names)
            k += 1
    out[:, k] = out[:, k + 1] = -1.0 * (rows[:, ROW.index("war_at")] >= 0)
    return out


def blocked(values: np.ndarray, first: int) -> tuple[np.ndarray, np.ndarray]:
    """Sums [BLOCKS, k] and counts [BLOCKS] by block of the ``values`` [runs, k] of runs ``first`` onward."""
    lead = first % BLOCKS
    runs = len(values)
    length = -(-(lead + runs) // BLOCKS) * BLOCKS
    padded = np.zeros((length, values.shape[1]))
    padded[lead : lead + runs] = values
    counts = np.bincount((lead + np.arange(runs)) % BLOCKS, minlength=BLOCKS)
    return padded.reshape(-1, BLOCKS, values.shape[1]).sum(0), counts


def pairs(crisis: Crisis, menu_a: Menu, menu_b: Menu) -> np.recarray:
    """The records the compiled clock reads [m * n]: ``crisis`` with every pair of two menus (name: what it sets)."""
    own = [
        records([dataclasses.replace(crisis, **{side: dataclasses.replace(getattr(crisis, side), **sets)}) for sets in menu])[
            side
        ]
        for side, menu in (("a", menu_a.values()), ("b", menu_b.values()))
    ]
    out = np.repeat(records([crisis]), len(menu_a) * len(menu_b))
    out["a"], out["b"] = np.repeat(own[0], len(menu_b)), np.tile(own[1], len(menu_a))
    return out.view(np.recarray)


def wider(ends: np.ndarray, more: np.ndarray) -> np.ndarray:
    """The least and the most [2, sides] of two sets of payoffs from those of each."""
    return np.stack([np.minimum(ends[0], more[0]), np.maximum(ends[1], more[1])])


def rectangle(rows: Iterable[int], columns: Iterable[int]) -> list[tuple[int, int]]:
    """All pairs of some rows and some columns."""
    return [(i, j) for i in sorted(rows) for j in sorted(columns)]


class Players:
    """Threads that play pairs of strategies, and a bar that shows how far they are. A context."""

    def __init__(self, seed: int, threads: int = 0, total: int | None = None) -> None:
        self.seed, self.threads, self.total = seed, threads, total

    def __enter__(self) -> "Players":
        """Start the threads and the bar."""
        self.open = ExitStack()
        self.bar = self.open.enter_context(bar(total=self.total, desc="runs", unit=" runs", unit_scale=True))
        self.pool = self.open.enter_context(thread_pool(self.threads))
        return self

    def __exit__(self, *problem: Any) -> None:
        self.open.__exit__(*problem)

    def block_sums(self, points: np.recarray, cell: int, first: int, runs: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Sums and counts by block of the runs ``first`` onward of one record, and the ends of both payoffs [2, 2].

        At most ``batch.CHUNK`` runs are in memory at once.
        """
        sums, counts, ends = np.zeros((BLOCKS, len(KEPT))), np.zeros(BLOCKS, np.int64), EMPTY
        for start in range(first, first + runs, kernel.CHUNK):
            values = kept(kernel.simulate_record(points, cell, self.seed, min(kernel.CHUNK, first + runs - start), start))
            more, n = blocked(values, start)
            sums, counts = sums + more, counts + n
            ends = wider(ends, np.stack([values[:, :2].min(0), values[:, :2].max(0)]))
        return sums, counts, ends

    def table(self, crisis: Crisis, menu_a: Menu, menu_b: Menu, runs: int) -> Table:
        """The ``Table`` of ``runs`` runs of every pair of two menus in ``crisis``."""
        m, n = len(menu_a), len(menu_b)
        none, every = np.zeros((BLOCKS, m, n), np.int64), rectangle(range(m), range(n))
        empty = Table(
            np.zeros((*none.shape, len(KEPT))),
            none,
            NOTHING,
            NOTHING,
            tuple(menu_a),
            tuple(menu_b),
            np.tile(EMPTY, (m, n, 1, 1)),
        )
        played = self.more(empty, crisis, menu_a, menu_b, every, runs)
        return played._replace(first_sums=played.sums, first_counts=played.counts[:, 0, 0])

    def more(self, table: Table, crisis: Crisis, menu_a: Menu, menu_b: Menu, chosen: list[tuple[int, int]], runs: int) -> Table:
        """The table with ``runs`` further runs of each of the ``chosen`` pairs (i, j)."""
        points, done = pairs(crisis, menu_a, menu_b), table.runs
        sums, counts, ends = table.sums.copy(), table.counts.copy(), table.ends.copy()
        jobs = [self.pool.submit(self.block_sums, points, i * len(menu_b) + j, int(done[i, j]), runs) for i, j in chosen]
        for (i, j), job in zip(chosen, jobs, strict=True):
            more, n, span = job.result()
            sums[:, i, j] += more
            counts[:, i, j] += n
            ends[i, j] = wider(ends[i, j], span)
            self.bar.update(runs)
        return table._replace(sums=sums, counts=counts, ends=ends)


def parts(table: Table, weights: Weights, side: int, here: tuple[int, int], there: tuple[int, int]) -> dict[str, float]:
    """What ``side`` (0 or 1) gains by going from the pair ``here`` (i, j) to ``there``, by weight: a dict that adds up to it.

    Reckoned on all runs where the two pairs have as many, else on the first, which all have.
    """
    paired = table.runs[here] == table.runs[there]
    sums, n = (table.sums, table.runs[here]) if paired else (table.first_sums, table.first_counts.sum())
    gaps = (sums[:, *there, 2 + WAR :] - sums[:, *here, 2 + WAR :]).sum(0).reshape(-1, 2)[:, side] / n
    return {name: float(getattr(weights, name) * gap) for name, gap in zip(WEIGHTS, gaps, strict=True)}


def reweighted(table: Table, weights: Mapping[str, float]) -> Table:
    """The table with payoffs at other ``weights`` (name: number), from the same runs."""
    numbers = np.array([weights[name] for name in WEIGHTS])

    def weighed(sums: np.ndarray) -> np.ndarray:
        by_side = sums[..., 2 + WAR :].reshape(*sums.shape[:-1], len(WEIGHTS), 2)
        return np.concatenate([np.einsum("...wk,w->...k", by_side, numbers), sums[..., 2:]], axis=-1)

    return table._replace(sums=weighed(table.sums), first_sums=weighed(table.first_sums), ends=NOTHING)
