"""Cells of a sweep set against one another run by run: what a comparison finds, however the runs are cut."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from sim.engine import kernel
from sim.execution import tasks as task
from sim.execution.schedule import play_missing
from sim.model.parameter import records
from sim.model.setting.crisis import Crisis
from sim.model.setting.mechanism import Mechanism
from sim.model.setting.nation import Nation
from sim.statistics.paired_differences import bonferroni_z, difference, moments
from sim.storage.chunk_store import Store
from sim.studies.sweep.paired_cells import apart, differences

OPENED = {"opening": "strike_by_a", "opening_dead": 2, "horizon": 60.0}
HARD = Nation(generosity=0.0)
CRISES = [Crisis(**OPENED), Crisis(**OPENED, a=HARD, b=HARD), Crisis(**OPENED, mechanism=Mechanism(name="idle"))]
RUNS, SEED, AGAINST = 700, 3, [0, 0, 0]


def filled(folder):
    """The tasks of the three crises, and a store that holds their chunks."""
    settings = records(CRISES)
    tasks, store = task.Tasks(lambda start, stop: settings[start:stop], len(CRISES), SEED, RUNS, peaks=True), Store(folder)
    with ThreadPoolExecutor(2) as pool:
        play_missing(tasks, store, pool, 4)
    return tasks, store


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The differences of the three from the first."""
    return differences(*filled(tmp_path_factory.mktemp("whole")), AGAINST)


def test_they_are_what_a_comparison_of_the_same_runs_finds(found):
    peaks = np.array([kernel.simulate(crisis, SEED, RUNS)[:, 0] for crisis in CRISES])
    for rung in range(1, 10):
        expected = difference(moments((peaks >= rung).astype(float)), 1, 0, bonferroni_z(2), probability=True)
        np.testing.assert_allclose(found[1, rung - 1], expected, rtol=0, atol=1e-12)


def test_one_is_told_from_the_first_and_the_other_is_the_same_in_every_run(found):
    assert np.isnan(found[0]).all()
    assert found[1, 6, 1] > 0  # two that let nothing pass strike back
    assert (found[2, :, 0] == 0).all()
    assert (found[2, :, 1] < 0).all()
    assert (found[2, :, 2] > 0).all()


def test_they_do_not_depend_on_how_the_runs_are_cut_or_kept(found, tmp_path, monkeypatch):
    monkeypatch.setattr(task, "RUNS", 256)
    tasks, store = filled(tmp_path)
    assert tasks.parts == 3
    assert np.array_equal(differences(tasks, store, AGAINST), found, equal_nan=True)
    first, *others = sorted(tmp_path.glob("*.chunk"))
    first.write_bytes(b"damaged")
    for chunk in others:
        chunk.unlink()
    assert np.array_equal(differences(tasks, store, AGAINST), found, equal_nan=True)


def test_runs_that_reached_a_rung_under_one_alone():
    one, two = np.array([9, 5, 5, 0], np.int8), np.array([7, 5, 7, 0], np.int8)
    only, only_two = apart(one, two)
    assert only.tolist() == [0, 0, 0, 0, 0, 0, 0, 1, 1]
    assert only_two.tolist() == [0, 0, 0, 0, 0, 1, 1, 0, 0]
