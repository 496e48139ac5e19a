"""Which of several alternatives lowers an outcome, by how much, how sure? All on the same chances, beside the base."""

import dataclasses
import sys

from sim.cli.commands import loaded
from sim.cli.main import run
from sim.cli.multirun import each
from sim.design.errors import InputError
from sim.design.request import CompareRequest, idle


def finish(jobs):
    """Answer the question of every job."""
    each(jobs, ready, answer)


def ready(job):
    """The options and the question; with splitting, that of how probable a rung is."""
    from sim.design.grid import GROUP_AXES
    from sim.studies.compare.spec import comparison_spec
    from sim.studies.rare_events.compute import rung_of

    options = asked(job)
    spec = comparison_spec(job.mapping.get("compare"), job.recomposed)
    groups = {key: option for key, option in spec.settings[0].items() if key in GROUP_AXES}
    options = dataclasses.replace(options, case=job.case(spec.crises[0], **groups))
    if options.splits and rung_of(spec.outcome.name) is None:
        raise InputError(f"compare.outcome must be peak>=r or war_at with estimator=splitting, got {spec.outcome.name!r}")
    return options, spec


def place_of(job, options, spec):
    """The folder of the answer: named by the chosen question, its outcome and, where they are few, the alternatives."""
    from sim.storage.atomic_folder import place

    words = (job.choices.get("compare") or "", spec.outcome.name, *(spec.labels[1:] if len(spec.labels) <= 4 else ()))
    return place(options, "compare", job.scenario, spec.crises, spec.labels, spec.outcome.name, words=words)


def answer(job, options, spec):
    """Compare the alternatives of one question, and write the answer down."""
    from sim.storage.atomic_folder import folder
    from sim.storage.study_file import write_cells
    from sim.studies.compare.compute import compare
    from sim.studies.compare.figures import compare_figures
    from sim.studies.compare.table import save
    from sim.studies.compare.text import verdicts

    if options.splits:
        return answer_rare(job, options, spec)
    with folder(place_of(job, options, spec)) as (aside, path):
        comparison = compare(
            spec.crises,
            spec.labels,
            spec.outcome,
            options.seed,
            options.runs,
            options.precision,
            options.most_runs,
            options.threads,
        )
        played = dataclasses.replace(options, runs=comparison.n)
        text = verdicts(comparison, spec, played, options.runs)
        print(text, flush=True)
        (aside / "compare.txt").write_text(text + "\n", encoding="utf-8")
        save(aside, comparison, spec, played)
        cells = [{"labels": {"alternative": label}, "base": i, "numbers": {}} for i, label in enumerate(spec.labels)]
        write_cells(aside, "compare", played, spec.crises, cells)
        job.write(aside)
        names = compare_figures(aside, comparison, spec, played)
        if options.report:
            from sim.studies.compare.report import compare_report

            more, drawn = robustness(job, spec, options, aside)
            compare_report(aside, comparison, spec, options, played, job.given, path, more, cases(job, spec))
            names = ["report.html", *names, *drawn]
    print(f"\nwritten to {path}: {', '.join(names)}, compare.txt, table.parquet, summary.json, study.json, config.yaml")


def cases(job, spec):
    """The case of every alternative, the base first: with the groups it chooses, whose values have their own sources."""
    from sim.design.grid import GROUP_AXES

    chosen = [{key: option for key, option in sets.items() if key in GROUP_AXES} for sets in spec.settings]
    return [job.case(crisis, **(chosen[0] | own)) for crisis, own in zip(spec.crises, chosen, strict=True)]


def answer_rare(job, options, spec):
    """Compare how probable a rare outcome is under the alternatives, by splitting, and write the answer down."""
    from sim.storage.atomic_folder import folder
    from sim.storage.study_file import write_cells
    from sim.studies.rare_events.compute import climbs, contrasts, rung_of
    from sim.studies.rare_events.table import save
    from sim.studies.rare_events.text import compare_figures, verdicts

    rung = rung_of(spec.outcome.name)
    with folder(place_of(job, options, spec)) as (aside, path):
        comparison = climbs(spec.crises, options.seed, options.particles, options.replicates, options.threads)
        against = contrasts(comparison, spec.labels, rung)
        text = verdicts(spec, comparison, against, options, rung)
        print(text, flush=True)
        (aside / "compare.txt").write_text(text + "\n", encoding="utf-8")
        more = {"question": spec.words, "outcome": spec.outcome.name, "contrasts": [one.as_data() for one in against]}
        labels = [{"alternative": label} for label in spec.labels]
        save(aside, "compare", options, ["alternative"], labels, comparison, more)
        cells = [{"labels": label, "base": i, "numbers": {}} for i, label in enumerate(labels)]
        write_cells(aside, "compare", options.started, spec.crises, cells)
        job.write(aside)
        names = compare_figures(aside, spec, comparison, options, rung)
    print(f"\nwritten to {path}: {', '.join(names)}, compare.txt, table.parquet, summary.json, study.json, config.yaml")


def robustness(job, spec, options, aside):
    """The report's section on what would reverse the ranking, and the figures written for it."""
    from sim.design.uncertainty import BLOCK, assumptions, common, own
    from sim.plotting.ranking import ranking_figure, ranking_section
    from sim.plotting.style import saved
    from sim.runs.ranking import ranking

    if not options.points:
        return [], []
    crises = dict(zip(spec.labels, spec.crises, strict=True))
    varied = common(assumptions(job.mapping.get("assumptions") or dict.fromkeys(BLOCK), spec.crises[0]), spec.crises)
    varied += own({name: crisis.mechanism for name, crisis in crises.items()})
    raised = spec.outcome.name.startswith("payoff")
    order = ranking(crises, varied, spec.outcome, options.seed, options.point_runs, options.points, options.threads, raised)
    figure = ranking_figure(order, spec.outcome, spec.crises[0], options)
    drawn = [path.name for path in saved(figure, aside, "ranking")]
    return [ranking_section(order, (aside / "ranking.svg").read_text(encoding="utf-8"))], drawn


def asked(job):
    """The options: ``report`` may be true or false; the question and the assumptions are read elsewhere."""
    mapping = {name: value for name, value in job.mapping.items() if name not in ("compare", "assumptions")}
    if isinstance(mapping.get("report"), bool):
        mapping["report"] = int(mapping["report"])
    options = job._replace(mapping=mapping).asked(CompareRequest)[1]
    if lines := idle(options, job.given):
        raise InputError(*lines)
    return options


if __name__ == "__main__":
    sys.exit(run(loaded("compare"), sys.argv[1:]))
