"""Which assumptions drive the answer, and does the ranking of mechanisms survive them?"""

import dataclasses
import sys

from sim.cli.commands import loaded
from sim.cli.main import run
from sim.cli.multirun import each
from sim.design import crisis_from_mapping
from sim.design.errors import InputError
from sim.design.request import SensitivityRequest


def finish(jobs):
    """Answer every job."""
    each(jobs, ready, answer)


def ready(job):
    """The request, the block of assumptions, what it varies, the outcome, the crisis and the alternatives to it."""
    from sim.design.uncertainty import BLOCK, assumptions

    block = job.mapping.get("assumptions") or dict.fromkeys(BLOCK)
    rest = {key: value for key, value in job.mapping.items() if key != "assumptions"}
    crisis, request = job._replace(mapping=rest).asked(SensitivityRequest)
    varied, outcome = assumptions(block, crisis), _outcome(request)
    return request, block, varied, outcome, crisis, _alternatives(job, block, crisis)


def answer(job, request, block, varied, outcome, crisis, crises):
    """Sobol indices and the robustness of the ranking, printed, drawn and written down."""
    from sim.design.uncertainty import own
    from sim.runs.ranking import ranking
    from sim.storage.atomic_folder import folder, place
    from sim.studies.sensitivity.compute import sensitivity
    from sim.studies.sensitivity.text import sensitivity_table

    drawn = [one for one in varied if one.places[0][0] != "mechanism"]
    drawn += own({name: one.mechanism for name, one in crises.items()})
    content = (crisis, block, list(crises.values()))
    with folder(place(request, "sensitivity", job.scenario, *content)) as (aside, path):
        against = dataclasses.replace(crisis, mechanism=type(crisis.mechanism)()) if request.difference else None
        try:
            found = sensitivity(crisis, varied, outcome, request.seed, request.runs, request.power, request.threads, against)
        except ValueError as error:
            raise InputError(f"{request.outcome} {error}") from None
        args = (outcome, request.seed, request.ranking_runs, request.points, request.threads, outcome.name.startswith("payoff"))
        order = ranking(crises, drawn, *args) if len(crises) > 1 else None
        text = sensitivity_table(found, order, varied, outcome, crisis, request)
        print(text)
        (aside / "sensitivity.txt").write_text(text + "\n", encoding="utf-8")
        names = write(aside, found, order, (varied, drawn), (outcome, crisis, request))
        job.write(aside)
    print(f"\nwritten to {path}: sensitivity.txt, {', '.join(names)}, summary.json, config.yaml")


def write(aside, found, order, fields, about):
    """Write figures, tables and the summary; the names of the files."""
    from sim.plotting.ranking import ranking_figure
    from sim.plotting.style import saved
    from sim.plotting.tornado import tornado_figure
    from sim.studies.sensitivity.table import save

    (varied, drawn), (outcome, crisis, request) = fields, about
    figures = {"tornado": tornado_figure(found, varied, outcome, crisis, request)}
    if order:
        figures["ranking"] = ranking_figure(order, outcome, crisis, request)
    paths = [path.name for name, figure in figures.items() for path in saved(figure, aside, name)]
    return [*paths, *save(aside, found, order, varied, drawn, request)]


def _outcome(request):
    """The outcome asked for."""
    from sim.runs.outcome import outcome

    try:
        return outcome(request.outcome)
    except ValueError as error:
        raise InputError(f"outcome {error}") from None


def _alternatives(job, block, crisis):
    """The crisis under each of the mechanisms that are ranked, by name."""
    names = list(dict.fromkeys(block.get("mechanisms") or []))
    options = [job.recomposed([f"mechanism={name}"])["mechanism"] for name in names]
    found = [crisis_from_mapping.crisis_of({"mechanism": option}).mechanism for option in options]
    return {name: dataclasses.replace(crisis, mechanism=one) for name, one in zip(names, found, strict=True)}


if __name__ == "__main__":
    sys.exit(run(loaded("sensitivity"), sys.argv[1:]))
