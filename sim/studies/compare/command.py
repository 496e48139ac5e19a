"""The command ``compare``."""

import dataclasses
from functools import partial
from typing import Any

from sim.design.errors import InputError
from sim.design.grid import GROUP_AXES
from sim.design.options import NONE, idle
from sim.studies.command import Asked, Command
from sim.studies.compare.options import CompareOptions
from sim.studies.result import Result

FEW = 4  # labels, the base among them, that the name of a folder tells


def ready(job: Any) -> Asked:
    """The question of a job; with splitting, that of how probable a rung is."""
    from sim.design.draws import draws
    from sim.design.uncertainty import assumptions, over_alternatives
    from sim.runs.ignorance import affordable
    from sim.runs.rare_events import rung_of
    from sim.studies.compare.spec import comparison_spec

    options = options_of(job)
    spec = comparison_spec(job.mapping.get("compare"), job.recomposed)
    chosen = [{key: option for key, option in sets.items() if key in GROUP_AXES} for sets in spec.settings]
    options = dataclasses.replace(options, case=job.case(spec.crises[0], **chosen[0]))
    content = (spec.crises, spec.labels, spec.outcome.name)
    words = (job.choices.get("compare") or "", spec.outcome.name, *(spec.labels[1:] if len(spec.labels) <= FEW else ()))
    if options.splits:
        if rung_of(spec.outcome.name) is None:
            raise InputError(f"compare.outcome must be peak>=r or war_at with estimator=splitting, got {spec.outcome.name!r}")
        return Asked(options, content, partial(_rare, spec, options), words)
    crises = dict(zip(spec.labels, spec.crises, strict=True))
    block = job.mapping.get("assumptions")
    cases = [job.case(crisis, **(chosen[0] | own)) for crisis, own in zip(spec.crises, chosen, strict=True)]
    told = dict(zip(spec.labels, cases, strict=True))
    varied = over_alternatives(assumptions(block, spec.crises[0]), crises, told) if options.report else []
    set_by = {
        label: job.chosen(case) | {*spec.settings[0], *sets} - {*GROUP_AXES}
        for (label, case), sets in zip(told.items(), spec.settings, strict=True)
    }
    count = affordable(options.draws, options.runs)
    drawn = draws(options.uncertainty if count else NONE, block, crises, set_by, count, options.seed, told)
    marks = (drawn.mark,) if drawn else ()
    return Asked(options, (*content, *marks), partial(_plain, spec, options, varied, cases, job.given, drawn), words)


def _plain(*asked: Any) -> Result:
    """Compare by plain runs."""
    from sim.studies.compare.compute import compare

    return compare(*asked)


def _rare(*asked: Any) -> Result:
    """Compare by splitting."""
    from sim.studies.compare.rare import compare_rare

    return compare_rare(*asked)


def options_of(job: Any) -> CompareOptions:
    """The options: ``report`` may be true or false; the question and the assumptions are read elsewhere."""
    mapping = {name: value for name, value in job.mapping.items() if name not in ("compare", "assumptions")}
    if isinstance(mapping.get("report"), bool):
        mapping["report"] = int(mapping["report"])
    options = job._replace(mapping=mapping).asked(CompareOptions)[1]
    if lines := idle(options, job.given):
        raise InputError(*lines)
    return options


COMMAND = Command("compare", CompareOptions, ready)
