"""What the page knows: every field and its sources, every scenario and mechanism, what is plausible, and all words.

All of it is read off the declarations and the configuration files; nothing about the model is written here by hand but which
fields come first.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sim import __version__
from sim.design.case import Case, Source, every
from sim.design.uncertainty import own
from sim.engine.browser.layout import layout
from sim.model.parameter import Parameter
from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.storage.provenance import provenance
from sim.story.dates import MONTHS
from sim.story.phrases import ENDING, SENTENCES
from sim.studies.explore.compared import comparison, of_comparison, of_mechanisms
from sim.studies.explore.opening import GIVEN, USUAL, jsonable, opening
from sim.studies.explore.unknown import ranged, unknown

NATIONS = ("a", "b")
POLICIES = tuple(f"{side}.{family}" for family in ("retaliation", "signalling", "sharing") for side in NATIONS)
ASSUMED = ("exceed", "generosity", "perception_error", "execution_error", "trust")
SHOWN = (
    *(f"{side}.{name}" for name in ASSUMED for side in NATIONS),
    *(f"militants_{side}.rate" for side in NATIONS),
)
BASE = "base"  # the option of a group that holds its defaults: none of them by name
SWEPT = "b.generosity"  # the field that is swept first
AT_LEAST = [(f"{side}.cap", f"{side}.reprisal") for side in NATIONS]  # as ``sim.model.setting.crisis.contradictions`` has it


def knowledge(job: Any, crisis: Crisis, options: Any) -> dict[str, Any]:
    """Everything for the page as plain data, ready for JSON; ``job`` reads the configuration files. Raises ``InputError``."""
    compared = comparison(job)
    if compared:
        crisis = compared.crises[0]
    names = [name for name in job.options("mechanism") if name != BASE]
    scenarios = {name: scenario(job, name) for name in job.options("scenario") if name != BASE}
    start, as_given = opening(job, crisis, options)
    asked = of_comparison(job, compared) if compared else of_mechanisms(names)
    if as_given is not None:
        scenarios[GIVEN] = as_given | setting(crisis, {})
    return {
        "layout": layout(),
        "words": {"sentences": SENTENCES, "ending": ENDING, "months": MONTHS},
        "scenarios": scenarios,
        "mechanisms": {name: mechanism(job, name) for name in names},
        "usual": USUAL,
        **unknown(job.mapping.get("assumptions"), crisis, options.seed),
        "plausible": {key: list(one.plausible) for key, one, _ in every(Crisis()) if one.plausible},
        "shown": SHOWN,
        "policies": POLICIES,
        "swept": SWEPT,
        "atLeast": AT_LEAST,
        "start": start,
        "version": __version__,
        "rules": provenance()["rules"],
    } | asked


def scenario(job: Any, name: str) -> dict[str, Any]:
    """A scenario by name: what it is called, how it is asked for, and what it sets."""
    crisis, sources = job.sourced(f"scenario={name}")
    label = crisis.title or name.replace("_", " ")
    return {"label": label, "base": "" if name == USUAL else name, "words": [], **setting(crisis, sources)}


def setting(crisis: Crisis, sources: Mapping[str, Source]) -> dict[str, Any]:
    """What a crisis has beside the defaults, as the page holds it: values and texts by key, sources, the moment it starts."""
    start = datetime.fromisoformat(crisis.start)
    told = {key: value for key, parameter, value in every(crisis) if parameter.kind == "text"}
    numbers = [one for one in every(crisis) if one[1].kind != "text"]
    values = _beside(numbers, {key: value for key, _, value in every(Crisis())})
    moment = [start.year, start.month, start.day, start.hour, start.minute]
    return {"values": values, "texts": told, "start": moment} | _grounds(
        {key: one for key, one in sources.items() if key not in told}
    )


def _grounds(sources: Mapping[str, Source]) -> dict[str, Any]:
    """What files say of their values, by key: sources, and plausible ranges with their evidence."""
    return {
        "sources": {key: one.text for key, one in sources.items() if one.text},
        "ranges": {key: [*one.span, one.evidence] for key, one in sources.items() if one.span},
    }


def mechanism(job: Any, name: str) -> dict[str, Any]:
    """An option of the group mechanism: its name in a story, what it sets, and which of that is varied over which range."""
    crisis, sources = job.sourced(f"mechanism={name}")
    numbers = [one for one in every(crisis.mechanism, "mechanism.") if one[1].kind != "text"]
    values = _beside(numbers, {key: value for key, _, value in every(Mechanism(), "mechanism.")})
    given = {key: one for key, one in sources.items() if key.startswith("mechanism.")}
    case = Case(given=tuple((key, None, source) for key, source in given.items()))
    varied = own({"mechanism": crisis.mechanism}, {"mechanism": case})
    return {"name": crisis.mechanism.name, "values": values, "varied": [ranged(one) for one in varied]} | _grounds(given)


def _beside(numbers: Iterable[tuple[str, Parameter, Any]], usual: Mapping[str, Any]) -> dict[str, Any]:
    """What differs from the usual, by key; an infinite number as JSON can hold it."""
    return {key: jsonable(value) for key, _, value in numbers if value != usual[key]}
