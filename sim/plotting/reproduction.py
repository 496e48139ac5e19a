"""How a report ends: what it takes as given, how to make it again, and the tables one looks things up in."""

import shlex
from collections.abc import Iterable
from pathlib import Path

from sim.design.case import Case
from sim.design.fields import keys
from sim.design.grid import GROUP_AXES
from sim.model.setting.crisis import Crisis
from sim.plotting.html import Section, code, folded, paragraphs, table
from sim.plotting.setting_table import assumed, changed
from sim.storage.provenance import provenance


def the_assumptions(crisis: Crisis, case: Case, name: str) -> Section:
    """What is taken as given, with its sources; ``name`` is what the crisis is called here, ``case`` its case."""
    own = changed(crisis, case)
    parts = [
        table(own, f"{name}, where it is not at the defaults.")
        if len(own) > 1
        else paragraphs([f"{name} is at its defaults."]),
    ]
    return Section("assumptions", "Assumptions and their sources", parts)


def look_up(crisis: Crisis, case: Case, of: str = "", *more: str) -> Section:
    """Long tables, folded and at the very end: ``more``, then every field of the crisis (``of`` what) that is an assumption."""
    every = assumed(crisis, case)
    return Section(
        "tables",
        "Tables to look up",
        [*more, folded(f"All {len(every) - 1} fields{of} whose numbers are assumptions", table(every))],
    )


def explorable(given: Iterable[str]) -> list[str]:
    """The words of a command line that ``explore`` takes as well: what says something of the crisis, and what is compared."""
    known = {*GROUP_AXES, *keys(), "limit", "compare", "seed"}
    return [word for word in given if word.partition("=")[0] in known]


def how_to_reproduce(experiment: str, played: str, kept: str, given: Iterable[str], path: str | Path) -> Section:
    """The command, the seed, the versions; ``played`` says which runs, ``kept`` what summary.json holds."""
    made = provenance()
    versions = [f"Python {made['python']}", *(f"{name} {version}" for name, version in made["libraries"].items())]
    said = (
        f"{played}. The configuration is in config.yaml, every number in table.parquet, {kept} in summary.json. Any run is "
        "told again, act by act, by its cell and its number:"
    )
    parts = [
        code(shlex.join(["escalation", experiment, *given])),
        paragraphs([said]),
        code(shlex.join(["escalation", "replay", f"study={path}", "cell=0", "run=0"])),
        paragraphs(["The page that plays has the same settings at hand, in a browser and without a network:"]),
        code(shlex.join(["escalation", "explore", *explorable(given), "out=explore.html"])),
        paragraphs([f"Program {made['program']}, rules {made['rules']}, {', '.join(versions)}."], "small"),
    ]
    return Section("reproduce", "How to reproduce it", parts)
