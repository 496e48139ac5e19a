"""The question a page opens with: the crisis of a command line, in the page's terms."""

from typing import Any

from sim.design.case import every
from sim.design.grid import GROUP_AXES
from sim.model.parameter import parameters, parts
from sim.model.setting.crisis import Crisis

USUAL = "iran_pakistan_2024"  # the scenario that need not be named
UNUSUAL = {"scenario": USUAL, "mechanism": "", "values": {}, "seed": 1, "run": 0}
GIVEN = "given"  # what the page calls a crisis that is no scenario of the files


def opening(job: Any, crisis: Crisis, options: Any) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """What of the page's state is not as usual; and, where no scenario of the files is this crisis, what it is called.

    A scenario and a mechanism are chosen by name, and what differs from them are values. A crisis whose names or other groups
    are its own becomes a scenario of the page's, which knows the words of the command line it came by.
    """
    name, chosen = job.choices.get("scenario") or "", job.choices.get("mechanism") or ""
    mechanism = "" if chosen == "none" else chosen
    base = job.load(*[f"scenario={name}"] * bool(name), *[f"mechanism={mechanism}"] * bool(mechanism))
    own = [word for word in job.given if _of_crisis(word)]
    if name in job.options("scenario") and name != "base" and _texts(base) == _texts(crisis) and not _regrouped(own):
        return _unusual({"scenario": name, "mechanism": mechanism, "values": differing(crisis, base)}, options), None
    values = {key: value for key, value in differing(crisis, base).items() if key.startswith("mechanism.")}
    words = [word for word in own if not word.startswith("mechanism.")]
    label = f"{crisis.title or name.replace('_', ' ') or 'a crisis'}, as given"
    return _unusual({"scenario": GIVEN, "mechanism": mechanism, "values": values}, options), {
        "label": label, "base": "" if name == USUAL else name, "words": words,
    }  # fmt: skip


def _of_crisis(word: str) -> bool:
    """Whether a word of the command line says something of the crisis, beside scenario and mechanism."""
    key = word.partition("=")[0].lstrip("+~")
    group = key in (*GROUP_AXES, "limit") and key not in ("scenario", "mechanism")
    return group or key.split(".")[0] in {*parameters(Crisis), *parts(Crisis)} - {"mechanism"} or key.startswith("mechanism.")


def _regrouped(words: list[str]) -> bool:
    """Whether another group than scenario and mechanism is chosen."""
    return any(word.partition("=")[0] in (*GROUP_AXES, "limit") for word in words)


def _texts(crisis: Crisis) -> dict[str, str]:
    return {key: value for key, parameter, value in every(crisis) if parameter.kind == "text"}


def differing(crisis: Crisis, base: Crisis) -> dict[str, Any]:
    """The numbers and choices in which a crisis differs from another, by key."""
    usual = {key: value for key, _, value in every(base)}
    return {key: jsonable(value) for key, one, value in every(crisis) if one.kind != "text" and value != usual[key]}


def _unusual(state: dict[str, Any], options: Any) -> dict[str, Any]:
    """What of a state is not as usual."""
    whole = state | {"seed": options.seed, "run": options.run}
    return {key: value for key, value in whole.items() if value != UNUSUAL[key]}


def jsonable(value: Any) -> Any:
    """A value as JSON holds it: infinity is a text, which the page reads as the number."""
    return value if value not in (float("inf"), -float("inf")) else "Infinity" if value > 0 else "-Infinity"
