"""Tell one run of a crisis as a dated story, draw its timeline, and say how thousands like it end."""

import sys

from sim.command import run
from sim.multirun import each
from sim.request import PlayRequest


def finish(jobs):
    """Play every job."""
    each(jobs, ready, play)


def ready(job):
    """The crisis and the request."""
    return job.asked(PlayRequest)


def play(job, crisis, request):
    """Tell one run, measure many, and write it all down."""
    from sim.cells import Cell
    from sim.clock import loop
    from sim.record.folder import folder, place
    from sim.record.study import write_study
    from sim.show.columns import wrapped
    from sim.show.ends import ends
    from sim.show.page import outcome_figure, play_figures
    from sim.show.story import told
    from sim.study.measure import listed, numbers
    from sim.study.outcomes import outcomes
    from sim.study.sweep import Measured, save

    cell = Cell({}, 0, {})
    with folder(place(request, "play", job.scenario, crisis)) as (aside, path):
        story = loop.play(crisis, request.seed, request.run)
        tale = f"{wrapped(request.case.words)}\n\n{told(story, crisis)}"
        print(tale, flush=True)
        kept = outcomes(crisis, request.seed, request.runs, request.threads)
        measured = Measured(0, numbers(kept.count), kept.count.n)
        estimates = listed(measured.values, measured.n)
        outcome = ends(estimates, crisis, request)
        print(f"\n{outcome}")
        (aside / "story.txt").write_text(f"{tale}\n\n{outcome}\n", encoding="utf-8")
        save(aside, "play", request, [], [cell], [measured])
        write_study(aside, "play", request, [crisis], [cell._asdict()])
        job.write(aside)
        names = [*play_figures(aside, story, crisis, estimates, request), *outcome_figure(aside, kept, crisis, request)]
    print(f"\nwritten to {path}: story.txt, {', '.join(names)}, table.parquet, summary.json, study.json, config.yaml")


if __name__ == "__main__":
    sys.exit(run(sys.modules[__name__], sys.argv[1:]))
