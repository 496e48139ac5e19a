"""Hours of bad luck in minutes: python tests/soak.py [kills=500 disks=20 races=50 inputs=10000 seed=1] [--write].

Sweeps are killed at any moment, run out of disk (small real ones, which root may mount) and are doubled, and each must end in
the bytes of an undisturbed one; malformed input must be refused in a line. Prints a table, and with --write puts it into
docs/safety.md. Exits 1 where anything went wrong.
"""

import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
SWEEPS, FUZZ = HERE / "storage" / "sweeps.py", HERE / "fuzz.py"
PAGE = HERE.parent / "docs" / "safety.md"
COUNTS = {"kills": 500, "disks": 20, "races": 50, "inputs": 10_000, "seed": 1}
WORDS = {"kills": ("kill", "sweeps killed"), "disks": ("disk", "disks full"), "races": ("pair", "two at once on one study")}


def sweeps(what, times, seed):
    """How so many disturbed sweeps ended."""
    if what == "disk" and (platform.system() != "Linux" or os.geteuid()):
        return "skipped: only root may mount a small disk"
    with tempfile.TemporaryDirectory() as folder:
        return ended([SWEEPS, folder, seed, what, times], "the same bytes each time, nothing left")


def inputs(times, seed):
    """How so much malformed input ended."""
    return ended([FUZZ, seed, times], "refused in a line or taken, each one")


def ended(words, well):
    """What a program came to, in words."""
    done = subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return well
    print(done.stdout + done.stderr, file=sys.stderr)
    return f"**failed**: {(done.stdout + done.stderr).strip().splitlines()[-1][:100]}"


def rows(counts):
    """The rows of the table: what, how often, how it ended, seconds."""
    for key, (what, words) in WORDS.items():
        yield timed(words, counts[key], lambda what=what, key=key: sweeps(what, counts[key], counts["seed"]))
    yield timed("malformed inputs", counts["inputs"], lambda: inputs(counts["inputs"], counts["seed"]))


def timed(words, times, work):
    """One row."""
    start = time.monotonic()
    how = work()
    return f"| {words} | {times:,} | {how} | {time.monotonic() - start:,.0f} |"


def main(words):
    """Soak; the exit status."""
    counts = COUNTS | {key: int(value) for key, value in (word.split("=") for word in words if word != "--write")}
    lines = ["| what | how often | how it ended | seconds |", "|---|---|---|---|"]
    print("\n".join(lines))
    for line in rows(counts):
        print(line, flush=True)
        lines.append(line)
    when = f"{datetime.now(UTC):%d %B %Y}, seed {counts['seed']}, Python {platform.python_version()}, {os.cpu_count()} cores."
    text = "\n".join([*lines, "", when])
    if "--write" in words:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(
            re.sub(r"(?s)(<!-- soak -->\n).*(<!-- /soak -->)", lambda m: f"{m[1]}{text}\n{m[2]}", page), encoding="utf-8"
        )
    return int("failed" in text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
