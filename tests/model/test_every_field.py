"""Every number of the model matters: for each there is a crisis whose runs come out otherwise when it changes.

On common chances a field that nothing reads leaves every run as it was, to the last bit; so one run that differs is proof.
"""

import dataclasses

import numpy as np
import pytest

from sim.engine import kernel
from sim.model.parameter import parameters, parts
from sim.model.setting.crisis import Crisis, with_number
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.militants import Militants
from sim.model.setting.nation import Nation

RUNS = 300
EVERY = Mechanism(
    compliance=0.7, half_life=60.0, erosion=0.2, meeting_interval=20.0, contact_gain=0.5, clarification=0.5, perception_cut=0.3,
    alarm_cut=0.3, hit_gain=0.3, foils=0.2, patrols=0.2, notice=0.2, targeting=0.3, inquiry=0.5, inquiry_delay=24.0, pledge=0.3,
    relief=0.2, relay=0.5, relay_cost=0.3,
)  # fmt: skip
NOISY = {"perception_error": 0.3, "execution_error": 0.2, "miss": 0.1, "phantom": 0.1, "accident": 0.1, "failure": 0.1,
         "generosity": 0.4, "sharing": "trusting", "notice": 0.1, "commitment": 0.5}  # fmt: skip
GROUP = Militants(rate=12.0, offspring=0.4)
LIVELY = Crisis(
    opening="strike_by_a", opening_dead=20, a=Nation(**NOISY), b=Nation(**NOISY), militants_a=GROUP, militants_b=GROUP,
    mechanism=EVERY,
)  # fmt: skip
SIT = {"review": 200.0, "review_spread": 0.5}
CRISES = (
    LIVELY,
    dataclasses.replace(LIVELY, a=Nation(**NOISY, **SIT), b=Nation(**NOISY, **SIT)),
    dataclasses.replace(
        LIVELY, a=Nation(**NOISY, retaliation="contrite"), mechanism=dataclasses.replace(EVERY, in_force="agreement")
    ),
    dataclasses.replace(LIVELY, a=Nation(**{**NOISY, "exceed": 0.9, "dread": 0.5}), opening_rung=8),
    dataclasses.replace(LIVELY, a=Nation(**NOISY, retaliation="contrite", signalling="downplay"), opening="strike_by_b"),
    dataclasses.replace(LIVELY, opening="attack_on_a"),
    dataclasses.replace(LIVELY, opening="none", horizon=1000.0),
    dataclasses.replace(LIVELY, a=Nation(**NOISY, recalled=1)),
)
PLACES = {kind: name for name, kind in reversed(parts(Crisis).items())}
FIELDS = [
    f"{name}.{field}".removeprefix(".")
    for kind, name in ((Crisis, ""), *PLACES.items())
    for field, parameter in parameters(kind).items()
    if parameter.kind != "text"
]


def others(parameter, value):
    """Other values of a field: for a number some that are near, far, and at its ends; for a choice all others."""
    if parameter.kind == "choice":
        return [name for name in parameter.names if name != value]
    near = [value / 2, value * 2, value + 1, value - 1, parameter.low, parameter.high, 0.5]
    found = [int(x) if parameter.kind == "whole" and x == x // 1 and abs(x) < 1e9 else x for x in near]
    return [x for x in found if x != value and not parameter.refuses(x)]


@pytest.fixture(scope="module")
def played():
    """The rows of each of CRISES."""
    return [kernel.simulate(crisis, 1, RUNS) for crisis in CRISES]


@pytest.mark.parametrize("key", FIELDS)
def test_it_matters(key, played):
    part, _, field = key.rpartition(".")
    kind = parts(Crisis)[part] if part else Crisis
    for crisis, rows in zip(CRISES, played, strict=True):
        value = getattr(getattr(crisis, part) if part else crisis, field)
        for other in others(parameters(kind)[field], value):
            try:
                changed = with_number(crisis, key, other)
            except ValueError:  # contradicts another field
                continue
            if not np.array_equal(kernel.simulate(changed, 1, RUNS), rows):
                return
    pytest.fail(f"{key} changes nothing")
