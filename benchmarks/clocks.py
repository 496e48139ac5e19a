"""How fast the clocks are, in ratios taken in one run: python benchmarks/clocks.py (with --write: into docs/benchmarks.md).

The compiled clock is timed against the event loop on the same runs of the reference scenario, and against the bare cost of
drawing the Philox blocks those runs draw, on one thread and on two: what two threads of a shared machine can gain is what
they gain on the bare blocks. Start-up and compilation are timed, and memory is taken, in fresh processes.
"""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import page
from stopwatch import fresh, peak, timed

import sim
from sim.engine import event_loop
from sim.engine import kernel as batch
from sim.model.numerics import philox as chance_module
from sim.model.numerics.jit import kernel
from sim.model.numerics.philox import chance_of, uniforms

CHUNKS, TOLD, REPEATS = 8, 300, 7
RUNS = CHUNKS * batch.CHUNK  # whole chunks, an even number: two threads have the same to do

OTHERS = "from sim.model.numerics import shipped; shipped.manifest = dict\n"  # as if nothing were shipped


@kernel
def bare(seed, first, runs, blocks):
    """Draw ``blocks`` blocks for each of ``runs`` runs, and do nothing with them but add."""
    total = 0.0
    for run in range(first, first + runs):
        chance = chance_of(seed, run)
        for i in range(blocks):
            a, b, c, d = uniforms(chance, i & 7, i, 0)
            total += a + b + c + d
    return total


def drawn(blocks, threads):
    """Draw the blocks of all runs, a chunk at a time, as the compiled clock plays them."""
    with ThreadPoolExecutor(threads) as pool:
        for job in [pool.submit(bare, 1, i * batch.CHUNK, batch.CHUNK, blocks) for i in range(CHUNKS)]:
            job.result()


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
            event_loop.trace(crisis, 1, run)
    finally:
        chance_module.philox = plain
    return drawn / runs


def rounds(crisis, blocks, repeats):
    """Seconds a run, of each of five in turn, ``repeats`` times: the event loop; the game and its bare blocks on one thread
    and on two."""
    whole = round(blocks)
    works = {
        "told": (TOLD, lambda: [event_loop.trace(crisis, 1, run) for run in range(TOLD)]),
        "one": (RUNS, partial(batch.simulate, crisis, 1, RUNS, workers=1)),
        "bare one": (RUNS * whole / blocks, partial(drawn, whole, 1)),
        "two": (RUNS, partial(batch.simulate, crisis, 1, RUNS, workers=2)),
        "bare two": (RUNS * whole / blocks, partial(drawn, whole, 2)),
    }
    bare(1, 0, 10, 10)  # compiled here, and not timed; so is the game, by whoever counted its acts
    taken = {name: [] for name in works}
    for _ in range(repeats):
        for name, (runs, work) in works.items():
            taken[name].append(timed(work) / runs)
    return taken


def ratio(above, below):
    """The ratios of seconds taken in the same round."""
    return [a / b for a, b in zip(above, below, strict=True)]


def speeds(acts, blocks, taken):
    """The rows about acts, blocks and threads."""
    spread = page.spread
    game, alone = ratio(taken["one"], taken["two"]), ratio(taken["bare one"], taken["bare two"])
    yield "event loop (SimPy) / compiled clock, same runs, one core", spread(ratio(taken["told"], taken["one"])), "at least 120"
    yield "compiled clock / bare Philox blocks, one thread", spread(ratio(taken["one"], taken["bare one"])), "at most 10"
    yield "compiled clock: acts a second, one thread", spread([acts / one for one in taken["one"]]), ""
    yield "compiled clock: acts a second, two threads", spread([acts / two for two in taken["two"]]), ""
    yield "compiled clock: acts a second and core, two threads", spread([acts / two / 2 for two in taken["two"]]), ""
    yield "event loop: acts a second (one core)", spread([acts / told for told in taken["told"]]), ""
    yield "compiled clock: an act, one thread", spread([one / acts * 1e9 for one in taken["one"]], "ns"), ""
    yield "event loop: an act", spread([told / acts * 1e6 for told in taken["told"]], "µs"), ""
    yield "a bare Philox block, one thread", spread([one / blocks * 1e9 for one in taken["bare one"]], "ns"), ""
    yield "bare Philox blocks: one thread / two threads", spread(alone), "what this machine gives"
    yield "compiled clock: one thread / two threads", spread(game), "at least 1.8"
    yield "of that gain of the bare blocks, the compiled clock has", spread(ratio(game, alone)), "about 1"


def starts(repeats):
    """The rows about fresh processes: start-up, compilation, memory."""
    result, help_ = "import sim; sim.simulate(sim.load(), 10).array", "from sim.cli.main import main; main(['--help'])"
    cells = "import sim\nfrom sim.execution.measuring import measured_cells\nmeasured_cells([sim.load()], 1, {})"
    with tempfile.TemporaryDirectory() as cache:
        yield (
            "first result, cold: what is shipped becomes this machine's code",
            f"{page.figure(fresh(result, cache))} s",
            "at most 2 s",
        )
        yield "first result, warm", page.spread([fresh(result, cache) for _ in range(repeats)], "s"), "at most 3 s"
        with tempfile.TemporaryDirectory() as another:
            yield (
                "first result, where rules are others: Numba compiles",
                f"{page.figure(fresh(OTHERS + result, another))} s",
                "",
            )
        yield "`escalation --help`", page.spread([fresh(help_, cache) for _ in range(repeats)], "s"), "at most 1 s"
        for runs in (100_000, 10_000_000):
            most = "at most 500 MB" if runs > 100_000 else ""
            yield f"peak memory, one cell of {runs:,} runs", f"{peak(cells.format(runs), cache):.0f} MB", most


def measured(crisis, acts, blocks, repeats):
    """All rows of the table: what, figure, what is asked for."""
    yield from speeds(acts, blocks, rounds(crisis, blocks, repeats))
    yield from starts(repeats)


def main():
    """Print the table, or write it into the page."""
    asked = page.asked("clocks", __doc__, REPEATS)
    about = page.machine(("numpy", "numba", "simpy"))
    crisis = sim.load("scenario=iran_pakistan_2024")
    acts, blocks = len(batch.acts(crisis, 1, 2000)["run"]) / 2000, blocks_drawn(crisis, TOLD)
    about += (
        f"; medians of {asked.repeats} (least to largest), taken in turn. A run of the reference scenario makes {acts:.1f} "
    )
    about += f"acts and draws {blocks:.1f} Philox blocks."
    rows = measured(crisis, acts, blocks, asked.repeats)
    page.publish("clocks", asked.write, about, ("what", "figure", "asked for"), rows)


if __name__ == "__main__":
    main()
