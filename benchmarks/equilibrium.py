"""How fast the game of policies is played and solved: python benchmarks/equilibrium.py (with --write: into docs/benchmarks.md)

Twelve strategies a side under six mechanisms, 2,000 runs of every pair, on all processors; then solved with 400 resamples.
The ratio is that to the bare compiled clock on the same runs, taken in the same process: what the keeping of sums costs.
"""

import page
import yaml
from stopwatch import timed

import sim
from sim.design.paths import CONFIGS
from sim.engine import kernel
from sim.studies.equilibrium.bootstrap_profile import answered
from sim.studies.equilibrium.payoffs import Players, pairs
from sim.studies.equilibrium.strategies import menus

MECHANISMS = ("none", "hotline", "notification", "liaison_officers", "intelligence_cell", "comprehensive")
RUNS, REPEATS = 2000, 3


def bare(players, crises, chosen):
    """The same runs on the same threads, and nothing kept of them."""

    def job(points, cell):
        kernel.simulate_record(points, cell, 1, RUNS)

    points = [pairs(crisis, chosen.a, chosen.b) for crisis in crises]
    jobs = [players.pool.submit(job, records, cell) for records in points for cell in range(len(records))]
    for one in jobs:
        one.result()


def measured(repeats):
    """The rows of the table: what, figure, what is asked for."""
    chosen = menus(yaml.safe_load((CONFIGS / "strategies" / "twelve.yaml").read_text(encoding="utf-8")))
    crises = [sim.load(f"mechanism={name}") for name in MECHANISMS]
    kernel.simulate(crises[0], 1, 10)
    played, alone, solved, tables = [], [], [], []
    with Players(1) as players:
        answered(players.table(crises[0], chosen.a, chosen.b, 100))  # compiles what the solver needs
        for _ in range(repeats):
            tables.clear()
            played.append(timed(lambda: tables.extend(players.table(one, chosen.a, chosen.b, RUNS) for one in crises)))
            alone.append(timed(lambda: bare(players, crises, chosen)))
            solved.append(timed(lambda: [answered(table, ["restraint", "generous"]) for table in tables]))
    runs = len(crises) * len(chosen.a) * len(chosen.b) * RUNS
    game = f"{len(chosen.a)} by {len(chosen.b)} strategies, {len(crises)} mechanisms, {RUNS:,} runs of each ({runs:,}), played"
    yield game, page.spread(played, "s"), "at most 60 s"
    yield "runs a second, played", page.spread([runs / one for one in played]), ""
    yield f"the {len(crises)} games solved, with 400 resamples each", page.spread(solved, "s"), ""
    ratios = [p / b for p, b in zip(played, alone, strict=True)]
    yield "played, with the sums kept / bare compiled clock on the same runs", page.spread(ratios), ""


def main():
    """Print the table, or write it into the page."""
    asked = page.asked("equilibrium", __doc__, REPEATS)
    about = page.machine(("numpy", "numba")) + f"; medians of {asked.repeats} (least to largest), on all processors."
    page.publish("equilibrium", asked.write, about, ("what", "figure", "asked for"), measured(asked.repeats))


if __name__ == "__main__":
    main()
