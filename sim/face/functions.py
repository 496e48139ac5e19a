"""One function a question: what ``import sim`` offers beside crises."""

from typing import TYPE_CHECKING

from sim.face.questions import options_of
from sim.model.setting.crisis import Crisis

if TYPE_CHECKING:
    from sim.studies.play.runs import Runs
    from sim.studies.play.trace import Trace


def simulate(crisis: Crisis, runs: int = 10_000, seed: int = 1, threads: int = 0) -> "Runs":
    """Many runs of ``crisis``, played by the compiled engine when they are first asked about.

    Run i is the same whatever ``runs`` and ``threads`` (0: one a processor) are. Raises ``InputError`` for what is out of
    bounds.

    >>> runs = simulate(Crisis(opening="strike_by_a"), runs=200, seed=1)
    >>> runs
    <Runs: runs=200, seed=1; see .summary(), .frame, .plot(), .save(folder)>
    >>> runs.frame.shape[0], runs.array.shape[0]
    (200, 200)
    >>> p = runs.probability("peak>=6")
    >>> p.low <= p.value <= p.high, p.n
    (True, 200)
    >>> list(runs.escalation_curve().columns)
    ['name', 'value', 'low', 'high', 'n']
    """
    from sim.studies.play.runs import Runs

    return Runs(crisis, options_of("play", crisis, {"runs": runs, "seed": seed, "threads": threads}))


def trace(crisis: Crisis, seed: int = 1, run: int = 0) -> "Trace":
    """Run number ``run`` of ``crisis`` under ``seed``, act by act: the same run as in ``simulate``.

    >>> story = trace(Crisis(opening="strike_by_a", horizon=5), seed=1, run=0)
    >>> story.summary().split(":")[0]
    ' 1 Jan 2024 00'
    >>> story.acts["who"][0], story.acts["kind"][0]
    ('A', 'act')
    """
    from sim.studies.play.trace import Trace

    return Trace(crisis, options_of("play", crisis, {"seed": seed, "run": run}))
