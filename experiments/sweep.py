"""Play every cell of a design, and plot the probability of escalation. Hydra's own multirun ends in one table too."""

import sys

import hydra

from sim import config
from sim.command import run
from sim.request import SweepRequest, idle

JOBS = []


@hydra.main(version_base="1.3", config_path=str(config.CONFIGS), config_name="sweep")
def main(composed):
    """Take in what Hydra composed: one job, or one by one the jobs of a multirun."""
    JOBS.append(config.job(composed))


def finish():
    """Play all cells of all jobs as one design, and write one table and one figure."""
    from sim.design import design, joined

    designs, requests = [], []
    for job in JOBS:
        crisis, request = job.asked(SweepRequest)
        given = dict(override.split("=", 1) for override in job.given)
        block = {} if job.multirun and "sweep" not in given else job.mapping.get("sweep")
        plan = design(block, crisis, lambda overrides, job=job: job.recomposed("sweep", overrides))
        designs.append((given, plan))
        requests.append(request)
    if len(set(requests)) > 1:
        raise config.Refusal("seed, runs and the other requests must be the same in all jobs: vary fields or groups")
    lines = idle(requests[0], [override for job in JOBS for override in job.given])
    if lines:
        raise config.Refusal(*dict.fromkeys(lines))
    (write_rare if requests[0].splits else write)(joined(designs), requests[0], JOBS[0])


def write(plan, request, job):
    """Play the cells of a design and write the study."""
    from sim.record.folder import folder, place
    from sim.record.study import write_study
    from sim.record.table import RunTable
    from sim.show.page import sweep_figures
    from sim.study.sweep import save, sweep

    labels = [cell.labels for cell in plan.cells]
    cells = [cell._asdict() for cell in plan.cells]
    crises = [plan.crisis(cell) for cell in plan.cells]
    wrote = ["table.parquet", "summary.json", "study.json", "config.yaml"]
    with folder(place(request, "sweep", job.scenario, plan.bases, cells)) as (aside, path):
        if request.keep == "runs":
            wrote.append("runs.parquet")
            with RunTable(aside / "runs.parquet") as kept:
                measured = sweep(crises, request.seed, request.runs, request.threads, kept.add)
        else:
            measured = sweep(crises, request.seed, request.runs, request.threads)
        save(aside, "sweep", request, plan.axes, labels, measured)
        write_study(aside, "sweep", request, plan.bases, cells)
        job.write(aside)
        wrote = [*sweep_figures(aside, plan.axes, labels, measured, request, plan.bases[0].title), *wrote]
    print(f"{len(cells):,} cells x {request.runs:,} runs; written to {path}: {', '.join(wrote)}")


def write_rare(plan, request, job):
    """Estimate rare events in the cells of a design by splitting, and write the study."""
    from sim.record.folder import folder, place
    from sim.record.study import write_study
    from sim.show.rare import sweep_figure, warnings
    from sim.study.rare_table import LEFT_OUT, save
    from sim.study.splitting import climbs

    labels, cells = [cell.labels for cell in plan.cells], [cell._asdict() for cell in plan.cells]
    with folder(place(request, "sweep", job.scenario, plan.bases, cells)) as (aside, path):
        crises = [plan.crisis(cell) for cell in plan.cells]
        found = climbs(crises, request.seed, request.particles, request.replicates, request.threads)
        save(aside, "sweep", request, plan.axes, labels, found)
        write_study(aside, "sweep", request.started, plan.bases, cells)
        job.write(aside)
        drawn = sweep_figure(aside, plan.axes, labels, found, request, plan.bases[0].title)
    wrote = ", ".join([*drawn, "table.parquet", "summary.json", "study.json", "config.yaml"])
    acts = sum(int(climb.acts.sum()) for climb in found)
    print("\n".join([f"{LEFT_OUT[0].upper()}{LEFT_OUT[1:]}.", *warnings(found, request.rung)]))
    print(f"{len(cells):,} cells x {request.effort} ({acts:,} acts); written to {path}: {wrote}")


if __name__ == "__main__":
    sys.exit(run(sys.modules[__name__], sys.argv[0], sys.argv[1:]))
