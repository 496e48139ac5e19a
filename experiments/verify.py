"""Known answers: limits of the game whose exact value is known, simulated and compared. Exits 1 if one fails."""

import sys

import sim
from sim.cli.commands import loaded
from sim.cli.main import run
from sim.cli.multirun import each
from sim.design.request import VerifyRequest


def finish(jobs):
    """Verify once for every job; 1 where any comparison failed."""
    return max(each(jobs, ready, verify))


def ready(job):
    """The request."""
    return (job.request(VerifyRequest),)


def verify(job, request):
    """Print the comparisons as they come, and write them down; 1 where any failed."""
    from sim.plotting.style import saved
    from sim.storage.atomic_folder import folder, place
    from sim.studies.known_answers.figure import known_figure
    from sim.studies.known_answers.limits import LIMITS, plans, verified
    from sim.studies.known_answers.quantity import bound
    from sim.studies.known_answers.table import save
    from sim.studies.known_answers.text import block, blocks, closing, opening

    every = plans({limit.name: sim.load(f"limit={limit.name}") for limit in LIMITS})
    quantities = sum(len(plan.quantities) for plan in every)
    with folder(place(request, "verify", "known answers")) as (aside, path):
        print(opening(every, bound(quantities), request.seed), flush=True)
        found = []
        for name, group in blocks(verified(every, request.seed, request.scale)):
            group = list(group)
            print("\n".join(block(name, group)), flush=True)
            found += group
        print(closing(found))
        wrote = saved(known_figure(every, found, request.seed), aside, "known_answers")
        save(aside, found, request)
        job.write(aside)
    print(f"written to {path}: {', '.join(one.name for one in wrote)}, table.parquet, summary.json, config.yaml")
    return int(not all(c.holds for c in found))


if __name__ == "__main__":
    sys.exit(run(loaded("verify"), sys.argv[1:]))
