"""A study found again: the crisis of any of its cells, and any run of it on both clocks."""

from pathlib import Path

from sim.design.crisis_from_mapping import crisis_of_cell
from sim.design.errors import InputError
from sim.engine import event_loop, kernel
from sim.model.setting.crisis import Crisis
from sim.storage.study_file import read_study


def crisis_of_run(folder: Path | str, cell: int, run: int) -> tuple[dict, Crisis]:
    """The content of the study in ``folder`` and the crisis of one of its cells. Raises ``InputError`` where there is none."""
    try:
        study = read_study(Path(folder))
    except ValueError as error:
        raise InputError(str(error)) from None
    if not 0 <= cell < len(study["cells"]):
        raise InputError(f"cell must lie in [0, {len(study['cells']) - 1}], got {cell}")
    if not 0 <= run < study["runs"]:
        raise InputError(f"run must lie in [0, {study['runs'] - 1}], got {run}")
    return study, crisis_of_cell(study, cell)


def on_both(crisis: Crisis, seed: int, run: int) -> tuple[event_loop.Story, bool]:
    """One run as the event loop tells it, and whether the kernel has the same row."""
    story = event_loop.trace(crisis, seed, run)
    row = kernel.simulate(crisis, seed, 1, first=run)[0]
    return story, list(row) == list(story.row.values())
