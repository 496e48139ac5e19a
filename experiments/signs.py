"""Does the game show the signs predicted of each mechanism? Every prediction against what is measured, nulls included."""

import sys

from sim.cli.commands import loaded
from sim.cli.main import run
from sim.cli.multirun import each
from sim.design import crisis_from_mapping
from sim.design.request import SignsRequest


def finish(jobs):
    """Print the table of signs of every job, and write it down."""
    each(jobs, ready, measure)


def ready(job):
    """The crisis, the request and every mechanism that something is predicted of, by name."""
    from sim.studies.mechanism_signs.predictions import PREDICTED

    crisis, request = job.asked(SignsRequest)
    return (
        crisis,
        request,
        {name: crisis_from_mapping.crisis_of(job.recomposed([f"mechanism={name}"])).mechanism for name in PREDICTED},
    )


def measure(job, crisis, request, mechanisms):
    """One table of signs."""
    from sim.storage.atomic_folder import folder, place
    from sim.studies.mechanism_signs.predictions import cases
    from sim.studies.mechanism_signs.sign_tests import save, signs
    from sim.studies.mechanism_signs.text import sign_table

    with folder(place(request, "signs", job.scenario, crisis, mechanisms)) as (aside, path):
        found = signs(cases(crisis, mechanisms, request.rung), request.seed, request.runs, request.threads)
        text = sign_table(found, crisis, request)
        print(text)
        (aside / "signs.txt").write_text(text + "\n", encoding="utf-8")
        save(aside, found, request)
        job.write(aside)
    print(f"\nwritten to {path}: signs.txt, table.parquet, summary.json, config.yaml")


if __name__ == "__main__":
    sys.exit(run(loaded("signs"), sys.argv[1:]))
