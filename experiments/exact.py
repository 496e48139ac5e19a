"""Solve a small crisis exactly, from its own rules: how likely it climbs how high by when, and where it ends."""

import sys

from sim.cli.commands import loaded
from sim.cli.main import run
from sim.cli.multirun import each
from sim.design.errors import InputError
from sim.design.request import ExactRequest


def finish(jobs):
    """Solve every job."""
    each(jobs, ready, solve)


def ready(job):
    """The crisis and the request."""
    return job.asked(ExactRequest)


def solve(job, crisis, request):
    """Solve one crisis, and write its answer down; played runs beside it where they are asked for."""
    from sim.plotting.style import saved
    from sim.storage.atomic_folder import check_place, folder, place
    from sim.studies.exact.open_chances import Unsolvable
    from sim.studies.exact.solution import solution
    from sim.studies.exact.table import save
    from sim.studies.exact.text import curve_figure, exact_table, rung_figure

    path = place(request, "exact", job.scenario, crisis)
    check_place(path)
    try:
        found = solution(crisis, request.most_states)
    except Unsolvable as error:
        raise InputError(*error.lines) from None
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
    from sim.execution.measuring import measured_cells
    from sim.runs.summary import listed

    (measured,) = measured_cells([crisis], request.seed, request.runs, request.threads)
    return listed(measured.values, measured.n)


if __name__ == "__main__":
    sys.exit(run(loaded("exact"), sys.argv[1:]))
