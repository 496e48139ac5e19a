"""How fast the browser's clock is: python benchmarks/browser.py (with --write: into docs/benchmarks.md).

The same runs of the reference scenario on one thread of the compiled clock, in Node and in Chromium, in turn, after each
has played enough to be warm. What is not on this machine is left out.
"""

import base64
import gzip
import json
import re
import shutil
import subprocess
from contextlib import ExitStack

import page
from stopwatch import timed

import sim
from sim.engine import kernel
from sim.engine.browser import module
from sim.engine.browser.layout import layout
from sim.model.parameter import records

RUNS, WARM, REPEATS = 10_000, 3_000, 7
PLAYED = """
function timed({ wasm, layout, crisis, runs, warm }) {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const code = bytes(wasm), started = performance.now();
  const played = clock(new WebAssembly.Module(code), layout), made = performance.now() - started;
  const first = performance.now();
  played.rows(bytes(crisis), 1, 0, 1000);
  const cold = performance.now() - first;
  for (let i = 0; i < warm; i += 1000) played.rows(bytes(crisis), 1, i, 1000);
  const start = performance.now();
  played.rows(bytes(crisis), 1, 0, runs);
  return { made, cold, run: (1000 * (performance.now() - start)) / runs };
}
"""


def script():
    """What Node and the browser are given."""
    return re.sub(r"^export ", "", module.script(), flags=re.MULTILINE) + PLAYED


def in_node(task):
    """What one Node process measures."""
    program = f"{script()}process.stdout.write(JSON.stringify(timed({json.dumps(task)})))"
    return json.loads(subprocess.run(["node", "-"], input=program, capture_output=True, text=True, check=True).stdout)


def in_chromium(stack):
    """A function that measures in a new page of one browser; None where there is none."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        return None
    from playwright.sync_api import sync_playwright

    browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=path, args=["--no-sandbox"])
    stack.callback(browser.close)

    def measure(task):
        tab = browser.new_page()
        tab.add_script_tag(content=script())
        found = tab.evaluate("task => timed(task)", task)
        tab.close()
        return found

    return measure


def rounds(task, crisis, repeats):
    """Of each round: microseconds a run of the compiled clock, and what the others say of themselves, by name."""
    with ExitStack() as stack:
        ways = {"Node": in_node if shutil.which("node") else None, "Chromium": in_chromium(stack)}
        kernel.simulate(crisis, 1, RUNS, workers=1)
        for _ in range(repeats):
            native = 1e6 * timed(lambda: kernel.simulate(crisis, 1, RUNS, workers=1)) / RUNS
            yield native, {name: way(task) for name, way in ways.items() if way}


def measured(task, crisis, repeats):
    """The rows of the table."""
    code = module.webassembly()
    yield "the module", f"{len(code) / 1000:.1f} kB, {len(gzip.compress(code, 9)) / 1000:.1f} kB compressed", "at most 80 kB"
    found = list(rounds(task, crisis, repeats))
    yield "compiled clock, one thread: a run", page.spread([native for native, _ in found], "µs"), ""
    for name in found[0][1]:
        own = [(native, others[name]) for native, others in found]
        yield f"{name}: a run", page.spread([one["run"] for _, one in own], "µs"), ""
        yield f"{name} / compiled clock, same runs", page.spread([one["run"] / native for native, one in own]), ""
        yield f"{name}: the module is ready", page.spread([one["made"] for _, one in own], "ms"), ""
        yield f"{name}: its first 1,000 runs", page.spread([one["cold"] for _, one in own], "ms"), ""


def main():
    """Print the table, or write it into the page."""
    asked = page.asked("browser", __doc__, REPEATS)
    about = page.machine(("numpy", "numba"))
    crisis = sim.load("scenario=iran_pakistan_2024")
    task = {
        "wasm": base64.b64encode(module.webassembly()).decode(),
        "layout": layout(),
        "crisis": base64.b64encode(records([crisis]).tobytes()).decode(),
        "runs": RUNS,
        "warm": WARM,
    }
    about += f"; medians of {asked.repeats} (least to largest), taken in turn; {RUNS:,} runs of the reference scenario."
    page.publish("browser", asked.write, about, ("what", "figure", "asked for"), measured(task, crisis, asked.repeats))


if __name__ == "__main__":
    main()
