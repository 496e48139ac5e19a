"""Known answers: limits of the game whose exact value is known, simulated and compared. Exits 1 if one fails."""

import sys

from sim import config
from sim.command import run
from sim.multirun import each
from sim.request import VerifyRequest


def finish(jobs):
    """Verify once for every job; 1 where any comparison failed."""
    return max(each(jobs, ready, verify))


def ready(job):
    """The request."""
    return (job.request(VerifyRequest),)


def verify(job, request):
    """Print the comparisons as they come, and write them down; 1 where any failed."""
    from sim.record.folder import folder, place
    from sim.record.known import save
    from sim.show.known_figure import known_figure
    from sim.show.known_table import block, blocks, closing, opening
    from sim.show.style import saved
    from sim.study.known.limits import LIMITS, plans, verified
    from sim.study.known.quantity import bound

    every = plans({limit.name: config.load(f"limit={limit.name}") for limit in LIMITS})
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
    sys.exit(run(sys.modules[__name__], sys.argv[1:]))
