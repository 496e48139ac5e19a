"""One function a question: what ``import sim`` offers beside crises."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.face.questions import asked, composing, designed, options_of, sweep_job, sweep_options
from sim.model.setting.crisis import Crisis

if TYPE_CHECKING:
    from sim.face.study import Study
    from sim.studies.play.runs import Runs
    from sim.studies.play.trace import Trace
    from sim.studies.result import Result
    from sim.studies.sweep.compute import Sweep
    from sim.studies.sweep.rare import RareSweep


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


def sweep(
    crisis: Crisis,
    over: Mapping[str, Any] | None = None,
    runs: int = 10_000,
    seed: int = 1,
    rung: int = 7,
    threads: int = 0,
    *,
    points: Sequence[Mapping[str, Any]] = (),
    sample: Mapping[str, Any] | None = None,
    **options: Any,
) -> "Sweep | RareSweep":
    """Every combination of some values, each played ``runs`` times on the same chances; kept in memory.

    ``over`` maps names of the command line to lists of values, or ``{"from": 0, "to": 1, "steps": 5}``: groups
    (``mechanism``, ``nation@a``), fields (``a.generosity``), fields together (``a.trust + b.trust``). In its place ``points``
    lists cells one by one, ``{"a.trust": 0.2, "mechanism": "hotline"}``; beside it ``sample`` draws a design of many fields,
    as the command's ``sweep.sample`` (method, points, over). ``rung`` is the one whose chance is drawn.

    ``.frame`` has a row a cell and quantity: value, low, high, n; ``.unknown`` how far what is not known moves each cell
    (``uncertainty``, ``draws``; from 1,334 runs on). ``options``: ``keep="runs"`` (then ``.runs`` has every run),
    ``contour``, and ``estimator="splitting"`` with ``particles`` and ``replicates`` in place of ``runs``, for rare events.
    Raises ``InputError``.

    >>> swept = sweep(Crisis(opening="strike_by_a", horizon=30), {"a.generosity": [0, 1]}, runs=50)
    >>> swept.frame.query("quantity == 'peak>=7'")["a.generosity"].to_list()
    [0.0, 1.0]
    >>> sweep(Crisis(), {"a.generosty": [0]})
    Traceback (most recent call last):
    ...
    sim.design.errors.InputError: a.generosty is not a field; did you mean a.generosity or b.generosity?
    """
    from sim.studies.sweep import compute, rare, unknown

    asked_for = sweep_options(crisis, {"runs": runs, "seed": seed, "rung": rung, "threads": threads}, options)
    plan = designed(crisis, over or {}, points, sample, seed)
    if asked_for.splits:
        return rare.rare_sweep(plan, asked_for)
    with composing(crisis):
        return compute.sweep(plan, asked_for, unknown.drawn_for(plan, asked_for, sweep_job(crisis)))


def compare(
    crisis: Crisis,
    alternatives: Mapping[str, Mapping[str, Any]],
    outcome: str = "peak>=7",
    runs: int = 50_000,
    *,
    base: Mapping[str, Any] | None = None,
    question: str = "",
    **options: Any,
) -> "Result":
    """Which of some alternatives to ``crisis`` lowers an outcome, by how much, how sure? All on the same chances.

    ``alternatives`` maps labels to what each sets: ``{"hotline": {"mechanism": "hotline"}}``; ``base`` is set on all of them.
    ``outcome`` is ``peak>=r``, a time (reached by the horizon) or a count (its mean). ``question`` is what figures ask.
    ``options`` are those of ``escalation compare --help``: seed, precision, estimator, uncertainty. What was set on the crisis
    stays; all else that is not known is drawn, from 667 runs on (table ``sources``). Raises ``InputError``.

    >>> compared = compare(Crisis(opening="strike_by_a", horizon=30), {"hotline": {"mechanism": "hotline"}}, runs=200)
    >>> list(compared.tables())
    ['table']
    """
    block = {"outcome": outcome, "base": dict(base or {}), "alternatives": {k: dict(sets) for k, sets in alternatives.items()}}
    asked_for = {"compare": block | ({"question": question} if question else {}), "runs": runs, **options}
    return asked("compare", crisis, (), asked_for)


def equilibrium(
    crisis: Crisis, *overrides: str, mechanisms: Sequence[str] = (), runs: int = 10_000, **options: Any
) -> "Result":
    """Which policies would the two sides choose, mechanism by mechanism, and what does that cost?

    ``mechanisms`` are options by name, each a game of its own; none: the crisis's own alone. ``overrides`` choose groups as
    on the command line (``"strategies=small"``, ``"noise=slips"``); ``options`` are those of ``escalation equilibrium
    --help``. Raises ``InputError``.

    >>> equilibrium(Crisis(), "strategies=nothing")
    Traceback (most recent call last):
    ...
    sim.design.errors.InputError: strategies must be one of reciprocity, signals, small, twelve, got 'nothing'...
    """
    return asked("equilibrium", crisis, overrides, {"mechanisms": list(mechanisms), "runs": runs, **options})


def sensitivity(crisis: Crisis, *overrides: str, outcome: str = "peak>=7", **options: Any) -> "Result":
    """Which assumptions drive the outcome, and does the ranking of mechanisms survive them?

    ``overrides`` choose groups as on the command line (``"assumptions=plausible"``); ``options`` are those of ``escalation
    sensitivity --help``: runs, power, points. Raises ``InputError``.

    >>> sensitivity(Crisis(), outcome="peek")
    Traceback (most recent call last):
    ...
    sim.design.errors.InputError: outcome must be peak>=r (r from 1 to 9), a time such as war_at, or a count or payoff...
    """
    return asked("sensitivity", crisis, overrides, {"outcome": outcome, **options})


def solve(crisis: Crisis, **options: Any) -> "Result":
    """The exact answer for a small crisis, without a random number: how likely it climbs how high by when.

    ``options`` are those of ``escalation exact --help``: most_states, runs (to set beside it), seed. Raises ``InputError``
    where the crisis is too large, or what it does not know cannot be summed.

    >>> solve(Crisis(), most_state=5)
    Traceback (most recent call last):
    ...
    sim.design.errors.InputError: most_state is not asked of exact; did you mean most_states?
    """
    return asked("exact", crisis, (), options)


def explore(crisis: Crisis, out: str | Path = "explore.html", seed: int = 1, run: int = 0) -> Path:
    """Write the page that plays, which opens with ``crisis``: one file for a browser, which needs no network; its path.

    ``seed`` is that of its chances, ``run`` the run it tells first. Raises ``InputError`` where ``out`` does not end in .html
    or is another's file.

    >>> explore(Crisis(), "page.txt")
    Traceback (most recent call last):
    ...
    sim.design.errors.InputError: out must be a file that ends in .html, got 'page.txt'
    """
    from sim.face.questions import exploring
    from sim.studies.explore.writing import page_of, place, write

    path = place(str(out), "")
    with exploring(crisis, {"seed": seed, "run": run}) as job:
        write(path, page_of(job))
    return path


def open(folder: str | Path) -> "Study":
    """The study a command or ``.save(folder)`` has written: ``.frame``, ``.summary()``, ``.replay(cell, run)``, ``.plot()``.

    Its checksums are compared: ``.doubts`` says what has been altered since, or was made by other rules. Raises
    ``InputError`` where there is no study.

    >>> open("nowhere")
    Traceback (most recent call last):
    ...
    sim.design.errors.InputError: folder must be a study's, with a summary.json, got 'nowhere'
    """
    from sim.face.study import Study

    return Study(folder)


def forecast(
    record: "str | Path | Mapping[str, Any]", *overrides: str, asof: str = "", crisis: Crisis | None = None,
    config_dir: str = "", **options: Any,
) -> "Result":  # fmt: skip
    """What does the record of a crisis make likely, as it stood at a moment, and what would each mechanism change?

    ``record`` is the name of a given one, a YAML file of your own, or a mapping as such a file holds. ``asof`` is a day (to its
    end) or a time with its offset; empty: the record's end. ``crisis`` gives the numbers (its opening is the record's); none:
    the scenario of the record's name, else a headline dyad. ``options`` are those of ``escalation forecast --help``. Raises
    ``InputError``, naming the entry, for a record that contradicts itself.

    >>> forecast("iran_pakistan_2024", asof="2024-01-01")
    Traceback (most recent call last):
    ...
    sim.design.errors.InputError: asof must lie after the opening (2024-01-16), got '2024-01-01'
    """
    from sim.face.forecasts import forecast_of

    return forecast_of(record, overrides, crisis, config_dir, {"asof": asof, **options})
