"""Play every cell of a design, and plot the probability of escalation. All jobs of -m end in one table."""

import contextlib
import dataclasses
import sys

from sim.cli.commands import loaded
from sim.cli.main import run
from sim.design.case import common
from sim.design.errors import InputError
from sim.design.request import SweepRequest, idle
from sim.model.text import counted


def finish(jobs):
    """Play all cells of all jobs as one design, and write one table and one figure."""
    from sim.design.factorial import design, joined, overruled

    designs, requests, lines = [], [], []
    for job in jobs:
        crisis, request = job.asked(SweepRequest)
        given = job.overrides()
        asked = any(key == "sweep" or key.startswith("sweep.") for key in given)
        block = {} if job.multirun and not asked else job.mapping.get("sweep")
        plan = design(block, crisis, job.recomposed, request.seed)
        designs.append((given, plan))
        lines += overruled(plan, given)
        requests.append(request)
    if len(set(requests)) > 1:
        raise InputError("seed, runs and the other requests must be the same in all jobs: vary fields or groups")
    lines += idle(requests[0], [override for job in jobs for override in job.given])
    if lines:
        raise InputError(*dict.fromkeys(lines))
    request = dataclasses.replace(requests[0], case=common([one.case for one in requests]))
    (write_rare if request.splits else write)(joined(designs), request, jobs[0])


def write(plan, request, job):
    """Play the cells of a design and write the study; what was played is kept until the study stands whole."""
    from sim.execution.progress import speak
    from sim.execution.tasks import Tasks
    from sim.storage.atomic_folder import asked, check_place, place, unfinished
    from sim.storage.chunk_store import Answered, Store, cleared
    from sim.storage.folder_name import axis_word
    from sim.storage.provenance import digest_of
    from sim.storage.study_file import answers

    speak(request.verbosity)
    against = beside(plan, request)
    tasks = Tasks(plan.settings(), len(plan.cells), request.seed, request.runs, bool(against))
    content = (plan.bases, digest_of(cell._asdict() for cell in plan.cells), plan.axes, plan.saltelli)
    path, question = (
        place(request, "sweep", job.scenario, *content, words=map(axis_word, plan.axes)),
        f"{asked(request, *content)}-{tasks.digest()}",
    )
    size = f"{counted(len(plan.cells), 'cell')} x {counted(request.runs, 'run')}"
    check_place(path)
    if answers(path, question):
        cleared(unfinished(path, tasks.digest()))  # left where it was killed at the very end
        print(f"{size}; all there already, and whole: {path}")
        return
    store = Store(unfinished(path, tasks.digest()), lambda: answers(path, question))
    try:
        with store.unbroken():
            play(tasks, store, request, plan)
            names = assemble(tasks, store, path, question, request, plan, job, against)
        store.clear()
        wrote = f"written to {path}: {', '.join(names)}"
    except Answered:
        wrote = f"written to {path} by another process"
    print(f"{size}; {wrote}")


def beside(plan, request):
    """By cell: the number of the one its figure sets it against; empty where there is none, or too many cells to show it."""
    from sim.design.grid import Labels
    from sim.plotting.cells import cells, others
    from sim.studies.sweep.paired_cells import MOST

    few = 1 < len(plan.cells) <= MOST
    return others(cells(plan.axes, Labels(plan.cells), [], request.rung)) if few else []


def assemble(tasks, store, path, question, request, plan, job, against):
    """Write the study from a store that has been filled; the names of its files. For ``against`` see ``beside``."""
    from sim.design.grid import Labels
    from sim.execution.measuring import assembled, stored
    from sim.storage.atomic_folder import folder
    from sim.storage.parquet import RunTable
    from sim.storage.study_file import write_cells
    from sim.studies.sweep.figures import sweep_figures
    from sim.studies.sweep.paired_cells import differences
    from sim.studies.sweep.sweep import save

    with folder(path) as (aside, _):
        with RunTable(aside / "runs.parquet") if request.keep == "runs" else contextlib.nullcontext() as kept:
            measured = assembled(stored(tasks, store, kept.add if kept else None))
            gaps = differences(tasks, store, against) if against else None
            climbs = save(aside, "sweep", request, plan.axes, plan.cells, measured, gaps)
        write_cells(aside, "sweep", request, plan.bases, (cell._asdict() for cell in plan.cells), question)
        job.write(aside)
        figures = sweep_figures(aside, plan.axes, Labels(plan.cells), climbs, request, plan.bases[0], gaps)
        explained = explain(aside, plan, climbs, request) if plan.saltelli else []
    tables = ["table.parquet", *(["runs.parquet"] if kept else []), *explained]
    return [*figures, *tables, "summary.json", "study.json", "config.yaml"]


def explain(aside, plan, climbs, request):
    """Print and write down the Sobol indices of a Saltelli sample, for each combination of the axes it is crossed with."""
    from sim.studies.sweep.sobol import save, shares
    from sim.studies.sweep.sobol_figure import sobol_figure, sobol_table

    fields, points = plan.saltelli
    found = []
    for first in range(0, len(plan.cells), points):
        on = {axis: value for axis, value in plan.cells[first].labels.items() if axis not in fields}
        found.append((on, shares(climbs[first : first + points, :, 0], fields, request.runs, request.seed)))
    save(aside, found, points)
    if len(found) > 1:
        return ["indices.parquet"]
    print(f"{sobol_table(found[0][1], request.rung, points, request.runs)}\n")
    return ["indices.parquet", *sobol_figure(aside, found[0][1], points, request, plan.bases[0])]


def play(tasks, store, request, plan):
    """Fill the store with what it lacks of the tasks' chunks."""
    from sim.execution.dask import Unreachable
    from sim.execution.executors import team
    from sim.execution.interim import so_far
    from sim.execution.progress import Watch
    from sim.execution.schedule import fill

    def summary():
        return so_far(tasks, store, plan.cells, request.rung)

    far = (request.scheduler, request.workers, request.retries, request.slurm, store.folder)
    hired = team(request.executor, request.threads, *far)
    watched = Watch(tasks, "runs", store.folder / "status.json", request.verbosity == "quiet", summary)
    try:
        with hired as (executor, ahead), watched as watch:
            fill(tasks, store, executor, ahead, request.keep == "runs", watch)
    except Unreachable as error:
        raise InputError(str(error)) from None


def write_rare(plan, request, job):
    """Estimate rare events in the cells of a design by splitting, and write the study."""
    from sim.plotting.rare_words import warnings
    from sim.runs.rare_events import replicates_of
    from sim.storage.atomic_folder import folder, place
    from sim.storage.folder_name import axis_word
    from sim.storage.rare_table import LEFT_OUT, save
    from sim.storage.study_file import write_cells
    from sim.studies.sweep.rare_figure import sweep_figure

    labels, cells = [cell.labels for cell in plan.cells], [cell._asdict() for cell in plan.cells]
    with folder(place(request, "sweep", job.scenario, plan.bases, cells, words=map(axis_word, plan.axes))) as (aside, path):
        crises = [plan.crisis(cell) for cell in plan.cells]
        found = replicates_of(crises, request.seed, request.particles, request.replicates, request.threads)
        save(aside, "sweep", request, plan.axes, labels, found)
        write_cells(aside, "sweep", request.started, plan.bases, cells)
        job.write(aside)
        drawn = sweep_figure(aside, plan.axes, labels, found, request, plan.bases[0])
    wrote = ", ".join([*drawn, "table.parquet", "summary.json", "study.json", "config.yaml"])
    acts = sum(int(climb.acts.sum()) for climb in found)
    unexplained = ["No Sobol indices are taken of what splitting estimates."] if plan.saltelli else []
    print("\n".join([f"{LEFT_OUT[0].upper()}{LEFT_OUT[1:]}.", *unexplained, *warnings(found, request.rung)]))
    print(f"{counted(len(cells), 'cell')} x {request.effort} ({acts:,} acts); written to {path}: {wrote}")


if __name__ == "__main__":
    sys.exit(run(loaded("sweep"), sys.argv[1:]))
