"""What is not known over the cells of a sweep: the draws' own runs, pairing, the same bytes however it is played, its words."""

import json

import numpy as np
import pandas as pd
import pytest

import sim
from sim.cli import main
from sim.design.draws import draws
from sim.design.factorial import design
from sim.design.options import SweepOptions
from sim.execution.tasks import _over_draws
from sim.model.setting.crisis import Crisis
from sim.runs.ignorance import BEYOND
from sim.studies.sweep.compute import sweep
from sim.studies.sweep.unknown import tasks_over_draws

CRISIS = Crisis(opening="strike_by_a", opening_dead=2)
AXES = {"axes": [{"vary": "b.generosity", "over": [0.5, 0.5001, 1.0]}], "points": [], "sample": None}
WIDE = {"fields": ["nation.exceed"], "ranges": {"nation.exceed": [0.0, 0.6]}}


def plan():
    return design(AXES, CRISIS, lambda groups: {})


@pytest.fixture(scope="module")
def found():
    drawn = draws("ranges", WIDE, {"none": CRISIS}, {}, 40, 1)
    return sweep(plan(), SweepOptions(runs=20_000, draws=40, uncertainty="ranges"), drawn)


def test_every_cell_meets_the_same_draws_and_each_draw_has_runs_of_its_own(monkeypatch):
    drawn = draws("ranges", WIDE, {"none": CRISIS}, {}, 40, 1)
    tasks, seen = tasks_over_draws(plan(), SweepOptions(runs=1400, draws=40), drawn), []
    for task in tasks:
        for i in range(len(task.settings)):
            seen.append((task.cell + i, task.settings[i]["a"]["exceed"], task.settings[i]["b"]["generosity"]))
    assert [cell for cell, *_ in seen] == list(range(120))
    by_cell = np.array([exceed for _, exceed, _ in seen]).reshape(3, 40)
    assert (by_cell == by_cell[0]).all()
    assert by_cell[0] == pytest.approx(drawn.numbers["nation.exceed"])
    assert [seen[0][2], seen[40][2], seen[80][2]] == [0.5, 0.5001, 1.0]  # the axis is not drawn
    firsts = []
    monkeypatch.setattr(
        "sim.execution.tasks.kernel.simulate_record",
        lambda settings, i, seed, runs, first: firsts.append(first) or np.zeros((runs, 2)),
    )
    _over_draws(tasks[0])
    assert firsts == [BEYOND + draw * tasks.runs for draw in range(40)] * 3


def test_levels_and_differences_have_the_spread_of_the_draws(found):
    unknown = found.unknown
    low, high = unknown.levels[0, 6, 1:]
    assert high - low > 0.15
    assert low < found.chances[0, 6, 0] < high
    assert unknown.gaps[2, 6, 0] < 0  # generous: less
    assert unknown.below[2, 6] > 0.9
    assert np.nanmax(np.abs(unknown.gaps[1, 6])) < 0.02  # hardly another cell
    assert np.isnan(unknown.gaps[0]).all()
    assert unknown.sources[0].name == "nation.exceed"
    assert unknown.sources[0].share > 0.8


def test_table_summary_words_and_figure_have_both_intervals(found):
    rows = found.tables()["unknown"].to_pandas().query("quantity == 'peak>=7'")
    assert rows["b.generosity"].tolist() == [0.5, 0.5001, 1.0]
    assert rows["low"].tolist() == found.unknown.levels[:, 6, 1].tolist()
    assert found.data()["cells"][0]["not known"]["peak>=7"] == found.unknown.levels[0, 6].tolist()
    said = " ".join(found.summary().split())
    assert "40 draws of 1 number, 150 runs of each" in said
    assert "nation.exceed" in said
    drawn = " ".join(" ".join(text.get_text() for text in found.plot().texts).split())
    assert "Light: 95 % of 40 draws" in drawn


def test_the_same_bytes_on_any_number_of_threads_and_after_a_stop(tmp_path, monkeypatch):
    asked = ["sweep", "runs=1400", "draws=40", "uncertainty=ranges", "sweep.axes=[{vary: mechanism, over: [none, hotline]}]"]
    assert main.main([*asked, f"out={tmp_path}/one", "threads=1"]) == 0
    stopped = []

    def stop(*_):
        stopped.append(True)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("sim.studies.sweep.unknown.unknown", stop)
        assert main.main([*asked, f"out={tmp_path}/two", "threads=2"]) != 0
    assert stopped
    assert main.main([*asked, f"out={tmp_path}/two", "threads=2"]) == 0
    for name in ("table", "unknown", "draws"):
        one, two = (pd.read_parquet(tmp_path / folder / f"{name}.parquet") for folder in ("one", "two"))
        assert one.equals(two)
    cells = json.loads((tmp_path / "one" / "summary.json").read_text())["cells"]
    assert {"not known", "differences, not known"} <= {*cells[1]}


def test_from_python_what_was_set_is_not_drawn():
    found = sim.sweep(sim.load("a.exceed=0.1"), {"b.generosity": [0.5, 1.0]}, runs=1400, draws=40)
    places = {place for one in found.unknown.drawn.varied for place in one.places}
    assert ("b", "exceed") in places
    assert not {("a", "exceed"), ("b", "generosity")} & places
    assert "What is not known" in found.summary()
    assert {"unknown", "draws"} <= {*found.tables()}


def test_without_draws_there_is_one_interval(tmp_path, capsys):
    asked = ["sweep", "runs=60", "uncertainty=none", "sweep.axes=[{vary: mechanism, over: [none, hotline]}]"]
    assert main.main([*asked, f"out={tmp_path}/study"]) == 0
    assert "not known" not in capsys.readouterr().out
    assert not (tmp_path / "study" / "unknown.parquet").exists()
