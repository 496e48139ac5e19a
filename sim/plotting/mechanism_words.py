"""What there is to say of a mechanism: when it works, and what the agreement at the end of the way down makes of it."""

from collections.abc import Iterator
from typing import Any

from sim.model.setting.mechanism import Mechanism
from sim.story.facts import named

SINCE = {"start": "in force from the start", "agreement": "in force once it is agreed, at the end of the way down"}


def in_force(mechanism: Mechanism) -> str:
    """Since when it works; nothing where there is none."""
    return SINCE[mechanism.in_force] if named(mechanism) or mechanism != Mechanism() else ""


def agreement(mechanism: Mechanism) -> str:
    """What the agreement is, the last step of the way down where one is to be agreed: with a mechanism, and without."""
    name = named(mechanism)
    if not name:
        return "they agree to work together (no mechanism)"
    return f"they agree, and put in force {name}"


def sets(found: Any, put: Any, request: Any) -> Iterator[str]:
    """How the base differs from the scenario file, and what each alternative sets: a line each."""
    yield f"{found.labels[0]}: {request.case.said}"
    for label, settings, crisis in zip(found.labels[1:], put.settings[1:], put.crises[1:], strict=True):
        since = in_force(crisis.mechanism)
        yield f"{label}: {', '.join(f'{key}={value}' for key, value in settings.items())}{since and f' ({since})'}"
