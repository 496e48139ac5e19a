"""Which of several alternatives lowers an outcome, by how much, how sure? All on the same chances, beside the base."""

import dataclasses
import sys

from sim.cli.main import run
from sim.cli.multirun import each
from sim.design.errors import InputError
from sim.design.request import CompareRequest, idle


def finish(jobs):
    """Answer the question of every job."""
    each(jobs, ready, answer)


def ready(job):
    """The request and the question; with splitting, that of how probable a rung is."""
    from sim.design.grid import GROUP_AXES
    from sim.studies.compare.options import question
    from sim.studies.rare_events.compute import rung_of

    request = asked(job)
    put = question(job.mapping.get("compare"), job.recomposed)
    groups = {key: option for key, option in put.settings[0].items() if key in GROUP_AXES}
    request = dataclasses.replace(request, case=job.case(put.crises[0], **groups))
    if request.splits and rung_of(put.outcome.name) is None:
        raise InputError(f"compare.outcome must be peak>=r or war_at with estimator=splitting, got {put.outcome.name!r}")
    return request, put


def place_of(job, request, put):
    """The folder of the answer: named by the chosen question, its outcome and, where they are few, the alternatives."""
    from sim.storage.atomic_folder import place

    words = (job.choices.get("compare") or "", put.outcome.name, *(put.labels[1:] if len(put.labels) <= 4 else ()))
    return place(request, "compare", job.scenario, put.crises, put.labels, put.outcome.name, words=words)


def answer(job, request, put):
    """Compare the alternatives of one question, and write the answer down."""
    from sim.storage.atomic_folder import folder
    from sim.storage.study_file import write_study
    from sim.studies.compare.compute import compare
    from sim.studies.compare.figures import compare_figures
    from sim.studies.compare.table import save
    from sim.studies.compare.text import verdicts

    if request.splits:
        return answer_rare(job, request, put)
    with folder(place_of(job, request, put)) as (aside, path):
        found = compare(
            put.crises,
            put.labels,
            put.outcome,
            request.seed,
            request.runs,
            request.precision,
            request.most_runs,
            request.threads,
        )
        played = dataclasses.replace(request, runs=found.n)
        text = verdicts(found, put, played, request.runs)
        print(text, flush=True)
        (aside / "compare.txt").write_text(text + "\n", encoding="utf-8")
        save(aside, found, put, played)
        cells = [{"labels": {"alternative": label}, "base": i, "numbers": {}} for i, label in enumerate(put.labels)]
        write_study(aside, "compare", played, put.crises, cells)
        job.write(aside)
        names = compare_figures(aside, found, put, played)
        if request.report:
            from sim.studies.compare.report import compare_report

            more, drawn = robustness(job, put, request, aside)
            compare_report(aside, found, put, request, played, job.given, path, more, cases(job, put))
            names = ["report.html", *names, *drawn]
    print(f"\nwritten to {path}: {', '.join(names)}, compare.txt, table.parquet, summary.json, study.json, config.yaml")


def cases(job, put):
    """The case of every alternative, the base first: with the groups it chooses, whose values have their own sources."""
    from sim.design.grid import GROUP_AXES

    chosen = [{key: option for key, option in sets.items() if key in GROUP_AXES} for sets in put.settings]
    return [job.case(crisis, **(chosen[0] | own)) for crisis, own in zip(put.crises, chosen, strict=True)]


def answer_rare(job, request, put):
    """Compare how probable a rare outcome is under the alternatives, by splitting, and write the answer down."""
    from sim.storage.atomic_folder import folder
    from sim.storage.study_file import write_study
    from sim.studies.rare_events.compute import climbs, contrasts, rung_of
    from sim.studies.rare_events.table import save
    from sim.studies.rare_events.text import compare_figures, verdicts

    rung = rung_of(put.outcome.name)
    with folder(place_of(job, request, put)) as (aside, path):
        found = climbs(put.crises, request.seed, request.particles, request.replicates, request.threads)
        against = contrasts(found, put.labels, rung)
        text = verdicts(put, found, against, request, rung)
        print(text, flush=True)
        (aside / "compare.txt").write_text(text + "\n", encoding="utf-8")
        more = {"question": put.words, "outcome": put.outcome.name, "contrasts": [one.as_data() for one in against]}
        labels = [{"alternative": label} for label in put.labels]
        save(aside, "compare", request, ["alternative"], labels, found, more)
        cells = [{"labels": label, "base": i, "numbers": {}} for i, label in enumerate(labels)]
        write_study(aside, "compare", request.started, put.crises, cells)
        job.write(aside)
        names = compare_figures(aside, put, found, request, rung)
    print(f"\nwritten to {path}: {', '.join(names)}, compare.txt, table.parquet, summary.json, study.json, config.yaml")


def robustness(job, put, request, aside):
    """The report's section on what would reverse the ranking, and the figures written for it."""
    from sim.design.uncertainty import BLOCK, assumptions, common, own
    from sim.plotting.ranking import ranking_figure, ranking_section
    from sim.plotting.style import saved
    from sim.runs.ranking import ranking

    if not request.points:
        return [], []
    crises = dict(zip(put.labels, put.crises, strict=True))
    varied = common(assumptions(job.mapping.get("assumptions") or dict.fromkeys(BLOCK), put.crises[0]), put.crises)
    varied += own({name: crisis.mechanism for name, crisis in crises.items()})
    raised = put.outcome.name.startswith("payoff")
    order = ranking(crises, varied, put.outcome, request.seed, request.point_runs, request.points, request.threads, raised)
    figure = ranking_figure(order, put.outcome, put.crises[0], request)
    drawn = [path.name for path in saved(figure, aside, "ranking")]
    return [ranking_section(order, (aside / "ranking.svg").read_text(encoding="utf-8"))], drawn


def asked(job):
    """The request: ``report`` may be true or false; the question and the assumptions are read elsewhere."""
    mapping = {name: value for name, value in job.mapping.items() if name not in ("compare", "assumptions")}
    if isinstance(mapping.get("report"), bool):
        mapping["report"] = int(mapping["report"])
    request = job._replace(mapping=mapping).asked(CompareRequest)[1]
    if lines := idle(request, job.given):
        raise InputError(*lines)
    return request


if __name__ == "__main__":
    sys.exit(run(sys.modules[__name__], sys.argv[1:]))
