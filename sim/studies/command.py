"""A command: what an experiment may be asked, and how its answer is found. Each is declared in its study's ``command``."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sim.studies.result import Result


class Asked(NamedTuple):
    """A question that has been looked at and is sound: nothing of it has been computed."""

    options: Any  # the dataclass of what is asked
    content: tuple  # what tells it from other questions, beside the options: it names the folder
    compute: Callable[[], Result]
    words: Iterable[str] = ()  # what the folder's name says of it, beside case and options
    title: str = ""  # what the folder is named by in place of the scenario, where there is none


class Command(NamedTuple):
    """A question anyone may ask on the command line.

    ``ready`` makes the question of a job (a composed configuration), and raises ``InputError``. A command that makes one study
    of all jobs, or none of any, has ``finish`` in its place: the work on the list of jobs, with an exit status.
    """

    name: str
    options: type
    ready: Callable[[Any], Asked] | None = None
    finish: Callable[[list], int | None] | None = None
    given: Callable[[list[str]], list[str]] = list  # what the words on the command line mean
