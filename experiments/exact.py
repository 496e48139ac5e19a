"""Solve a small crisis exactly, from its own rules: how likely it climbs how high by when, and where it ends."""

import sys

from sim import config
from sim.command import run
from sim.multirun import each
from sim.request import ExactRequest


def finish(jobs):
    """Solve every job."""
    each(jobs, ready, solve)


def ready(job):
    """The crisis and the request."""
    return job.asked(ExactRequest)


def solve(job, crisis, request):
    """Solve one crisis, and write its answer down; played runs beside it where they are asked for."""
    from sim.record.folder import check_place, folder, place
    from sim.record.solution import save
    from sim.show.exact import curve_figure, exact_table, rung_figure
    from sim.show.style import saved
    from sim.study.exact.fate import Unsolvable
    from sim.study.exact.solution import solution

    path = place(request, "exact", job.scenario, crisis)
    check_place(path)
    try:
        found = solution(crisis, request.most_states)
    except Unsolvable as error:
        raise config.Refusal(*error.lines) from None
    with folder(path) as (aside, _):
        played = beside(crisis, request) if request.runs else []
        text = exact_table(found, crisis, played, request)
        print(text)
        (aside / "exact.txt").write_text(text + "\n", encoding="utf-8")
        figures = {"curves": curve_figure(found, crisis, request), "escalation": rung_figure(found, crisis, played, request)}
        names = [one.name for name, figure in figures.items() for one in saved(figure, aside, name)]
        save(aside, found, played, request)
        job.write(aside)
    print(f"\nwritten to {path}: exact.txt, {', '.join(names)}, table.parquet, summary.json, config.yaml")


def beside(crisis, request):
    """The estimates of played runs, to set beside the exact answer."""
    from sim.study.measure import listed
    from sim.study.sweep import sweep

    (measured,) = sweep([crisis], request.seed, request.runs, request.threads)
    return listed(measured.values, measured.n)


if __name__ == "__main__":
    sys.exit(run(sys.modules[__name__], sys.argv[1:]))
