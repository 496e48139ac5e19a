"""What an experiment is asked beside the crisis: seed, runs, where to write."""

from dataclasses import dataclass

from sim.game.parameter import check, choice, real, text, whole

MOST = 2**63 - 1


@dataclass(frozen=True)
class Request:
    """What every experiment is asked."""

    seed: int = whole(1, 0, MOST, "the seed of all chances", source="")
    runs: int = whole(10_000, 1, 10**10, "runs of each cell", unit="runs", source="")
    out: str = text("", "folder to write; empty: outputs/<experiment>/<scenario>-<digest>")
    threads: int = whole(0, 0, 1024, "threads of the compiled clock (0: one a processor)", unit="threads", source="")

    __post_init__ = check


@dataclass(frozen=True)
class PlayRequest(Request):
    """What ``play`` is asked."""

    run: int = whole(0, 0, MOST, "number of the run that is told", unit="runs", source="")


@dataclass(frozen=True)
class SweepRequest(Request):
    """What ``sweep`` is asked; its axes stand in the group ``sweep``."""

    keep: str = choice("summary", ("summary", "runs"), "whether the table of runs is kept beside the table of cells", source="")
    rung: int = whole(7, 1, 9, "rung whose probability is drawn", unit="rung", source="")
    contour: float = real(0.0, 0, 1, "probability whose line a heat map shows (0: none)", source="")
    executor: str = choice("local", ("local", "dask"), "who plays: threads of this process, or workers of Dask", source="")
    scheduler: str = text("", "address of a Dask scheduler (tcp://host:8786); empty: workers are started here")
    workers: int = whole(0, 0, 10_000, "worker processes to start (0: one a processor)", unit="processes", source="")
    retries: int = whole(2, 0, 1000, "how often Dask tries a task again after an error", source="")
    verbosity: str = choice("normal", ("quiet", "normal", "verbose"), "how much is said on standard error meanwhile", source="")


@dataclass(frozen=True)
class CompareRequest(Request):
    """What ``compare`` is asked; outcome and alternatives stand in the group ``compare``. ``runs`` is what one look adds."""

    precision: float = real(
        0.0, 0, 1e9, "half width every interval of a difference must come below before it stops adding runs (0: one look)",
        unit="as the outcome", source="",
    )  # fmt: skip
    most_runs: int = whole(
        1_000_000, 1, 10**10, "runs of each alternative at which it stops in any case", unit="runs", source=""
    )
    report: int = whole(0, 0, 1, "1 or true: also write report.html", source="")
    points: int = whole(300, 0, 10**6, "points of the assumptions the report tries the ranking at (0: none)", source="")
    point_runs: int = whole(2000, 10, 10**7, "runs of each alternative at each of those points", unit="runs", source="")


@dataclass(frozen=True)
class SignsRequest(Request):
    """What ``signs`` is asked."""

    rung: int = whole(7, 1, 9, "rung whose probability the signs are about", unit="rung", source="")


@dataclass(frozen=True)
class SensitivityRequest(Request):
    """What ``sensitivity`` is asked, beside the block ``assumptions``. ``runs`` are those of each point of the indices."""

    outcome: str = text("peak>=7", "peak>=r, a time (reached by the horizon), or a count (its mean)")
    difference: int = whole(0, 0, 1, "1: the difference the mechanism makes to it, against none", source="")
    power: int = whole(8, 2, 16, "2^power points in the sample of Sobol indices, times the number of fields + 2", source="")
    points: int = whole(300, 20, 10**6, "points in the sample over which mechanisms are ranked", unit="points", source="")
    ranking_runs: int = whole(2000, 1, 10**9, "runs of each mechanism at each of those points", unit="runs", source="")

    __post_init__ = check


@dataclass(frozen=True)
class ReplayRequest:
    """What ``replay`` is asked."""

    study: str = text("", "folder of the study")
    cell: int = whole(0, 0, MOST, "number of the cell", source="")
    run: int = whole(0, 0, MOST, "number of the run", source="")
    everything: int = whole(0, 0, 1, "1: also tell what came to nothing, such as failed tries at talks", source="")

    __post_init__ = check
