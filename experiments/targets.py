"""Compare the reference behaviour with what is known of real crises: quantity, target, simulated value, near or not."""

import sys

from sim.cli.commands import loaded
from sim.cli.main import run
from sim.cli.multirun import each
from sim.design import crisis_from_mapping
from sim.design.request import Request


def finish(jobs):
    """Print the table of targets of every job, and write it down."""
    each(jobs, ready, measure)


def ready(job):
    """The crisis, the request, the dyad of the headlines and the mechanism ``settlement``."""
    crisis, request = job.asked(Request)
    dyad = crisis_from_mapping.crisis_of(job.recomposed(["scenario=headline_dyad"]))
    settlement = crisis_from_mapping.crisis_of(job.recomposed(["mechanism=settlement"])).mechanism
    return crisis, request, dyad, settlement


def measure(job, crisis, request, dyad, settlement):
    """One table of targets."""
    from sim.storage.atomic_folder import folder, place
    from sim.storage.provenance import provenance, write_json
    from sim.studies.calibration.compute import fitted_numbers, targets
    from sim.studies.calibration.text import target_table

    with folder(place(request, "targets", job.scenario, crisis)) as (aside, path):
        found = targets(dyad, crisis, settlement, request.seed, request.runs, request.threads)
        text = target_table(found, request)
        print(text)
        (aside / "targets.txt").write_text(text + "\n", encoding="utf-8")
        rows = [_finite(target._asdict()) | {"met": target.met} for target in found]
        about = {"seed": request.seed, "runs": request.runs, "fitted numbers": fitted_numbers(), "made by": provenance()}
        write_json(aside / "summary.json", about | {"case": request.case.words, "targets": rows})
        job.write(aside)
    print(f"\nwritten to {path}: targets.txt, summary.json, config.yaml")


def _finite(row):
    """A row for JSON: what is not a number is null."""
    return {key: None if value != value else value for key, value in row.items()}


if __name__ == "__main__":
    sys.exit(run(loaded("targets"), sys.argv[1:]))
