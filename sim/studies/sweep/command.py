"""The command ``sweep``: all jobs of a multirun end in one table, and what was played is kept until the study stands whole."""

import dataclasses
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.design.case import common
from sim.design.errors import InputError
from sim.design.options import SweepOptions, idle
from sim.model.text import counted
from sim.studies.command import Command

if TYPE_CHECKING:
    from pathlib import Path

    from sim.design.draws import Draws
    from sim.design.factorial import Design
    from sim.execution.tasks import Tasks
    from sim.storage.chunk_store import Store


def finish(jobs: list) -> None:
    """Play all cells of all jobs as one design, and write one table and one figure."""
    from sim.design.factorial import combined_designs, design, overruled
    from sim.studies.sweep.unknown import drawn_for

    designs, options, lines = [], [], []
    for job in jobs:
        crisis, one = job.asked(SweepOptions)
        given = job.overrides()
        asked = any(key == "sweep" or key.startswith("sweep.") for key in given)
        block = {} if job.multirun and not asked else job.mapping.get("sweep")
        plan = design(block, crisis, job.recomposed, one.seed)
        designs.append((given, plan))
        lines += overruled(plan, given)
        options.append(one)
    if len(set(options)) > 1:
        raise InputError("seed, runs and the other requests must be the same in all jobs: vary fields or groups")
    lines += idle(options[0], [override for job in jobs for override in job.given])
    if lines:
        raise InputError(*dict.fromkeys(lines))
    asked = dataclasses.replace(options[0], case=common([one.case for one in options]))
    plan = combined_designs(designs)
    if asked.splits:
        write_rare(plan, asked, jobs[0])
    else:
        write(plan, asked, jobs[0], drawn_for(plan, asked, jobs[0]))


def write(plan: "Design", options: SweepOptions, job: Any, drawn: "Draws | None") -> None:
    """Play the cells of a design and write the study; a study that answers the question already is left as it is."""
    from sim.execution.progress import speak
    from sim.storage.atomic_folder import check_place, place, unfinished
    from sim.storage.chunk_store import Answered, Store, cleared
    from sim.storage.folder_name import axis_word
    from sim.storage.study_file import answers
    from sim.studies.sweep.compute import beside, content_of, question_of, tasks_of
    from sim.studies.sweep.unknown import tasks_over_draws

    speak(options.verbosity)
    against = beside(plan, options)
    tasks = tasks_of(plan, options, against)
    over = tasks_over_draws(plan, options, drawn) if drawn else None
    path = place(options, "sweep", job.scenario, *content_of(plan), words=map(axis_word, plan.axes))
    question = question_of(plan, options, tasks, drawn)
    size = f"{counted(len(plan.cells), 'cell')} x {counted(options.runs, 'run')}"
    check_place(path)
    if answers(path, question):
        cleared(unfinished(path, tasks.digest()))  # left where it was killed at the very end
        print(f"{size}; all there already, and whole: {path}")
        return
    store = Store(unfinished(path, tasks.digest()), lambda: answers(path, question))
    try:
        with store.unbroken():
            play(tasks, over, store, options, plan)
            names = assemble(tasks, store, path, question, options, plan, job, against, over, drawn)
        store.clear()
        wrote = f"written to {path}: {', '.join(names)}"
    except Answered:
        wrote = f"written to {path} by another process"
    print(f"{size}; {wrote}")


def play(tasks: "Tasks", over: "Tasks | None", store: "Store", options: SweepOptions, plan: "Design") -> None:
    """Fill the store with what it lacks of the tasks' chunks, and of those ``over`` the draws of what is not known."""
    from sim.execution.dask import Unreachable
    from sim.execution.executors import hired_executor
    from sim.execution.interim import interim_lines
    from sim.execution.progress import Progress
    from sim.execution.schedule import play_missing

    def summary() -> list[str]:
        return interim_lines(tasks, store, plan.cells, options.rung)

    far = (options.scheduler, options.workers, options.retries, options.slurm, store.folder)
    hired = hired_executor(options.executor, options.threads, *far)
    status, quiet = store.folder / "status.json", options.verbosity == "quiet"
    try:
        with hired as (executor, ahead):
            with Progress(tasks, "runs", status, quiet, summary) as watch:
                play_missing(tasks, store, executor, ahead, options.keep == "runs", watch)
            if over:
                with Progress(over, "what is not known", status, quiet, summary) as watch:
                    play_missing(over, store, executor, ahead, False, watch)
    except Unreachable as error:
        raise InputError(str(error)) from None


def assemble(
    tasks: "Tasks",
    store: "Store",
    path: "Path",
    question: str,
    options: SweepOptions,
    plan: "Design",
    job: Any,
    against: list[int],
    over: "Tasks | None",
    drawn: "Draws | None",
) -> list[str]:
    """Write the study from a store that has been filled; the names of its files. For ``against`` see ``compute.beside``."""
    from sim.execution.measuring import assembled, runs_of, stored
    from sim.storage.atomic_folder import folder
    from sim.storage.write_study import write_study
    from sim.studies.sweep.compute import Sweep
    from sim.studies.sweep.paired_cells import differences
    from sim.studies.sweep.unknown import unknown, unknown_text

    kept = partial(runs_of, tasks, store) if options.keep == "runs" else None
    with folder(path) as (aside, _):
        gaps = differences(tasks, store, against) if against else None
        told = unknown(over, store, drawn, against, options.rung) if over and drawn else None
        result = Sweep(plan, options, assembled(stored(tasks, store)), gaps, question, told, kept)
        names = write_study(aside, result, path)
        job.write(aside)
    if len(result.explained) == 1:
        print("\n".join(result.told()) + "\n")
    elif told:
        print(unknown_text(told, options.rung) + "\n")
    return [*names, "config.yaml"]


def write_rare(plan: "Design", options: SweepOptions, job: Any) -> None:
    """Estimate rare events in the cells of a design by splitting, and write the study."""
    from sim.storage.atomic_folder import folder, place
    from sim.storage.folder_name import axis_word
    from sim.storage.write_study import write_study
    from sim.studies.sweep.rare import rare_sweep

    content = plan.bases, [cell._asdict() for cell in plan.cells]
    with folder(place(options, "sweep", job.scenario, *content, words=map(axis_word, plan.axes))) as (aside, path):
        result = rare_sweep(plan, options)
        names = write_study(aside, result, path)
        job.write(aside)
    print("\n".join(result.told()))
    acts = sum(int(one.acts.sum()) for one in result.replicates)
    size = f"{counted(len(plan.cells), 'cell')} x {options.effort} ({acts:,} acts)"
    print(f"{size}; written to {path}: {', '.join([*names, 'config.yaml'])}")


COMMAND = Command("sweep", SweepOptions, finish=finish)
