"""Every figure a command draws, at small runs: nothing leaves the page or overlaps, and the small print says n and seed."""

import pytest
from matplotlib.figure import Figure

from sim.cli import main

SPLIT = "estimator=splitting particles=20 replicates=5"
DRAWN = {
    "play": "play runs=200",
    "play in peace": "play runs=50 horizon=30 opening=none",
    "play at length": "play runs=50 horizon=3650 run=3 mechanism=comprehensive",
    "sweep": "sweep runs=50",
    "sweep of one cell": "sweep runs=50 sweep=none",
    "sweep of words": "sweep runs=50 sweep.axes=[{vary:mechanism,over:[none,hotline,settlement]}]",
    "sweep of a map": "sweep runs=20 sweep.axes=[{vary:a.generosity,over:{from:0,to:1,steps:4}},{vary:b.trust,over:[0,0.5,1]}]",
    "sweep by splitting": f"sweep {SPLIT} rung=8 sweep.axes=[{{vary:a.cap,over:[8,9]}}]",
    "compare": "compare runs=200 points=0",
    "compare of numbers": "compare runs=200 points=0 compare=generosity",
    "compare by splitting": f"compare {SPLIT} compare=generosity",
    "equilibrium": "equilibrium runs=100 budget=0 resamples=40 mechanism=none,hotline",
    "sensitivity": "sensitivity power=2 runs=20 points=20 ranking_runs=10",
    "forecast": "forecast record=iran_pakistan_2024 asof=2024-01-25 runs=200 filters=2 draws=4 own_records=0",
    "backtest": "backtest runs=50 filters=2 most=5",
    "exact": "exact",
    "verify": "verify scale=0.01",
}


@pytest.fixture
def found(tmp_path, monkeypatch, flaws):
    """``found(words)``: a command's figures by file name, with all that is wrong with each."""
    monkeypatch.chdir(tmp_path)
    seen, save = {}, Figure.savefig

    def drawn(figure, path, **about):
        if path.suffix == ".png":
            seen[path.name] = flaws(figure) + unsaid(figure)
        save(figure, path, **about)

    monkeypatch.setattr(Figure, "savefig", drawn)

    def of(words):
        assert main.main([*words.split(" "), "out=found"]) in (0, 1)
        return seen

    return of


def unsaid(figure):
    """What a reader must find on every figure and does not: the seed, or that no chance was drawn."""
    said = " ".join(text.get_text() for text in figure.texts)
    return [] if "seed" in said or "no chance drawn" in said else ["neither seed nor that no chance was drawn"]


@pytest.mark.parametrize("name", DRAWN)
def test_no_figure_misleads_its_reader(found, name):
    drawn = found(DRAWN[name])
    assert drawn
    assert {file: wrong for file, wrong in drawn.items() if wrong} == {}
