"""A field says everything about its number once: what it admits, what the engine holds, what an error tells."""

import dataclasses
import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.parameter import (
    GIVEN,
    OWN,
    POLICY,
    SWITCH,
    UNIT,
    Parameter,
    Plausible,
    parameters,
    parts,
    plain,
    record_type,
    records,
)
from sim.model.setting.crisis import Crisis, with_number
from sim.model.setting.diplomacy import Diplomacy
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation
from sim.model.setting.payoff_weights import Weights

KINDS = (Nation, Militants, Diplomacy, Mechanism, Weights, Crisis)
FIELDS = [(kind, name, p) for kind in KINDS for name, p in parameters(kind).items()]
NUMBERS = [(kind, name, p) for kind, name, p in FIELDS if p.kind in ("real", "whole")]


def each(fields):
    """One test a field, named as in an error message."""
    return pytest.mark.parametrize(("kind", "name", "p"), fields, ids=[f"{k.__name__}.{n}" for k, n, _ in fields])


def beyond(p):
    """Values just outside the bounds, and values that are no numbers at all."""
    if p.kind == "real":
        yield math.nextafter(p.low, -math.inf)
        if p.high < math.inf:
            yield math.nextafter(p.high, math.inf)
    else:
        yield from (p.low - 1, p.high + 1, p.low + 0.5)
    yield from (math.nan, -math.inf, True, "1", None, [p.low])


@each(NUMBERS)
def test_a_number_is_admitted_up_to_its_bounds_and_not_beyond(kind, name, p):
    assert p.low < p.high
    for value in (p.low, p.high):
        assert not p.refuses(value)
    for value in beyond(p):
        assert p.refuses(value)
        with pytest.raises(ValueError, match=f"^{kind.__name__}.{name} must {re.escape(p.admits())}, got "):
            kind(**{name: value})


@each([field for field in FIELDS if field[2].kind in ("choice", "text")])
def test_a_name_must_be_one_of_those_offered(kind, name, p):
    for value in (1, None, True, b"none", *(["no such name"] if p.kind == "choice" else [])):
        with pytest.raises(ValueError, match=f"^{kind.__name__}.{name} must be "):
            kind(**{name: value})


@each(FIELDS)
def test_a_field_says_what_it_means_and_where_it_is_from(kind, name, p):
    assert p.meaning
    assert p.source or p.kind == "text"
    assert not p.refuses(getattr(kind(), name))


@each(NUMBERS)
def test_a_number_says_what_it_might_be_or_why_that_is_not_asked(kind, name, p):
    assert bool(p.plausible) != bool(p.held)
    if p.plausible:
        low, high, evidence = p.plausible
        assert p.low <= low <= getattr(kind(), name) <= high <= p.high
        assert low < high < math.inf
        assert evidence
    else:
        assert p.held in {GIVEN, POLICY, SWITCH, UNIT, OWN}
        assert (p.held == OWN) == (kind is Mechanism)


def test_a_plausible_range_keeps_its_bounds():
    with pytest.raises(ValueError, match="leaves its bounds"):
        Parameter("meaning", "real", low=0, high=1, plausible=Plausible(0.5, 1.5))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Nation(generosity=1.4), "Nation.generosity must lie in [0, 1], got 1.4"),
        (lambda: Nation(patience=2.5), "Nation.patience must be a whole number in [0, 20], got 2.5"),
        (lambda: Nation(delay="slow"), "Nation.delay must be one of weibull, lognormal, got 'slow'"),
        (lambda: Nation(name=3), "Nation.name must be a text of visible characters, got 3"),
        (lambda: Nation(trust=math.nan), "Nation.trust must lie in [0, 1], got nan"),
        (lambda: Nation(hit=True), "Nation.hit must lie in [0, 1], got True"),
        (lambda: Diplomacy(contact=-1), "Diplomacy.contact must lie in [0, inf], got -1"),
        (lambda: Crisis(a="Iran"), "Crisis.a must be a Nation"),
        (lambda: Crisis(a=Nation(cap=5, reprisal=6)), "a.cap must be at least a.reprisal (6), got 5"),
        (lambda: Crisis(b=Nation(cap=7, reprisal=8)), "b.cap must be at least b.reprisal (8), got 7"),
        (lambda: Crisis(a=Nation(name="X"), b=Nation(name="X")), "b.name must differ from a.name, got 'X'"),
        (lambda: Crisis(start="9999-12-31"), "start must lie 365 days before the year 10000 at the latest, got '9999-12-31'"),
        (
            lambda: Nation(name="a\x1b[2J"),
            "Nation.name must be a text of visible characters, got 'a\\x1b[2J'",
        ),
        (
            lambda: Nation(name="a\u202eb"),
            "Nation.name must be a text of visible characters, got 'a\\u202eb'",
        ),
        (lambda: Nation(name="a\u3164"), "Nation.name must be a text of visible characters, got 'a\u3164'"),
        (
            lambda: Nation(name="a\ud800"),
            "Nation.name must be a text of visible characters, got 'a\\ud800'",
        ),
        (lambda: Crisis(start="soon"), "start must be a date and time such as 2024-01-16T20:00, got 'soon'"),
    ],
)
def test_an_error_names_field_bounds_and_value(make, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        make()


def test_two_nameless_nations_do_not_clash():
    assert Crisis(a=Nation(name=""), b=Nation(name="")).a.name == ""


@pytest.mark.parametrize(
    ("unit", "value", "minutes"),
    [("hours", 2.0, 120.0), ("days", 1.5, 2160.0), ("per day", 1440, 1.0), ("per year", 525600, 1.0), ("deaths", 3, 3.0)],
)
def test_the_engine_counts_in_minutes(unit, value, minutes):
    engine = Parameter("meaning", "real", unit).engine(value)
    assert engine == pytest.approx(minutes, rel=1e-15)
    assert isinstance(engine, float)


def test_the_engine_holds_whole_numbers_as_integers_and_names_as_codes():
    assert Parameter("meaning", "whole", low=0, high=9).engine(2.0) == 2
    assert isinstance(Parameter("meaning", "whole", low=0, high=9).engine(2.0), int)
    assert Parameter("meaning", "choice", names=("x", "y")).engine("y") == 1
    assert Parameter("meaning", "real", "days").engine(math.inf) == math.inf


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_has_the_fields_of_its_dataclass(kind):
    known, inner = parameters(kind), parts(kind)
    told = [f.name for f in dataclasses.fields(kind) if f.name in inner or known[f.name].kind != "text"]
    dtype = record_type(kind)
    assert sorted(dtype.names) == sorted(told)
    for name in dtype.names:
        if name in inner:
            assert dtype[name] == record_type(inner[name])
        else:
            assert dtype[name] == (np.float64 if known[name].kind == "real" else np.int64)


@each(FIELDS)
def test_no_field_is_hidden_by_an_attribute_of_a_record(kind, name, p):
    """Without the compiler ``record.size`` is NumPy's, not the field's."""
    assert not hasattr(np.record, name)


@given(st.data())
def test_a_record_and_a_named_tuple_hold_the_same_numbers(admissible, data):
    crises = data.draw(st.lists(admissible(Crisis), min_size=1, max_size=2))
    table = records(crises)
    assert [row.tolist() for row in table] == [plain(crisis) for crisis in crises]
    assert plain(crises[0])._fields == table.dtype.names
    assert table[0].a.generosity == plain(crises[0]).a.generosity == crises[0].a.generosity


def test_one_number_of_a_crisis_can_be_replaced():
    crisis = Crisis(opening="strike_by_a")
    assert with_number(crisis, "a.generosity", 0.25).a.generosity == 0.25
    assert with_number(crisis, "horizon", 30).horizon == 30
    assert with_number(crisis, "mechanism.foils", 0.5) == dataclasses.replace(crisis, mechanism=Mechanism(foils=0.5))
    assert with_number(crisis, "horizon", crisis.horizon) == crisis
    assert crisis == Crisis(opening="strike_by_a")


@pytest.mark.parametrize(
    "key", ["", "a", "generosity", "a.generosty", "c.generosity", "a.b.c", "horizon.days", "a.", ".horizon"]
)
def test_an_unknown_number_is_a_key_error(key):
    with pytest.raises(KeyError):
        with_number(Crisis(), key, 1.0)


def test_a_replaced_number_is_checked():
    with pytest.raises(ValueError, match=r"Nation\.generosity must lie in \[0, 1\], got 2"):
        with_number(Crisis(), "b.generosity", 2)
    with pytest.raises(ValueError, match=r"b\.cap must be at least b\.reprisal"):
        with_number(Crisis(b=Nation(reprisal=6)), "b.cap", 5)


def test_settings_are_values():
    assert Crisis() == Crisis()
    assert len({Nation(), Nation(), Nation(generosity=0.1)}) == 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        Nation().generosity = 1.0
