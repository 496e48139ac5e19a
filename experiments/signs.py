"""Does the game show the signs predicted of each mechanism? Every prediction against what is measured, nulls included."""

import sys

import hydra

from sim import config
from sim.command import run
from sim.multirun import apart
from sim.request import SignsRequest

JOBS = []


@hydra.main(version_base="1.3", config_path=str(config.CONFIGS), config_name="signs")
def main(composed):
    """Take in what Hydra composed."""
    JOBS.append(config.job(composed))


def finish():
    """Print the table of signs of every job, and write it down."""
    for job in apart(JOBS):
        measure(job)


def measure(job):
    """One table of signs."""
    from sim.record.folder import folder, place
    from sim.show.sign_table import sign_table
    from sim.study.predictions import PREDICTED, cases
    from sim.study.signs import save, signs

    crisis, request = job.asked(SignsRequest)
    mechanisms = {name: config.crisis_of(job.recomposed("signs", [f"mechanism={name}"])).mechanism for name in PREDICTED}
    with folder(place(request, "signs", job.scenario, crisis, mechanisms)) as (aside, path):
        found = signs(cases(crisis, mechanisms, request.rung), request.seed, request.runs, request.threads)
        text = sign_table(found, crisis, request)
        print(text)
        (aside / "signs.txt").write_text(text + "\n", encoding="utf-8")
        save(aside, found, request)
        job.write(aside)
    print(f"\nwritten to {path}: signs.txt, table.parquet, summary.json, config.yaml")


if __name__ == "__main__":
    sys.exit(run(sys.modules[__name__], sys.argv[0], sys.argv[1:]))
