"""What sweeps cost beside their runs: python benchmarks/sweeps.py (with --write: into docs/benchmarks.md).

Each figure is the median of several, taken in turn in one run on this machine: cells of 1,000 runs, built, played, stored,
and written as a table; the same again from the store; on one thread and on two. Memory is the peak of a fresh process.
"""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import page
from stopwatch import peak

import sim
from sim.design.factorial import design
from sim.design.options import SweepOptions
from sim.engine import kernel
from sim.execution.measuring import assembled, stored
from sim.execution.schedule import play_missing
from sim.execution.tasks import Tasks
from sim.storage.chunk_store import Store
from sim.studies.sweep.compute import Sweep

CELLS, RUNS, REPEATS = 400, 1000, 7


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
        play_missing(tasks, store, pool, 2 * threads)
    out.mkdir(exist_ok=True)
    Sweep(plan, SweepOptions(runs=runs), assembled(stored(tasks, store))).write_tables(out)
    clock, work, again = time.perf_counter() - clock, time.process_time() - work, time.process_time()
    with ThreadPoolExecutor(threads) as pool:
        play_missing(Tasks(plan.settings(), len(plan.cells), 1, runs), store, pool, 2 * threads)
    return clock, work, time.process_time() - again


def bare(cells, runs, threads):
    """Seconds the runs alone take, by the clock and of processor time."""
    settings = planned(cells).settings()(0, cells)
    clock, work = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(threads) as pool:
        for job in [pool.submit(kernel.simulate_record, settings, i, 1, runs) for i in range(cells)]:
            job.result()
    return time.perf_counter() - clock, time.process_time() - work


def memory(cells, runs):
    """Peak resident memory, in MB, of a fresh process that plays such a sweep."""
    with tempfile.TemporaryDirectory() as folder:
        return peak(f"import sweeps, pathlib\nsweeps.played({cells}, {runs}, 2, pathlib.Path({folder!r}))")


def measured(repeats):
    """The rows of the table: what, figure, what is asked for."""
    with tempfile.TemporaryDirectory() as folder:
        played(8, RUNS, 1, Path(folder))  # compiled here, and not timed
    over, gain, alone, rate, again = [], [], [], [], []
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            runs_single, runs_work = bare(CELLS, RUNS, 1)
            single, work, second = played(CELLS, RUNS, 1, Path(one))
            double, *_ = played(CELLS, RUNS, 2, Path(two))
            runs_double, _ = bare(CELLS, RUNS, 2)
        over.append((work - runs_work) / CELLS * 1e3)
        gain.append(single / double)
        alone.append(runs_single / runs_double)
        rate.append(CELLS / double)
        again.append(second / CELLS * 1e3)
    cost = f"a cell of {RUNS:,} runs beyond its runs: build, count, store, estimate, write"
    yield cost, page.spread(over, "ms"), "at most 1 ms"
    yield "the whole sweep: one thread / two threads", page.spread(gain), "at least 1.8"
    yield "its runs alone: one thread / two threads", page.spread(alone), "what this machine gives"
    yield f"cells of {RUNS:,} runs a second, two threads", page.spread(rate), ""
    yield "resuming: a cell found done on a second start", page.spread(again, "ms"), ""
    for cells, runs in ((4, 25_000), (4, 2_500_000), (1_000, 10), (100_000, 10)):
        yield f"peak memory, {cells:,} cells of {runs:,} runs", f"{memory(cells, runs):.0f} MB", "flat"


def main():
    """Print the table, or write it into the page."""
    asked = page.asked("sweeps", __doc__, REPEATS)
    about = page.machine(("numpy", "numba", "pyarrow"))
    about += (
        f"; medians of {asked.repeats} (least to largest), taken in turn. What a cell costs, and resuming, is processor time; "
        "the rest is by the clock, and means little where others use the machine too."
    )
    page.publish("sweeps", asked.write, about, ("what", "figure", "asked for"), measured(asked.repeats))


if __name__ == "__main__":
    main()
