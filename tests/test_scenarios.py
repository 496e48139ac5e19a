"""Every coded crisis can be played from its opening blow, which the scenario and the record tell alike."""

import pytest
import yaml

from sim.design.paths import CONFIGS
from sim.face.crises import load

RECORDS = sorted(path.stem for path in (CONFIGS / "record").glob("*.yaml"))


def within(value, bounds):
    """Whether a number lies in what a record tells: a number or an interval."""
    low, high = bounds if isinstance(bounds, list) else (bounds, bounds)
    return low <= value <= high


@pytest.mark.parametrize("name", RECORDS)
def test_a_scenario_opens_as_its_record_does(name):
    record = yaml.safe_load((CONFIGS / "record" / f"{name}.yaml").read_text(encoding="utf-8"))
    blow, crisis = record["opening"], load(f"scenario={name}")
    assert (crisis.a.name, crisis.b.name) == (record["a"], record["b"])
    assert crisis.opening in ([f"strike_by_{blow['actor']}"] if blow["actor"] != "both" else ["strike_by_a", "strike_by_b"])
    assert crisis.opening_rung == blow["rung"]
    assert within(crisis.opening_dead, blow.get("deaths", 0))
    assert within(crisis.opening_kin, blow.get("kin", 0))
    assert crisis.start[:10] == str(blow["time"])[:10]
