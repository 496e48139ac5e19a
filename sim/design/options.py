"""What an experiment is asked beside the crisis: seed, runs, where to write."""

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from sim.design.case import Case
from sim.model.parameter import check, choice, part, real, text, whole
from sim.model.text import counted

MOST = 2**63 - 1
ACCEPTED, RANGES, NONE = KINDS = ("accepted", "ranges", "none")  # what is drawn in place of numbers that are not known


@dataclass(frozen=True)
class Options:
    """What every experiment is asked."""

    seed: int = whole(1, 0, MOST, "the seed of all chances", source="")
    runs: int = whole(10_000, 1, 10**10, "runs of each cell", unit="runs", source="")
    out: str = text("", "folder to write; empty: outputs/<experiment>/<scenario>-<what is asked>-<digest>")
    threads: int = whole(0, 0, 1024, "threads of the compiled clock (0: one a processor)", unit="threads", source="")
    case: Case = dataclasses.field(default=Case(), compare=False)  # what it is asked of, for those who read the answer

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class RareOptions(Options):
    """What an experiment is asked that can estimate rare events. With splitting, ``runs`` has no meaning."""

    estimator: str = choice("plain", ("plain", "splitting"), "plain runs, or multilevel splitting for rare events", source="")
    particles: int = whole(1000, 10, 100_000, "runs that a replicate of splitting starts and splits", unit="runs", source="")
    replicates: int = whole(40, 5, 10**6, "independent replicates of splitting for each cell", unit="replicates", source="")

    def __post_init__(self) -> None:
        check(self)

    @property
    def splits(self) -> bool:
        """Whether splitting is asked for."""
        return self.estimator == "splitting"

    @property
    def started(self) -> Self:
        """This request with the runs of a study on disk: the first replicate's particles start as plain runs 0 onward."""
        return dataclasses.replace(self, runs=self.particles)

    @property
    def effort(self) -> str:
        """What the estimates of a cell rest on, in words."""
        if self.splits:
            return f"{self.replicates:,} replicates of {self.particles:,} particles"
        return counted(self.runs, "run")


def drawn() -> Any:
    """A field: what is drawn in place of numbers that are not known."""
    meaning = (
        "what is drawn in place of numbers that nobody has set: vectors that the targets accept, the plausible ranges "
        "whatever the targets say, or nothing"
    )
    return choice(ACCEPTED, KINDS, meaning, source="")


def vectors() -> Any:
    """A field: how many vectors of such numbers are drawn."""
    return whole(200, 40, 10**5, "vectors of numbers that are drawn; they share further runs, three for each five", source="")


@dataclass(frozen=True)
class DrawnOptions(RareOptions):
    """What an experiment is asked whose answer tells ignorance of the numbers apart from chance. Not with splitting."""

    uncertainty: str = drawn()
    draws: int = vectors()

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class SlurmOptions:
    """What SLURM is asked for each worker, a job of one process. Empty texts and the rest are left to the site's settings."""

    partition: str = text("", "partition its job goes to")
    account: str = text("", "account its job is charged to")
    cores: int = whole(1, 1, 1024, "processors of a job: tasks it plays at a time", unit="processors", source="")
    memory: float = real(4.0, 0.5, 1e4, "memory of a job", unit="GiB", source="")
    walltime: float = real(1.0, 0.05, 10_000, "time a job may take; another takes its place", unit="hours", source="")

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True)
class SweepOptions(DrawnOptions):
    """What ``sweep`` is asked; its axes stand in the group ``sweep``."""

    keep: str = choice("summary", ("summary", "runs"), "whether the table of runs is kept beside the table of cells", source="")
    rung: int = whole(7, 1, 9, "rung whose probability is drawn", unit="rung", source="")
    contour: float = real(0.0, 0, 1, "probability whose line a heat map shows (0: none)", source="")
    executor: str = choice(
        "local", ("local", "dask", "slurm"), "who plays: threads of this process, workers of Dask, or jobs of SLURM", source=""
    )
    scheduler: str = text("", "address of a Dask scheduler (tcp://host:8786); empty: workers are started here")
    workers: int = whole(
        0, 0, 10_000, "worker processes to start, or jobs of SLURM (0: one a processor here)", unit="processes", source=""
    )
    slurm: SlurmOptions = part(SlurmOptions)
    retries: int = whole(2, 0, 1000, "how often Dask tries a task again after an error", source="")
    verbosity: str = choice("normal", ("quiet", "normal", "verbose"), "how much is said on standard error meanwhile", source="")


IDLE = {
    "plain": ("particles", "replicates"),
    "splitting": ("runs", "keep", "precision", "most_runs", "report", "points", "point_runs", "uncertainty", "draws"),
}
DASK = ("scheduler", "workers", "retries")
ADDRESS = re.compile(r"(\w+://)?\S+:\d{1,5}")


def idle(request: RareOptions, given: Iterable[str]) -> list[str]:
    """A line for each request on the command line (``given``: "runs=100") that estimator or executor would not heed."""
    keys = [override.split("=", 1)[0].lstrip("+~") for override in given]
    heeded = "particles and replicates" if request.splits else "runs"
    lines = [
        f"{key} has no meaning with estimator={request.estimator}, which is asked {heeded}"
        for key in IDLE[request.estimator]
        if key in keys
    ]
    executor = getattr(request, "executor", "local")
    if executor != "local" and request.splits:
        lines.append(
            f"executor must be local with estimator=splitting, which plays in threads of this process, got {executor!r}"
        )
    scheduler = getattr(request, "scheduler", "")
    if executor == "dask" and scheduler and not ADDRESS.fullmatch(scheduler):
        lines.append(f"scheduler must be an address such as tcp://host:8786, got {scheduler!r}")
    if executor != "slurm":
        asked = [key for key in keys if key.split(".")[0] == "slurm"]
        lines += [f"{key} has no meaning with executor={executor}; add executor=slurm" for key in asked]
    if executor == "local":
        lines += [f"{key} has no meaning with executor=local; add executor=dask or slurm" for key in DASK if key in keys]
    return lines
