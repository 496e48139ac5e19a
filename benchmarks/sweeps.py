"""What sweeps cost beside their runs: python benchmarks/sweeps.py (with --write: into docs/benchmarks.md).

Each figure is the median of several, taken in turn in one run on this machine: cells of 1,000 runs, built, played, stored,
and written as a table; the same again from the store; on one thread and on two. Memory is the peak of a fresh process.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import sim
from sim.clock import batch
from sim.design import design
from sim.record.store import Store
from sim.study.fill import fill
from sim.study.sweep import assembled, save, stored
from sim.study.task import Tasks

CELLS, RUNS, REPEATS = 400, 1000, 7
PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- sweeps: written by benchmarks/sweeps.py -->", "<!-- sweeps: end -->"


def planned(cells):
    """A design of that many cells over two fields."""
    trust = {"vary": "a.trust", "over": {"from": 0.1, "to": 0.9, "steps": cells // 4}}
    axes = [trust, {"vary": "a.patience", "over": [0, 1, 2, 3]}]
    return design({"axes": axes}, crisis(), None)


@cache
def crisis():
    """The crisis the cells start from: composed once for a sweep, whatever its size."""
    return sim.load("scenario=iran_pakistan_2024")


def played(cells, runs, threads, folder):
    """Seconds to build, play and store the cells and write their table, by the clock and of processor time; and the latter
    of finding it all done on a second start."""
    clock, work = time.perf_counter(), time.process_time()
    plan = planned(cells)
    tasks = Tasks(plan.settings(), len(plan.cells), 1, runs)
    store, out = Store(folder / tasks.digest()), folder / "out"
    with ThreadPoolExecutor(threads) as pool:
        fill(tasks, store, pool, 2 * threads)
    out.mkdir(exist_ok=True)
    save(out, "sweep", SimpleNamespace(seed=1, runs=runs), plan.axes, plan.cells, assembled(stored(tasks, store)))
    clock, work, again = time.perf_counter() - clock, time.process_time() - work, time.process_time()
    with ThreadPoolExecutor(threads) as pool:
        fill(Tasks(plan.settings(), len(plan.cells), 1, runs), store, pool, 2 * threads)
    return clock, work, time.process_time() - again


def bare(cells, runs):
    """Seconds of processor time the runs alone take."""
    settings = planned(cells).settings()(0, cells)
    start = time.process_time()
    for i in range(cells):
        batch.play_record(settings, i, 1, runs)
    return time.process_time() - start


def peak(cells, runs):
    """Peak resident memory, in MB, of a fresh process that plays such a sweep."""
    code = (
        "import resource, sys, tempfile, pathlib\nsys.path.insert(0, sys.argv[1])\nimport sweeps\n"
        f"sweeps.played({cells}, {runs}, 2, pathlib.Path(tempfile.mkdtemp(dir=sys.argv[2])))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    with tempfile.TemporaryDirectory() as folder:
        asked = [sys.executable, "-c", code, str(Path(__file__).parent), folder]
        return float(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)


def measured():
    """The rows of the table: what, figure, what is asked for."""
    bare(8, RUNS)
    over, gain, rate, again = [], [], [], []
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            alone = bare(CELLS, RUNS)
            single, work, second = played(CELLS, RUNS, 1, Path(one))
            double, *_ = played(CELLS, RUNS, 2, Path(two))
        over.append((work - alone) / CELLS * 1e3)
        gain.append(single / double)
        rate.append(CELLS / double)
        again.append(second / CELLS * 1e3)
    yield f"a cell of {RUNS:,} runs beyond its runs: build, count, store, estimate, write", spread(over, "ms"), "at most 1 ms"
    yield "the whole sweep, one thread / two threads", spread(gain, ""), "at least 1.8"
    yield f"cells of {RUNS:,} runs a second, two threads", spread(rate, ""), ""
    yield "a cell found done on a second start", spread(again, "ms"), ""
    for cells, runs in ((4, 25_000), (4, 2_500_000), (1_000, 10), (100_000, 10)):
        yield f"peak memory, {cells:,} cells of {runs:,} runs", f"{peak(cells, runs):.0f} MB", "flat"


def spread(values, unit):
    """The median of values, with the least and the largest."""
    return f"{statistics.median(values):.3g} {unit}".strip() + f" ({min(values):.3g} to {max(values):.3g})"


def main():
    """Print the table, or write it into the page."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "pyarrow"))
    about = (
        f"`python benchmarks/sweeps.py --write`: Python {platform.python_version()}, {libraries}, {batch.threads()} processors "
        f"({platform.machine()}), load {os.getloadavg()[0]:.1f} at the start; medians of {REPEATS} (least to largest). "
        "What a cell costs is processor time; the rest is by the clock, and means little where others use the machine too."
    )
    lines = [BEGIN, "## Sweeps", "", about, "", "| what | figure | asked for |", "|---|---|---|"]
    for row in measured():
        lines.append(f"| {' | '.join(row)} |")
        print(lines[-1], flush=True)
    if "--write" in sys.argv:
        text = PAGE.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before.rstrip()}\n\n" + "\n".join([*lines, END]) + (after or "\n"), encoding="utf-8")


if __name__ == "__main__":
    main()
