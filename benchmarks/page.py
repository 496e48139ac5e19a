"""The page the benchmarks write: docs/benchmarks.md, a table a script, each between two marks of its own.

What stands outside the marks is written by hand and stays as it is. Every table says which machine and versions it is of,
because one may be measured again without the others.
"""

import argparse
import os
import platform
import statistics
from datetime import date
from importlib.metadata import version
from pathlib import Path

from sim.engine.thread_pool import processors

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


def marks(name):
    """The two lines the table of the script ``name`` stands between."""
    return f"<!-- {name}: written by benchmarks/{name}.py -->", f"<!-- {name}: end -->"


def placed(text, name, content):
    """The page ``text`` with ``content`` between the marks of ``name``.

    ValueError where the two do not stand there once, in order, each a line.
    """
    begin, end = marks(name)
    before, found, rest = text.partition(f"{begin}\n")
    _, closed, after = rest.partition(f"{end}\n")
    if not closed or text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"{PAGE.name} must have these two lines once, in this order: {begin} and {end}")
    return f"{before}{found}{content.rstrip()}\n{closed}{after}"


def asked(name, words, repeats=None):
    """What the command line asks of the script ``name``: ``write``, and ``repeats`` where the script has such a number.

    A page without its marks is refused here, before anything is measured.
    """
    parser = argparse.ArgumentParser(description=words.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md, between its marks")
    if repeats:
        parser.add_argument("--repeats", type=int, default=repeats, help=f"how often each is measured (default {repeats})")
    given = parser.parse_args()
    if repeats and given.repeats < 1:
        parser.error(f"argument --repeats: must be at least 1, got {given.repeats}")
    if given.write:
        try:
            placed(PAGE.read_text(encoding="utf-8"), name, "")
        except (OSError, ValueError) as error:
            parser.error(f"argument --write: {error}")
    return given


def processor():
    """The name of this machine's processor, as far as the system tells it, and how many of them this process may use."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("\n")
        name = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.processor()
    return f"{processors()} processors ({name or 'unnamed'}, {platform.machine()})"


def machine(libraries):
    """Where and when: versions of Python and of ``libraries``, the processor, the load at this moment, the day."""
    versions = ", ".join([f"Python {platform.python_version()}", *(f"{one} {version(one)}" for one in libraries)])
    return f"{versions}; {processor()}; load {os.getloadavg()[0]:.1f} at the start; {date.today()}"


def figure(value):
    """A number in three digits, without an exponent if it is large."""
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 1000 else f"{rounded:.3g}"


def spread(values, unit=""):
    """The median of ``values`` with its unit, and the least and the largest of them."""
    return f"{figure(statistics.median(values))} {unit}".strip() + f" ({figure(min(values))} to {figure(max(values))})"


def publish(name, write, about, heads, rows):
    """Print the table of the script ``name``, each of ``rows`` (tuples of text) as it comes; if ``write``, on the page too."""
    lines = [f"`python benchmarks/{name}.py`: {about}", "", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    print("\n".join(lines), flush=True)
    for row in rows:
        lines.append(f"| {' | '.join(row)} |")
        print(lines[-1], flush=True)
    if write:
        text = placed(PAGE.read_text(encoding="utf-8"), name, "\n".join(lines))
        PAGE.write_text(text, encoding="utf-8")
