"""Tell one run of a crisis as a dated story, draw its timeline, and say how thousands like it end."""

import sys

from sim.cli.main import run
from sim.cli.multirun import each
from sim.design.request import PlayRequest


def finish(jobs):
    """Play every job."""
    each(jobs, ready, play)


def ready(job):
    """The crisis and the request."""
    return job.asked(PlayRequest)


def play(job, crisis, request):
    """Tell one run, measure many, and write it all down."""
    from sim.design.grid import Cell
    from sim.engine import event_loop
    from sim.execution.outcomes import outcomes
    from sim.plotting.paragraphs import wrapped
    from sim.runs.summary import listed, numbers
    from sim.storage.atomic_folder import folder, place
    from sim.storage.study_file import write_study
    from sim.studies.play.ends import ends
    from sim.studies.play.figures import outcome_figure, play_figures
    from sim.studies.play.story import told
    from sim.studies.sweep.sweep import Measured, save

    cell = Cell({}, 0, {})
    with folder(place(request, "play", job.scenario, crisis)) as (aside, path):
        story = event_loop.play(crisis, request.seed, request.run)
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
