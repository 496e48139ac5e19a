"""How fast the game of policies is played and solved: python benchmarks/equilibrium.py

Twelve strategies a side under six mechanisms, 2,000 runs of every pair, on all processors; then solved with 400 resamples.
The ratio is that to the bare compiled clock on the same runs, taken in the same process: what the keeping of sums costs.
"""

import statistics
import time

import numpy as np
import yaml

import sim
from sim.clock import batch
from sim.config import CONFIGS
from sim.strategies import menus
from sim.study.equilibrium.payoffs import Players, pairs
from sim.study.equilibrium.standing import answered

MECHANISMS = ("none", "hotline", "notification", "liaison_officers", "intelligence_cell", "comprehensive")
RUNS, REPEATS = 2000, 3


def timed(work):
    """Seconds of one call, and what it gave."""
    start = time.perf_counter()
    given = work()
    return time.perf_counter() - start, given


def bare(players, crises, chosen):
    """The same runs on the same threads, and nothing kept of them."""

    def job(points, cell):
        batch._played(points, cell, 1, 0, np.empty((RUNS, len(batch.ROW))), batch.NO_LOG)

    points = [pairs(crisis, chosen.a, chosen.b) for crisis in crises]
    jobs = [players.pool.submit(job, records, cell) for records in points for cell in range(len(records))]
    for one in jobs:
        one.result()


def main():
    """Print the figures."""
    chosen = menus(yaml.safe_load((CONFIGS / "strategies" / "twelve.yaml").read_text(encoding="utf-8")))
    crises = [sim.load(f"mechanism={name}") for name in MECHANISMS]
    batch.play(crises[0], 1, 10)
    played, alone, solved = [], [], []
    with Players(1) as players:
        answered(players.table(crises[0], chosen.a, chosen.b, 100))  # compiles what the solver needs
        for _ in range(REPEATS):
            seconds, tables = timed(lambda: [players.table(one, chosen.a, chosen.b, RUNS) for one in crises])
            played.append(seconds)
            alone.append(timed(lambda: bare(players, crises, chosen))[0])
            solved.append(timed(lambda tables=tables: [answered(table, ["restraint", "generous"]) for table in tables])[0])
    runs = len(crises) * len(chosen.a) * len(chosen.b) * RUNS
    ratios = [p / b for p, b in zip(played, alone, strict=True)]
    print(f"{len(chosen.a)} x {len(chosen.b)} strategies x {len(crises)} mechanisms x {RUNS:,} runs = {runs:,} runs")
    span = f"({min(played):.1f} to {max(played):.1f})"
    print(f"played on {batch.threads()} processors   {statistics.median(played):6.1f} s   {span}")
    print(f"solved, {len(crises)} games         {statistics.median(solved):6.1f} s")
    print(f"played / bare compiled clock {statistics.median(ratios):5.2f}     ({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
