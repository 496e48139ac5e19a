"""What the tests share: admissible numbers drawn at random, a world where nothing stirs, and the model stepped by hand.

The helpers are fixtures, so that no test file imports another. Hypothesis draws the same examples each time; for new
ones: ``pytest --hypothesis-profile=explore``.
"""

import math
from functools import cache
from typing import NamedTuple

import numba
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from sim.model.numerics.philox import chance_of
from sim.model.parameter import parameters, parts, plain
from sim.model.setting.crisis import Crisis
from sim.model.setting.diplomacy import Diplomacy
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation
from sim.model.state import Act, Memory, State, due_of, next_actor
from sim.model.transition import act, opening
from sim.studies.result import Result

CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]
SUITE = settings(max_examples=50, derandomize=True, database=None, deadline=None, suppress_health_check=CHECKS)
BRISK = [Phase.explicit, Phase.generate]  # an example of 200 numbers takes minutes to shrink
settings.register_profile("suite", SUITE)
settings.register_profile("brief", SUITE, max_examples=10, phases=BRISK)
settings.register_profile("explore", SUITE, max_examples=500, derandomize=False, phases=BRISK)
settings.load_profile("suite")

NO_KERNEL = ("test_bounded.py", "test_regret.py", "test_config.py", "test_design.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Put tests without a kernel where the second of two workers begins: by their end the first has compiled the game."""
    without = [item for item in items if item.path.name in NO_KERNEL]
    others = [item for item in items if item.path.name not in NO_KERNEL]
    half = len(items) // 2
    items[:] = [*others[:half], *without, *others[half:]]


FAR = 1e12  # drawn where a bound is infinite


def _values(parameter):
    """The values a parameter admits: often exactly at a bound, or a hair inside."""
    low, high = parameter.low, parameter.high
    if parameter.kind == "text":
        return st.nothing()
    if parameter.kind == "choice":
        return st.sampled_from(parameter.names)
    if parameter.kind == "whole":
        return st.sampled_from((int(low), int(high))) | st.integers(int(low), int(high))
    edges = st.sampled_from((low, math.nextafter(low, high), math.nextafter(high, low), high))
    return edges | st.floats(low, min(high, FAR)) | st.floats(low, min(high, low + 1.0))


def _admissible(kind, **narrowed):
    """Instances of the dataclass ``kind`` over its full bounds; a field not ``narrowed`` keeps its default now and then."""
    given = {**{name: _admissible(part) for name, part in parts(kind).items()}, **narrowed}
    fields = {name: _values(p) for name, p in parameters(kind).items() if p.kind != "text" and name not in narrowed}
    return st.fixed_dictionaries(given, optional=fields).map(lambda numbers: kind(**_consistent(kind, numbers)))


def _consistent(kind, numbers):
    """The numbers of a nation with its cap raised to its reprisal: the one contradiction a crisis refuses."""
    if kind is not Nation:
        return numbers
    nation = Nation(**numbers)
    return {**numbers, "cap": max(nation.cap, nation.reprisal)}


def _memories():
    """Anything a nation may remember."""
    rungs, counts = st.integers(0, 9), st.integers(0, 10**6)
    return st.builds(Memory, rungs, rungs, counts, counts, counts, *[st.integers(0, 1)] * 2, rungs, st.integers(-1, 1))


NEUTRAL = {
    Nation: {
        "harm_half_life": math.inf, "pressure_half_life": math.inf, "cap": 9, "reprisal": 6, "threshold": 4, "deaths_tail": 2.0,
        "deaths_most": 1e6, "most_growth": 1.0, "grievance": 0.0, "exceed_deaths": 1e6, "trust": 0.5,
    },
    Militants: {"half_life": 14.0, "deaths_tail": 2.0, "deaths_most": 1e6},
    Mechanism: {"half_life": math.inf, "compliance": 1.0},
    Diplomacy: {"contact": 1.0, "statement": 1.0, "envoys": 1.0, "visit": 1.0, "agreement": 1.0, "settles": 1.0},
    Crisis: {"horizon": 365.0, "opening_rung": 6},
}  # fmt: skip


def _quiet(kind=Crisis, **numbers):
    """A world where nothing stirs, errs or fades: each number at its low bound, save those in NEUTRAL and ``numbers``.

    It rests on no default, so a new calibration leaves what is built on it alone.
    """
    lowest = {}
    for name, p in parameters(kind).items():
        if p.kind != "text":
            lowest[name] = p.names[0] if p.kind == "choice" else p.low
    inner = {name: _quiet(part) for name, part in parts(kind).items()}
    return kind(**{**lowest, **inner, **NEUTRAL.get(kind, {}), **numbers})


class Path(NamedTuple):
    """A run stepped by hand: the acts, the state before and after each, and whether it came to its end."""

    acts: list[Act]
    states: list[State]
    ended: bool


def _stepped(crisis, seed=0, run=0, most=10_000):
    """Step a run by hand with the model's three functions, for ``most`` acts."""
    setting, chance = plain(crisis), chance_of(seed, run)
    states, acts = [opening(setting, chance)], []
    while due_of(states[-1].due, who := next_actor(states[-1].due)) <= int(setting.horizon):
        if len(acts) == most:
            return Path(acts, states, False)
        states.append(act(states[-1], who, setting, chance))
        acts.append(states[-1].latest)
    return Path(acts, states, True)


@cache
def _compiled(function):
    """``function`` of the model as a kernel sees it; compiled once, however often a test asks."""
    return numba.njit(lambda *arguments: function(*arguments))


@pytest.fixture
def undrawn(request, monkeypatch):
    """Commands draw no figures, which takes them longer than all else; tests/plotting/ draws each, and what is marked so."""
    if not request.node.get_closest_marker("drawn"):
        monkeypatch.setattr(Result, "write_figures", lambda *_: [])


@pytest.fixture(scope="session")
def admissible():
    """``admissible(kind, **narrowed)``: a strategy for instances over their full bounds."""
    return _admissible


@pytest.fixture(scope="session")
def memories():
    """A strategy for anything a nation may remember."""
    return _memories()


@pytest.fixture(scope="session")
def quiet():
    """``quiet(kind, **numbers)``: a setting in which nothing happens but for what ``numbers`` says."""
    return _quiet


@pytest.fixture(scope="session")
def stepped():
    """``stepped(crisis, seed, run, most)``: a run stepped by hand."""
    return _stepped


@pytest.fixture(scope="session")
def compiled():
    """``compiled(function)``: the same function, compiled."""
    return _compiled
