"""The jobs of a command, done: each answered, shown, and written to its folder."""

from functools import partial

from sim.cli.multirun import each
from sim.studies.command import Command


def finish(command: Command, jobs: list) -> int:
    """Do what the jobs of a command line ask; the exit status."""
    if command.finish:
        return command.finish(jobs) or 0
    return max(each(jobs, command.ready, partial(write, command)), default=0)


def write(command: Command, job, options, content, compute, words) -> int:
    """Answer one question, show the answer as it comes, and write it down whole; the exit status."""
    from sim.storage.atomic_folder import folder, place
    from sim.storage.write_study import write_study

    with folder(place(options, command.name, job.scenario, *content, words=words)) as (aside, path):
        result = compute()
        for part in result.told():
            print(part, flush=True)
        names = write_study(aside, result, path)
        job.write(aside)
    print(f"\nwritten to {path}: {', '.join([*names, 'config.yaml'])}")
    return result.status
