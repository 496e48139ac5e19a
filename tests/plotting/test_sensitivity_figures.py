"""The figures of sensitivity: legible, largest first, a sign only where it is told, and a tie called one."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from sim.design.case import Case
from sim.design.options import SweepOptions
from sim.design.uncertainty import Assumption
from sim.model.parameter import parameters
from sim.model.setting.crisis import Crisis
from sim.model.setting.nation import Nation
from sim.plotting.paragraphs import WIDTH
from sim.plotting.ranking import ranking_figure
from sim.plotting.style import PALE
from sim.plotting.tornado import DOWN, UP, tornado_figure
from sim.runs.outcome import outcome
from sim.runs.ranking import ranked
from sim.statistics.paired_differences import moments
from sim.studies.sensitivity.indices import Index, Sensitivity
from sim.studies.sensitivity.options import SensitivityOptions
from sim.studies.sensitivity.text import index_text, ranking_text
from sim.studies.sweep.sobol import Share
from sim.studies.sweep.sobol_figure import sobol_figure

PEAK, CRISIS = outcome("peak>=7"), Crisis(title="A crisis with $")
REQUEST = SensitivityOptions()
object.__setattr__(REQUEST, "case", Case(CRISIS.title, "the scenario file", ("the mechanism is another",) * 5))
NAMES = [f"nation.{name}" for name in parameters(Nation) if parameters(Nation)[name].kind == "real"][:24]
VARIED = [Assumption(name, (("a", name),), 0.1, 0.9, parameters(Nation)[name.partition(".")[2]]) for name in NAMES]


def found(signs=(1, -1, 0)):
    """The indices of many fields, each total half of the last, with swings of the given signs."""
    indices = []
    for i, (name, sign) in enumerate(zip(NAMES, list(signs) * 8, strict=False)):
        swing = (0.05 * sign + 0.001, 0.05 * sign - 0.01, 0.05 * sign + 0.01)
        indices.append(Index(name, (0.4 / 2**i, 0.3 / 2**i, 0.5 / 2**i), (0.2 / 2**i, 0.0, 0.3), swing))
    return Sensitivity(indices, 0.07, 0.03, 0.2, 1000, 100)


def places(k=9, points=200):
    """A ranking of ``k`` mechanisms that chance alone orders."""
    draw = np.random.default_rng(3)
    each = [moments((draw.random((k, 200)) < 0.1).astype(float)) for _ in range(points)]
    return ranked([f"mechanism_{i}" for i in range(k)], each, draw.random((points, 3)), VARIED[:3], True)


def test_the_tornado_is_legible_and_its_rows_stand_by_size(flaws):
    figure = tornado_figure(found(), VARIED, PEAK, CRISIS, REQUEST)
    assert flaws(figure) == []
    bars = figure.axes[0].patches
    assert [to_hex(bar.get_facecolor()).upper() for bar in bars[:3]] == [UP, DOWN, PALE]
    heights = [bar.get_y() for bar in bars]
    assert heights == sorted(heights, reverse=True)
    assert "$" not in figure.texts[0].get_text()
    assert "The largest share" in figure.texts[-1].get_text() or "do not tell" in figure.texts[-1].get_text()


@pytest.mark.parametrize("k", [2, 9, 14])
def test_the_ranking_is_legible_and_its_rows_stand_by_share(k, flaws):
    order = places(k)
    figure = ranking_figure(order, PEAK, CRISIS, REQUEST)
    assert flaws(figure) == []
    assert [place.best for place in order.places] == sorted((place.best for place in order.places), reverse=True)
    widths = [bar.get_width() for bar in figure.axes[0].patches[:k]]
    assert widths == sorted(widths, reverse=True)
    labels = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert labels == [place.name.replace("_", " ") for place in order.places]


def test_the_indices_of_a_sweep_are_legible(flaws):
    shares = [Share(7, name, (0.4 / 2**i, 0.3 / 2**i, 0.5 / 2**i), (0.1, 0.0, 0.2)) for i, name in enumerate(NAMES)]
    figure = sobol_figure(shares, 1000, SweepOptions(), CRISIS)["indices"]
    assert flaws(figure) == []
    assert figure.texts[0].get_text() == "What drives P(peak ≥ 7)?"


def test_the_text_keeps_within_80_columns():
    text = f"{index_text(found(), VARIED, PEAK, CRISIS, REQUEST)}\n{ranking_text(places())}"
    assert max(map(len, text.split("\n"))) <= WIDTH
