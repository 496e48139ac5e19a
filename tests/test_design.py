"""Designs: grids of groups and fields become cells, and what is no design is refused."""

import pytest

from sim import config, design
from sim.game.setting.crisis import Crisis

GRID = {"axes": [{"vary": "mechanism", "over": ["none", "hotline"]}, {"vary": "a.trust + b.trust", "over": [0.2, 0.4, 0.6]}]}


def compose(overrides):
    """The crisis mapping of some group choices."""
    return config.defaults(Crisis) | {"mechanism": config.defaults(type(config.load(*overrides).mechanism))}


def test_a_grid_is_the_product_of_its_axes():
    plan = design.design(GRID, Crisis(), compose)
    assert [tuple(cell.labels.values()) for cell in plan.cells] == [
        (m, t) for m in ("none", "hotline") for t in (0.2, 0.4, 0.6)
    ]
    crisis = plan.crisis(plan.cells[1])
    assert (crisis.a.trust, crisis.b.trust) == (0.4, 0.4)


def test_a_range_is_evenly_spaced_with_its_ends():
    plan = design.design({"axes": [{"vary": "horizon", "over": {"from": 10, "to": 30, "steps": 3}}]}, Crisis(), compose)
    assert [cell.labels["horizon"] for cell in plan.cells] == [10.0, 20.0, 30.0]


def test_a_list_of_points_is_a_cell_each():
    points = [{"mechanism": "none", "a.trust + b.trust": 0.2}, {"mechanism": "hotline", "a.trust + b.trust": 0.7}]
    plan = design.design({"points": points}, Crisis(), compose)
    assert [cell.labels for cell in plan.cells] == points
    assert plan.crisis(plan.cells[1]).b.trust == 0.7


def test_no_axes_is_one_cell():
    assert len(design.design({}, Crisis(), compose).cells) == 1


REFUSED = {
    "sweep.axes must be a list": {"axes": 3},
    "sweep.axes[0].over must hold at least one value": {"axes": [{"vary": "horizon", "over": []}]},
    "a.foo is not a field": {"axes": [{"vary": "a.foo", "over": [1]}]},
    "a.trust must lie in [0, 1], got 2": {"axes": [{"vary": "a.trust", "over": [0.5, 2]}]},
    "a.cap must be at least a.reprisal": {"axes": [{"vary": "a.cap", "over": [5]}]},
    "sweep.axes must vary each thing once": {"axes": [{"vary": "horizon", "over": [5]}] * 2},
    "sweep.axes[0] must be": {"axes": [{"vary": "horizon"}]},
    "sweep.axes must span at most": {
        "axes": [{"vary": f"{s}.trust", "over": {"from": 0, "to": 1, "steps": 9999}} for s in "ab"]
    },
    "sweep.axes[0].over must hold numbers, and steps": {
        "axes": [{"vary": "horizon", "over": {"from": 0, "to": 1, "steps": 0}}]
    },
    "sweep.axes[0].over must hold numbers or names": {"axes": [{"vary": "horizon", "over": [[1]]}]},
    "sweep.points must stand alone": {"axes": [{"vary": "horizon", "over": [5]}], "points": [{"horizon": 5}]},
    "sweep.points must all name the same": {"points": [{"horizon": 5}, {"a.trust": 0.5}]},
    "sweep.points[0] must be a mapping": {"points": [3]},
    "a.trust must lie in [0, 1], got 3": {"points": [{"a.trust": 3}]},
    "sweep.axe is not a field": {"axe": []},
}


@pytest.mark.parametrize("part", REFUSED)
def test_what_is_no_design_is_refused_in_a_line(part):
    with pytest.raises(config.Refusal) as refusal:
        design.design(REFUSED[part], Crisis(), compose)
    assert refusal.value.lines[0].startswith(part)


def test_jobs_of_a_multirun_become_one_design():
    one = design.design({}, Crisis(horizon=10.0), compose)
    two = design.design({}, Crisis(horizon=20.0), compose)
    plan = design.joined([({"horizon": "10", "runs": "5"}, one), ({"horizon": "20", "runs": "5"}, two)])
    assert plan.axes == ["horizon"]
    assert [plan.crisis(cell).horizon for cell in plan.cells] == [10.0, 20.0]
