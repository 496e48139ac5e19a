"""Designs: grids of groups and fields become cells, and what is no design is refused."""

import numpy as np
import pytest
from scipy.stats import qmc

import sim
from sim.design import crisis_from_mapping, factorial
from sim.design.errors import InputError
from sim.model.parameter import records
from sim.model.setting.crisis import Crisis

GRID = {"axes": [{"vary": "mechanism", "over": ["none", "hotline"]}, {"vary": "a.trust + b.trust", "over": [0.2, 0.4, 0.6]}]}


def compose(overrides):
    """The crisis mapping of some group choices."""
    return crisis_from_mapping.defaults(Crisis) | {
        "mechanism": crisis_from_mapping.defaults(type(sim.load(*overrides).mechanism))
    }


def test_a_grid_is_the_product_of_its_axes():
    plan = factorial.design(GRID, Crisis(), compose)
    assert [tuple(cell.labels.values()) for cell in plan.cells] == [
        (m, t) for m in ("none", "hotline") for t in (0.2, 0.4, 0.6)
    ]
    crisis = plan.crisis(plan.cells[1])
    assert (crisis.a.trust, crisis.b.trust) == (0.4, 0.4)


def test_a_range_is_evenly_spaced_with_its_ends():
    plan = factorial.design({"axes": [{"vary": "horizon", "over": {"from": 10, "to": 30, "steps": 3}}]}, Crisis(), compose)
    assert [cell.labels["horizon"] for cell in plan.cells] == [10.0, 20.0, 30.0]


def test_a_list_of_points_is_a_cell_each():
    points = [{"mechanism": "none", "a.trust + b.trust": 0.2}, {"mechanism": "hotline", "a.trust + b.trust": 0.7}]
    plan = factorial.design({"points": points}, Crisis(), compose)
    assert [cell.labels for cell in plan.cells] == points
    assert plan.crisis(plan.cells[1]).b.trust == 0.7


def test_points_may_name_their_fields_in_any_order():
    points = [{"a.trust": 0.1, "b.trust": 0.2}, {"b.trust": 0.4, "a.trust": 0.3}]
    plan = factorial.design({"points": points}, Crisis(), compose)
    assert [(plan.crisis(cell).a.trust, plan.crisis(cell).b.trust) for cell in plan.cells] == [(0.1, 0.2), (0.3, 0.4)]


def test_a_cell_is_the_same_by_its_number_and_in_its_turn():
    one = factorial.design(GRID | sample(over=[{"vary": "a.patience", "among": [0, 1, 3]}]), Crisis(), compose)
    joined = factorial.combined_designs([({"x": "1"}, one), ({"x": "2"}, one)])
    for cells, size in ((one.cells, 48), (joined.cells, 96)):
        assert [cells[i] for i in range(len(cells))] == list(cells) == cells[:]
        assert len(list(cells)) == size
        with pytest.raises(IndexError):
            cells[size]
    labels = {"x": 2.0, "mechanism": "none", "a.trust + b.trust": 0.2, "a.patience": one.cells[0].labels["a.patience"]}
    assert joined.cells[48] == (labels, 2, one.cells[0].numbers)


def test_jobs_that_vary_other_fields_are_no_design():
    one, two = (factorial.design({"axes": [{"vary": f"{side}.trust", "over": [0, 1]}]}, Crisis(), compose) for side in "ab")
    with pytest.raises(InputError, match=r"must vary the same in all jobs of a multirun, got a\.trust and b\.trust"):
        factorial.combined_designs([({}, one), ({}, two)])


def test_no_axes_is_one_cell():
    assert len(factorial.design({}, Crisis(), compose).cells) == 1


def sample(**given):
    """A block with a sample over trust, reprisal and the mechanism."""
    over = [{"vary": "a.trust", "from": 0.2, "to": 0.4}, {"vary": "a.patience", "from": 0, "to": 3},
            {"vary": "mechanism", "among": ["none", "hotline"]}]  # fmt: skip
    return {"sample": {"method": "latin", "points": 8, "over": over} | given}


def labels(block, seed=1):
    return [list(cell.labels.values()) for cell in factorial.design(block, Crisis(), compose, seed).cells]


def test_a_latin_hypercube_has_each_part_of_a_range_once():
    found = labels(sample())
    assert sorted(int((trust - 0.2) / 0.2 * 8) for trust, _, _ in found) == list(range(8))
    assert sorted(patience for _, patience, _ in found) == [0, 0, 1, 1, 2, 2, 3, 3]
    assert sorted(mechanism for *_, mechanism in found) == ["hotline"] * 4 + ["none"] * 4
    assert labels(sample()) == found
    assert labels(sample(), seed=2) != found
    assert labels(sample(seed=1), seed=2) == found


def test_whole_numbers_may_be_written_as_floats():
    assert labels(sample(points=8.0, seed=1e1)) == labels(sample(points=8, seed=10))
    plan = factorial.design({"axes": [{"vary": "horizon", "over": {"from": 10, "to": 30, "steps": 3.0}}]}, Crisis(), compose)
    assert len(plan.cells) == 3


def test_a_sobol_sample_is_scipys():
    expected = qmc.Sobol(3, rng=np.random.default_rng(1)).random_base2(3)
    assert [trust for trust, _, _ in labels(sample(method="sobol"))] == [
        round(0.2 + u * (0.4 - 0.2), 6) for u in expected[:, 0]
    ]


def test_a_saltelli_sample_mixes_two_samples():
    found = labels(sample(method="saltelli"))
    a, b, mixed = found[:8], found[8:16], [found[16 + 8 * j : 24 + 8 * j] for j in range(3)]
    assert len(found) == 8 * 5
    for j in range(3):
        for row, one, two in zip(mixed[j], a, b, strict=True):
            assert row == [two[k] if k == j else one[k] for k in range(3)]


def test_axes_and_a_sample_are_combined():
    block = sample() | {"axes": [{"vary": "b.trust", "over": [0.1, 0.9]}]}
    assert labels(block) == [[trust, *rest] for trust in (0.1, 0.9) for rest in labels(sample())]


def test_records_are_those_of_the_crises():
    plan = factorial.design(GRID | sample(over=[{"vary": "b.strike_lag", "from": 1, "to": 9}]), Crisis(), compose)
    assert plan.settings()(3, 20).tobytes() == records([plan.crisis(cell) for cell in plan.cells[3:20]]).tobytes()


REFUSED = {
    "a.name is a text, on which nothing in a run depends: it cannot be varied": {"axes": [{"vary": "a.name", "over": ["x"]}]},
    "b.name is a text, on": sample(over=[{"vary": "b.name", "among": ["x", "y"]}]),
    "title is a text, on": {"points": [{"title": "x"}]},
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
    "sweep.axes[0].over must hold numbers, and whole steps": {
        "axes": [{"vary": "horizon", "over": {"from": 0, "to": 1, "steps": 0}}]
    },
    "sweep.axes[0].over must hold numbers or names": {"axes": [{"vary": "horizon", "over": [[1]]}]},
    "sweep.points must stand alone": {"axes": [{"vary": "horizon", "over": [5]}], "points": [{"horizon": 5}]},
    "sweep.points must all name the same": {"points": [{"horizon": 5}, {"a.trust": 0.5}]},
    "sweep.points[0] must be a mapping": {"points": [3]},
    "a.trust must lie in [0, 1], got 3 and 1 more such values": {"axes": [{"vary": "a.trust", "over": [0.5, 3, 4]}]},
    "a.trust must lie in [0, 1], got 3": {"points": [{"a.trust": 3}]},
    "sweep.axe is not a field": {"axe": []},
    "sweep.axes[0].over must name options of mechanism, got 1": {"axes": [{"vary": "mechanism", "over": [1]}]},
    "sweep.sample.over[0] must name options of mechanism (among), got 1": sample(over=[{"vary": "mechanism", "among": [1]}]),
    "sweep.sample.over[0] must name options of mechanism (among), got 0": sample(
        over=[{"vary": "mechanism", "from": 0, "to": 1}]
    ),
    "a.trust must lie in [0, 1], got 7": sample(over=[{"vary": "a.trust", "from": 0, "to": 7}]),
    "sweep.sample must be a mapping": {"sample": 3},
    "sweep.sample.methode is not a field; did you mean sweep.sample.method": sample(methode=3),
    "sweep.sample.method must be one of latin, sobol, saltelli, got 'halton'": sample(method="halton"),
    "sweep.axes[0].over must hold numbers, and whole steps from 1 to 1000000, got": {
        "axes": [{"vary": "horizon", "over": {"from": 10, "to": 30, "steps": 2.5}}]
    },
    "sweep.sample.points must be a whole number in [1, 1000000], got 0": sample(points=0),
    "sweep.sample.points must be a whole number in [1, 1000000], got 8.5": sample(points=8.5),
    "sweep.sample.points must be a whole number in [1, 1000000], got 1000000000.0": sample(points=1e9, method="sobol"),
    "sweep.sample.points must be a whole number in [1, 200000], got 262144": sample(points=2**18, method="saltelli"),
    "sweep.sample.points must be a whole number in [1, 500000], got 1000000.0": sample(points=1e6)
    | {"axes": [{"vary": "b.trust", "over": [0.1, 0.9]}]},
    "sweep.sample must hold at most 2 points beside the axes, and saltelli makes 5 at least": sample(method="saltelli")
    | {"axes": [{"vary": "b.trust", "over": {"from": 0, "to": 1, "steps": 500_000}}]},
    "sweep.sample.points must be a power of two for sobol, such as 524288, got 600000.0": sample(method="sobol", points=6e5),
    "sweep.sample.points must be a power of two for sobol, such as 64 or 128, got 100": sample(method="sobol", points=100),
    "sweep.sample.points must be a whole number in [1, 1000000], got 2000000": sample(points=2_000_000),
    "sweep.sample.seed must be a whole number in": sample(seed=-1),
    "sweep.sample.over must be a list of 1 to": sample(over=[]),
    "sweep.sample.over[0] must be": sample(over=[{"vary": "a.trust"}]),
    "sweep.sample.over[0].from must be less than its to, got 1 and 1": sample(over=[{"vary": "a.trust", "from": 1, "to": 1}]),
    "sweep.sample.over[0].to must be a finite number, got inf": sample(over=[{"vary": "a.trust", "from": 1, "to": np.inf}]),
    "sweep.sample.over[0].among must be a list": sample(over=[{"vary": "a.trust", "among": []}]),
    "sweep.sample.over must vary each thing once": sample(over=[{"vary": "a.trust", "from": 0, "to": 1}] * 2),
    "sweep.sample must vary each thing once": sample() | {"axes": [{"vary": "a.trust", "over": [0.1]}]},
    "sweep.sample must vary each thing once, got a.trust, a.trust + b.trust": sample(
        over=[{"vary": name, "from": 0, "to": 1} for name in ("a.trust", "a.trust + b.trust")]
    ),
    "sweep.points must stand alone, got sweep.sample too": sample() | {"points": [{"horizon": 5}]},
    "a.trsut is not a field": sample(over=[{"vary": "a.trsut", "from": 0, "to": 1}]),
    "a.trust must lie in [0, 1], got": sample(over=[{"vary": "a.trust", "from": 1, "to": 2}]),
}


@pytest.mark.parametrize("part", REFUSED)
def test_what_is_no_design_is_refused_in_a_line(part):
    with pytest.raises(InputError) as refusal:
        factorial.design(REFUSED[part], Crisis(), compose)
    assert refusal.value.lines[0].startswith(part)


def test_jobs_of_a_multirun_become_one_design():
    one = factorial.design({}, Crisis(horizon=10.0), compose)
    two = factorial.design({}, Crisis(horizon=20.0), compose)
    plan = factorial.combined_designs([({"horizon": "10", "runs": "5"}, one), ({"horizon": "20", "runs": "5"}, two)])
    assert plan.axes == ["horizon"]
    assert [plan.crisis(cell).horizon for cell in plan.cells] == [10.0, 20.0]


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"axes": [{"vary": "a.trust", "over": [0, 0.5, 0.0]}]}, "sweep.axes[0].over must hold each value once, got 0.0 twice"),
        ({"axes": [{"vary": "a.trust", "over": {"from": 1, "to": 1, "steps": 3}}]}, "must hold each value once, got 1.0 twice"),
        ({"points": [{"a.trust": 0.1}, {"a.trust": 0.1}]}, "sweep.points must hold each value once"),
        ({"axes": [{"vary": "mechanism", "over": ["none", "x\u202ey"]}]}, "sweep.axes[0].over must name options of mechanism"),
    ],
)
def test_a_value_that_would_make_a_cell_twice_or_be_unseen_is_refused(block, said):
    with pytest.raises(InputError) as refused:
        factorial.design(block, Crisis(), None)
    assert said in str(refused.value)
