"""A crisis: everything that is fixed before the first shot, and how the first shot falls."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar, cast

from sim.model.parameter import GIVEN, check, choice, parameters, part, parts, real, text, whole
from sim.model.setting.diplomacy import Diplomacy
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation
from sim.model.setting.payoff_weights import Weights

OPENINGS = ("none", "strike_by_a", "strike_by_b", "attack_on_a", "attack_on_b")
CALM, STRIKE_BY_A, STRIKE_BY_B, ATTACK_ON_A, ATTACK_ON_B = range(5)


@dataclass(frozen=True, repr=False)
class Crisis:
    """Two nations, the militants that attack each, the channel, the mechanism, and the payoff's weights."""

    changed: ClassVar[Any] = None  # ``sim.face.crises`` sets it: the model reads no configuration files

    title: str = text("", "what the figures call it")
    start: str = text("2024-01-01T00:00", "date and time the run starts, for the story")
    horizon: float = real(365.0, 1, 36500, "how long a run lasts", unit="days", plausible=GIVEN)
    opening: str = choice("none", OPENINGS, "the act a run starts with, given and not drawn")
    opening_rung: int = whole(6, 1, 8, "rung of that act, where it is a strike", unit="rung", plausible=GIVEN)
    opening_dead: int = whole(0, 0, 10**6, "nationals of the victim killed by it", unit="deaths", plausible=GIVEN)
    opening_kin: int = whole(
        0, 0, 10**6, "others killed by it: militants and kin of the striker's origin", unit="deaths", plausible=GIVEN
    )
    type_correlation: float = real(
        0.74,
        0,
        1,
        "probability that the two leaderships, where committed, are of one type: hard dyads and mild ones",
        source="fitted to runs of answers, which heterogeneous dyads explain (MIE 1.0)",
        plausible=(0.5, 1.0),
    )
    a: Nation = part(Nation)
    b: Nation = part(Nation)
    militants_a: Militants = part(Militants)
    militants_b: Militants = part(Militants)
    diplomacy: Diplomacy = part(Diplomacy)
    mechanism: Mechanism = part(Mechanism)
    weights: Weights = part(Weights)

    def __post_init__(self) -> None:
        check(self)
        for problem in contradictions(self):
            raise ValueError(problem)

    def __repr__(self) -> str:
        names = f"{self.a.name or 'a'} and {self.b.name or 'b'}"
        return f"<Crisis: {self.title or names}; mechanism {self.mechanism.name or 'none'}, {self.horizon:g} days>"

    def with_(self, changes: Mapping[str, Any] | None = None, /, **fields: Any) -> "Crisis":
        """This crisis with some fields set and some groups chosen anew, by the names of the command line.

        A dot is written as two underscores, or the names are given as a mapping. A field that is set stays set, whichever
        option of its group is chosen later. Raises ``InputError``, in the words of the command line, for what it refuses.

        >>> import sim
        >>> crisis = sim.load().with_(a__generosity=0.2, mechanism="hotline")
        >>> crisis.a.generosity, crisis.mechanism.name
        (0.2, 'hotline')
        >>> crisis.with_({"a.generosity": 1.4})
        Traceback (most recent call last):
        ...
        sim.design.errors.InputError: a.generosity must lie in [0, 1], got 1.4
        """
        named = {name.replace("__", "."): value for name, value in fields.items()}
        return type(self).changed(self, {**(changes or {}), **named})


S = TypeVar("S")


def contradictions(crisis: Any) -> Iterator[str]:
    """Values that are admissible alone and impossible together: one line each, naming the fields."""
    for side in ("a", "b"):
        nation = getattr(crisis, side)
        if nation.cap < nation.reprisal:
            yield f"{side}.cap must be at least {side}.reprisal ({nation.reprisal}), got {nation.cap}"
    if crisis.a.name and crisis.a.name == crisis.b.name:
        yield f"b.name must differ from a.name, got {crisis.b.name!r}"
    try:
        datetime.fromisoformat(crisis.start) + timedelta(days=crisis.horizon)
    except ValueError:
        yield f"start must be a date and time such as 2024-01-16T20:00, got {crisis.start!r}"
    except OverflowError:
        yield f"start must lie {crisis.horizon:g} days before the year 10000 at the latest, got {crisis.start!r}"


def with_number(crisis: S, key: str, value: Any) -> S:
    """``crisis`` with the field at ``key`` ("a.generosity", "horizon") replaced. Raises ``KeyError`` on an unknown key."""
    name, _, rest = key.partition(".")
    if rest:
        if name not in parts(type(crisis)):
            raise KeyError(key)
        return dataclasses.replace(cast(Any, crisis), **{name: with_number(getattr(crisis, name), rest, value)})
    if name not in parameters(type(crisis)):
        raise KeyError(key)
    return dataclasses.replace(cast(Any, crisis), **{name: value})
