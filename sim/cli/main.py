"""The console command: ``escalation <experiment> ...``, and how every experiment is run and refused.

Errors of the user are one line each on standard error and exit status 2, without a traceback; Ctrl-C is 130.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterable
from types import ModuleType

from sim.cli.folded_output import folded_output
from sim.cli.surroundings import cramped, gone, own_look, steady, unasked
from sim.model.text import one_line
from sim.studies.command import Command
from sim.studies.registry import STUDIES

TABLE = "show the rows of a study's table that meet a condition"
HELP = """\
escalation: when two states trade strikes, what makes it stop?

usage: escalation EXPERIMENT [field=value ...] [group=option ...]

{}

escalation EXPERIMENT --help         tells what it is asked, and its groups
escalation EXPERIMENT --help FIELD   tells a field with its source; or a group, an option, all
escalation --version           prints the version
"""


def names() -> list[str]:
    """The experiments there are."""
    return sorted(STUDIES)


def help_text() -> str:
    """What there is, in a screen."""
    lines = {name: entry.question for name, entry in STUDIES.items()} | {"table": TABLE}
    return HELP.format("\n".join(f"  {name:<11} {question}" for name, question in lines.items()))


def main(arguments: Iterable[str] | None = None) -> int:
    """Run the command line, that of this process where none is given; returns the exit status."""
    if arguments is not None:
        return asked(list(arguments))
    try:
        with unasked():
            return left(heard(lambda: asked(sys.argv[1:])))
    except KeyboardInterrupt as stop:  # before there was anything to interrupt
        return left(interrupted(stop))


def heard(work: Callable[[], int]) -> int:
    """Do the work, whatever becomes of what is said; the exit status, which tells where nobody could hear it."""
    with steady() as said:
        status = work()
        sys.stdout.flush()
        if said.error is None:
            return status
        if isinstance(said.error, BrokenPipeError):  # our reader has gone: nothing is to be said about it
            return 141
        return refuse([f"standard output cannot be used: {said.error.strerror}; all else is done"])


def asked(arguments: list[str]) -> int:
    """Do what a command line asks; returns the exit status."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        with folded_output():
            print(help_text(), end="")
        return 0
    if arguments[0] in ("-V", "--version"):
        from sim import __version__

        print(f"escalation {__version__}")
        return 0
    if arguments[0] == "-sc":
        return complete(arguments)
    if gone():
        return refuse(["the folder you are in is no longer there: change to another"])
    name, *rest = arguments
    if name == "table":
        return table(rest)
    if name not in names():
        return misnamed(name)
    from sim.cli.commands import loaded

    return run(loaded(name), rest)


def left(status: int) -> int:
    """The exit status of this process. After Ctrl-C it ends here, rather than wait for threads in the midst of a task."""
    others = [one for one in threading.enumerate() if one is not threading.main_thread()]
    if status == 130 and others:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


def misnamed(name: str) -> int:
    """Refuse what is no experiment; the exit status of it."""
    from sim.design.errors import nearest

    known = [*names(), "table"]
    return refuse([f"experiment must be one of {', '.join(known)}, got {name!r}{nearest(name, known)}"])


def table(arguments: list[str]) -> int:
    """Look into a study's table; returns the exit status."""
    from sim.cli.table_command import look

    with folded_output():
        return answered(lambda: look(arguments))


def interrupted(stop: KeyboardInterrupt) -> int:
    """Say what an interruption leaves; the exit status of it."""
    print(f"escalation: interrupted; {stop.args[0] if stop.args else 'nothing was written'}", file=sys.stderr)
    return 130


def complete(arguments: list[str]) -> int:
    """Tab completion: of the experiments' names here, of an experiment's groups and fields by Hydra."""
    line = os.environ.get("COMP_LINE", "")
    words = line.split()
    if "query=" in arguments[-1] and (len(words) < 2 or (len(words) == 2 and not line.endswith(" "))):
        print(" ".join(names()))
        return 0
    name = words[1] if len(words) > 1 and words[1] in names() else "play"
    if len(words) > 1:
        os.environ["COMP_LINE"] = line = line.replace(f" {words[1]}", "", 1)
        os.environ["COMP_POINT"] = str(len(line))
    return answered(lambda: manual().complete(name, arguments[1:]))


def run(command: Command, words: list[str]) -> int:
    """Do what a command line asks of a command; returns the exit status."""
    return answered(lambda: answer(command, words))


def answer(command: Command, words: list[str]) -> int | None:
    """Compose the jobs of a command line and have the work done, or show what is asked for."""
    from sim.cli import hydra_config
    from sim.cli.arguments import arguments_of, jobs_of
    from sim.cli.finish import finish
    from sim.cli.job import job

    asked = arguments_of(command.given(words))
    with hydra_config.files(asked.folder):  # the work composes too: each option an axis names
        overrides = hydra_config.read_overrides(asked.overrides)
        if asked.help is not None:
            return manual().show_help(command.name, asked)
        if asked.shown:
            return manual().show(command.name, asked)
        given = jobs_of(overrides) if asked.multirun else [asked.overrides]
        with own_look(), folded_output():
            return finish(command, [job(command.name, one, asked.multirun) for one in given])


def manual() -> ModuleType:
    """The module that shows configurations: it takes a while to load, and few ask for it."""
    from sim.cli import manual

    return manual


def answered(work: Callable[[], int | None]) -> int:
    """The exit status of some work, whose errors are told in a line each."""
    if line := cramped():
        return refuse([line])
    from sim.cli import hydra_errors
    from sim.design.errors import InputError

    try:
        with unasked():
            return work() or 0
    except InputError as error:
        return refuse(error.lines)
    except OSError as error:
        return refuse([hydra_errors.of_file(error)])
    except MemoryError:
        return refuse(["there is not memory enough; fewer threads=, cells or runs need less"])
    except KeyboardInterrupt as stop:
        return interrupted(stop)


def refuse(lines: Iterable[str]) -> int:
    """Print each problem on a line of its own; the exit status of bad input."""
    for line in lines:
        print(f"escalation: {one_line(line)}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
