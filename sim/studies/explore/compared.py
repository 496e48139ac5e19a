"""What is compared on the page: all mechanisms with none, or the alternatives of the group ``compare`` where one is chosen."""

from collections.abc import Iterable
from typing import Any

from sim.design.alternatives import Alternatives, alternatives, compare_block
from sim.design.grid import GROUP_AXES
from sim.model.setting.crisis import Crisis
from sim.studies.explore.opening import differing, jsonable


def comparison(job: Any) -> Alternatives | None:
    """The alternatives a job names; None where it names none. Raises ``InputError``."""
    block = job.mapping.get("compare")
    return None if block is None else alternatives(compare_block(block), job.recomposed)


def of_mechanisms(names: Iterable[str]) -> dict[str, Any]:
    """All mechanisms, by name, as alternatives to none."""
    listed = [{"name": name.replace("_", " "), "mechanism": name, "values": {}} for name in names if name != "none"]
    return {"compared": "", "alternatives": listed}


def of_comparison(job: Any, found: Alternatives) -> dict[str, Any]:
    """The alternatives of a comparison, and the question they answer."""
    base = found.crises[0]
    listed = [_alternative(*one, base) for one in zip(found.labels[1:], found.settings[1:], found.crises[1:], strict=True)]
    return {"compared": job.mapping["compare"].get("question") or "All alternatives against the base", "alternatives": listed}


def _alternative(label: str, settings: dict[str, Any], crisis: Crisis, base: Crisis) -> dict[str, Any]:
    """An alternative: the mechanism it chooses, the fields it sets, and what other groups it chooses make of the base."""
    groups = [key.rpartition("@")[2] for key in settings if key in GROUP_AXES and key != "mechanism"]
    whole = differing(crisis, base)
    made = {key: value for key, value in whole.items() if key.split(".")[0] in groups or "scenario" in groups}
    own = {key: jsonable(value) for key, value in settings.items() if key not in GROUP_AXES}
    return {"name": label, "mechanism": settings.get("mechanism", ""), "values": made | own}
