"""The command ``forecast``."""

import dataclasses
from typing import Any

from sim.design.crisis_from_mapping import crisis_of
from sim.design.errors import InputError
from sim.design.paths import CONFIGS
from sim.model.parameter import DAY
from sim.studies.command import Asked, Command
from sim.studies.forecast.options import ForecastOptions
from sim.studies.result import Result

APART = ("record", "assumptions")  # groups of the configuration that are no field


def given(words: list[str]) -> list[str]:
    """The words, and the scenario of the record's name where there is one and none is chosen."""
    chosen = dict(word.split("=", 1) for word in words if "=" in word)
    name = chosen.get("record", "").strip("'\"")
    known = name.isidentifier() and (CONFIGS / "scenario" / f"{name}.yaml").is_file()
    if known and not {"scenario", "limit"} & chosen.keys() and "-m" not in words and "--multirun" not in words:
        return [*words, f"scenario={name}"]
    return words


def ready(job: Any) -> Asked:
    """The question of a job: the record, the moment, the crisis, what is varied, the mechanisms."""
    from sim.design.uncertainty import BLOCK, assumptions
    from sim.history.journal import check
    from sim.history.moment_asked import moment_of
    from sim.history.observation import crisis_of_record, observed
    from sim.history.reading import record

    mapping = job.mapping.get("record")
    if mapping is None:
        raise InputError(f"record must be one of {', '.join(job.options('record'))}: forecast record=NAME")
    found = record(mapping, job.choices.get("record") or "record")
    crisis, options = job._replace(mapping={k: v for k, v in job.mapping.items() if k not in APART}).asked(ForecastOptions)
    minute = moment_of(found, options.asof)
    known = found.until(minute)._replace(end=minute)
    observed(known)
    if options.journal:
        check(options.journal)
    block = job.mapping.get("assumptions") or dict.fromkeys(BLOCK)
    opened = crisis_of_record(crisis, found, min(36500.0, minute / DAY + options.days))
    varied = [one for one in assumptions(block, opened) if one.places[0][0] not in ("mechanism", "weights")]
    own = job.choices.get("mechanism") or "none"
    names = [name for name in job.options("mechanism") if name not in (own, "base")]
    mechanisms = {name: dataclasses.replace(opened, mechanism=_mechanism(job, name)) for name in names}

    def compute() -> Result:
        from sim.studies.forecast.compute import forecast

        return forecast(opened, found, known, mechanisms, varied, options)

    content = (opened, mapping, minute, list(mechanisms.values()), block)
    return Asked(options, content, compute, words=[f"asof={options.asof}"] if options.asof else [], title=found.name)


def _mechanism(job: Any, name: str) -> Any:
    """The mechanism of an option."""
    return crisis_of({"mechanism": job.recomposed([f"mechanism={name}"])["mechanism"]}).mechanism


COMMAND = Command("forecast", ForecastOptions, ready, given=given)
