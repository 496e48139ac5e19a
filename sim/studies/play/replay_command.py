"""The command ``replay``: it writes nothing, and exits 1 where the clocks disagree."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.model.setting.crisis import Crisis
from sim.model.text import shown
from sim.studies.command import Command
from sim.studies.play.replay_options import ReplayOptions


def finish(jobs: Sequence[Any]) -> int:
    """Tell the run of every job; all are looked at before the first is told."""
    from sim.studies.play.replay import crisis_of_run

    asked = [job.request(ReplayOptions) for job in jobs]
    looked = [(one, *crisis_of_run(one.study, one.cell, one.run)) for one in asked]
    agreed = [tell(*one) for one in looked]
    return int(not all(agreed))


def tell(options: ReplayOptions, study: dict, crisis: Crisis) -> bool:
    """Print one run of a study; whether both clocks agree on it."""
    from sim.plotting.paragraphs import wrapped
    from sim.storage.study_file import doubts
    from sim.story.telling import told
    from sim.studies.play.replay import on_both

    for line in doubts(Path(options.study)):
        print(f"Note: {shown(line)}.\n")
    print(wrapped(shown(study.get("case", ""))) or "The study does not say how its crisis differs from its scenario file.")
    if apart := cell_words(study["cells"][options.cell]):
        print(wrapped(f"What cell {options.cell} sets beyond that: {apart}."))
    story, same = on_both(crisis, study["seed"], options.run)
    print(f"\n{told(story, crisis, everything=bool(options.everything))}")
    verdict = "identical" if same else "NOT identical"
    print(f"\ncell {options.cell}, run {options.run}, seed {study['seed']}: {verdict} on both clocks of this program")
    return same


def cell_words(cell: dict) -> str:
    """What sets a cell of a study apart, in a line: its labels, or the numbers it sets."""
    apart = cell.get("labels") or cell.get("numbers") or {}
    return shown(", ".join(f"{name} = {value}" for name, value in apart.items()))


COMMAND = Command("replay", ReplayOptions, finish=finish)
