"""How fast the clocks are, in ratios taken in one run: python benchmarks/clocks.py

The compiled clock is timed on one thread against the event loop on the same runs of the reference scenario, and against
the bare cost of drawing the Philox blocks those runs draw. Start-up and compilation are timed in fresh processes.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

import sim
from sim.clock import batch, loop
from sim.game import chance as chance_module
from sim.game.chance import chance_of, uniforms
from sim.game.jit import kernel

RUNS, TOLD, REPEATS = 100_000, 300, 7


@kernel
def bare(seed, runs, blocks):
    """Draw ``blocks`` blocks for each of ``runs`` runs, and do nothing with them but add."""
    total = 0.0
    for run in range(runs):
        chance = chance_of(seed, run)
        for i in range(blocks):
            a, b, c, d = uniforms(chance, i & 7, i, 0)
            total += a + b + c + d
    return total


def timed(work):
    """Seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def blocks_drawn(crisis, runs):
    """Philox blocks a run draws, on average: counted in the event loop."""
    drawn, plain = 0, chance_module.philox

    def counting(*words):
        nonlocal drawn
        drawn += 1
        return plain(*words)

    chance_module.philox = counting
    try:
        for run in range(runs):
            loop.play(crisis, 1, run)
    finally:
        chance_module.philox = plain
    return drawn / runs


def fresh(code, cache):
    """Seconds of a fresh Python process that runs ``code`` with the given folder for compiled code."""
    environment = os.environ | {"ESCALATION_CACHE": cache}
    return timed(lambda: subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True))


def peak_memory(runs, cache):
    """Peak resident memory in MB of one cell of ``runs`` runs, swept in a fresh process."""
    code = (
        "import resource, sim\nfrom sim.study.sweep import sweep\n"
        f"sweep([sim.load()], 1, {runs})\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    environment = os.environ | {"ESCALATION_CACHE": cache}
    return float(
        subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True).stdout
    )


def main():
    """Print the table."""
    crisis = sim.load("scenario=iran_pakistan_2024")
    batch.play(crisis, 1, 10)
    acts = len(batch.acts(crisis, 1, 2000)["run"]) / 2000
    blocks = blocks_drawn(crisis, TOLD)
    bare(1, 10, 10)
    compiled, told, drawn = [], [], []
    for _ in range(REPEATS):
        compiled.append(timed(lambda: batch.play(crisis, 1, RUNS, workers=1)) / RUNS)
        told.append(timed(lambda: [loop.play(crisis, 1, run) for run in range(TOLD)]) / TOLD)
        drawn.append(timed(lambda: bare(1, RUNS, round(blocks))) / RUNS * blocks / round(blocks))
    two = statistics.median(timed(lambda: batch.play(crisis, 1, RUNS, workers=2)) / RUNS for _ in range(REPEATS))
    loops = [t / c for t, c in zip(told, compiled, strict=True)]
    bares = [c / d for c, d in zip(compiled, drawn, strict=True)]
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {batch.threads()} processors; medians of {REPEATS}")
    print(f"{acts:.1f} acts and {blocks:.1f} Philox blocks a run of the reference scenario")
    one, told_one = statistics.median(compiled), statistics.median(told)
    print(f"compiled clock      {one * 1e6:9.2f} us a run {one / acts * 1e9:9.0f} ns an act")
    print(f"event loop (SimPy)  {told_one * 1e6:9.1f} us a run {told_one / acts * 1e6:9.1f} us an act")
    print(f"event loop / compiled, one core      {statistics.median(loops):7.0f}   ({min(loops):.0f} to {max(loops):.0f})")
    print(f"compiled / bare Philox blocks        {statistics.median(bares):7.1f}   ({min(bares):.1f} to {max(bares):.1f})")
    print(f"one thread / two threads             {one / two:7.2f}")
    with tempfile.TemporaryDirectory() as cache:
        code = "import sim; sim.play(sim.load(), 1, 10)"
        cold, warm = fresh(code, cache), statistics.median(fresh(code, cache) for _ in range(3))
        help_ = statistics.median(fresh("from sim.command import main; main(['--help'])", cache) for _ in range(3))
        print(f"first result, cold (compiles)        {cold:7.1f} s")
        print(f"first result, warm                   {warm:7.2f} s")
        print(f"escalation --help                    {help_:7.2f} s")
        for runs in (100_000, 10_000_000):
            print(f"peak memory, one cell of {runs:>10,}  {peak_memory(runs, cache):7.0f} MB")


if __name__ == "__main__":
    main()
