"""Every command, asked once at small runs: what it says fits 80 columns, and each figure it draws is one nobody stumbles over.

Figures are of every kind and size: one cell and many, one line and fourteen, a run, none that reached a rung.
"""

import contextlib
import io
import re
from typing import NamedTuple

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from sim.cli import main
from sim.plotting.panel_grid import EDGE, FOOT, HEAD, WIDTH
from sim.plotting.style import GREY, INK, MARKERS, MECHANISMS, OWN

WIDE = 80
SPLIT = "estimator=splitting particles=20 replicates=5"
EVERY = f"[none,{','.join(MECHANISMS)}]"
NUMBERS = "{from:0,to:1,steps:4}"
SIGNS = {"●", *MARKERS.values()}
OVER = "[{vary:a.trust,from:0,to:1},{vary:b.generosity,from:0,to:1}]"
SAMPLE = f"sweep.sample={{method:saltelli,points:8,over:{OVER}}}"


def axes(**varied):
    """The axes of a sweep as one writes them."""
    parts = (f"{{vary:{name.replace('__', '.')},over:{values}}}" for name, values in varied.items())
    return f"sweep.axes=[{','.join(parts)}]"


ASKED = {
    "play": "play runs=200 mechanism=hotline a.generosity=0.2",
    "play one": "play runs=1",
    "play in peace": "play runs=50 horizon=30 opening=none",
    "play at length": "play runs=50 horizon=3650 run=3 mechanism=comprehensive",
    "sweep": "sweep runs=20",
    "sweep of one cell": "sweep runs=50 sweep=none",
    "sweep of words": f"sweep runs=50 {axes(mechanism='[none,hotline,settlement]')}",
    "sweep of two words": f"sweep runs=5 rung=9 {axes(mechanism='[none,hotline]', a__retaliation='[grim,contrite]')}",
    "sweep of many lines": f"sweep runs=5 {axes(mechanism=EVERY, a__generosity=NUMBERS)}",
    "sweep of maps": f"sweep runs=5 {axes(a__trust=NUMBERS, b__trust='[0,1]', mechanism='[none,hotline]')}",
    "sweep of four axes": f"sweep runs=5 {axes(a__trust='[0,1]', b__trust='[0,1]', a__cap='[7,9]', b__cap='[7,9]')}",
    "sweep by splitting": f"sweep {SPLIT} rung=8 {axes(a__cap='[8,9]')}",
    "sweep of a sample": f"sweep sweep=none runs=20 {SAMPLE}",
    "compare": "compare runs=200 points=0 report=true",
    "compare by splitting": f"compare {SPLIT} compare=generosity",
    "equilibrium": "equilibrium runs=100 budget=0 resamples=40 mechanism=none,hotline",
    "equilibrium by search": "equilibrium runs=100 budget=0 resamples=40 mechanism=none search=true report=true",
    "equilibrium over noise": "equilibrium runs=100 budget=0 resamples=40 mechanism=none noise=misperception",
    "sensitivity": "sensitivity power=2 runs=20 points=20 ranking_runs=10",
    "exact beside runs": "exact runs=100",
    "verify": "verify scale=0.01",
}  # fmt: skip
UNDRAWN = {
    "signs": "signs runs=100",
    "targets": "targets runs=50",
    "help": "--help",
    "help of table": "table --help",
    "help of a command": "equilibrium --help",
    "help of a field": "play --help a.generosity",
}

VARIED = {
    "sweep": "Varied: ",
    "compare": "n = 200 runs of each alternative|All alternatives on the same",
    "equilibrium": "runs of each pair",
    "sensitivity": r"\d+ assumptions varied|over \d+ assumptions",
    "verify": "in settings of",
}  # what a figure's small print says of it, by command


class Answer(NamedTuple):
    """What a command said, and the figures it drew by file name, with all that is wrong with each."""

    lines: list[str]
    figures: dict[str, Figure]
    wrong: dict[str, list[str]]


UNEXPLAINED = (  # names an event had beside its own, and jargon that a reader was left with
    "state targets", "state forces", "the null", "hold together", "lead resolved", "pairing \N{MULTIPLICATION SIGN}",
)  # fmt: skip


@pytest.fixture(scope="module")
def answer(tmp_path_factory, flaws):
    """``answer(name)``: the ``Answer`` to what is asked by that name, asked once."""
    known = {}

    def of(name):
        if name not in known:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("COLUMNS", str(WIDE))
                patch.chdir(tmp_path_factory.mktemp("asked"))
                known[name] = _asked({**ASKED, **UNDRAWN}[name], patch, flaws)
        return known[name]

    return of


def _asked(words, patch, flaws):
    """Ask a command, and keep what it draws in place of writing it twice."""
    figures, wrong, said = {}, {}, io.StringIO()

    def kept(figure, path, **_):
        if path.suffix == ".png":
            figures[path.name], wrong[path.name] = figure, flaws(figure)
        path.write_bytes(b"<svg" if path.suffix == ".svg" else b"")

    patch.setattr(Figure, "savefig", kept)
    out = [] if "--help" in words else ["out=found"]
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        assert main.main([*words.split(" "), *out]) in (0, 1)
    return Answer(said.getvalue().split("\n"), figures, wrong)


@pytest.mark.parametrize("name", [*ASKED, *UNDRAWN])
def test_what_is_said_keeps_within_80_columns(answer, name):
    """A single word, such as a path, is never broken."""
    assert [line for line in answer(name).lines if len(line) > WIDE and len(line.split()) > 1] == []


@pytest.mark.parametrize("name", [*ASKED, *UNDRAWN])
def test_an_event_has_one_name_and_no_word_of_the_trade_stands_unexplained(answer, name):
    found = answer(name)
    drawn = (text.get_text() for figure in found.figures.values() for text in figure.findobj(Text))
    said = " ".join(" ".join([*found.lines, *drawn]).split())
    assert [word for word in UNEXPLAINED if word in said] == []


@pytest.mark.parametrize("name", ASKED)
def test_nothing_of_a_figure_is_cut_off_overlaps_or_misleads(answer, name):
    found = answer(name)
    assert found.figures
    assert {file: wrong for file, wrong in found.wrong.items() if wrong} == {}


@pytest.mark.parametrize("name", ASKED)
def test_a_figure_asks_a_question_and_its_small_print_says_what_it_rests_on(answer, name):
    for file, figure in answer(name).figures.items():
        (title, *_), (small,) = ([text.get_text() for text in figure.texts if text.get_gid() == mark] for mark in (HEAD, FOOT))
        small = " ".join(small.split())
        assert "?" in title or title.endswith("Solved exactly"), file
        assert re.search(r"n = [\w ]*\d|\d replicates of|One run: number|no chance drawn", small), (file, small)
        assert "seed" in small or "no chance drawn" in small, file
        assert "the scenario file" in small or name == "verify", (file, small)
        assert figure.get_figwidth() == WIDTH, file
        assert all(text.get_window_extent().x0 >= (EDGE - 0.02) * figure.dpi for text in figure.texts), file


@pytest.mark.parametrize("name", ASKED)
def test_a_mechanism_has_the_same_colour_in_every_figure(answer, name):
    for file, figure in answer(name).figures.items():
        for text in (*figure.texts, *(text for axes in figure.axes for text in (*axes.texts, axes.title, axes._left_title))):
            said = text.get_text().lstrip("".join(SIGNS) + " ").replace(" ", "_")
            if said and said in OWN and text.get_color() not in (INK, GREY):
                assert text.get_color() == OWN[said].colour, (file, text.get_text())


@pytest.mark.parametrize("name", ASKED)
def test_a_mechanism_has_the_same_marker_in_every_figure(answer, name):
    """In the name beside its colour, and on what is drawn in that colour where mechanisms are named so."""
    for file, figure in answer(name).figures.items():
        named = {}
        for text in figure.findobj(Text):
            sign, _, said = text.get_text().partition(" ")
            if sign in SIGNS and said.replace(" ", "_") in OWN:
                named[text.get_color()] = OWN[said.replace(" ", "_")]
                assert sign == named[text.get_color()].sign, (file, text.get_text())
        for line in figure.findobj(Line2D):
            mark = line.get_marker()
            if mark in MARKERS and line.get_color() in named:
                assert mark == named[line.get_color()].marker, (file, line.get_color(), mark)


@pytest.mark.parametrize("name", ASKED)
def test_no_marker_is_cut_at_the_edge_of_its_panel(answer, name):
    for file, figure in answer(name).figures.items():
        for panel in figure.axes:
            low, high = panel.get_window_extent().get_points()
            for line in panel.lines:
                if line.get_marker() in (*MARKERS, "o") and line.get_clip_on() and line.get_transform() == panel.transData:
                    points = panel.transData.transform(np.ma.filled(line.get_xydata(), np.nan))
                    inside = points[np.all((points >= low - 0.5) & (points <= high + 0.5), axis=1)]
                    room = 0.25 * line.get_markersize() * figure.dpi / 72
                    assert np.all((inside >= low + room) & (inside <= high - room)), (
                        file,
                        line.get_marker(),
                        line.get_xydata(),
                    )


@pytest.mark.parametrize("name", ASKED)
def test_the_small_print_says_what_varied(answer, name):
    """Each figure of many cells or alternatives; of a sweep every axis, with how many values it has."""
    words, found = ASKED[name], answer(name)
    command, axes = words.split(" ")[0], words.count("{vary:")
    for file, figure in found.figures.items():
        (small,) = (" ".join(text.get_text().split()) for text in figure.texts if text.get_gid() == FOOT)
        assert re.search(VARIED.get(command, ""), small), (file, small)
        if command == "sweep" and file == "escalation.png":
            told = small.partition("Varied: ")[2].partition(".")[0]
            assert told.count(" values)") == (axes or 2 * (words == "sweep runs=20")), (file, small)
            assert (told == "nothing") == (words == ASKED["sweep of one cell"]), (file, small)


def test_what_is_asked_for_is_drawn_and_said(answer):
    """The Sobol figure of a Saltelli sample, what a search found, and the pages, which hold every figure drawn."""
    assert set(answer("sweep of a sample").figures) == {"escalation.png", "indices.png"}
    assert any("Deviations outside the menus" in line for line in answer("equilibrium by search").lines)
    for name in ("compare", "equilibrium by search"):
        assert any("report.html" in line for line in answer(name).lines), name
