"""What case a result is about: the scenario file it starts from, and what in the crisis at hand is not as that file has it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.model.parameter import Parameter, parameters, parts
from sim.model.setting.crisis import Crisis
from sim.model.text import shown

MOST, BRIEF = 6, 3  # differences that are named, in a text and in a figure; further ones are counted
OWNERS = {"diplomacy": "the channel's", "mechanism": "the mechanism's", "weights": "the payoff's", "": ""}


class Source(NamedTuple):
    """Where a value stands: the file that gives it, the source named there (empty: none), and its plausible range there."""

    file: str
    text: str
    span: tuple[float, float] | None = None
    evidence: str = ""


class Case(NamedTuple):
    """A crisis by name: its title, the file it starts from ("the scenario file small_world"), and what differs from it."""

    title: str = ""
    file: str = ""
    differs: tuple[str, ...] = ()
    given: tuple[tuple[str, Any, Source], ...] = ()  # of what the files set: full key, value there and its source

    def ranges(self) -> dict[str, tuple[float, float]]:
        """The plausible ranges that the files give beside their values, by full key."""
        return {key: source.span for key, _, source in self.given if source.span}

    def sentence(self, most: int = MOST) -> str:
        """Whether, and in what, the crisis differs from the file, ``most`` things named; nothing where no file is known."""
        if not self.file:
            return ""
        if not self.differs:
            return f"As in {self.file}."
        more = len(self.differs) - most
        named = [*self.differs[:most], *([f"and {more} more"] if more > 0 else [])]
        return f"Differs from {self.file}: {'; '.join(named)}."

    @property
    def said(self) -> str:
        """The same, as a text has room for it."""
        return self.sentence()

    @property
    def words(self) -> str:
        """The same after the title."""
        return self._titled(self.said)

    @property
    def brief(self) -> str:
        """The same as a figure has room for it."""
        return self._titled(self.sentence(BRIEF))

    def _titled(self, said: str) -> str:
        return " ".join(part for part in (self.title and f"{self.title}.", said) if part)


def case_of(
    crisis: Crisis,
    file: str,
    own: Mapping[str, Any],
    groups: Iterable[tuple[str, Any]] = (),
    sources: Mapping[str, Source] | None = None,
) -> Case:
    """The case of ``crisis``, which starts from ``file``, whose mapping with the chosen ``groups`` is ``own``.

    ``groups`` are choices the file does not make: ("nation@b", "iran"); ``sources`` are those of the values in the files.
    """
    given = tuple((key, _at(own, key, None), source) for key, source in (sources or {}).items())
    told = (*(chosen(*one) for one in groups), *differences(crisis, own))
    return Case(shown(crisis.title), shown(file), tuple(map(shown, told)), given)


def common(cases: Sequence[Case]) -> Case:
    """The case of several jobs: what differs from the file in all of them."""
    first, *rest = cases
    return first._replace(differs=tuple(one for one in first.differs if all(one in case.differs for case in rest)))


def chosen(group: str, option: Any) -> str:
    """A choice of an option in words: "mechanism hotline", "b is nation iran"."""
    name, _, place = group.partition("@")
    said = f"{name} {str(option).replace('_', ' ')}"
    return f"{place.replace('_', ' of ')} is {said}" if place else said


def fields(setting: Any, prefix: str = "") -> Iterator[tuple[str, Parameter, Any]]:
    """Every field of a setting but its texts: full key, parameter and value."""
    return (one for one in every(setting, prefix) if one[1].kind != "text")


def every(setting: Any, prefix: str = "") -> Iterator[tuple[str, Parameter, Any]]:
    """Every field of a setting: full key, parameter and value."""
    for name, parameter in parameters(type(setting)).items():
        yield f"{prefix}{name}", parameter, getattr(setting, name)
    for name in parts(type(setting)):
        yield from every(getattr(setting, name), f"{prefix}{name}.")


def differences(crisis: Crisis, own: Mapping[str, Any]) -> tuple[str, ...]:
    """What of ``crisis`` is not as the mapping ``own`` has it: a phrase a field, one for both sides where they differ alike.

    What ``own`` leaves out has its default. The title is no difference: it is what the crisis is called.
    """
    defaults = {key: value for key, _, value in every(Crisis())}
    found = {}
    for key, parameter, value in every(crisis):
        was = _at(own, key, defaults[key])
        if value != was and key != "title":
            found[key] = f"{_name(key)} {_written(value, parameter)} (not {_written(was)})"
    alike = {key for key in found if key.startswith("a.") and found.get(f"b{key[1:]}") == found[key]}
    said = {key: f"{_owner(key, crisis, key in alike)} {told}".strip() for key, told in found.items()}
    return tuple(told for key, told in said.items() if f"a{key[1:]}" not in alike or key.startswith("a."))


def _at(mapping: Any, key: str, default: Any) -> Any:
    """What a nest of mappings holds under a full key."""
    for name in key.split("."):
        mapping = mapping.get(name, default) if isinstance(mapping, dict) else default
    return mapping


def _name(key: str) -> str:
    """The last part of a key as a word."""
    return key.rpartition(".")[2].replace("_", " ")


def _owner(key: str, crisis: Crisis, both: bool) -> str:
    """Whose field it is: "Iran's", "both sides'", "the channel's", or nothing where it is the crisis's own."""
    place = key.rpartition(".")[0]
    if place in OWNERS:
        return OWNERS[place]
    return "both sides'" if both else f"{getattr(crisis, place).name or place}'s"


def _written(value: Any, parameter: Parameter | None = None) -> str:
    """A value, with its unit where its parameter is given."""
    number = f"{value:g}" if isinstance(value, (int, float)) else str(value).replace("_", " ") or "none"
    return f"{number} {parameter.unit if parameter else ''}".strip()
