"""Tell any run of any cell of a study again, on the event loop, and check it against the compiled clock."""

import sys

from sim.cli.commands import loaded
from sim.cli.main import run
from sim.cli.multirun import each
from sim.design import crisis_from_mapping
from sim.design.errors import InputError
from sim.design.request import ReplayRequest
from sim.model.text import shown


def finish(jobs):
    """Replay every job; exit status 1 where the clocks disagree."""
    if not all(each(jobs, ready, replay)):
        sys.exit(1)


def ready(job):
    """The request, the study it is about and the crisis of the cell."""
    from pathlib import Path

    from sim.storage.study_file import read_study

    request = job.request(ReplayRequest)
    try:
        study = read_study(Path(request.study))
    except ValueError as error:
        raise InputError(str(error)) from None
    if not request.cell < len(study["cells"]):
        raise InputError(f"cell must lie in [0, {len(study['cells']) - 1}], got {request.cell}")
    if not request.run < study["runs"]:
        raise InputError(f"run must lie in [0, {study['runs'] - 1}], got {request.run}")
    return request, study, crisis_from_mapping.crisis_of_cell(study, request.cell)


def cell_words(cell):
    """What sets a cell of a study apart, in a line: its labels, or the numbers it sets."""
    apart = cell.get("labels") or cell.get("numbers") or {}
    return shown(", ".join(f"{name} = {value}" for name, value in apart.items()))


def replay(job, request, study, crisis):
    """Tell one run of a study; whether both clocks agree on it."""
    from pathlib import Path

    from sim.engine import event_loop, kernel
    from sim.plotting.paragraphs import wrapped
    from sim.storage.study_file import doubts
    from sim.studies.play.story import told

    for line in doubts(Path(request.study)):
        print(f"Note: {shown(line)}.\n")
    print(wrapped(shown(study.get("case", ""))) or "The study does not say how its crisis differs from its scenario file.")
    if apart := cell_words(study["cells"][request.cell]):
        print(f"cell {request.cell}: {apart}")
    print()

    story = event_loop.trace(crisis, study["seed"], request.run)
    print(told(story, crisis, everything=bool(request.everything)))
    row = kernel.simulate(crisis, study["seed"], 1, first=request.run)[0]
    same = list(row) == list(story.row.values())
    verdict = "identical" if same else "NOT identical"
    print(f"\ncell {request.cell}, run {request.run}, seed {study['seed']}: {verdict} on both clocks of this program")
    return same


if __name__ == "__main__":
    sys.exit(run(loaded("replay"), sys.argv[1:]))
