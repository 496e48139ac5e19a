"""Sobol indices of a sweep over Saltelli's sample: against a function whose indices are known, and on disk."""

import numpy as np
import pyarrow.parquet as pq
import pytest

from sim.cli import main
from sim.statistics.space_filling import saltelli
from sim.studies.sweep import sobol

FIELDS = ("strong", "weak", "idle")


def chances(power=9):
    """P(peak >= r) over the sample: 1 below rung 5, from there on .2 + .4 strong + .2 weak, half of it at rung 9."""
    u = saltelli(3, power, 5)
    p = 0.2 + 0.4 * u[:, 0] + 0.2 * u[:, 1]
    return np.stack([*[np.ones(len(u))] * 4, *[p] * 4, p / 2], axis=1)


def test_the_indices_of_a_sum_are_the_shares_of_its_variance():
    found = {(one.rung, one.field): one for one in sobol.shares(chances(), FIELDS, 1000, 1)}
    assert {rung for rung, _ in found} == {5, 6, 7, 8, 9}  # nothing to explain below
    for rung in (5, 9):
        for name, truth in (("strong", 0.8), ("weak", 0.2)):
            for value, low, high in (found[rung, name].total, found[rung, name].first):
                assert value == pytest.approx(truth, abs=0.02)
                assert low <= truth <= high
        assert found[rung, "idle"].total == found[rung, "idle"].first == (0.0, 0.0, 0.0)
    p = chances()[:, 4]
    assert found[5, sobol.CHANCE].total[0] == pytest.approx((p * (1 - p)).mean() / 1000 / p.var())


def test_the_table_has_a_row_a_field_and_rung():
    blocks = [({"mechanism": name}, sobol.shares(chances(5), FIELDS, 1000, 1)) for name in ("none", "hotline")]
    rows = sobol.indices(blocks, len(chances(5))).to_pylist()
    assert len(rows) == 2 * 5 * (2 * len(FIELDS) + 1)
    assert [row["mechanism"] for row in rows[:: len(rows) // 2]] == ["none", "hotline"]
    assert {row["points"] for row in rows} == {5 * 32}
    assert [row["low"] for row in rows if row["field"] == sobol.CHANCE] == [None] * 10


def test_a_sweep_over_the_sample_says_what_drives_it(tmp_path, capsys):
    over = "over: [{vary: a.trust, from: 0, to: 1}, {vary: a.execution_error, from: 0, to: 1}, {vary: weights, among: [base]}]"
    asked = [
        "sweep",
        "sweep=none",
        "runs=100",
        f"sweep.sample={{method: saltelli, points: 16, {over}}}",
        "horizon=40",
        "rung=7",
    ]
    assert main.main([*asked, f"out={tmp_path}/x"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("What drives P(peak >= 7)?")
    assert said.index("a.execution_error") < said.index("a.trust") < said.index("weights")
    assert "0.000 [0.000, 0.000]" in said  # weights touch nothing
    assert (tmp_path / "x" / "indices.png").is_file()
    crossed = [*asked, "sweep.axes=[{vary: mechanism, over: [none, hotline]}]", f"out={tmp_path}/y"]
    assert main.main(crossed) == 0
    rows = pq.read_table(tmp_path / "y" / "indices.parquet").to_pylist()
    assert {row["mechanism"] for row in rows} == {"none", "hotline"}
    alone = pq.read_table(tmp_path / "x" / "indices.parquet").to_pylist()
    assert [row | {"mechanism": "none"} for row in alone] == [row for row in rows if row["mechanism"] == "none"]
