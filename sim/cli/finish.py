"""The jobs of a command, done: each answered, shown, and written to its folder."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.cli.multirun import each
from sim.studies.command import Command
from sim.studies.result import Result

if TYPE_CHECKING:
    from sim.cli.job import Job


def finish(command: Command, jobs: list["Job"]) -> int:
    """Do what the jobs of a command line ask; the exit status."""
    if command.finish:
        return command.finish(jobs) or 0
    assert command.ready, "a command has the one or the other"
    return max(each(jobs, command.ready, partial(write, command)), default=0)


def write(
    command: Command, job: "Job", options: Any, content: tuple, compute: Callable[[], Result], words: Iterable[str], title: str
) -> int:
    """Answer one question, show the answer as it comes, and write it down whole; the exit status."""
    from sim.storage.atomic_folder import folder, place
    from sim.storage.write_study import write_study

    with folder(place(options, command.name, title or job.scenario, *content, words=words)) as (aside, path):
        result = compute()
        for part in result.told():
            print(part, flush=True)
        names = write_study(aside, result, path)
        job.write(aside)
    print(f"\nwritten to {path}: {', '.join([*names, 'config.yaml'])}")
    return result.status
