"""Which crises can be solved: every wait exponential or none at all, nothing that fades, deaths that are given."""

import math
from collections.abc import Iterator

from sim.model.parameter import parameters
from sim.model.rules.retaliation import retaliation
from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.nation import Nation
from sim.studies.exact.symbolic_chance import MOMENT

SIDES = ("a", "b")


def problems(crisis: Crisis) -> list[str]:
    """What keeps a ``Crisis`` from being solved: one line a field, with what it must be and what it is."""
    lines = []
    for x in SIDES:
        lines += [*_waits(crisis, x), *_force(crisis, x), *_accounts(crisis, x), *_militants(crisis, x)]
    if crisis.diplomacy.closed > 0:
        lines.append(f"diplomacy.closed must be 0 (no fixed wait), got {crisis.diplomacy.closed:g}")
    return [*lines, *_mechanism(crisis.mechanism)]


def _attacked(crisis: Crisis, x: str) -> bool:
    """Whether militants can ever attack the side ``x``."""
    return getattr(crisis, f"militants_{x}").rate > 0 or crisis.opening == f"attack_on_{x}"


def _stirs(crisis: Crisis) -> bool:
    """Whether anything ever happens."""
    sits = crisis.a.review > 0 or crisis.b.review > 0
    return sits or crisis.opening != "none" or any(_attacked(crisis, x) for x in SIDES)


def _waits(crisis: Crisis, x: str) -> Iterator[str]:
    """The waits of the side ``x`` that are not exponential: every field with a spread of its own."""
    nation, known = getattr(crisis, x), parameters(Nation)
    if not _stirs(crisis):
        return
    idle = {"attack_lag": not _attacked(crisis, x), "follow_lag": nation.follow_up == 0.0}
    used = [name for name in known if f"{name}_spread" in known and not idle.get(name, False)]
    lasting = [name for name in used if known[name].engine(getattr(nation, name)) > 0.0]
    for name in lasting:
        spread, short = getattr(nation, f"{name}_spread"), known[name].engine(getattr(nation, name)) <= MOMENT
        if spread != 1 and not (spread == 0 and short):
            yield f"{x}.{name}_spread must be 1 (an exponential wait), or {x}.{name} 0 (none), got {spread:g}"
    if nation.delay != "weibull" and any(getattr(nation, f"{name}_spread") == 1 for name in lasting):
        yield f"{x}.delay must be weibull (exponential at spread 1), got {nation.delay!r}"


def _force(crisis: Crisis, x: str) -> Iterator[str]:
    """What a strike by the side ``x`` draws from a distribution, or waits for a fixed time."""
    nation = getattr(crisis, x)
    if nation.retaliation == "restraint" and nation.accident == 0:
        return
    if nation.preparation * 60.0 > MOMENT:
        yield f"{x}.preparation must be at most a minute ({MOMENT / 60.0:.4f} hours), got {nation.preparation:g}"
    if nation.follow_up > 0 and nation.follow_least * 60.0 > MOMENT:
        yield f"{x}.follow_least must be 0 (no fixed wait), or {x}.follow_up 0, got {nation.follow_least:g}"
    if nation.strike_deaths > 0 and nation.deaths_most > 0:
        yield f"{x}.strike_deaths must be 0 (no deaths drawn from a distribution), got {nation.strike_deaths:g}"


def _accounts(crisis: Crisis, x: str) -> Iterator[str]:
    """What the side ``x`` would slowly forget, and asks for."""
    nation, diplomacy = getattr(crisis, x), crisis.diplomacy
    asked = diplomacy.imbalance + diplomacy.burden + retaliation.sees(retaliation.code(nation.retaliation), "ledger") > 0
    if asked and nation.harm_half_life < math.inf:
        why = "or nobody ask for the ledger: diplomacy.imbalance and burden 0, no measure_for_measure"
        yield f"{x}.harm_half_life must be .inf (nothing fades), {why}, got {nation.harm_half_life:g}"
    raised = nation.humiliation + nation.audience_cost + nation.pressure_by_death + crisis.mechanism.pledge
    if nation.generosity > 0 and raised > 0 and nation.pressure_half_life < math.inf:
        why = f"or {x}.humiliation, audience_cost and pressure_by_death 0"
        yield f"{x}.pressure_half_life must be .inf (nothing fades), {why}, got {nation.pressure_half_life:g}"


def _militants(crisis: Crisis, x: str) -> Iterator[str]:
    """What stirs the militants that attack ``x`` up for a while, or lets their victims be counted by a distribution."""
    group, key = getattr(crisis, f"militants_{x}"), f"militants_{x}"
    if _attacked(crisis, x) and group.offspring > 0:
        yield f"{key}.offspring must be 0 (no excitation that fades), got {group.offspring:g}"
    if group.rate > 0 and group.deaths_scale > 0 and group.deaths_most > group.deaths_least:
        yield f"{key}.deaths_scale must be 0 (no deaths drawn from a distribution), got {group.deaths_scale:g}"
    if crisis.opening == f"strike_by_{x}" and crisis.opening_dead + crisis.opening_kin > 0 and group.radicalisation > 0:
        yield f"{key}.radicalisation must be 0 where the opening strike kills, got {group.radicalisation:g}"


def _mechanism(mechanism: Mechanism) -> Iterator[str]:
    """What a mechanism does at fixed times, or lets fade."""
    idle = ("compliance", "half_life", "renewal", "erosion", "meeting_interval", "inquiry_delay", "relay_cost")
    effects = [name for name, p in parameters(Mechanism).items() if p.kind == "real" and name not in idle]
    if mechanism.half_life < math.inf and any(getattr(mechanism, name) > 0 for name in effects):
        yield f"mechanism.half_life must be .inf (nothing fades), got {mechanism.half_life:g}"
    if mechanism.clarification > 0:
        yield f"mechanism.clarification must be 0 (it counts how long a council has sat), got {mechanism.clarification:g}"
    if mechanism.meeting_interval > 0:
        yield f"mechanism.meeting_interval must be 0 (no meetings at fixed times), got {mechanism.meeting_interval:g}"
    if mechanism.inquiry > 0 and mechanism.inquiry_delay > 0:
        yield f"mechanism.inquiry_delay must be 0 (no fixed wait), or mechanism.inquiry 0, got {mechanism.inquiry_delay:g}"
