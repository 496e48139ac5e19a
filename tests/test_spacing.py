"""Numbers between two ends: each is the decimal a reader would write, and asking for what is shown finds it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.cli import main
from sim.design import factorial
from sim.design.errors import InputError
from sim.design.spacing import between, spaced, whole_between
from sim.model.setting.crisis import Crisis


@given(st.integers(-1000, 1000), st.integers(1, 40), st.integers(0, 6), st.integers(1, 60))
def test_steps_that_are_decimals_are_those_decimals(start, step, places, steps):
    low, high = (float(f"{n}e-{places}") for n in (start, start + step * (steps - 1)))
    assert spaced(low, high, steps) == [float(f"{start + i * step}e-{places}") for i in range(steps)]


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.integers(2, 50))
def test_other_steps_are_even_and_end_where_they_are_told_to(low, high, steps):
    values = np.array(spaced(low, high, steps))
    assert (values[0], values[-1]) == (low, high)
    assert np.abs(values - np.linspace(low, high, steps)).max() <= 1e-4 * abs(high - low)


def test_what_is_drawn_is_shown_whole():
    drawn = between(0.2, 0.9, np.random.default_rng(1).random(2000))
    assert all(float(f"{x:.6g}") == x for x in drawn)
    assert len(set(drawn)) > 1900
    assert 0.2 <= drawn.min() < 0.21 < 0.89 < drawn.max() <= 0.9


def test_whole_numbers_are_equally_likely():
    assert np.bincount(whole_between(2, 4, np.arange(300) / 300)).tolist() == [0, 0, 100, 100, 100]


@pytest.mark.parametrize("method", ["latin", "sobol", "saltelli"])
def test_a_whole_number_is_sampled_between_whole_numbers(method):
    def cells(low, high):
        over = [{"vary": "a.patience", "from": low, "to": high}]
        plan = factorial.design({"sample": {"method": method, "points": 64, "over": over}}, Crisis(), None)
        return {cell.numbers["a.patience"] for cell in plan.cells}

    with pytest.raises(InputError, match=r"a.patience must be a whole number in \[0, 20\], got 1.9"):
        cells(1.9, 3.9)
    assert cells(2, 3) == cells(2.0, 3.0) == {2, 3}


AXES = {
    "axis": ["sweep.axes=[{vary: a.generosity, over: {from: 0, to: 1, steps: 11}}]"],
    "multirun": ["-m", "a.generosity=range(0,1,0.1)"],
}


@pytest.mark.parametrize("way", AXES)
@pytest.mark.parametrize("asked", ["0.3", "0.7"])
def test_a_row_is_found_by_the_number_it_shows(way, asked, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main.main(["sweep", *AXES[way], "runs=5", "horizon=5", "out=here"]) == 0
    assert main.main(["table", "here", f"value where a.generosity = {asked} and quantity = 'peak>=7'"]) == 0
    assert capsys.readouterr().out.endswith("\n1 row\n")
