"""Hours of bad luck: python tests/soak.py [kills=500 disks=20 races=50 inputs=10000 seed=1] [--write].

Sweeps are killed at any moment, run out of disk (small real ones, which root may mount) and are doubled, and each must end in
the bytes of an undisturbed one; malformed input must be refused in a line. Prints a table, and with --write puts it into
docs/safety.md. Exits 1 where anything went wrong.

It is done in parts, each written down in outputs/soak.jsonl when it has ended well: what is stopped goes on where it was as
long as the program is of the same commit, and several may share the work (kills=500 disks=0 races=0 inputs=0 beside
kills=0). The table tells all parts done.
"""

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
SWEEPS, FUZZ = HERE / "storage" / "sweeps.py", HERE / "fuzz.py"
PAGE, DONE = HERE.parent / "docs" / "safety.md", HERE.parent / "outputs" / "soak.jsonl"
COUNTS = {"kills": 500, "disks": 20, "races": 50, "inputs": 10_000, "seed": 1}
PARTS = {"kills": 25, "disks": 2, "races": 5, "inputs": 500}  # of how many a part is
WORDS = {"kills": "sweeps killed", "disks": "disks full", "races": "two at once on one study", "inputs": "malformed inputs"}
SWEPT = {"kills": "kill", "disks": "disk", "races": "pair"}
WELL = {"inputs": "refused in a line or taken, each one"}


class Part(NamedTuple):
    """Some of the work: what, with which seed, how often."""

    what: str
    seed: int
    times: int


def parts(counts):
    """All the work, in parts; each has a seed of its own."""
    for what, size in PARTS.items():
        for number, begun in enumerate(range(0, counts[what], size)):
            yield Part(what, 1000 * counts["seed"] + number, min(size, counts[what] - begun))


def fault_of(part):
    """What went wrong in a part, in words, or ""."""
    if part.what == "inputs":
        return fault([FUZZ, part.seed, part.times])
    if part.what == "disks" and (platform.system() != "Linux" or os.geteuid()):
        return "skipped: only root may mount a small disk"
    with tempfile.TemporaryDirectory() as folder:
        return fault([SWEEPS, folder, part.seed, f"{SWEPT[part.what]}={part.times}"])


def fault(words):
    """What a program that failed said last, or ""."""
    done = subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    print(done.stdout + done.stderr, file=sys.stderr, flush=True)
    return f"**failed**: {(done.stdout + done.stderr).strip().splitlines()[-1][:100]}"


def commit():
    """The program's commit, as Git names it."""
    told = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=HERE, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "unknown"


def done_before(program):
    """The seconds of each part that has ended well with this program."""
    lines = DONE.read_text(encoding="utf-8").splitlines() if DONE.exists() else []
    return {Part(*one["part"]): one["seconds"] for one in map(json.loads, lines) if one["commit"] == program}


def write_down(part, seconds, program):
    """Note a part that has ended well, in one write, as others may do at the same time."""
    DONE.parent.mkdir(exist_ok=True)
    with DONE.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"commit": program, "part": part, "seconds": seconds}) + "\n")


def soak(counts, program):
    """Do every part that has not been done; what went wrong in each that failed."""
    faults = {}
    for part in parts(counts):
        if part in done_before(program):
            continue
        start = time.monotonic()
        faults[part] = fault_of(part)
        if not faults[part]:
            write_down(part, time.monotonic() - start, program)
        print(f"{part.times} {WORDS[part.what]}, seed {part.seed}: {faults[part] or 'well'}", file=sys.stderr, flush=True)
    return {part: fault for part, fault in faults.items() if fault}


def table(done, faults):
    """The rows of the table: what, how often, how it ended, seconds."""
    yield from ("| what | how often | how it ended | seconds |", "|---|---|---|---|")
    for what, words in WORDS.items():
        ended = {part: seconds for part, seconds in done.items() if part.what == what}
        if ended:
            how = WELL.get(what, "the same bytes each time, nothing left")
            yield f"| {words} | {sum(part.times for part in ended):,} | {how} | {sum(ended.values()):,.0f} |"
    for part, how in faults.items():
        yield f"| {WORDS[part.what]}, seed {part.seed} | {part.times:,} | {how} | |"


def main(words):
    """Soak; the exit status."""
    counts = COUNTS | {key: int(value) for key, value in (word.split("=") for word in words if word != "--write")}
    program = commit()
    faults = soak(counts, program)
    when = f"{datetime.now(UTC):%d %B %Y}, commit {program}, Python {platform.python_version()}, {os.cpu_count()} cores."
    text = "\n".join([*table(done_before(program), faults), "", when])
    print(text)
    if "--write" in words:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(
            re.sub(r"(?s)(<!-- soak -->\n).*(<!-- /soak -->)", lambda m: f"{m[1]}{text}\n{m[2]}", page), encoding="utf-8"
        )
    return int(any("failed" in how for how in faults.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
