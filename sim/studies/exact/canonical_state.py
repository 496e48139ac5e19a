"""A state as a plain value that equals another's exactly where the same can follow from both.

Every time is counted from now, open waits and questions become their rate or interval and a number that says which are one,
and what no rule will ever read is left out. What is said in ``_forgets`` is all that is left out: a field that is not named
there, such as one added to the game tomorrow, is kept, which costs states and never truth.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, get_type_hints

from sim.model.ladder import MILITANT_ATTACK
from sim.model.registry import ALL
from sim.model.rules.intelligence_sharing import sharing
from sim.model.rules.retaliation import retaliation
from sim.model.rules.signalling import signalling
from sim.model.setting.crisis import ATTACK_ON_A, ATTACK_ON_B
from sim.model.state import MIXED, NEVER, NOT_ANSWERING, Act, NextEventTimes, State
from sim.studies.exact.symbolic_chance import MOMENT, Question, SymbolicChance, Unsolvable, Wait

PENDING = -1 - NEVER  # in place of a unit-exponential clock of militants that has not yet run down


class Pending(NamedTuple):
    """An exponential wait: its rate per minute, and its number in the state."""

    rate: float
    number: int


class Between(NamedTuple):
    """A question answered so far by what lies in [low, high), and its number in the state."""

    low: float
    high: float
    number: int


class Rest(NamedTuple):
    """A state from which nothing more will happen, at the crisis rung it came to rest at (9 is war)."""

    rung: int


class CanonicalStates:
    """How the states of one crisis (its plain tuple, engine units) are taken down and brought back to life."""

    def __init__(self, crisis: Any) -> None:
        self.shape = _shape(State, "", _forgets(crisis))

    def taken(self, state: State) -> State | Rest:
        """The canonical state of a state at minute 0: a ``State`` of plain numbers, or a ``Rest``."""
        if all(type(due) is int and due == NEVER for due in state.due):
            return Rest(state.talks.rung)
        return _taken(state, self.shape, {})

    @staticmethod
    def pending(known: Any) -> list[tuple[int, float | None]]:
        """Who acts next: pairs of actor and rate; the rate is None where the actor acts now, and alone."""
        if isinstance(known, Rest):
            return []
        now = [(due, who) for who, due in enumerate(known.due) if type(due) is int and due != NEVER]
        if now:
            return [(min(now)[1], None)]
        return [(who, due.rate) for who, due in enumerate(known.due) if isinstance(due, Pending)]

    @staticmethod
    def revived(known: Any, who: int, chance: SymbolicChance) -> State:
        """The state of a canonical state at the minute the actor ``who`` is due, its open chances subject to ``chance``."""
        due = known.due[who]
        live, shift = {}, 0
        if isinstance(due, Pending):
            live[due.number] = 0
        else:
            shift = due
        state = _revived(known, chance, live)
        return _nearer(state, shift) if shift else state


def _nearer(state: State, minutes: int) -> State:
    """The state with every fixed time that much nearer; fixed times are a minute at the most."""

    def moved(t: Any) -> Any:
        return t if type(t) is not int or t in (NEVER, NOT_ANSWERING) else max(0, t - minutes)

    def plan(side: Any) -> Any:
        return side._replace(plan=side.plan._replace(council=moved(side.plan.council)))

    return state._replace(due=NextEventTimes(*map(moved, state.due)), a=plan(state.a), b=plan(state.b))


def _revived(value: Any, chance: SymbolicChance, live: dict[int, Any]) -> Any:
    """A canonical state's value with its open chances live again; those of one number are one."""
    if isinstance(value, (Pending, Between)):
        if value.number not in live:
            live[value.number] = Wait(chance, value[0]) if isinstance(value, Pending) else Question(chance, *value[:2])
        return live[value.number]
    if value == PENDING:
        return Wait(chance, 1.0)
    if not hasattr(value, "_fields") or _settled(value):
        return value
    return value._make([_revived(one, chance, live) for one in value])


@lru_cache(maxsize=100_000)
def _settled(value: Any) -> bool:
    """Whether a canonical state's value holds no open chance."""
    if isinstance(value, (Pending, Between)) or value == PENDING:
        return False
    return not isinstance(value, tuple) or all(map(_settled, value))


def _shape(kind: Any, path: str, forgets: dict[str, Callable]) -> list:
    """For every field of a named tuple: how its value is taken down, or the shape of the named tuple it holds."""
    hints = get_type_hints(kind)
    shape: list = []
    for name in kind._fields:
        here = f"{path}{name}"
        if here in forgets:
            shape.append(forgets[here])
        elif hasattr(hints.get(name), "_fields"):
            shape.append(_shape(hints[name], f"{here}.", forgets))
        else:
            shape.append(_kept)
    return shape


def _taken(value: Any, shape: Any, numbers: dict[int, int]) -> Any:
    """A value taken down: ``numbers`` holds the number of each open chance met so far."""
    if type(shape) is not list:
        return shape(value, numbers)
    return value._make([_taken(one, inner, numbers) for one, inner in zip(value, shape, strict=True)])


def _kept(value: Any, numbers: dict[int, int]) -> Any:
    """A number as it is, floats to twelve figures; an open chance by what is known of it, and its number."""
    kind = type(value)
    if kind is int:
        return value
    if kind is float:
        return float(f"{value:.12g}")
    if kind is Wait:
        return Pending(value.rate, numbers.setdefault(id(value), len(numbers)))
    if kind is Question:
        return Between(value.low, value.high, numbers.setdefault(id(value), len(numbers)))
    if kind is bool:
        return int(value)
    raise TypeError(f"a state must hold numbers, got {value!r}")


def _time(value: Any, numbers: dict[int, int]) -> Any:
    """A fixed time from now: never, or no longer than a moment."""
    if type(value) is int and value != NEVER and value > MOMENT:
        raise Unsolvable(f"every wait must be exponential or at most a minute, got a fixed wait of {value / 60.0:g} hours")
    return _kept(value, numbers)


def _as(constant: Any) -> Callable:
    """A field nobody reads: always the same."""
    return lambda value, numbers: constant


def _most(limit: float) -> Callable:
    """A count of which rules can only tell whether it has reached ``limit``."""
    return lambda value, numbers: min(value, limit)


def _in_force(value: Any, numbers: dict[int, int]) -> Any:
    """Since when a mechanism is in force, where its effect does not fade: now, or not."""
    return NEVER if value == NEVER else 0


def _still(value: Any, numbers: dict[int, int]) -> float:
    """Excitation of militants: none, since it fades."""
    if value != 0.0:
        raise Unsolvable("militants must not be stirred up (offspring, radicalisation): that memory fades")
    return 0.0


def _forgets(crisis: Any) -> dict[str, Callable]:
    """By the path of a field: how it is taken down, where that is not as it is. The only place where states lose anything."""
    table = {
        "now": _as(0),
        "latest": _as(Act(*[0] * len(Act._fields))),
        "talks.tries": _as(1),
        "mechanism_state.since": _in_force,
    }
    table |= {f"due.{name}": _time for name in NextEventTimes._fields} | {
        "mechanism_state.meeting": _time,
        "mechanism_state.inquiry": _time,
    }
    for x in "ab":
        table |= _side(x, getattr(crisis, x), crisis)
        warned = getattr(crisis, "b" if x == "a" else "a").sharing
        if sharing.sees(warned, "returned") == 0:
            table[f"{x}.shared"] = _as(1)
        group, militants = f"group_{x}.", getattr(crisis, f"militants_{x}")
        table |= {group + "base": _as(PENDING), group + "offspring": _as(PENDING), group + "excitation": _still}
        table |= {group + "since": _as(0), group + "attacks": _most(1)}
        if militants.rate == 0.0:
            table |= {group + "slowed": _as(1.0), group + "pace": _as(1.0)}
    return table


def _side(x: str, nation: Any, crisis: Any) -> dict[str, Callable]:
    """What may be forgotten of the side ``x``: what no rule in force sees."""
    drop: dict[str, float] = {
        "account.since": 0,
        "plan.since": 0,
        "provocations": 1,
        "memory.true_rung": 0,
    }  # the true rung: a hotline's, refused
    drop |= {f"memory.{name}": 0 for name in ("grievances", "tone") if _sees(name, nation) == 0}
    if _sees("standing", crisis.a, crisis.b) == _sees("opponent_standing", crisis.a, crisis.b) == 0:
        drop |= {
            "memory.standing": 0,
            "memory.opponent_standing": 0,
            "plan.cause": 0,
        }  # one's own tells how the other sees one's acts
    if _sees("last", nation) == 0 and nation.review == 0.0:  # a posture is told in the answer
        drop["memory.last"] = 0
    if _sees("ledger", nation) == crisis.diplomacy.imbalance == crisis.diplomacy.burden == 0.0:
        drop["account.ledger"] = 0.0
    if nation.generosity == 0.0:  # nothing is let pass, whatever the pressure and the commitment_type
        drop |= {"account.pressure": 0.0, "commitment_type": MIXED}
    if crisis.diplomacy.trust_weight == 0.0 and _sees("trust", nation) == 0 and not _attacks(crisis):
        drop["trust"] = 0.5
    least = {
        "grievances": 0,
        "streak": nation.patience + 1 if nation.war_by_blow == 0.0 else ALL,
    }  # what the game itself tells apart
    if nation.resort_deaths == nation.exceed_by_death == nation.war_by_death == 0.0:
        least["unanswered_deaths"] = 1
    most = {f"memory.{name}": max(count, _sees(name, nation)) for name, count in least.items()}
    table = {f"{x}.acts": _most(1)} | {f"{x}.{name}": _most(limit) for name, limit in most.items() if limit < ALL}
    return table | {f"{x}.{name}": _as(value) for name, value in drop.items()} | {f"{x}.plan.council": _time}


def _sees(name: str, *nations: Any) -> float:
    """From which value of ``name`` on no rule of ``nations`` tells values apart."""
    families = retaliation, signalling, sharing
    return max(family.sees(getattr(nation, family.name), name) for nation in nations for family in families)


def _attacks(crisis: Any) -> bool:
    """Whether an act at the rung of militant attacks can be heard of, the only one whose answer reads trust."""
    groups = crisis.militants_a.rate + crisis.militants_b.rate > 0.0 or crisis.opening in (ATTACK_ON_A, ATTACK_ON_B)
    return groups or crisis.opening_rung == MILITANT_ATTACK or crisis.a.proxies + crisis.b.proxies > 0
