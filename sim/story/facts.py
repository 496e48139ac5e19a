"""What the phrases know of a crisis, of an act and of a run: whole numbers and texts by name.

The page that plays makes the same facts of the kernel's log (``sim/studies/explore/page/story.js``).
"""

from collections.abc import Mapping
from typing import Any

from sim.model.circumstances import Circumstances, circumstances
from sim.model.parameter import DAY
from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.model.state import CHANNEL, MILITANTS_A, Act, State
from sim.model.text import counted

NAMELESS = ("", "none")
MILITANTS = "militants"
UNTOLD = Circumstances(*[0] * len(Circumstances._fields))


def names(crisis: Crisis) -> tuple[str, str]:
    """The names of both nations; ``A`` and ``B`` where they have none."""
    return crisis.a.name or "A", crisis.b.name or "B"


def group(crisis: Crisis, side: int) -> str:
    """What to call the militants that attack ``side``."""
    return (crisis.militants_a, crisis.militants_b)[side].name or MILITANTS


def named(mechanism: Mechanism) -> str:
    """A mechanism by its name in words; nothing where there is none."""
    return "" if mechanism.name in NAMELESS else mechanism.name.replace("_", " ")


def side_of(act: Act) -> int:
    """The nation that acts, or that is attacked: 0 or 1; 0 for the channel and the mechanism."""
    return act.who & 1 if act.who < CHANNEL else 0


def held(act: Act, side: int) -> int:
    """1 where the council of ``side`` called its answer off with the act."""
    return (act.held_a, act.held_b)[side]


def killed(act: Act) -> int:
    """Nationals of the other side killed by a strike; of the side attacked, killed by militants."""
    return (act.dead_a, act.dead_b)[side_of(act) if act.who >= MILITANTS_A else 1 - side_of(act)]


def of_act(act: Act, crisis: Crisis, before: State | None, after: State | None) -> dict[str, Any]:
    """The facts of an act; of the states around it those that are known."""
    around = circumstances(before or after, after) if after else UNTOLD
    side, both = side_of(act), names(crisis)
    own = "ab"[side]
    facts = {**act._asdict(), **around._asdict()}
    return facts | {
        "known": int(before is not None and after is not None), "known_after": int(after is not None),
        "a": both[0], "b": both[1], "me": both[side], "other": both[1 - side], "group": group(crisis, side),
        "dead": killed(act), "envoy": facts[f"envoy_{own}"], "envoy_after": facts[f"envoy_{own}_after"],
        "review": (crisis.a, crisis.b)[side].review, "mechanism": named(crisis.mechanism),
        "named": int(bool(named(crisis.mechanism))), "to_be_agreed": int(crisis.mechanism.in_force == "agreement"),
    }  # fmt: skip


def of_run(row: Mapping[str, float], crisis: Crisis) -> dict[str, Any]:
    """The facts of a run's row of numbers; days beside minutes."""
    whole = {name: int(value) for name, value in row.items() if value == int(value)}
    a, b = names(crisis)
    return {**row, **whole} | {
        "a": a, "b": b, "horizon": counted(crisis.horizon, "day", "g"),
        "strikes_all": row["strikes_a"] + row["strikes_b"],
        "in_strikes_all": row["killed_by_strikes_a"] + row["killed_by_strikes_b"] + row["killed_kin"],
        "in_attacks_all": row["killed_by_attacks_a"] + row["killed_by_attacks_b"],
        "envoyless_days": row["envoyless"] / DAY, "war_day": row["war_at"] / DAY,
        "recurrence_day": row["recurrence_at"] / DAY,
        "stand_down_lag": (row["stand_down_at"] - row["first_strike_at"]) / DAY,
    }  # fmt: skip
